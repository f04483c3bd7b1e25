"""Files of call records: the byte of options, the size of a piece, the file."""

ASTERISK = (b'"","1001","493012345678","from-internal","""Ann"" <1001>","SIP/1001-0000abcd","PJSIP/carrier-a-00000012","Dial","x",'
            b'"2026-03-01 10:00:00","2026-03-01 10:00:05","2026-03-01 10:01:05",65,60,"ANSWERED","DOCUMENTATION","1772359200.1",""\n')
FREESWITCH = (b'"Ann","1001","493012345678","default","2026-03-01 10:00:00","2026-03-01 10:00:05","2026-03-01 10:01:05","65","60",'
              b'"NORMAL_CLEARING","6f0b4c1e-1","7a-2","acme","PCMA","PCMA"\n')
KAMAILIO = b"INVITE,a1,b2,c3@192.0.2.1,200,OK,2026-03-01 10:00:00,1001,example.com,192.0.2.1,00493012345678,493012345678,example.org\n"
OWN = (b"start,answer,end,duration,billsec,disposition,account,trunk,direction,caller,callee,source_ip,call_id,cost\n"
       b"2026-03-01T10:00:00Z,1772359205.5,,65,60,BUSY,acme,t,outbound,+49301,sip:+49302@example.com,192.0.2.1:5060,c3,1.234567\n")
JSON = b'{"start":1772359200,"duration":65.5,"account":"J\\u00f6rg","tags":[1,{"a":"]"}],"callee":"+49302","cost":0.5}\n'
RATES = b"prefix,rate_per_minute,increment_seconds\n49,0.02,60\n+4930,0.01,1\n"

FILES = {
    "asterisk": b"\x00\x07" + ASTERISK * 2,
    "freeswitch": b"\x00\x20" + FREESWITCH,
    "kamailio": b"\x00\x20" + KAMAILIO + b"BYE" + KAMAILIO[6:],
    "own": b"\x00\x20" + OWN,
    "json": b"\x00\x20" + JSON,
    "mixed": b"\x00\x40\xef\xbb\xbf" + ASTERISK + OWN + JSON + FREESWITCH + b"\n" + KAMAILIO,
    "tabs": b"\x04\x20" + OWN.replace(b",", b"\t"),
    "two_lines": b"\x00\x05" + ASTERISK.replace(b'"x"', b'"a\r\nb"').replace(b"\n", b"\r\n") + ASTERISK,
    "backslash": b"\x00\x20" + ASTERISK.replace(b'"""Ann""', b'"\\"Ann\\"'),
    "loose": b"\x00\x20" + FREESWITCH.replace(b'"Ann"', b'"An "n" n"'),
    "open": b"\x00\x03" + ASTERISK.replace(b'"Dial"', b'"Dial') + ASTERISK,
    "cut": b"\x00\x20" + ASTERISK + ASTERISK[:60],
    "nul": b"\x00\x20" + ASTERISK.replace(b"1001", b"10\x001") + ASTERISK,
    "negative": b"\x00\x20" + ASTERISK.replace(b"65,60", b"65,-60"),
    "long": b"\x00\x20" + ASTERISK.replace(b"65,60", b"108000,108000"),
    "rates": b"\x80\x20" + RATES,
    "rates_wrong": b"\x80\x20" + RATES + b'49,"1,60\n',
}
