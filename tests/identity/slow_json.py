"""JSON as a token must have it (RFC 8259, RFC 8225): read slowly, one rule after the other, in the order of the text.

Objects are lists of (name, value), texts are bytes, numbers are Number. What is wrong is raised as Refused.
"""

WHITE = b" \t\r\n"
DEPTH, MEMBERS, TEXT, NUMBER = 8, 64, 2048, 32


class Refused(Exception):
    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Number(bytes):
    """As it is written."""


class Object(list):
    def get(self, name):
        return next((value for key, value in self if key == name), None)


class Reader:
    def __init__(self, data, text=TEXT):
        self.data = data
        self.most_text = text
        self.at = 0
        self.canonical = True

    def peek(self):
        return self.data[self.at:self.at + 1]

    def white(self):
        while self.peek() and self.peek() in WHITE:
            self.at += 1
            self.canonical = False

    def expect(self, octet):
        if self.peek() != octet:
            raise Refused("JSON_SYNTAX")
        self.at += 1

    def document(self):
        self.white()
        if self.peek() != b"{":
            raise Refused("JSON_SYNTAX")
        value = self.value(0)
        self.white()
        if self.at != len(self.data):
            raise Refused("JSON_SYNTAX")
        return value

    def value(self, depth):
        first = self.peek()
        if first == b"{" or first == b"[":
            if depth == DEPTH:
                raise Refused("JSON_DEPTH")
            return self.object(depth + 1) if first == b"{" else self.array(depth + 1)
        if first == b'"':
            return self.text()
        for word, value in ((b"true", True), (b"false", False), (b"null", None)):
            if self.data.startswith(word, self.at):
                self.at += len(word)
                return value if value is not None else Null
        return self.number()

    def object(self, depth):
        self.expect(b"{")
        members = Object()
        largest = None
        while True:
            self.white()
            if self.peek() == b"}":
                self.at += 1
                return members
            if members:
                self.expect(b",")
                self.white()
            if self.peek() != b'"':
                raise Refused("JSON_SYNTAX")
            name = self.text()
            if len(members) == MEMBERS:
                raise Refused("JSON_LIMIT")
            if any(name == other for other, _ in members):
                raise Refused("JSON_DUP_KEY")
            if largest is not None and name < largest:
                self.canonical = False
            largest = max(name, largest or b"")
            self.white()
            self.expect(b":")
            self.white()
            members.append((name, self.value(depth)))

    def array(self, depth):
        self.expect(b"[")
        elements = []
        while True:
            self.white()
            if self.peek() == b"]":
                self.at += 1
                return elements
            if elements:
                self.expect(b",")
                self.white()
            elements.append(self.value(depth))

    def digits(self):
        begin = self.at
        while self.peek().isdigit():
            self.at += 1
        if self.at == begin:
            raise Refused("JSON_SYNTAX")

    def number(self):
        begin = self.at
        if self.peek() == b"-":
            self.at += 1
        if self.peek() == b"0":
            self.at += 1
        else:
            self.digits()
        if self.peek() == b".":
            self.at += 1
            self.digits()
        if self.peek() in (b"e", b"E"):
            self.at += 1
            if self.peek() in (b"+", b"-"):
                self.at += 1
            self.digits()
        if self.at - begin > NUMBER:
            raise Refused("JSON_LIMIT")
        return Number(self.data[begin:self.at])

    def hexadecimal(self):
        text = self.data[self.at:self.at + 4]
        if len(text) < 4 or any(octet not in b"0123456789abcdefABCDEF" for octet in text):
            return None
        self.at += 4
        return int(text, 16)

    def escape(self):
        kind = self.peek()
        self.at += 1
        if kind in (b'"', b"\\", b"/"):
            return kind
        if kind in (b"b", b"f", b"n", b"r", b"t"):
            raise Refused("JSON_CONTROL")
        code = self.hexadecimal() if kind == b"u" else None
        if code is None:
            raise Refused("JSON_SYNTAX")
        if 0xD800 <= code <= 0xDBFF:
            if self.data[self.at:self.at + 2] != b"\\u":
                raise Refused("JSON_UTF8")
            self.at += 2
            low = self.hexadecimal()
            if low is None or not 0xDC00 <= low <= 0xDFFF:
                raise Refused("JSON_UTF8")
            code = 0x10000 + (code - 0xD800) * 0x400 + low - 0xDC00
        elif 0xDC00 <= code <= 0xDFFF:
            raise Refused("JSON_UTF8")
        if code < 0x20:
            raise Refused("JSON_CONTROL")
        return chr(code).encode()

    def character(self):
        first = self.data[self.at]
        length = 1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
        octets = self.data[self.at:self.at + length]
        try:
            if len(octets) < length or len(octets.decode("utf-8")) != 1:
                raise Refused("JSON_UTF8")
        except UnicodeDecodeError:
            raise Refused("JSON_UTF8") from None
        self.at += length
        return octets

    def text(self):
        self.expect(b'"')
        out = b""
        while True:
            octet = self.peek()
            if not octet or octet < b" ":
                raise Refused("JSON_SYNTAX")
            if octet == b'"':
                self.at += 1
                if len(out) > self.most_text:
                    raise Refused("JSON_LIMIT")
                return out
            if octet == b"\\":
                self.at += 1
                out += self.escape()
            else:
                out += self.character()


class NullType:
    pass


Null = NullType()


def write(value):
    """Canonical: no white space, names in order, no escape that is not needed."""
    if isinstance(value, Number):
        return bytes(value)
    if isinstance(value, bytes):
        return b'"' + value.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    if isinstance(value, Object):
        return b"{" + b",".join(write(name) + b":" + write(member) for name, member in sorted(value, key=lambda m: m[0])) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(write, value)) + b"]"
    return {True: b"true", False: b"false"}.get(value, b"null") if isinstance(value, bool) else b"null"
