"""Messages that the tests of the binding use."""

INVITE = (
    b"INVITE sip:bob@example.com SIP/2.0\r\n"
    b"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds;rport\r\n"
    b"Via: SIP/2.0/TCP [2001:db8::9]:5070;branch=z9hG4bKother\r\n"
    b"Max-Forwards: 70\r\n"
    b'From: "Alice" <sip:alice:secret@example.com;transport=udp?x=y>;tag=1928301774\r\n'
    b"t: <tel:+493012345678>\r\n"
    b"Call-ID: a84b4c76e66710@192.0.2.1\r\n"
    b"CSeq: 314159 INVITE\r\n"
    b"Contact: <sip:alice@192.0.2.1>;expires=60;q=0.5\r\n"
    b"Allow: INVITE, ACK\r\n"
    b"User-Agent: Phone/1.0 (a comment)\r\n"
    b"Content-Type: application/sdp\r\n"
    b"Content-Length: %d\r\n"
    b"\r\n"
)
SDP = (
    b"v=0\r\no=alice 1 2 IN IP4 192.0.2.1\r\ns=call\r\nc=IN IP4 192.0.2.1\r\nb=AS:64\r\nt=0 0\r\n"
    b"m=audio 49170 RTP/SAVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=fmtp:101 0-16\r\na=sendonly\r\n"
    b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj\r\n"
    b"a=fingerprint:sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF\r\n"
    b"a=setup:active\r\na=candidate:1 1 UDP 2130706431 192.0.2.1 8998 typ host\r\n"
)
INVITE = INVITE % len(SDP) + SDP
OK = (
    b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\nFrom: <sip:alice@example.com>;tag=1\r\n"
    b"To: <sip:bob@example.com>;tag=2\r\nCall-ID: a84b4c76e66710@192.0.2.1\r\nCSeq: 314159 INVITE\r\nContent-Length: 0\r\n\r\n"
)
SCANNER = INVITE.replace(b"Phone/1.0 (a comment)", b"friendly-scanner")
SOURCE, DESTINATION = ("198.51.100.7", 5060), ("192.0.2.1", 5060)
NOW_S = 1_700_000_000
NOW = NOW_S * 10**9


def options(number, user_agent=b"Phone/1.0"):
    """An honest OPTIONS, each with a Call-ID and a branch of its own."""
    return (
        b"OPTIONS sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK%d\r\nMax-Forwards: 70\r\n"
        b"From: <sip:alice@example.com>;tag=%d\r\nTo: <sip:bob@example.com>\r\nCall-ID: c%d@192.0.2.1\r\nCSeq: 1 OPTIONS\r\n"
        b"User-Agent: %s\r\nContent-Length: 0\r\n\r\n" % (number, number, number, user_agent)
    )
