// Digest credentials and challenges: RFC 3261 sections 20.7, 20.44 and 25.1, RFC 7616 section 3.3, RFC 8760. Which
// parameter is quoted is no part of it: auth-param allows both forms for every name.
//
// Actions to define: params_begin.
%%{
machine digest;
include core "core.rl";

auth_param = token EQUAL ( token | SWS quoted_string );                             # section 25.1
credentials = "Digest"i LWS auth_param >params_begin ( COMMA auth_param )*;     # section 25.1, and challenge
}%%
