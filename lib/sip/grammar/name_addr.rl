// name-addr and addr-spec with header parameters: From, To, Contact, Route and their like. RFC 3261 sections 20.10 and 25.1.
// The URI is cut here and read by the grammars of uri.rl and tel.rl.
//
// Actions to define: display_begin, display_end, laquot, uri_begin, uri_end, params_begin, star_end.
%%{
machine name_addr;
include core "core.rl";

# Section 25.1 asks for white space behind every token; RFC 4475 section 3.1.1.6 shows that the last may stand
# directly before the bracket.
display_name = ( token ( LWS token )* ) >display_begin %display_end SWS
             | quoted_string >display_begin %display_end;
uri_octet = 0x21..0x7E - [<>"];
bracketed = ( uri_octet | UTF8_NONASCII )+ >uri_begin %uri_end;
name_addr = ( display_name SWS )? "<" @laquot bracketed ">" SWS;                # section 25.1

# Section 20.10: what stands behind a semicolon outside brackets belongs to the header.
addr_spec = alpha ( alnum | [+\-.] )* ":" ( ( uri_octet - ";" ) | UTF8_NONASCII )+;
contact_params = ( SWS ";" @params_begin SWS generic_param )*;                  # section 25.1

STAR = "*" %star_end;                                                           # section 25.1
from_spec = ( name_addr | addr_spec >uri_begin %uri_end ) contact_params;       # section 25.1
address = STAR | from_spec;
}%%
