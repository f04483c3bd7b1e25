// Identity, RFC 8224 section 4. The parameters may come in any order, and more than one value in a line. Without any it
// is what RFC 4474 had, whose Identity-Info stood in a header of its own.
%%{
machine identity;
include core "core.rl";

# The text of the section has base64url (RFC 4648 section 5), its rule base64.
signed_identity_digest = ( alnum | [+/\-_.] )+ "="{0,2};                        # RFC 8224 section 4
ident_info_uri = "<" ( 0x21..0x7E - [<>"] )+ ">";                               # RFC 8224 section 4
ident_info = "info"i EQUAL ident_info_uri;                                      # RFC 8224 section 4
identity_value = signed_identity_digest ( SWS ";" SWS ( ident_info | generic_param ) )*;
Identity = identity_value ( COMMA identity_value )*;
}%%
