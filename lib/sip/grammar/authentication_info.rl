// Authentication-Info, RFC 3261 sections 20.6 and 25.1.
%%{
machine authentication_info;
include core "core.rl";

ainfo = token EQUAL ( token | SWS quoted_string );                              # section 25.1
Authentication_Info = ainfo ( COMMA ainfo )*;                                   # section 25.1
}%%
