"""URLs of certificates and the DER in certificates, written out of their rules (RFC 3986, RFC 8226, RFC 9118)."""


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


def certificate():
    """The first byte says what the rest is."""
    for name, data in LISTS.items():
        yield f"list_{name}", b"\0" + data
    for name, data in CONSTRAINTS.items():
        yield f"plain_{name}", b"\1" + data
        yield f"enhanced_{name}", b"\2" + data
