// RFC 3261 section 25.1: the basic rules that the other grammars are made of.
%%{
machine core;

WSP = " " | "\t";                         # RFC 5234 appendix B.1
CRLF = "\r\n";                            # RFC 5234 appendix B.1
DQUOTE = "\"";                            # RFC 5234 appendix B.1
LWS = ( WSP* CRLF )? WSP+;                # section 25.1
SWS = LWS?;                               # section 25.1
SLASH = SWS "/" SWS;                      # section 25.1
COLON = SWS ":" SWS;                      # section 25.1
COMMA = SWS "," SWS;                      # section 25.1
EQUAL = SWS "=" SWS;                      # section 25.1

# Section 25.1. Whether the octets form characters is asked once for the whole line (utf8.invalid), so
# one class of octets is enough here.
UTF8_NONASCII = 0x80..0xFF;

token = ( alnum | [\-.!%*_+`'~] )+;       # section 25.1
word = ( alnum | [\-.!%*_+`'~()<>:\\"/\[\]?{}] )+;  # section 25.1

quoted_pair = "\\" ( 0x00..0x09 | 0x0B..0x0C | 0x0E..0x7F );                    # section 25.1
qdtext = LWS | 0x21 | 0x23..0x5B | 0x5D..0x7E | UTF8_NONASCII;                  # section 25.1
quoted_string = DQUOTE ( qdtext | quoted_pair )* DQUOTE;                        # section 25.1, without its SWS

mark = [\-_.!~*'()];                      # section 25.1
unreserved = alnum | mark;                # section 25.1
escaped = "%" xdigit xdigit;              # section 25.1
reserved = [;/?:@&=+$,];                  # section 25.1

domainlabel = alnum ( ( alnum | "-" )* alnum )?;                                # section 25.1
toplabel = alpha ( ( alnum | "-" )* alnum )?;                                   # section 25.1
hostname = ( domainlabel "." )* toplabel "."?;                                  # section 25.1
IPv4address = digit{1,3} "." digit{1,3} "." digit{1,3} "." digit{1,3};          # section 25.1
# Section 25.1 has an error here (RFC 5118 section 4.10, RFC 5954): the characters are the grammar, whether they make
# an address is computed.
IPv6address = ( xdigit | ":" | "." )+;
IPv6reference = "[" IPv6address "]";                                            # section 25.1
host = hostname | IPv4address | IPv6reference;                                  # section 25.1
port = digit+;                                                                  # section 25.1

gen_value = token | host | quoted_string;                                       # section 25.1
generic_param = token ( EQUAL ( gen_value | SWS quoted_string ) )?;                                     # section 25.1
}%%
