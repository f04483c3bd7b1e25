// telephone-uri, RFC 3966 section 3. That a local number has a phone-context (section 5.1.5) and that the context is a
// descriptor is asked by uri.cc: the ABNF lets any parameter stand beside it.
//
// Actions to define: params_begin.
%%{
machine tel;
include core "core.rl";

visual_separator = [\-.()];                                                     # RFC 3966 section 3
phonedigit = digit | visual_separator;                                          # RFC 3966 section 3
phonedigit_hex = xdigit | "*" | "#" | visual_separator;                         # RFC 3966 section 3
global_number_digits = "+" phonedigit* digit phonedigit*;                       # RFC 3966 section 3
local_number_digits = phonedigit_hex* ( xdigit | "*" | "#" ) phonedigit_hex*;   # RFC 3966 section 3
paramchar = [\[\]/:&+$] | unreserved | escaped;                                 # RFC 3966 section 3
parameter = ( alnum | "-" )+ ( "=" paramchar+ )?;                               # RFC 3966 section 3
uric = reserved | unreserved | escaped;                                         # RFC 3966 section 3
isdn_subaddress = "isub="i uric+;                                               # RFC 3966 section 3
par = ";" @params_begin ( parameter | isdn_subaddress );                        # RFC 3966 section 3
telephone_subscriber = ( global_number_digits | local_number_digits ) par*;     # RFC 3966 section 3
telephone_uri = "tel:"i telephone_subscriber;                                   # RFC 3966 section 3
}%%
