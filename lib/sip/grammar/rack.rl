// RAck, RFC 3262 section 7.2.
%%{
machine rack;
include core "core.rl";

RAck = digit+ LWS digit+ LWS token;                                             # RFC 3262 section 10
}%%
