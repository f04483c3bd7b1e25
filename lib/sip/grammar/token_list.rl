// Lists of tokens: RFC 3261 sections 20.5, 20.12, 20.29, 20.32, 20.37, 20.40 and 25.1; RFC 3841 section 9.1.
%%{
machine token_list;
include core "core.rl";

token_list = token ( COMMA token )*;                                            # section 25.1, Require and its like
token_list_or_none = token_list?;                                               # section 25.1, Allow and Supported
}%%
