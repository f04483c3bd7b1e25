// Reason, RFC 3326 section 2.
%%{
machine reason;
include core "core.rl";

reason_value = token ( SWS ";" SWS generic_param )*;                            # RFC 3326 section 2
Reason = reason_value ( COMMA reason_value )*;                                  # RFC 3326 section 2
}%%
