// The fields of a session description, RFC 8866 section 9: what stands behind the equals sign.
//
// Actions to define: username_end, session_id_end, version_end, nettype_end, addrtype_end, address_end, ttl_end,
// bwtype_end, start_end, media_end, port_end, count_end, proto_end.
%%{
machine sdp;
include sdp_core "sdp_core.rl";

# Section 9: origin-field
sess_id = digit+;
sess_version = digit+;
nettype = token;
addrtype = token;
origin_field = non_ws_string %username_end SP sess_id %session_id_end SP sess_version %version_end
               SP nettype %nettype_end SP addrtype %addrtype_end SP unicast_address;

# Section 9: connection-field. One number behind the address is the ttl of IPv4, and the count of IPv6.
connection_address = unicast_address %address_end ( "/" zero_based_integer %ttl_end ( "/" integer )? )?;
connection_field = nettype %nettype_end SP addrtype %addrtype_end SP connection_address;

# Section 9: bandwidth-field
bandwidth_field = token %bwtype_end ":" digit+;

# Section 9: time-field. Times of fewer than ten digits, which the letter of section 9 leaves out, are written by
# deployed programs and read alike by all.
time_field = digit+ %start_end SP digit+;

# Section 9: media-field
proto = token ( "/" token )*;
media_field = token %media_end SP port %port_end ( "/" integer %count_end )? SP proto %proto_end
              ( SP token )+;
}%%
