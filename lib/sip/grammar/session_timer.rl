// Session-Expires and Min-SE: RFC 4028 sections 4 and 5.
%%{
machine session_timer;
include core "core.rl";

delta_seconds = digit+;                                                         # RFC 3261 section 25.1
Session_Expires = delta_seconds ( SWS ";" SWS generic_param )*;                 # RFC 4028 sections 4 and 5
}%%
