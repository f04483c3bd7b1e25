// CSeq, RFC 3261 sections 20.16 and 25.1.
//
// Actions to define: number_end, method_begin.
%%{
machine cseq;
include core "core.rl";

CSeq = digit+ %number_end LWS token >method_begin;                              # section 25.1
}%%
