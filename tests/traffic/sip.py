"""SIP messages as telephones, servers and attackers write them."""

REASONS = {100: "Trying", 180: "Ringing", 200: "OK", 202: "Accepted", 302: "Moved Temporarily", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
           407: "Proxy Authentication Required", 481: "Call/Transaction Does Not Exist", 486: "Busy Here", 487: "Request Terminated"}


def token(rng, length=10):
    return f"{rng.getrandbits(length * 4):0{length}x}"


class Request:
    """One request and what its answers repeat of it. `more`: further header lines, with their ends."""

    __slots__ = ("method", "uri", "via", "frm", "to", "call_id", "cseq", "contact", "agent", "more", "body", "kind", "tagged")

    def __init__(self, method, uri, via, frm, to, call_id, cseq, *, contact="", agent="", more="", body="", kind="application/sdp"):
        self.method, self.uri, self.via, self.frm, self.to = method, uri, via, frm, to
        self.call_id, self.cseq, self.contact, self.agent = call_id, cseq, contact, agent
        self.more, self.body, self.kind, self.tagged = more, body, kind, ";tag=" in to

    def encode(self):
        contact = f"Contact: {self.contact if self.contact == '*' else f'<{self.contact}>'}\r\n" if self.contact else ""
        agent = f"User-Agent: {self.agent}\r\n" if self.agent else ""
        kind = f"Content-Type: {self.kind}\r\n" if self.body else ""
        body = self.body.encode()
        return (f"{self.method} {self.uri} SIP/2.0\r\n{self.via}Max-Forwards: 70\r\nFrom: {self.frm}\r\nTo: {self.to}\r\nCall-ID: {self.call_id}\r\n"
                f"CSeq: {self.cseq} {self.method}\r\n{contact}{agent}{self.more}{kind}Content-Length: {len(body)}\r\n\r\n").encode() + body

    def answer(self, code, tag="", *, more="", body="", contact=""):
        to = self.to + (f";tag={tag}" if tag and not self.tagged else "")
        contact = f"Contact: <{contact}>\r\n" if contact else ""
        kind = "Content-Type: application/sdp\r\n" if body else ""
        return (f"SIP/2.0 {code} {REASONS.get(code, 'Other')}\r\n{self.via}From: {self.frm}\r\nTo: {to}\r\nCall-ID: {self.call_id}\r\n"
                f"CSeq: {self.cseq} {self.method}\r\n{contact}{more}{kind}Content-Length: {len(body)}\r\n\r\n{body}").encode()


def via(host, port, branch, transport="UDP"):
    return f"Via: SIP/2.0/{transport} {host}:{port};rport;branch=z9hG4bK{branch}\r\n"


def sdp(host, port, secure=False, session="1"):
    profile = "RTP/SAVP" if secure else "RTP/AVP"
    crypto = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n" if secure else ""
    return (f"v=0\r\no=- {session} {session} IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio {port} {profile} 0 8 101\r\n"
            f"a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n{crypto}a=sendrecv\r\n")


def challenge(realm, nonce, proxy=False):
    return f'{"Proxy-Authenticate" if proxy else "WWW-Authenticate"}: Digest realm="{realm}", nonce="{nonce}", algorithm=MD5, qop="auth"\r\n'


def credentials(rng, user, realm, nonce, uri, proxy=False, count=1):
    return (f'{"Proxy-Authorization" if proxy else "Authorization"}: Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{uri}", '
            f'response="{token(rng, 32)}", algorithm=MD5, cnonce="{token(rng, 8)}", qop=auth, nc={count:08x}\r\n')
