// Request-Line and Status-Line, RFC 3261 sections 7.1, 7.2 and 25.1. The Request-URI is cut here and read by uri.rl.
//
// Actions to define: method_end, uri_begin, uri_end, version_begin, version_end, code_begin, reason_begin.
%%{
machine start_line;
include core "core.rl";

SIP_Version = "SIP/2.0"i;                                                       # section 7.1: case-insensitive
Method = token %method_end;                                                     # section 25.1
Request_URI = ( ( 0x21..0x7E - [<>] ) | UTF8_NONASCII )+ >uri_begin %uri_end;
Request_Line = Method " " Request_URI " " SIP_Version >version_begin;           # section 25.1

Status_Code = ( [1-6] digit{2} ) >code_begin;                                     # section 25.1, extension-code to 699
Reason_Phrase = ( reserved | unreserved | escaped | UTF8_NONASCII | " " | "\t" )*; # section 25.1
Status_Line = SIP_Version %version_end " " Status_Code " " @reason_begin Reason_Phrase;  # section 25.1

start_line = Request_Line | Status_Line;
}%%
