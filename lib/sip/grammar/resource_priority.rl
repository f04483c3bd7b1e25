// Resource-Priority, RFC 4412 section 3.1.
%%{
machine resource_priority;
include event "event.rl";

r_value = token_nodot "." token_nodot;                                          # RFC 4412 section 3.1
Resource_Priority = r_value ( COMMA r_value )*;                                 # RFC 4412 section 3.1
}%%
