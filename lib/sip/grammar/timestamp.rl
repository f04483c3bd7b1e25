// Timestamp, RFC 3261 sections 20.38 and 25.1.
%%{
machine timestamp;
include core "core.rl";

delay = digit* ( "." digit* )?;                                                 # section 25.1
Timestamp = digit+ ( "." digit* )? ( LWS delay )?;                              # section 25.1
}%%
