// Replaces and Join: RFC 3891 section 6.1, RFC 3911 section 7.1. That both tags stand once is asked by the parser.
%%{
machine dialog;
include call_id "call_id.rl";

# A word may hold brackets and quotes, so that the first semicolon ends it whatever stands around it.
Replaces = callid ( SWS ";" SWS generic_param )*;                               # RFC 3891 section 6.1, RFC 3911 section 7.1
In_Reply_To = callid ( COMMA callid )*;                                         # RFC 3261 section 25.1
}%%
