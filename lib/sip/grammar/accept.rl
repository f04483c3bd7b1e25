// Accept, Accept-Encoding, Accept-Language: RFC 3261 sections 20.1 to 20.3 and 25.1. That q has a value of its own is
// asked by the parser: accept-param allows every generic-param beside it.
%%{
machine accept;
include core "core.rl";

accept_param = generic_param;                                                   # section 25.1
accept_params = ( SWS ";" SWS accept_param )*;
media_range = token SLASH token;                # section 25.1: a star is a token
accept_range = media_range accept_params;                                       # section 25.1
Accept = ( accept_range ( COMMA accept_range )* )?;                             # section 25.1

encoding = token accept_params;                                                 # section 25.1
Accept_Encoding = ( encoding ( COMMA encoding )* )?;                            # section 25.1

# Section 25.1 has letters alone; the subtags of RFC 5646 section 2.1 have digits too.
language_range = alpha{1,8} ( "-" alnum{1,8} )* | "*";
language = language_range accept_params;                                        # section 25.1
Accept_Language = ( language ( COMMA language )* )?;                            # section 25.1
}%%
