// The values of attributes that have a grammar of their own: RFC 8866 sections 6.6 and 6.15, RFC 4568 section 9,
// RFC 8122 section 5, RFC 8839 section 5.
//
// Actions to define: payload_end, encoding_end, clock_end, format_end, tag_end, suite_begin, suite_end, keys_begin,
// method_end, key_end, keys_end, params_begin, hash_end, foundation_end, component_end, transport_end,
// priority_end, address_end, port_end, type_end, raddr_end, rport_begin, rport_end.
%%{
machine sdp_attribute;
include sdp_core "sdp_core.rl";

# RFC 8866 section 6.6; without a clock rate is how the valid messages of RFC 4475 and RFC 5118 have it.
rtpmap_value = zero_based_integer %payload_end SP token %encoding_end
               ( "/" integer %clock_end ( "/" integer )? )?;

# RFC 8866 section 6.15
fmtp_value = token %format_end SP byte_string;

# RFC 4568 section 9.1
WSP = " " | "\t";
word_char = alnum | "_";
key_param = word_char+ %method_end ":" ( 0x21..0x3A | 0x3C..0x7E )+ %key_end;
crypto_value = digit{1,9} %tag_end WSP+ word_char+ >suite_begin %suite_end
               WSP+ ( key_param ( ";" key_param )* ) >keys_begin %keys_end
               ( WSP+ ( 0x21..0x7E )+ >params_begin )*;

# RFC 8122 section 5
UHEX = digit | [A-F];
fingerprint_value = token %hash_end SP UHEX{2} ( ":" UHEX{2} )*;

# RFC 8839 sections 5.1, 5.4 and 5.6
ice_char = alnum | "+" | "/";
ice_options_value = ice_char+ ( SP ice_char+ )*;
address = unicast_address;
rel_addr = "raddr"i SP address %raddr_end;
rel_port = "rport"i SP port >rport_begin %rport_end;
cand_extension = token SP ( 0x21..0x7E )*;
candidate_value = ice_char{1,32} %foundation_end SP digit{1,3} %component_end SP token %transport_end
                  SP digit{1,10} %priority_end SP address %address_end SP port %port_end
                  SP "typ"i SP token %type_end ( SP rel_addr )? ( SP rel_port )?
                  ( SP cand_extension )*;
}%%
