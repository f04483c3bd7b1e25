// Warning, RFC 3261 sections 20.43 and 25.1.
%%{
machine warning;
include core "core.rl";

warn_agent = host ( COLON port )? | token;                                      # section 25.1
warning_value = digit{3} " " warn_agent " " SWS quoted_string;                  # section 25.1
Warning = warning_value ( COMMA warning_value )*;                               # section 25.1
}%%
