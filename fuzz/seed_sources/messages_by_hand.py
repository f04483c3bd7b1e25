"""Messages and streams written by hand: name, then bytes. The first byte of a stream is the size of its pieces."""

# What most of them have.
COMMON = (
    b'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport\r\n'
    b'Max-Forwards: 70\r\n'
    b'From: "Alice" <sip:alice@example.org>;tag=1\r\n'
    b'To: Bob <sip:bob@example.com>\r\n'
    b'Call-ID: 1@192.0.2.1\r\n'
)
INVITE = b'INVITE sip:bob@example.com SIP/2.0\r\n' + COMMON + b'CSeq: 1 INVITE\r\n'
INVITE_WITH_SDP = (
    INVITE
    + b'Contact: <sip:alice@192.0.2.1:5060;transport=udp>\r\n'
      b'Content-Type: application/sdp\r\n'
      b'Content-Length: 123\r\n'
      b'\r\n'
      b'v=0\r\n'
      b'o=- 1 1 IN IP4 192.0.2.1\r\n'
      b's=-\r\n'
      b'c=IN IP4 192.0.2.1\r\n'
      b't=0 0\r\n'
      b'm=audio 4000 RTP/AVP 0 8\r\n'
      b'a=rtpmap:0 PCMU/8000\r\n'
      b'a=sendrecv\r\n'
)

MESSAGES = {
    'addresses.sip': (
        b'REFER tel:+1-201-555-0123;phone-context=example.com SIP/2.0\r\n'
        + COMMON
        + b'CSeq: 3 REFER\r\n'
          b'Refer-To: <sip:c@example.net?Replaces=a%40b%3Bto-tag%3D1>\r\n'
          b'Referred-By: sip:a@example.org;x=y\r\n'
          b'Route: <sip:p1;lr>, <sip:[::ffff:192.0.2.1]:5060;lr>\r\n'
          b'Record-Route: "q,\\"r" <sip:p2>;lr,,<sip:p3>\r\n'
          b'P-Asserted-Identity: <tel:+12015550123>, "A" <sip:a@b>\r\n'
          b'Diversion: <sip:d@e>;reason=unconditional\r\n'
          b'History-Info: <sip:h@i>;index=1\r\n'
          b'Remote-Party-ID: <sip:1@2>;party=calling\r\n'
          b'Contact: a@b <sip:x@y@z>;q=0.1, sip:a?b=c, *\r\n'
          b'\r\n'
    ),
    'bare_line_ends.sip': (
        b'OPTIONS sip:a SIP/2.0\r\n'
        b'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport\r\n'
        b'Max-Forwards: 70\n'
        b'From: "Alice" <sip:alice@example.org>;tag=1\r\n'
        b'To: Bob <sip:bob@example.com>\r\n'
        b'Call-ID: 1@192.0.2.1\r\n'
        b'CSeq: 1 OPTIONS\n'
        b'X: a\rVia: b\n'
        b'\n'
    ),
    'broken_start.sip': (
        b'\r\n'
        b'\r\n'
        b'INVITE  sip:a  SIP/3.0 \r\n'
        b' first: fold\r\n'
        b'no colon\r\n'
        b': no name\r\n'
        b'b@d: 1\r\n'
        + COMMON
        + b'\r\n'
    ),
    'challenge.sip': (
        b'SIP/2.0 401 Unauthorized\r\n'
        b'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport\r\n'
        b'From: "Alice" <sip:alice@example.org>;tag=1\r\n'
        b'To: Bob <sip:bob@example.com>;tag=9\r\n'
        b'Call-ID: 1@192.0.2.1\r\n'
        b'CSeq: 2 REGISTER\r\n'
        b'WWW-Authenticate: Digest realm="example.com", domain="sip:example.com", nonce="84f1", opaque="", stale=FALSE, algorithm=SHA-256, qop="auth,auth-int"\r\n'
        b'Proxy-Authenticate: Basic realm="x"\r\n'
        b'Content-Length: 0\r\n'
        b'\r\n'
    ),
    'controls.sip': (
        b'INFO sip:a SIP/2.0\r\n'
        + COMMON
        + b'CSeq: 1 INFO\r\n'
          b'X: "\\\x00\\\x7f" \x01\x00\r\n'
          b'Y: \xc3\xa9\xff\xe2\x80\xae\xe2\x80\x8b\r\n'
          b'\r\n'
    ),
    'duplicates.sip': (
        b'BYE sip:a SIP/2.0\r\n'
        + COMMON
        + COMMON
        + b'CSeq: 1 BYE\r\n'
          b'CSeq: 2 bye\r\n'
          b'l: 1\r\n'
          b'Content-Length: 2\r\n'
          b'\r\n'
          b'abc'
    ),
    'folded.sip': (
        b'INVITE sips:bob%20b:pw@example.com:5061;transport=tls?Subject=x SIP/2.0\r\n'
        + COMMON
        + b'CSeq : 1\r\n'
          b'  INVITE\r\n'
          b'Subject: one\r\n'
          b' two\r\n'
          b'\tthree\r\n'
          b'User-Agent: a (b (c) d)\r\n'
          b'\r\n'
    ),
    'identity.sip': (
        b'INVITE urn:service:sos.fire SIP/2.0\r\n'
        + COMMON
        + b'CSeq: 1 INVITE\r\n'
          b'Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n'
          b'Identity: e30.e30.c2ln;info=<https://cert.example.org/a.pem>\r\n'
          b' ;alg=ES256;ppt=shaken\r\n'
          b'\r\n'
    ),
    'invite_sdp.sip': INVITE_WITH_SDP,
    'multipart.sip': (
        b'MESSAGE sip:a SIP/2.0\r\n'
        + COMMON
        + b'CSeq: 1 MESSAGE\r\n'
          b'Content-Type: multipart/mixed; boundary="b b"\r\n'
          b'Content-Length: 246\r\n'
          b'\r\n'
          b'--b b\r\n'
          b'Content-Type: application/sdp\r\n'
          b'\r\n'
          b'v=0\r\n'
          b'o=- 1 1 IN IP4 192.0.2.1\r\n'
          b's=-\r\n'
          b'c=IN IP4 192.0.2.1\r\n'
          b't=0 0\r\n'
          b'm=audio 4000 RTP/AVP 0 8\r\n'
          b'a=rtpmap:0 PCMU/8000\r\n'
          b'a=sendrecv\r\n'
          b'--b b\r\n'
          b'Content-Type: multipart/alternative;boundary=c\r\n'
          b'\r\n'
          b'--c\r\n'
          b'\r\n'
          b'x\r\n'
          b'--c--\r\n'
          b'--b b--\r\n'
    ),
    'no_end.sip': (
        b'SUBSCRIBE sip:a SIP/2.0\r\n'
        + COMMON
        + b'CSeq: 1 SUBSCRIBE\r\n'
          b'Event: presence'
    ),
    'numbers.sip': (
        b'PUBLISH sip:a SIP/2.0\r\n'
        + COMMON
        + b'CSeq: 4294967296 PUBLISH\r\n'
          b'Max-Forwards: 256\r\n'
          b'Expires: 99999999999\r\n'
          b'Min-Expires: x\r\n'
          b'Session-Expires: 90;refresher=uac\r\n'
          b'Min-SE: 90\r\n'
          b'Retry-After: 5 (soon);duration=1\r\n'
          b'RSeq: 1\r\n'
          b'Content-Length: 18446744073709551617\r\n'
          b'\r\n'
    ),
    'percent.sip': (
        b'INVITE sip:a%00b%0d%0aX%40y%zz%@example.com;a;a=b SIP/2.0\r\n'
        + COMMON
        + b'CSeq: 1 INVITE\r\n'
          b'\r\n'
    ),
    'register_digest.sip': (
        b'REGISTER sip:example.com SIP/2.0\r\n'
        + COMMON
        + b'CSeq: 2 REGISTER\r\n'
          b'Contact: *\r\n'
          b'Expires: 0\r\n'
          b'Authorization: Digest username="alice", realm="example.com", nonce="84a4", uri="sip:example.com", qop=auth, nc=00000001, cnonce="0a4f", response="6629fae49393a05397450978507c4ef1", algorithm=MD5\r\n'
          b'Content-Length: 0\r\n'
          b'\r\n'
    ),
    'response_compact.sip': (
        b'SIP/2.0 180 Ringing\r\n'
        b'v: SIP/2.0/TCP a.example.com;branch=z9hG4bK2, SIP/2.0/UDP [2001:db8::1]:5070;branch=z9hG4bK3;received=2001:db8::2\r\n'
        b'f: <sip:a@example.org>;tag=a\r\n'
        b't: <sip:b@example.com>;tag=b\r\n'
        b'i: x\r\n'
        b'CSeq: 7 INVITE\r\n'
        b'm: sip:b@192.0.2.9\r\n'
        b'l: 0\r\n'
        b'\r\n'
    ),
}

DIFFERENTIAL = {
    'broken': (
        b'OPTIONS tel:+1-201-555-0123;ext=4 SIP/2.0\r\n'
        b'Via: SIP/2.0/UDP 192.0.2.1;branch=\r\n'
        b'From: "A <sip:a@example.org>\r\n'
        b'From: <sip:a@@example.org>;tag=1\r\n'
        b'Max-Forwards: 70\r\n'
        b'To: Bob <sip:bob@example.com>\r\n'
        b'Call-ID: 1@192.0.2.1\r\n'
        b'CSeq: 4294967296 BYE\r\n'
        b'Content-Length: -1\r\n'
        b'X Y: z\r\n'
    ),
    'invite': (
        b'INVITE sip:bob@example.com;transport=tcp SIP/2.0\r\n'
        b'Via: SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bKa;rport\r\n'
        b'From: "A \\"B\\"" <sip:a%40b:p@example.org?x=y>;tag=1\r\n'
        b'Max-Forwards: 70\r\n'
        b'To: Bob <sip:bob@example.com>\r\n'
        b'Call-ID: 1@192.0.2.1\r\n'
        b'CSeq: 1 INVITE\r\n'
        b'Contact: <sip:a@[2001:db8::1]:5060;lr>;q=0.5, sip:c@example.com;expires=60\r\n'
        b'Route: <sip:p.example.com;lr>\r\n'
        b'Content-Length: 2\r\n'
        b'\r\n'
        b'hi'
    ),
    'register': (
        b'REGISTER sip:example.com SIP/2.0\r\n'
        b'v: SIP / 2.0 / UDP a.example.com ;branch=z9hG4bKa,SIP/2.0/UDP [2001:db8::2];received=2001:db8::9;ttl=1;maddr=192.0.2.3\r\n'
        b'f: sip:a@example.org;tag=1\r\n'
        b'Max-Forwards: 70\r\n'
        b'To: Bob <sip:bob@example.com>\r\n'
        b'Call-ID: 1@192.0.2.1\r\n'
        b'CSeq: 2\r\n'
        b' REGISTER\r\n'
        b'm: *\r\n'
        b'Expires: 0\r\n'
        b'Authorization: Digest username="a",realm="b",nonce="c",uri="sip:example.com",qop=auth,nc=00000001,cnonce="x",response="d"\r\n'
        b'Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n'
        b'\r\n'
    ),
    'response': (
        b'SIP/2.0 200 OK\r\n'
        b'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n'
        b'From: A\r\n'
        b' B <tel:7042;phone-context=example.com>;tag=1\r\n'
        b'Max-Forwards: 70\r\n'
        b'To: Bob <sip:bob@example.com>\r\n'
        b'Call-ID: 1@192.0.2.1\r\n'
        b'CSeq: 1 OPTIONS\r\n'
        b'Reply-To: <urn:service:sos>\r\n'
        b'\r\n'
    ),
}

STREAMS = {
    'bare_lf.bin': (
        b'?OPTIONS sip:a SIP/2.0\n'
        b'l: 2\n'
        b'\n'
        b'abSIP/2.0 180 Ringing\r\n'
        b'v: SIP/2.0/TCP a.example.com;branch=z9hG4bK2, SIP/2.0/UDP [2001:db8::1]:5070;branch=z9hG4bK3;received=2001:db8::2\r\n'
        b'f: <sip:a@example.org>;tag=a\r\n'
        b't: <sip:b@example.com>;tag=b\r\n'
        b'i: x\r\n'
        b'CSeq: 7 INVITE\r\n'
        b'm: sip:b@192.0.2.9\r\n'
        b'l: 0\r\n'
        b'\r\n'
    ),
    'body_too_long.bin': (
        b'TOPTIONS sip:a SIP/2.0\r\n'
        b'l: 2020\r\n'
        b'\r\n'
        b'ab'
    ),
    'conflict.bin': (
        b'\x1cOPTIONS sip:a SIP/2.0\r\n'
        b'l: 1\r\n'
        b'Content-Length: 2\r\n'
        b'\r\n'
        b'ab'
    ),
    'cut_off.bin': (
        b'\x0eSIP/2.0 180 Ringing\r\n'
        b'v: SIP/2.0/TCP a.example.com;branch=z9hG4bK2, SIP/2.0/UDP [2001:db8::1]:5070;branch=z9hG4bK3;received=2001:db8::2\r\n'
        b'f: <sip:a@example.org>;tag=a\r\n'
        b't: <sip:b@example.com>;tag=b\r\n'
        b'i: x\r\n'
        b'CSeq: 7 INVITE\r\n'
        b'm: sip:b@192.0.2.9\r\n'
        b'l: 0\r\n'
        b'\r\n'
        + INVITE
        + b'Contact: <sip:alice@192.0.2.1:5060;transport=udp>\r\n'
          b'Content-Type: application/sdp\r\n'
          b'Content-Length: 123\r\n'
          b'\r\n'
          b'v=0\r\n'
          b'o=- 1 1 IN IP4 192.0.2.1\r\n'
          b's=-\r\n'
          b'c=IN IP4 192.0.2.1\r\n'
          b't=0 0\r\n'
          b'm=audio 4000 RTP/AVP 0 8\r\n'
          b'a=rtpmap:0 PCMU/8000\r\n'
          b'a=sendr'
    ),
    'first_fold.bin': (
        b'[OPTIONS sip:a SIP/2.0\r\n'
        b' l: 2\r\n'
        b'\r\n'
        b'ab'
    ),
    'folded_length.bin': (
        b'*OPTIONS sip:a SIP/2.0\r\n'
        b'Content-Length \t:\r\n'
        b' 2 \r\n'
        b'\r\n'
        b'abSIP/2.0 180 Ringing\r\n'
        b'v: SIP/2.0/TCP a.example.com;branch=z9hG4bK2, SIP/2.0/UDP [2001:db8::1]:5070;branch=z9hG4bK3;received=2001:db8::2\r\n'
        b'f: <sip:a@example.org>;tag=a\r\n'
        b't: <sip:b@example.com>;tag=b\r\n'
        b'i: x\r\n'
        b'CSeq: 7 INVITE\r\n'
        b'm: sip:b@192.0.2.9\r\n'
        b'l: 0\r\n'
        b'\r\n'
    ),
    'keep_alives.bin': (
        b'\x07\r\n'
        b'\r\n'
        b'SIP/2.0 180 Ringing\r\n'
        b'v: SIP/2.0/TCP a.example.com;branch=z9hG4bK2, SIP/2.0/UDP [2001:db8::1]:5070;branch=z9hG4bK3;received=2001:db8::2\r\n'
        b'f: <sip:a@example.org>;tag=a\r\n'
        b't: <sip:b@example.com>;tag=b\r\n'
        b'i: x\r\n'
        b'CSeq: 7 INVITE\r\n'
        b'm: sip:b@192.0.2.9\r\n'
        b'l: 0\r\n'
        b'\r\n'
        b'\r\n'
        b'\r\n'
        b'SIP/2.0 180 Ringing\r\n'
        b'v: SIP/2.0/TCP a.example.com;branch=z9hG4bK2, SIP/2.0/UDP [2001:db8::1]:5070;branch=z9hG4bK3;received=2001:db8::2\r\n'
        b'f: <sip:a@example.org>;tag=a\r\n'
        b't: <sip:b@example.com>;tag=b\r\n'
        b'i: x\r\n'
        b'CSeq: 7 INVITE\r\n'
        b'm: sip:b@192.0.2.9\r\n'
        b'l: 0\r\n'
        b'\r\n'
        b'\r\n'
    ),
    'lone_cr.bin': (
        b'F\rOPTIONS sip:a SIP/2.0\r\n'
        b'l: 0\r\r\n'
        b'\r\n'
        b'\r'
    ),
    'many_headers.bin': (
        b'bOPTIONS sip:a SIP/2.0\r\n'
        + b'a:b\r\n' * 300
        + b'l:0\r\n'
          b'\r\n'
    ),
    'no_length.bin': (
        b'\x15SIP/2.0 180 Ringing\r\n'
        b'v: SIP/2.0/TCP a.example.com;branch=z9hG4bK2, SIP/2.0/UDP [2001:db8::1]:5070;branch=z9hG4bK3;received=2001:db8::2\r\n'
        b'f: <sip:a@example.org>;tag=a\r\n'
        b't: <sip:b@example.com>;tag=b\r\n'
        b'i: x\r\n'
        b'CSeq: 7 INVITE\r\n'
        b'm: sip:b@192.0.2.9\r\n'
        b'l: 0\r\n'
        b'\r\n'
        b'OPTIONS sip:a SIP/2.0\r\n'
        b'X: y\r\n'
        b'\r\n'
    ),
    'not_digits.bin': (
        b'1OPTIONS sip:a SIP/2.0\r\n'
        b'l: -2\r\n'
        b'\r\n'
        b'ab'
    ),
    'overflow.bin': (
        b'8OPTIONS sip:a SIP/2.0\r\n'
        b'l: 4294967297\r\n'
        b'\r\n'
        b'ab'
    ),
    'same_length.bin': (
        b'#OPTIONS sip:a SIP/2.0\r\n'
        b'l: 2\r\n'
        b'Content-Length: 02\r\n'
        b'\r\n'
        b'abOPTIONS sip:a SIP/2.0\r\n'
        b'l: 2\r\n'
        b'Content-Length: 02\r\n'
        b'\r\n'
        b'ab'
    ),
    'three.bin': (
        b'\x00INVITE sip:bob@example.com SIP/2.0\r\n'
        + COMMON
        + b'CSeq: 1 INVITE\r\n'
          b'Contact: <sip:alice@192.0.2.1:5060;transport=udp>\r\n'
          b'Content-Type: application/sdp\r\n'
          b'Content-Length: 123\r\n'
          b'\r\n'
          b'v=0\r\n'
          b'o=- 1 1 IN IP4 192.0.2.1\r\n'
          b's=-\r\n'
          b'c=IN IP4 192.0.2.1\r\n'
          b't=0 0\r\n'
          b'm=audio 4000 RTP/AVP 0 8\r\n'
          b'a=rtpmap:0 PCMU/8000\r\n'
          b'a=sendrecv\r\n'
          b'SIP/2.0 180 Ringing\r\n'
          b'v: SIP/2.0/TCP a.example.com;branch=z9hG4bK2, SIP/2.0/UDP [2001:db8::1]:5070;branch=z9hG4bK3;received=2001:db8::2\r\n'
          b'f: <sip:a@example.org>;tag=a\r\n'
          b't: <sip:b@example.com>;tag=b\r\n'
          b'i: x\r\n'
          b'CSeq: 7 INVITE\r\n'
          b'm: sip:b@192.0.2.9\r\n'
          b'l: 0\r\n'
          b'\r\n'
          b'REGISTER sip:example.com SIP/2.0\r\n'
        + COMMON
        + b'CSeq: 2 REGISTER\r\n'
          b'Contact: *\r\n'
          b'Expires: 0\r\n'
          b'Authorization: Digest username="alice", realm="example.com", nonce="84a4", uri="sip:example.com", qop=auth, nc=00000001, cnonce="0a4f", response="6629fae49393a05397450978507c4ef1", algorithm=MD5\r\n'
          b'Content-Length: 0\r\n'
          b'\r\n'
    ),
    'too_long.bin': (
        b'MOPTIONS sip:a SIP/2.0\r\n'
        b'X: '
        + b'a' * 2100
    ),
}

# Lines that some program reads as a header that was to be stripped.
STRIPPED = {
    'plain': b'P-Asserted-Identity: <sip:a>',
    'space': b'p-asserted-identity \t: <sip:a>',
    'fold_before_colon': b'P-Asserted-Identity\r\n : <sip:a>',
    'fold': b'X-Note: a\r\n P-Asserted-Identity: <sip:a>',
    'bare_cr': b'X-Note: a\rP-Asserted-Identity: <sip:a>',
    'bare_lf': b'X-Note: a\nP-Asserted-Identity: <sip:a>',
    'nul': b'P-Asserted-Identity\0: <sip:a>',
    'nul_inside': b'P-Asserted\0-Identity: <sip:a>',
    'no_colon': b'Identity abc',
    'compact': b'y: abc;info=<https://example.com>',
    'unknown_compact': b'n:<https://example.com>;alg=rsa-sha1',
    'two_words': b'x Diversion: <sip:a>',
    'quoted': b'"Privacy": id',
}
