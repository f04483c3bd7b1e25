"""The limits on the first page are those that the command keeps, and those of the header."""

import re
import unittest

import case
import pages

PAGE = pages.text_of("README.md")
HEADER = "".join(map(pages.text_of, pages.c_headers()))

LIMITED = [
    "INVITE {uri} SIP/2.0",
    "{vias}",
    "Max-Forwards: 70",
    "From: <sip:alice@example.com>;tag=1",
    "To: <sip:bob@example.com>",
    "Call-ID: 1@192.0.2.1",
    "CSeq: 1 INVITE",
    "{more}",
    "Content-Length: {length}",
    "",
]
VIA = "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1"
SDP = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"


def limited(uri="sip:bob@example.com", vias=(VIA,), more=("Subject: x",), body=""):
    text = "\r\n".join(LIMITED) + "\r\n" + body
    return text.format(uri=uri, vias="\r\n".join(vias), more="\r\n".join(more), length=len(body)).encode()


def padded(size):
    # The length of Content-Length itself changes with the body.
    for body in range(size - 400, size):
        message = limited(body="x" * body)
        if len(message) == size:
            return message
    raise AssertionError(size)


def with_headers(count):
    own = limited(more=("Subject: x",)).split(b"\r\n\r\n")[0].count(b"\r\n") - 1
    return limited(more=["Subject: x"] + ["X-A: y"] * (count - own - 1))


def nested(depth):
    """So many multipart bodies, each the only part of the one around it."""
    body = "x\r\n"
    kind = "text/plain"
    for level in range(depth):
        body = f"--b{level}\r\nContent-Type: {kind}\r\n\r\n{body}\r\n--b{level}--\r\n"
        kind = f"multipart/mixed;boundary=b{level}"
    return limited(more=[f"Content-Type: {kind}"], body=body)


# Of a limit: a message that holds so many.
MESSAGES = {
    "message": padded,
    "header lines": with_headers,
    "header value": lambda n: limited(more=["Subject: " + "x" * n]),
    "values of one header": lambda n: limited(more=["Route: <sip:192.0.2.2;lr>"] * n),
    "Via values": lambda n: limited(vias=[VIA] * n),
    "parameters of one value": lambda n: limited(
        more=["Contact: <sip:a@192.0.2.1>" + "".join(f";p{i}" for i in range(n))]),
    "URI": lambda n: limited(uri="sip:" + "u" * (n - 16) + "@example.com"),
    "media of a session description": lambda n: limited(
        more=["Content-Type: application/sdp"], body=SDP + "m=audio 9 RTP/AVP 0\r\n" * n),
    "attributes of a session description": lambda n: limited(
        more=["Content-Type: application/sdp"], body=SDP + "a=x\r\n" * n),
    "parts of a multipart body": lambda n: limited(
        more=["Content-Type: multipart/mixed;boundary=b"], body="--b\r\n\r\nx\r\n" * n + "--b--"),
    "multipart bodies within each other": nested,
    "brackets of a comment": lambda n: limited(more=["User-Agent: a " + "(" * n + ")" * n]),
}
# Of a limit: what sipward.h calls it.
MEMBERS = {
    "message": "message_bytes", "header lines": "headers", "header value": "header_value_bytes",
    "values of one header": "values_per_header", "Via values": "vias",
    "parameters of one value": "params_per_value", "URI": "uri_bytes",
    "media of a session description": "sdp_media", "attributes of a session description": "sdp_attributes",
    "parts of a multipart body": "body_parts", "multipart bodies within each other": "body_depth",
    "brackets of a comment": "comment_depth",
}


class Limits(case.Case):
    def rows(self):
        for what, default, anomaly in pages.table(PAGE, "limit", "default", "anomaly"):
            yield what, default, anomaly.strip("`")

    def refused(self, data, anomaly, *options):
        said = self.parsed(data, *options)
        if said["status"] != "limit":
            self.assertEqual((said["status"], said["error"]), ("ok", None))
            return False
        self.assertEqual(said["error"]["name"], anomaly)
        return True

    def test_are_those_that_the_command_keeps(self):
        for what, default, anomaly in self.rows():
            number = int(re.match(r"[\d,]+", default).group().replace(",", ""))
            self.assertFalse(self.refused(MESSAGES[what](number), anomaly), what)
            self.assertTrue(self.refused(MESSAGES[what](number + 1), anomaly), what)

    def test_of_a_stream_is_what_the_framer_keeps(self):
        ((_, default, anomaly),) = [row for row in self.rows() if "stream" in row[1]]
        number = int(re.search(r"\(stream: (\d+) MiB\)", default).group(1)) * 1024 * 1024
        self.assertFalse(self.refused(padded(number), anomaly, "--stream"))
        self.assertTrue(self.refused(padded(number + 1), anomaly, "--stream"))
        self.assertIn(f"most bytes of one message, 0 is {number // 1024 // 1024} MiB",
                      " ".join(HEADER.replace("\n *", "\n").split()))

    def test_are_those_of_the_header(self):
        for what, default, _ in self.rows():
            number = re.match(r"[\d,]+", default).group().replace(",", "")
            self.assertRegex(HEADER, rf"uint32_t {MEMBERS[what]};\s*/\* \[{number}\]", what)

    def test_are_all_that_there_are(self):
        catalogue = pages.text_of("lib/sip/anomaly.def")
        limits = re.findall(r'^SIPWARD_ANOMALY\(\w+, "([\w.]+)", limit,', catalogue, re.MULTILINE)
        self.assertEqual(sorted(limits), sorted(row[2] for row in self.rows()))

if __name__ == "__main__":
    unittest.main(verbosity=2)
