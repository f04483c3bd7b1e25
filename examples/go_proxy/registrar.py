"""A registrar for the test: the users 100, 101 and 102 are asked for credentials, others do not exist. Who may tell the
difference has found a user.

    registrar.py ADDRESS PORT
"""

import re
import socket
import sys

USERS = {"100", "101", "102"}
COPIED = re.compile(rb"^(?:Via|From|Call-ID|CSeq):[^\r\n]*\r\n", re.IGNORECASE | re.MULTILINE)
TO = re.compile(rb"^To:[^\r\n]*", re.IGNORECASE | re.MULTILINE)
USER = re.compile(rb"sips?:([^@>\s]+)@", re.IGNORECASE)


def answer(request):
    to = TO.search(request)
    user = to and USER.search(to.group())
    if not request.startswith(b"REGISTER ") or not user:
        return None
    known = user.group(1).decode("latin-1") in USERS
    line = b"401 Unauthorized" if known else b"404 Not Found"
    challenge = b'WWW-Authenticate: Digest realm="example.com", nonce="5f3a", qop="auth"\r\n' if known else b""
    return (b"SIP/2.0 " + line + b"\r\n" + b"".join(COPIED.findall(request)) + to.group() + b";tag=r1\r\n" + challenge
            + b"Content-Length: 0\r\n\r\n")


def main():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((sys.argv[1], int(sys.argv[2])))
        while True:
            request, source = sock.recvfrom(65535)
            response = answer(request)
            if response:
                sock.sendto(response, source)


if __name__ == "__main__":
    main()
