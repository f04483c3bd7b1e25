"""Header values, list files and rules written by hand: name, then bytes. The first byte of a value says which grammar reads it,
of a list which kind it is."""

VALUES = {
    'bare_uri_0': b'\x02sip:a,b@c.example?x=y;z',
    'bare_uri_1': b'\x02http://www.example.com',
    'bracketed_uri_0': b'\x01sip:%00%0d%0a@h.example;%6C%72;n%61me=v%61l',
    'bracketed_uri_1': b'\x01sips:u:p@[::ffff:192.0.2.1]?a=b&c=',
    'bracketed_uri_2': b'\x01 sip:a@b.example ',
    'cseq_0': (
        b'\x050009\r\n'
        b'  INVITE'
    ),
    'cseq_1': b'\x054294967296 ACK',
    'cseq_2': b'\x051INVITE',
    'digest_0': (
        b'\x06Digest username="bob", realm="example.com", nonce="Y2Fm", uri="sip:r.example", response="66", algorithm=MD5, '
        b'cnonce="0a", qop=auth, nc=00000002'
    ),
    'digest_1': b'\x06Digest realm="a,b", qop="auth,auth-int"',
    'digest_2': b'\x06Digest username, realm="x',
    'digest_3': b'\x06Basic abc=',
    'name_addr_0': (
        b'\x03"A. G. \\"Bell\\" \\\\ Co"\r\n'
        b' <sip:bell@example.com>\r\n'
        b' ; tag = 88sja8x'
    ),
    'name_addr_1': b'\x03Bell, Alexander <sip:a@b.example>;tag=43',
    'name_addr_2': b'\x03*',
    'name_addr_3': b'\x03*;expires=0',
    'name_addr_4': b'\x03sip:a@b.example;tag=1;tag=2;q=0.5;expires=99999999999',
    'name_addr_5': b'\x03"Mr. J <sip:j@example.com>',
    'name_addr_6': b'\x03"2125551212" <sip:100@pbx.example.com>;;;;',
    'name_addr_7': b'\x03<sip:a@b.example;x',
    'request_uri_0': b'\x00sip:+12155550131@198.51.100.200:5060;user=phone',
    'request_uri_1': b'\x00sip:1_unusual.URI~(x)&i$/c?,/;;*:&it+has=1@example.com',
    'request_uri_2': b'\x00<sip:a@[2001:db8::1]:5070>',
    'request_uri_3': b'\x00sip:a@b@c;lr',
    'request_uri_4': b'\x00tel:+1-201-555-0123;ext=7',
    'request_uri_5': b'\x00urn:service:sos',
    'request_uri_6': b'\x00sip:user@example.com?Route=%3Csip:example.com%3E',
    'start_line_0': b'\x07INVITE sip:user@example.com; lr SIP/2.0',
    'start_line_1': b'\x07SIP/2.0 200 OK',
    'start_line_2': b'\x07SIP/2.0 4294967301 x',
    'start_line_3': b'\x07OPTIONS sip:r@example.com SIP/2.0  ',
    'start_line_4': b'\x07invite\tsip:a@b sip/2.0',
    'start_line_5': b'\x07SIP/2.0 100',
    'text_0': b'\t 0070 ',
    'text_1': b'\tWed, 15 Jul 2026 16:00:00 GMT',
    'text_2': b'\t6a1f@203.0.113.45',
    'text_3': b'\t99999999999999999999999',
    'values_0': b'\x08<sip:a,b>, "x,\\"" <sip:c>,,',
    'via_0': (
        b'\x04SIP  /   2.0\r\n'
        b' /UDP\r\n'
        b'    192.0.2.2;branch=390skdjuw'
    ),
    'via_1': b'\x04SIP/2.0/UDP [2001:db8::9:1]:5060;received=2001:db8::9:255;rport;ttl=256;maddr=h.example',
    'via_2': b'\x04SIP/2.0/UDP 192.0.2.15;;,;,,',
    'via_3': b'\x04SIP/2.0/WSS df7jal23ls0d.invalid : 5061 ;branch=z9hG4bK56;rport=70000',
}

# Just beside what a walk may take.
WALKED = {
    "host_ends_in_a_hyphen": b"sip:a@example.com-",
    "host_label_ends_in_a_hyphen": b"sip:a@example-.com",
    "host_ends_in_a_digit_label": b"sip:a@example.1com",
    "host_ends_in_a_dot": b"sip:a@example.com.",
    "host_with_an_empty_label": b"<sip:a@example..com>;tag=1",
    "octet_too_great": b"sip:a@192.0.2.256",
    "octet_with_a_zero_in_front": b"SIP/2.0/UDP 192.0.2.01;branch=z9hG4bK1",
    "port_0": b"SIP/2.0/UDP example.com:0",
    "port_too_great": b"sip:a@example.com:65536",
    "parameter_twice": b"sip:a@example.com;lr;LR",
    "tag_twice": b"<sip:a@example.com>;tag=1;tag=2",
    "parameter_without_a_value": b"SIP/2.0/UDP example.com;branch",
    "version_in_small_letters": b"sip/2.0/udp example.com;branch=z9hG4bK1",
    "display_is_another_address": b"\"eve@example.org\" <sip:a@example.com>",
    "cseq_too_great": b"4294967296 INVITE",
    "cseq_of_two_methods": b"1 INVITE x",
    "call_id_of_two_at": b"a@b@c",
    "request_with_two_spaces": b"INVITE  sip:a@example.com SIP/2.0",
    "status_below_100": b"SIP/2.0 99 OK",
    'session_description': (
        b'v=0\r\n'
        b'o=- 771204 771204 IN IP4 203.0.113.61\r\n'
        b's=-\r\n'
        b'c=IN IP4 203.0.113.61\r\n'
        b'b=AS:64\r\n'
        b't=0 0\r\n'
        b'm=audio 30218 RTP/AVP 8 0 101\r\n'
        b'a=rtpmap:8 PCMA/8000\r\n'
        b'a=rtpmap:101 telephone-event/8000\r\n'
        b'a=fmtp:101 0-16\r\n'
        b'a=ptime:20\r\n'
        b'a=sendrecv\r\n'
    ),
}

LISTS = {
    'cidr': (
        b'\x00# nets\n'
        b'10.0.0.0/8\n'
        b'2001:db8::/32 # doc\n'
        b'192.0.2.1\n'
    ),
    'cidr_bom': b'\x00\xef\xbb\xbf::ffff:10.0.0.0/104\r\n',
    'cidr_host_bits': b'\x0010.0.0.1/8\n',
    'cidr_nested': (
        b'\x0010.0.0.0/8\n'
        b'10.1.0.0/16\n'
        b'2001:db8::/32\n'
        b'2001:db8::/64\n'
    ),
    'domain': (
        b'\x02example.com\n'
        b'sip.example.net.\n'
    ),
    'exact_nocase': (
        b'\x83Alice\n'
        b'bob # home\n'
    ),
    'pattern': (
        b'\x84friendly-scanner\n'
        b'^sip(vicious|cli)\n'
    ),
    'pattern_bad': b'\x04*\n',
    'prefix': (
        b'\x01+1900\n'
        b'4490\n'
        b'# x\n'
        b'0\n'
    ),
}

RULES = {
    'operators.ward': (
        b'version 1\n'
        b'define odd = src.port % 2 != 0 ? -1 : 0x1f\n'
        b'rule a { on request, response\n'
        b'  let x = lower(from.user ?? "") when (odd + 1 * 2 - 3 / 4) * 1.5 >= 2.0 and x not in ["a", "b\\x00"] or has(to'
        b'.user) and len(to.user) < 5\n'
        b'  then tag "t", score -5 on (account ?? src.ip), throttle 30/m }\n'
        b'rule b { mode report evidence any on request where method in [INVITE, ACK] and not (src.ip in "192.0.2.0/24")\n'
        b'  when matches(body, "a+(b|c)*$") or matches_nocase(digits(ruri), "x") or (int(body) ?? 3) == 4 or anomaly("li'
        b'ne.nul") or (header("X-A") ?? "") == suffix(body, 3)\n'
        b'  then ban src.net for 1d, reject 403 "No", alert, drop }\n'
    ),
    'tests.ward': (
        b'version 1\n'
        b'rule a.b { on call_start when count(by caller.number over 1m) > 2 then reject 403, tag "t" }\n'
        b'test a.b { given call_start { caller.number = "+49{n}"  src.ip = "192.0.2.{n}"  price = -0.5 } proven repeat 3 every 2s after 1m\n'
        b'  given call_end { answered = true  duration = 20s } given tick\n'
        b'  expect reject at event 2, not tag "t" before event 3, alert, rule a.b }\n'
        b'test "of a file" { given auth "a.csv" every 1s expect allow expect not drop }\n'
    ),
    # Files that texts name hold the text itself: its first line names the fields.
    'events.ward': (
        b'version 1\n'
        b'test "f" { given cdr "version 1" expect allow }\n'
    ),
}

NUMBERS = {
    'empty': b'',
    'emergency': b'112',
    'national': b'02071838750',
    'with_plus': b'+442071838750',
    'marks': b'+44 (0)20 7183-8750;ext=1',
    'tel': b'tel:030123456;phone-context=+49',
    'sip': b'sip:%2B12025550100@host;user=phone',
    'idd': b'011442071838750',
    'argentina': b'0111523456789',
    'brazil': b'02111961234567',
    'us': b'12015550123',
    'jamaica': b'18765230123',
    'jersey': b'447797712345',
    'kazakhstan': b'77710009998',
    'vatican': b'390669812345',
    'uifn': b'80012345678',
    'premium': b'979123456789',
    'inmarsat': b'870773111632',
    'iridium': b'881612345678',
    'thuraya': b'8821612345678',
    'long': b'88161234567890123456789012345678901234567890',
    'germany_longest': b'491800123456789012',
    'letters': b'44207183875a',
}
