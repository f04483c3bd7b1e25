"""Sends one SIP request over UDP and prints the status line of what comes back: of the first final answer, or, if none comes in
time, of the last provisional one, or "no answer".

    ask.py [--from ADDRESS] [--method M] [--user U] [--header LINE]... [--raw FILE] [--provisional] [--seconds S] HOST:PORT
"""

import argparse
import random
import socket
import sys
import time


def request(options, source, target):
    where = "%s:%d" % target
    tag = "%016x" % random.getrandbits(64)
    body = ""
    if options.method == "INVITE":
        body = ("v=0\r\no=- 1 1 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
                .format(source[0]))
    lines = [
        "%s sip:%s@%s SIP/2.0" % (options.method, options.user, where),
        "Via: SIP/2.0/UDP %s:%d;branch=z9hG4bK%s;rport" % (*source, tag),
        "Max-Forwards: 70",
        "From: %s;tag=%s" % (options.caller or "<sip:caller@example.com>", tag[:8]),
        "To: <sip:%s@%s>" % (options.user, where),
        "Call-ID: %s@example.com" % tag,
        "CSeq: 1 %s" % options.method,
        "Contact: <sip:caller@%s:%d>" % source,
        *options.header,
        *(["Content-Type: application/sdp"] if body else []),
        "Content-Length: %d" % len(body),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def status_line(answer):
    return answer.split(b"\r\n", 1)[0].decode("utf-8", "backslashreplace")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--from", dest="address", default="127.0.0.1")
    parser.add_argument("--method", default="OPTIONS")
    parser.add_argument("--user", default="100")
    parser.add_argument("--caller", help="the value of From, without its tag")
    parser.add_argument("--header", action="append", default=[])
    parser.add_argument("--raw", help="send these bytes instead")
    parser.add_argument("--provisional", action="store_true", help="a provisional answer above 100 will do")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("target")
    options = parser.parse_args()
    host, _, port = options.target.rpartition(":")
    target = (host, int(port))
    last = "no answer"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((options.address, 0))
        if options.raw:
            with open(options.raw, "rb") as file:
                packet = file.read()
        else:
            packet = request(options, sock.getsockname(), target)
        sock.sendto(packet, target)
        end = time.monotonic() + options.seconds
        while (left := end - time.monotonic()) > 0:
            sock.settimeout(left)
            try:
                answer = sock.recv(65535)
            except socket.timeout:
                break
            if not answer.startswith(b"SIP/2.0 "):
                continue
            last = status_line(answer)
            code = int(answer[8:11])
            if code >= 200 or (options.provisional and code > 100):
                break
    print(last)


if __name__ == "__main__":
    sys.exit(main())
