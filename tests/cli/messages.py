"""Messages that the tests send; all domains and addresses are reserved for examples."""


def lines(*texts):
    return b"".join(text if isinstance(text, bytes) else text.encode() + b"\r\n" for text in texts)


INVITE = lines(
    "INVITE sip:bob@example.com SIP/2.0",
    "Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKa7c6;rport",
    "v: SIP/2.0/TCP [2001:db8::9];branch=z9hG4bKb1",
    "Max-Forwards: 70",
    'From: "Alice \\"A\\" \\\\ B" <sip:alice@192.0.2.1:5062>;tag=88sja8x;x',
    "To: Bob <sips:bob@example.com>",
    "Call-ID: a84b4c76e66710@192.0.2.1",
    "CSeq: 314159 INVITE",
    'Contact: <sip:alice@192.0.2.1:5062>;expires=60, "D" <sip:d@[2001:db8::1]:5070>;q=0.5',
    "Subject: one",
    "  two",
    "Content-Type: text/plain",
    "Content-Length: 4",
    "",
) + b"body"

RINGING = lines(
    "SIP/2.0 180 Ringing there",
    "Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKa7c6",
    "From: <sip:alice@192.0.2.1>;tag=88sja8x",
    "To: <sip:bob@example.com>;tag=1",
    "Call-ID: a84b4c76e66710@192.0.2.1",
    "CSeq: 314159 INVITE",
    "Content-Length: 0",
    "",
)

REGISTER_ALL_AWAY = lines(
    "REGISTER sip:example.com SIP/2.0",
    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKr",
    "Max-Forwards: 70",
    "From: <sip:alice@example.com>;tag=2",
    "To: <sip:alice@example.com>",
    "Call-ID: r1@192.0.2.1",
    "CSeq: 1 REGISTER",
    "Contact: *",
    "Expires: 0",
    "Content-Length: 0",
    "",
)


def with_display(display):
    """A valid OPTIONS request whose From has these bytes in front of its URI."""
    return lines(
        "OPTIONS sip:example.com SIP/2.0",
        "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKo",
        "Max-Forwards: 70",
        b"From: " + display + b" <sip:alice@example.com>;tag=2\r\n",
        "To: <sip:example.com>",
        "Call-ID: o1@192.0.2.1",
        "CSeq: 1 OPTIONS",
        "Content-Length: 0",
        "",
    )


def scan(number, agent="friendly-scanner"):
    """What a well-known scanner sends."""
    return lines(
        "OPTIONS sip:100@198.51.100.7 SIP/2.0",
        f"Via: SIP/2.0/UDP 192.0.2.66:5061;branch=z9hG4bK-{1000 + number};rport",
        "Content-Length: 0",
        'From: "sipvicious"<sip:100@1.1.1.1>;tag=3030',
        "Accept: application/sdp",
        f"User-Agent: {agent}",
        'To: "sipvicious"<sip:100@1.1.1.1>',
        "Contact: sip:100@192.0.2.66:5061",
        "CSeq: 1 OPTIONS",
        f"Call-ID: {7000 + number}",
        "Max-Forwards: 70",
        "",
    )
