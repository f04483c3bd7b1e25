"""A capture of ordinary SIP traffic: registrations with Digest, calls, pings; of these a fourth over TCP in pieces, some in fragments.

make_capture.py MESSAGES FILE [--seed N]

A platform with a thousand hosts behind a border: what stands in the messages differs from call to call, so that every table has many
keys. Times go on steadily, 2,000 messages a second. It is written as it is made, and is some 700 bytes a message.
"""

import argparse
import pathlib
import random
import socket
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "cli"))
from capture_file import LINK_RAW_IP, START, checksum  # noqa: E402

A_SECOND = 2_000
SERVER = ("198.51.100.10", 5060)
SEGMENT = 500  # bytes of a TCP segment: most messages take two, and share them
SDP = ("v=0\r\no=- {n} {n} IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 0 9 101\r\na=rtpmap:8 PCMA/8000\r\n"
       "a=rtpmap:0 PCMU/8000\r\na=rtpmap:9 G722/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n")
AGENTS = ("Yealink SIP-T46U 108.86.0.90", "Grandstream GXP2170 1.0.11.79", "snomD785/10.1.184.15", "Linphone/5.2.0 (belle-sip/5.3.0)")


class Capture:
    """Packets with their times, appended to a file."""

    def __init__(self, file):
        self.file = file
        self.count = 0  # messages
        self.packets = 0
        self.sequences = {}
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, LINK_RAW_IP))

    def ip(self, source, destination, protocol, data, offset=0, more=False):
        self.packets += 1
        head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(data), self.packets & 0xFFFF if not (offset or more) else self.count & 0xFFFF,
                           (0x2000 if more else 0) | offset // 8, 64, protocol, 0)
        head += socket.inet_aton(source[0]) + socket.inet_aton(destination[0])
        packet = head[:10] + struct.pack("!H", checksum(head)) + head[12:] + data
        seconds, part = divmod(self.count, A_SECOND)
        self.file.write(struct.pack("<IIII", START + seconds, part * 1_000_000 // A_SECOND, len(packet), len(packet)) + packet)

    def udp(self, source, destination, message):
        data = struct.pack("!HHHH", source[1], destination[1], 8 + len(message), 0) + message
        if self.count % 97 == 0 and len(data) > 600:  # a path with a small MTU
            self.ip(source, destination, 17, data[:576], 0, True)
            self.ip(source, destination, 17, data[576:], 576)
        else:
            self.ip(source, destination, 17, data)
        self.count += 1

    def tcp(self, source, destination, message):
        key = (source, destination)
        at = self.sequences.get(key)
        if at is None:
            at = 1000
            self.ip(source, destination, 6, struct.pack("!HHIIBBHHH", source[1], destination[1], at - 1, 0, 0x50, 0x02, 65535, 0, 0))
        for begin in range(0, len(message), SEGMENT):
            piece = message[begin:begin + SEGMENT]
            self.ip(source, destination, 6, struct.pack("!HHIIBBHHH", source[1], destination[1], at, 1, 0x50, 0x18, 65535, 0, 0) + piece)
            at = (at + len(piece)) & 0xFFFFFFFF
        self.sequences[key] = at
        self.count += 1


class Phone:
    def __init__(self, index):
        self.user = f"{2000 + index}"
        self.place = (f"203.0.{113 + index // 250}.{1 + index % 250}", 5060 + index % 3)
        self.agent = AGENTS[index % len(AGENTS)]
        self.is_tcp = index % 4 == 0


def head(first, phone, tag_from, tag_to, call, cseq, method, to, extra="", body=""):
    transport = "TCP" if phone.is_tcp else "UDP"
    return (f"{first}\r\nVia: SIP/2.0/{transport} {phone.place[0]}:{phone.place[1]};branch=z9hG4bK{call[:12]}{cseq}{method};rport\r\n"
            f"From: \"{phone.user}\" <sip:{phone.user}@voice.example.com>;tag={tag_from}\r\nTo: <sip:{to}@voice.example.com>{';tag=' + tag_to if tag_to else ''}\r\n"
            f"Call-ID: {call}@{phone.place[0]}\r\nCSeq: {cseq} {method}\r\nMax-Forwards: 70\r\nUser-Agent: {phone.agent}\r\n{extra}"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


class Traffic:
    def __init__(self, capture, random_):
        self.capture = capture
        self.random = random_
        self.phones = [Phone(index) for index in range(1000)]

    def to_server(self, phone, message):
        (self.capture.tcp if phone.is_tcp else self.capture.udp)(phone.place, SERVER, message)

    def to_phone(self, phone, message):
        (self.capture.tcp if phone.is_tcp else self.capture.udp)(SERVER, phone.place, message)

    def fresh(self):
        return f"{self.random.getrandbits(96):024x}"

    def register(self, phone):
        call, tag, nonce = self.fresh(), self.fresh()[:8], self.fresh()
        contact = f"Contact: <sip:{phone.user}@{phone.place[0]}:{phone.place[1]}>;expires=600\r\n"
        request = "REGISTER sip:voice.example.com SIP/2.0"
        yield lambda: self.to_server(phone, head(request, phone, tag, "", call, 1, "REGISTER", phone.user, contact))
        yield lambda: self.to_phone(phone, head("SIP/2.0 401 Unauthorized", phone, tag, "s" + tag, call, 1, "REGISTER", phone.user,
                                                f"WWW-Authenticate: Digest realm=\"voice.example.com\", nonce=\"{nonce}\", algorithm=MD5, qop=\"auth\"\r\n"))
        answer = (f"Authorization: Digest username=\"{phone.user}\", realm=\"voice.example.com\", nonce=\"{nonce}\", uri=\"sip:voice.example.com\", "
                  f"response=\"{self.random.getrandbits(128):032x}\", algorithm=MD5, cnonce=\"{tag}\", qop=auth, nc=00000001\r\n")
        yield lambda: self.to_server(phone, head(request, phone, tag, "", call, 2, "REGISTER", phone.user, contact + answer))
        yield lambda: self.to_phone(phone, head("SIP/2.0 200 OK", phone, tag, "s" + tag, call, 2, "REGISTER", phone.user, contact))

    def options(self, phone):
        call, tag = self.fresh(), self.fresh()[:8]
        yield lambda: self.to_server(phone, head("OPTIONS sip:voice.example.com SIP/2.0", phone, tag, "", call, 1, "OPTIONS", phone.user))
        yield lambda: self.to_phone(phone, head("SIP/2.0 200 OK", phone, tag, "s" + tag, call, 1, "OPTIONS", phone.user))

    def call(self, phone):
        call, tag, other = self.fresh(), self.fresh()[:8], self.fresh()[:8]
        to = self.random.choice(self.phones).user if self.random.random() < 0.5 else f"+4989{self.random.randrange(10**6, 10**7)}"
        contact = f"Contact: <sip:{phone.user}@{phone.place[0]}:{phone.place[1]}>\r\nAllow: INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, NOTIFY, UPDATE\r\nSupported: replaces, timer\r\n"
        media = "Content-Type: application/sdp\r\n"
        offer = SDP.format(n=self.random.randrange(10**9), host=phone.place[0], port=10_000 + self.random.randrange(10_000))
        answer = SDP.format(n=self.random.randrange(10**9), host="198.51.100.20", port=30_000 + self.random.randrange(10_000))
        uri = f"sip:{to}@voice.example.com SIP/2.0"
        yield lambda: self.to_server(phone, head(f"INVITE {uri}", phone, tag, "", call, 1, "INVITE", to, contact + media, offer))
        yield lambda: self.to_phone(phone, head("SIP/2.0 100 Trying", phone, tag, "", call, 1, "INVITE", to))
        yield lambda: self.to_phone(phone, head("SIP/2.0 180 Ringing", phone, tag, other, call, 1, "INVITE", to, "Contact: <sip:198.51.100.10>\r\n"))
        yield lambda: self.to_phone(phone, head("SIP/2.0 200 OK", phone, tag, other, call, 1, "INVITE", to, "Contact: <sip:198.51.100.10>\r\n" + media, answer))
        yield lambda: self.to_server(phone, head(f"ACK {uri}", phone, tag, other, call, 1, "ACK", to))
        for _ in range(self.random.randrange(40)):
            yield None
        yield lambda: self.to_server(phone, head(f"BYE {uri}", phone, tag, other, call, 2, "BYE", to))
        yield lambda: self.to_phone(phone, head("SIP/2.0 200 OK", phone, tag, other, call, 2, "BYE", to))

    def run(self, count):
        """So many at once that what belongs together is never side by side."""
        going = []
        while self.capture.count < count:
            while len(going) < 400:
                kind = self.random.choices((self.call, self.register, self.options), (6, 2, 2))[0]
                going.append(kind(self.random.choice(self.phones)))
            at = self.random.randrange(len(going))
            try:
                send = next(going[at])
                if send is not None:
                    send()
            except StopIteration:
                going[at] = going[-1]
                going.pop()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("messages", type=int)
    arguments.add_argument("file")
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    with open(chosen.file, "wb", buffering=1 << 20) as file:
        capture = Capture(file)
        Traffic(capture, random.Random(chosen.seed)).run(chosen.messages)
    print(f"{capture.count} messages in {capture.packets} packets")


if __name__ == "__main__":
    main()
