// Privacy, RFC 3323 section 4.2. White space is taken around the semicolons, as everywhere else in SIP.
%%{
machine privacy;
include core "core.rl";

Privacy = token ( SWS ";" SWS token )*;                                         # RFC 3323 section 4.2
}%%
