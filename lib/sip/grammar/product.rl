// product, RFC 3261 sections 20.35, 20.41 and 25.1. Comments nest, so that User-Agent and Server are cut by the parser.
%%{
machine product;
include core "core.rl";

product = token ( SLASH token )?;                                               # section 25.1
}%%
