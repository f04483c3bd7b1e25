#include "tests/sip/oracle/samples.h"

namespace sipward::oracle {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSdp = "application/sdp";

constexpr BodySample kBodies[] = {
    {kSdp,
     "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
     "m=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=fmtp:101 0-16\r\na=sendrecv\r\n"},
    {kSdp,
     "v=0\no=a 1 2 IN IP6 2001:db8::1\ns=\ni=x\nu=x\ne=x\np=x\nc=IN IP4 224.2.1.1/127/3\n"
     "b=X-Y:1\nt=0 0\nr=1 2\nz=0 0\nk=clear:x\na=tool:x y\nm=video 9/2 RTP/AVP 31\n"
     "c=IN IP6 ff15::1/3\nb=TIAS:2\na=inactive\n"},
    {kSdp,
     "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 96\r\n"
     "a=rtpmap:96 opus/48000/2\r\na=setup:actpass\r\na=ice-ufrag:8hhY\r\n"
     "a=ice-pwd:asd88fgpdd777uzjYhagZg\r\na=ice-options:ice2 trickle\r\n"
     "a=candidate:1 1 UDP 2130706431 10.0.1.1 8998 typ host\r\n"
     "a=candidate:2 1 UDP 1 192.0.2.3 1 typ srflx raddr 10.0.1.1 rport 8998 x y\r\n"
     "a=fingerprint:sha-256 4A:AD:B9:B1\r\n"
     "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0Rm|2^20|1:4;inline:x KDR=1 WSH=64\r\n"},
    {kSdp,
     "v=1\r\no=- 1  1 IN IP4 x\r\no=-\r\ns=\r\nc=IN IP4\r\nc=IN IP4 a/b\r\nb=AS\r\nt=0\r\nt=-1 "
     "0\r\n"
     "m=audio\r\nm=audio 1 RTP/AVP\r\nm=audio x RTP/AVP 0\r\nm=audio 1/0 RTP/ "
     "0\r\nx\r\n=\r\n1=2\r\n"},
    {kSdp,
     "a=\r\na=:\r\na=x:\r\na=b c\r\na=rtpmap:x PCMU/8000\r\na=rtpmap:0 PCMU/08000\r\na=rtpmap\r\n"
     "a=fmtp:0\r\na=fmtp:0 \r\na=crypto:1 x inline:\r\na=fingerprint:sha-1 4a\r\na=setup:Active\r\n"
     "a=ice-ufrag:abc\r\na=ice-pwd:short\r\na=ice-options: x\r\na=candidate:1 1 UDP 1 a 1 host\r\n"
     "a=sendrecv:x\r\na=candidate:1 1 UDP 1 a 1 typ host raddr x rport y\r\na=setup\r\n"},
    {kSdp, "v=0\ra=x\r\ns=\0-\r\na=fmtp\0:0 x\r\na=x\r"sv},
    {kSdp, "m=audio 99999999999999999999999 x\no=- 1 18446744073709551616\nv=0\0"sv},
    {kSdp, "\r\n\n=\n"},
    {"multipart/mixed;boundary=b",
     "preamble\r\n--b\r\n\r\nx\r\n--b \r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n--b--\r\n"
     "epilogue\r\n--b\r\n"},
    {"multipart/mixed; boundary=\"a b\"", "--a b\n\nx\n--a b\n--a b--"},
    {"multipart/mixed;boundary=+", "--+"},
    {"multipart/mixed;boundary=b", "--b--\r\n--b\r\nx"},
    {"multipart/mixed;boundary=b", "--bc\r\n--b\r\n\r\n--b-\r\n--b-- x\r\n"},
    {"multipart/mixed;boundary=b",
     "--b\r\nContent-Type: multipart/alternative;boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--"},
    {"multipart/mixed;boundary=", "--\r\n----"},
    {"text/plain;charset=utf-8", "Gr\xC3\xBC\xC3\x9F\x65\r\n\t\x01"},
    {"text/plain", "\xFF"},
    {"text/plain;charset=\"utf-8\"",
     "\xE2\x80\xAE \xEF\xBB\xBF\xE2\x81\xA0 \xF0\x9F\x93\x9E \xED\xA0\x80 \xC0\x80 \x7F"},
    {"text/plain;format=flowed;charset=US-ASCII", "a\x0B\xC3\xA9\x0C"},
    {"Text/html ; Charset=iso-8859-15", "\xA4 \x1B"},
    {"text/plain;charset=windows-1252;charset=utf-8", "\x80"},
    {"text/plain;charset=koi8-r", "\xF0\x01"},
    {"text/plain;charset=iso-8859-", "\xF0"},
    {"text/plain;charset", "\xF0"},
    // Headers of parts.
    {"multipart/mixed;boundary=b",
     "--b\r\nContent-Type: text/plain\r\n ;charset=utf-8\r\nContent-ID: <1@a>\r\nContent-ID: "
     "<2@a>\r\n"
     "CONTENT-DISPOSITION :session;handling=optional\r\nContent-Length:0\r\nX: y\r\nno colon\r\n"
     "a b: c\r\n:d\r\n\r\nx\r\n--b\r\n folded: first\r\n\tand more: of it\r\n\r\n--b--\r\n"},
    {"multipart/mixed;boundary=b",
     "--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: Base64\r\n\r\neA==\r\n--b\r\n"
     "Content-Type: application/sdp\r\nContent-Transfer-Encoding: BINARY\r\n\r\nv=0\r\n\r\n--b\r\n"
     "Content-Type: text\r\nContent-Transfer-Encoding:\r\n\r\n--b--"},
    // Parts of parts: closed, cut by the outer boundary, without any, without a boundary named.
    {"multipart/mixed;boundary=\"b\"",
     "--b\r\nContent-Type: multipart/related;boundary=\"c d\"\r\n\r\n--c d\r\n\r\n1\r\n--c d\r\n"
     "Content-Type: multipart/mixed;boundary=e\r\n\r\n--e\r\n\r\n2\r\n--e--\r\n--c "
     "d--\r\nrest\r\n--b\r\n"
     "\r\n3\r\n--b--\r\n"},
    {"multipart/mixed;boundary=b",
     "--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\nContent-ID: "
     "1\r\n\r\n1\r\n--c\r\n--b\r\n"
     "Content-Type: multipart/mixed;boundary=d\r\n\r\nnothing\r\n--b\r\n"
     "Content-Type: multipart/mixed\r\n\r\n--b\r\n--b--"},
    {"multipart/mixed;boundary=b",
     "--b\nContent-Type: multipart/mixed;boundary=c\n\n--c\nContent-Type: "
     "multipart/mixed;boundary=d\n\n"
     "--d\n\n1\n--c--\n--d--\n--b\nContent-Type: multipart/mixed;boundary=c\n\n--c\n\n2"},
    {"multipart/mixed;boundary=b",
     "--b\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n--b\r\n--b--\r\n--b--"},
};

}  // namespace

std::span<const BodySample> BodySamples() { return kBodies; }

}  // namespace sipward::oracle
