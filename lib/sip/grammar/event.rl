// Event, Allow-Events, Subscription-State: RFC 6665 section 8.4.
%%{
machine event;
include core "core.rl";

token_nodot = ( alnum | [\-!%*_+`'~] )+;                                        # RFC 6665 section 8.4
event_type = token_nodot ( "." token_nodot )*;                                  # RFC 6665 section 8.4
Event = event_type ( SWS ";" SWS generic_param )*;                              # RFC 6665 section 8.4
Allow_Events = event_type ( COMMA event_type )*;                                # RFC 6665 section 8.4
Subscription_State = token ( SWS ";" SWS generic_param )*;                      # RFC 6665 section 8.4
}%%
