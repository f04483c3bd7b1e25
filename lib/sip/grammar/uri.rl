// SIP-URI and SIPS-URI (RFC 3261 sections 19.1.1 and 25.1), absoluteURI (section 25.1) and URN (RFC 8141 section 2).
//
// Actions to define: user_colon, at_sign, port_begin, params_begin, headers_begin.
%%{
machine uri;
include core "core.rl";

user_unreserved = [&=+$,;?/];                                                   # section 25.1
user = ( unreserved | escaped | user_unreserved )+;                             # section 25.1
password = ( unreserved | escaped | [&=+$,] )*;                                 # section 25.1
userinfo = user ( ":" @user_colon password )? "@" @at_sign;                     # section 25.1
hostport = host ( ":" port >port_begin )?;                                      # section 25.1

param_unreserved = [\[\]/:&+$];                                                 # section 25.1
paramchar = param_unreserved | unreserved | escaped;                            # section 25.1
pname = paramchar+;                                                             # section 25.1
pvalue = paramchar+;                                                            # section 25.1
uri_parameter = pname ( "=" pvalue )?;   # section 25.1: the named parameters are cases of other-param
uri_parameters = ( ";" @params_begin uri_parameter )*;                          # section 25.1

hnv_unreserved = [\[\]/?:+$];                                                   # section 25.1
hname = ( hnv_unreserved | unreserved | escaped )+;                             # section 25.1
hvalue = ( hnv_unreserved | unreserved | escaped )*;                            # section 25.1
header = hname "=" hvalue;                                                      # section 25.1
headers = "?" @headers_begin header ( "&" header )*;                            # section 25.1

SIP_URI = "sip:"i userinfo? hostport uri_parameters headers?;                   # section 25.1
SIPS_URI = "sips:"i userinfo? hostport uri_parameters headers?;                 # section 25.1

scheme = alpha ( alnum | [+\-.] )*;                                             # section 25.1
uric = reserved | unreserved | escaped;                                         # section 25.1
absoluteURI = scheme ":" uric+;          # section 25.1: hier-part and opaque-part taken together

pchar = unreserved | escaped | [;:@&=+$,];                                      # RFC 3986 section 3.3
NID = alnum ( alnum | "-" ){0,30} alnum;                                        # RFC 8141 section 2
NSS = pchar ( pchar | "/" )*;                                                   # RFC 8141 section 2
component = pchar ( pchar | [/?] )*;                                            # RFC 8141 section 2
rq_components = ( "?+" component )? ( "?=" component )?;                        # RFC 8141 section 2
URN = "urn:"i NID ":" NSS rq_components;                                        # RFC 8141 section 2
}%%
