// What a body is: RFC 3261 sections 20.11, 20.13, 20.15, 20.24 and 25.1.
%%{
machine content;
include core "core.rl";

m_parameter = token EQUAL ( token | SWS quoted_string );                        # section 25.1
media_type = token SLASH token ( SWS ";" SWS m_parameter )*;                    # section 25.1
Content_Type = media_type;                                                      # section 25.1

disp_param = generic_param;                                                     # section 25.1
Content_Disposition = token ( SWS ";" SWS disp_param )*;                        # section 25.1

# As in accept.rl.
language_tag = alpha{1,8} ( "-" alnum{1,8} )*;
Content_Language = language_tag ( COMMA language_tag )*;                        # section 25.1

MIME_Version = digit+ "." digit+;                                               # section 25.1
}%%
