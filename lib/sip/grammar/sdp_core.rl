// RFC 8866 section 9: the basic rules that the grammars of session descriptions are made of.
%%{
machine sdp_core;

SP = " ";                                                                       # RFC 5234 appendix B.1
POS_DIGIT = [1-9];                                                              # section 9
integer = POS_DIGIT digit*;                                                     # section 9
zero_based_integer = "0" | integer;                                             # section 9
token_char = 0x21 | 0x23..0x27 | 0x2A..0x2B | 0x2D..0x2E | 0x30..0x39 | 0x41..0x5A | 0x5E..0x7E;   # section 9
token = token_char+;                                                            # section 9
non_ws_string = ( 0x21..0x7E | 0x80..0xFF )+;                                   # section 9
byte_string = ( 0x01..0x09 | 0x0B..0x0C | 0x0E..0xFF )+;                        # section 9
# Section 9 tells addresses and names apart; extn-addr, the last alternative, takes all of them. Whether an
# address is one is computed.
unicast_address = ( 0x21..0x2E | 0x30..0x7E | 0x80..0xFF )+;                    # section 9, without the slash
port = digit+;                                                                  # section 9
}%%
