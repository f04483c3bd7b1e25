"""URLs of certificates, certificates and lists of revoked ones, written out of their rules (RFC 3986, RFC 5280, RFC 8226, RFC 9118).

Keys and signatures are no secret's: the key is the generator of the curve, a signature two small numbers.
"""

import base64


def der(tag, contents):
    size = len(contents)
    if size < 0x80:
        return bytes([tag, size]) + contents
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + contents


def sequence(*items):
    return der(0x30, b"".join(items))


def ia5(text):
    return der(0x16, text)


def utf8(text):
    return der(0x0C, text)


def explicit(number, contents):
    return der(0xA0 | number, contents)


def integer(value):
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def spc(code):
    return explicit(0, ia5(code))


def numbers(start, count):
    return explicit(1, sequence(ia5(start), integer(count)))


def one(number):
    return explicit(2, ia5(number))


def names(number, *claims):
    return explicit(number, sequence(*map(ia5, claims)))


def permitted(*pairs):
    return explicit(1, sequence(*(sequence(ia5(claim), sequence(*map(utf8, values))) for claim, values in pairs)))


LISTS = {
    "spc": sequence(spc(b"709J")),
    "two_spcs": sequence(spc(b"709J"), spc(b"1234")),
    "range": sequence(numbers(b"12155551200", 100)),
    "one": sequence(one(b"12155551212")),
    "star": sequence(one(b"*67"), one(b"#31")),
    "all_kinds": sequence(spc(b"709J"), numbers(b"5715551212", 788), one(b"7035551212")),
    "touching": sequence(numbers(b"200", 10), numbers(b"210", 10), one(b"220"), one(b"222")),
    "to_the_end": sequence(numbers(b"9990", 1000)),
    "longest": sequence(numbers(b"100000000000000", 1 << 80)),
    "leading_zeros": sequence(numbers(b"0000", 10)),
    "many": sequence(*(one(b"1215555%04d" % i) for i in range(60))),
    "empty": sequence(),
    "implicit": sequence(der(0x80, b"709J")),
    "behind_the_end": sequence(spc(b"709J")) + b"\0",
    "long_form": b"\x30\x81\x08" + spc(b"709J"),
    "range_of_one": sequence(numbers(b"12155551212", 1)),
    "negative": sequence(explicit(1, sequence(ia5(b"12155551212"), der(2, b"\xff")))),
}

CONSTRAINTS = {
    "must_include": sequence(names(0, b"attest")),
    "permitted": sequence(permitted((b"attest", (b"B", b"C")))),
    "both": sequence(names(0, b"foo"), permitted((b"foo", (b"foo1", b"foo2")), (b"bar", (b"bar1",)))),
    "exclude": sequence(names(2, b"rcd", b"div")),
    "all": sequence(names(0, b"confidence"), permitted((b"confidence", (b"high", b"medium"))), names(2, b"priority")),
    "empty": sequence(),
    "empty_part": sequence(names(0)),
    "wrong_order": sequence(permitted((b"a", (b"b",))), names(0, b"c")),
}

URLS = {
    "plain": b"https://cert.example.com/a.pem",
    "port": b"https://cert.example.com:8443/certs/709j.pem",
    "escaped": b"https://cert.example.com/a%20b;v=1/@x:y",
    "root_dot": b"HTTPS://Cert.Example.Com.:443/",
    "http": b"http://cert.example.com/a.pem",
    "userinfo": b"https://user:secret@cert.example.com/a.pem",
    "query": b"https://cert.example.com/a.pem?x=1",
    "fragment": b"https://cert.example.com/a.pem#x",
    "no_path": b"https://cert.example.com",
    "other_port": b"https://cert.example.com:80/a",
    "backslash": b"https://cert.example.com\\@127.0.0.1/a",
    "loopback": b"https://127.0.0.1/a",
    "short": b"https://127.1/a",
    "decimal": b"https://2130706433/a",
    "octal": b"https://0177.0.0.1/a",
    "hexadecimal": b"https://0x7f.0.0.1/a",
    "v6": b"https://[::1]/a",
    "mapped": b"https://[::ffff:127.0.0.1]:443/a",
    "zone": b"https://[fe80::1%25eth0]/a",
    "metadata": b"https://169.254.169.254/latest/meta-data",
    "localhost": b"https://localhost./a",
    "internal": b"https://metadata.google.internal/a",
    "escaped_host": b"https://%31%32%37.0.0.1/a",
    "wide_digits": "https://\uff11\uff12\uff17.0.0.1/a".encode(),
}


def oid(*arcs):
    out = bytes([arcs[0] * 40 + arcs[1]])
    for arc in arcs[2:]:
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        out += bytes(reversed(groups))
    return der(0x06, out)


def name(*texts, tag=0x0C):
    """Organisations, one below the other."""
    return sequence(*(der(0x31, sequence(oid(2, 5, 4, 10), der(tag, text))) for text in texts))


def extension(number, value, critical=False):
    """Of RFC 5280, 2.5.29.number."""
    return sequence(oid(2, 5, 29, number), *([b"\x01\x01\xff"] if critical else []), der(0x04, value))


def own_extension(number, value, critical=False):
    """Of RFC 8226 and RFC 9118, 1.3.6.1.5.5.7.1.number."""
    return sequence(oid(1, 3, 6, 1, 5, 5, 7, 1, number), *([b"\x01\x01\xff"] if critical else []), der(0x04, value))


ECDSA_SHA256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2))
GENERATOR = bytes.fromhex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                          "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")


def key_of(point):
    return sequence(sequence(oid(1, 2, 840, 10045, 2, 1), oid(1, 2, 840, 10045, 3, 1, 7)), der(0x03, b"\0" + point))


KEY = key_of(GENERATOR)
SIGNATURE = der(0x03, b"\0" + sequence(integer(1), integer(1)))
SPC = own_extension(26, LISTS["spc"])
LEAF = (extension(19, sequence(), True), extension(15, der(0x03, b"\x07\x80"), True),
        extension(32, sequence(sequence(oid(2, 16, 840, 1, 114569, 1, 1, 1)))))
URL = b"https://crl.example.com/crl"
POINT = explicit(0, explicit(0, der(0x86, URL)))
DISTRIBUTION = extension(31, sequence(sequence(POINT, der(0xA2, explicit(4, name(b"PA"))))))


def signed(contents, algorithm=ECDSA_SHA256):
    return sequence(contents, algorithm, SIGNATURE)


def leaf(*extensions, subject=name(b"SP"), issuer=name(b"CA"), key=KEY, version=2, begin=der(0x17, b"260101000000Z"),
         end=der(0x18, b"20500101000000Z")):
    return signed(sequence(explicit(0, integer(version)), integer(0x1234), ECDSA_SHA256, issuer, sequence(begin, end), subject, key,
                           der(0xA3, sequence(*extensions))))


def pem(contents, label=b"CERTIFICATE"):
    text = base64.b64encode(contents)
    lines = b"".join(text[i:i + 64] + b"\n" for i in range(0, len(text), 64))
    return b"-----BEGIN " + label + b"-----\n" + lines + b"-----END " + label + b"-----\n"


AUTHORITY = leaf(extension(19, sequence(b"\x01\x01\xff", integer(0)), True), extension(15, der(0x03, b"\x01\x06"), True),
                 subject=name(b"CA"), issuer=name(b"Root"))

CERTIFICATES = {
    "spc": leaf(*LEAF, SPC),
    "numbers": leaf(*LEAF, own_extension(26, LISTS["all_kinds"], True)),
    "constraints": leaf(*LEAF, SPC, own_extension(27, CONSTRAINTS["both"]), own_extension(33, CONSTRAINTS["all"], True)),
    "distribution": leaf(*LEAF, SPC, DISTRIBUTION),
    "usage": leaf(*LEAF, SPC, extension(37, sequence(oid(1, 3, 6, 1, 5, 5, 7, 3, 20)))),
    "access": leaf(*LEAF, own_extension(1, sequence(sequence(oid(1, 3, 6, 1, 5, 5, 7, 48, 14), der(0x86, URL))))),
    "twice": leaf(*LEAF, SPC, SPC),
    "no_list": leaf(*LEAF),
    "unknown_critical": leaf(*LEAF, SPC, own_extension(99, b"\x05\0", True)),
    "version_1": leaf(*LEAF, SPC, version=0),
    "expired": leaf(*LEAF, SPC, end=der(0x17, b"260102000000Z")),
    "compressed": leaf(*LEAF, SPC, key=key_of(b"\x03" + GENERATOR[1:33])),
    "authority": AUTHORITY,
}

DOCUMENTS = {
    "chain": b"Subject: SP\n" + pem(CERTIFICATES["spc"]) + b"\n" + pem(AUTHORITY),
    "der": CERTIFICATES["spc"],
    "crlf": pem(CERTIFICATES["spc"]).replace(b"\n", b"\r\n"),
    "private_key": pem(CERTIFICATES["spc"]) + pem(b"secret", b"EC PRIVATE KEY"),
    "other_label": pem(CERTIFICATES["spc"], b"TRUSTED CERTIFICATE"),
    "no_end": pem(CERTIFICATES["spc"])[:-20],
    "padding": pem(CERTIFICATES["spc"]).replace(b"\n-----END", b"=\n-----END"),
    "html": b"<html><body>Not Found</body></html>",
}


def entry(serial, *extensions):
    return sequence(integer(serial), der(0x17, b"260101000000Z"), *([sequence(*extensions)] if extensions else []))


def of(issuer):
    return extension(29, sequence(explicit(4, issuer)), True)


def issuing_point(*parts):
    return extension(28, sequence(*parts), True)


INDIRECT = issuing_point(explicit(0, explicit(0, der(0x86, URL))), b"\x84\x01\xff")


def crl(entries=(), extensions=(), version=1, issuer=name(b"PA"), begin=der(0x17, b"261101000000Z"), end=der(0x17, b"261201000000Z"),
        algorithm=ECDSA_SHA256):
    return signed(sequence(integer(version), algorithm, issuer, begin, end, *([sequence(*entries)] if entries else []),
                           *([explicit(0, sequence(*extensions))] if extensions else [])), algorithm)


CRLS = {
    "empty": crl(),
    "direct": crl([entry(1), entry(0x80), entry(1 << 150)]),
    "indirect": crl([entry(1), entry(2, of(name(b"CA"))), entry(3), entry(4, of(name(b"CA 2"))), entry(5, extension(21, b"\x0a\x01\x01"))],
                    [extension(20, integer(7)), INDIRECT]),
    "spelling": crl([entry(2, of(name(b"  cA  x ", tag=0x13)))], [INDIRECT]),
    "not_indirect": crl([entry(2, of(name(b"CA")))], [extension(20, integer(7))]),
    "user_only": crl([entry(1)], [issuing_point(b"\x81\x01\xff")]),
    "some_reasons": crl([entry(1)], [issuing_point(b"\x83\x02\x01\x40")]),
    "attributes": crl([entry(1)], [issuing_point(b"\x85\x01\xff")]),
    "delta": crl([entry(1)], [extension(27, integer(1), True)]),
    "unknown_entry": crl([entry(1, extension(99, b"\x05\0", True))]),
    "version_1": crl(version=0),
    "rsa": crl([entry(1)], algorithm=sequence(oid(1, 2, 840, 113549, 1, 1, 11), b"\x05\0")),
    "generalized": crl([entry(1)], end=der(0x18, b"20500101000000Z")),
    "pem": pem(crl([entry(1)]), b"X509 CRL"),
    "long": crl([entry(i) for i in range(1, 120)]),
}


def certificate():
    """The first byte says what the rest is."""
    for label, data in DOCUMENTS.items():
        yield f"document_{label}", b"\3" + data
    for label, data in CERTIFICATES.items():
        yield f"signed_{label}", b"\4" + data
    for label, data in LISTS.items():
        yield f"list_{label}", b"\0" + data
    for label, data in CONSTRAINTS.items():
        yield f"plain_{label}", b"\1" + data
        yield f"enhanced_{label}", b"\2" + data
