// via-parm, RFC 3261 sections 20.42 and 25.1.
//
// Actions to define: protocol_end, version_begin, version_end, transport_begin, transport_end, host_begin, host_end,
// port_begin, port_end, params_begin.
%%{
machine via;
include core "core.rl";

protocol_name = token %protocol_end;                                            # section 25.1
protocol_version = token >version_begin %version_end;                           # section 25.1
transport = token >transport_begin %transport_end;                              # section 25.1
sent_protocol = protocol_name SLASH protocol_version SLASH transport;           # section 25.1
sent_by = ( host >host_begin %host_end ) ( COLON port >port_begin %port_end )?; # section 25.1
# Section 25.1; an address without brackets is what RFC 5118 section 4.5 asks for.
via_received = "received"i EQUAL ( IPv4address | IPv6address );
via_params = via_received | generic_param;                                      # section 25.1
via_parm = sent_protocol LWS sent_by ( SWS ";" @params_begin SWS via_params )*; # section 25.1
}%%
