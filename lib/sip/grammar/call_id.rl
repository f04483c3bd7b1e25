// callid, RFC 3261 sections 20.8 and 25.1.
%%{
machine call_id;
include core "core.rl";

callid = word ( "@" word )?;                                                    # section 25.1
}%%
