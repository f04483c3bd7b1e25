// What follows the number and the comment of Retry-After: RFC 3261 sections 20.33 and 25.1.
%%{
machine retry_after;
include core "core.rl";

retry_params = ( SWS ";" SWS generic_param )*;                                  # section 25.1
}%%
