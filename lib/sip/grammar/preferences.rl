// Accept-Contact and Reject-Contact, RFC 3841 section 9.2.
%%{
machine preferences;
include core "core.rl";

ac_value = "*" ( SWS ";" SWS generic_param )*;                                  # RFC 3841 section 9.2
Accept_Contact = ac_value ( COMMA ac_value )*;                                  # RFC 3841 section 9.2
}%%
