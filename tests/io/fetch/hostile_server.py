"""A repository of certificates that means harm, on loopback, for the tests of lib/io/fetch.

    hostile_server.py DIRECTORY DOCUMENT [ADDRESS PORT]

writes the authority that it is to be trusted by to DIRECTORY/ca.pem, says on one line which ports it has (TLS, TLS 1.1, plain
HTTP, one that never says a word) and answers each GET as its path asks for; DOCUMENT is what an honest answer holds. A
name that TLS asks for may have a certificate that is not its own, or is none to be trusted. On standard input it takes, and
answers on one line:

    count PREFIX    how many requests came for paths that begin so
    most            how many were answered at the same time at most
    last            the last request: the name that TLS asked for, and its head, as JSON
    reset           forgets all that

and ends with its input.
"""

import datetime
import json
import pathlib
import socket
import ssl
import sys
import threading
import time
import warnings
import zlib

warnings.simplefilter("ignore")

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)
BOMB = 8 * 1024 * 1024  # some 8 KiB on the wire


def make_certificate(name, issuer=None, *, authority=False, days=(-1, 30)):
    """A key and its certificate, signed by issuer or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = issuer or (key, None)
    now = datetime.datetime.utcnow()
    builder = (x509.CertificateBuilder().subject_name(subject).public_key(key.public_key())
               .issuer_name(issuer[1].subject if issuer else subject).serial_number(x509.random_serial_number())
               .not_valid_before(now + days[0] * DAY).not_valid_after(now + days[1] * DAY)
               .add_extension(x509.BasicConstraints(authority, None), True))
    if not authority:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
    return key, builder.sign(signer[0], hashes.SHA256())


def write(path, key, certificate):
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + (key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()) if key else b""))
    return str(path)


class Server:
    def __init__(self, folder, document):
        self.document = document
        self.lock = threading.Lock()
        self.forget()
        self.bomb = {}
        for coding, bits in (("gzip", 31), ("deflate", 15)):
            packer = zlib.compressobj(9, zlib.DEFLATED, bits)
            self.bomb[coding] = packer.compress(bytes(BOMB)) + packer.flush()
        authority = make_certificate("Test CA", authority=True)
        stranger = make_certificate("Stranger CA", authority=True)
        write(folder / "ca.pem", None, authority[1])
        contexts = {}
        for name, made in {
                "cr.example.test": make_certificate("cr.example.test", authority),
                "other.example.test": make_certificate("elsewhere.example.test", authority),
                "expired.example.test": make_certificate("expired.example.test", authority, days=(-30, -1)),
                "self.example.test": make_certificate("self.example.test"),
                "unknown.example.test": make_certificate("unknown.example.test", stranger)}.items():
            contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            contexts[name].load_cert_chain(write(folder / f"{name}.pem", *made))
        self.tls = contexts["cr.example.test"]
        self.old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.old.set_ciphers("ALL:@SECLEVEL=0")
        self.old.minimum_version = self.old.maximum_version = ssl.TLSVersion.TLSv1_1
        self.old.load_cert_chain(folder / "cr.example.test.pem")

        def choose(connection, name, _context):
            self.names[id(connection)] = name
            connection.context = contexts.get(name, self.tls)

        self.names = {}
        self.tls.sni_callback = choose

    def forget(self):
        self.paths, self.now, self.most, self.last = [], 0, 0, {}

    def listen(self, context, place=("127.0.0.1", 0)):
        listener = socket.create_server(place, backlog=64)

        def accept():
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=self.serve, args=(connection, context), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return listener.getsockname()[1]

    def serve(self, connection, context):
        try:
            if context == "mute":
                time.sleep(30)
                return
            if context:
                connection = context.wrap_socket(connection, server_side=True)
            else:  # what a TLS client says is no request
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                return
            head = b""
            while b"\r\n\r\n" not in head:
                more = connection.recv(4096)
                if not more:
                    return
                head += more
            path = head.split(b" ", 2)[1].decode()
            with self.lock:
                self.paths.append(path)
                self.last = {"sni": self.names.get(id(connection)), "head": head.decode()}
                self.now += 1
                self.most = max(self.most, self.now)
            try:
                self.answer(connection, path)
            finally:
                with self.lock:
                    self.now -= 1
            if context and not path.startswith("/closed"):
                connection.unwrap()
        except (OSError, ValueError):
            pass  # the client has left
        finally:
            connection.close()

    def answer(self, connection, path):
        def send(status, fields=(), body=b"", length=None):
            lines = [f"HTTP/1.1 {status} X"]
            if length is not False:
                lines.append(f"Content-Length: {len(body) if length is None else length}")
            connection.sendall("\r\n".join([*lines, *fields, "Connection: close", "", ""]).encode() + body)

        def chunk(body):
            connection.sendall(b"%x\r\n%s\r\n" % (len(body), body))

        kind, *rest = path.strip("/").split("/")
        if kind == "good":
            send(200, rest and ["Cache-Control: public, max-age=" + rest[0]], self.document)
        elif kind == "delay":
            time.sleep(0.3)
            send(200, [], self.document)
        elif kind == "status":
            send(rest[0], ["Location: /good"], b"" if rest[0] in ("204", "304") else self.document)
        elif kind == "redirect":
            send(rest[0], [f"Location: https://cr.example.test:{self.port}/good"])
        elif kind == "slow_head":
            for octet in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 1000:
                connection.sendall(bytes([octet]))
                time.sleep(0.05)
        elif kind == "slow_body":
            send(200, [], b"", len(self.document))
            for octet in self.document:
                connection.sendall(bytes([octet]))
                time.sleep(0.05)
        elif kind == "silent":
            time.sleep(30)
        elif kind == "endless":
            send(200, [], b"", False)
            while True:
                connection.sendall(b"-" * 1000)
        elif kind == "chunks":
            send(200, ["Transfer-Encoding: chunked"], b"", False)
            for _ in range(64):
                chunk(b"-" * 1024)
            chunk(b"")
        elif kind == "chunked":
            send(200, ["Transfer-Encoding: chunked"], b"", False)
            for at in range(0, len(self.document), 100):
                chunk(self.document[at:at + 100])
            chunk(b"")
        elif kind == "limit":
            send(200, [], b"-" * int(rest[0]))
        elif kind == "huge":
            send(200, [], b"", 10 ** 12)
            time.sleep(30)
        elif kind == "says_more":
            send(200, [], self.document, len(self.document) + 1)
        elif kind == "says_less":
            send(200, [], self.document, 100)
        elif kind == "bomb":
            send(200, [f"Content-Encoding: {rest[0]}"], self.bomb[rest[0]])
        elif kind == "transfer_bomb":
            send(200, ["Transfer-Encoding: gzip, chunked"], b"", False)
            for at in range(0, len(self.bomb["gzip"]), 1000):
                chunk(self.bomb["gzip"][at:at + 1000])
            chunk(b"")
        elif kind == "html":
            send(200, ["Content-Type: text/html"], b"<html><body>Not here</body></html>")
        elif kind == "empty":
            send(200)
        elif kind == "big_head":
            send(200, ["X-%d: %s" % (i, "a" * 1000) for i in range(64)], self.document)
        elif kind == "interim":
            for _ in range(10_000):
                connection.sendall(b"HTTP/1.1 100 Continue\r\nX-More: to come\r\n\r\n")
            send(200, [], self.document)
        elif kind == "early_hints":
            connection.sendall(b"HTTP/1.1 103 Early Hints\r\nContent-Encoding: gzip\r\n\r\n")
            send(200, [], self.document)
        elif kind == "closed_head":
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")
        elif kind == "closed_body":
            send(200, [], self.document[:100], len(self.document))
        elif kind == "closed_unsaid":  # no length, and TLS does not say that it ends
            send(200, [], self.document[:100], False)
        elif kind == "no_http":
            connection.sendall(b"220 mail.example.test ESMTP\r\n")
        elif kind == "cookie":
            send(200, ["Set-Cookie: a=b"], self.document)

    def run(self, place):
        self.port = self.listen(self.tls, place)
        print(self.port, self.listen(self.old), self.listen(None), self.listen("mute"), flush=True)
        for line in sys.stdin:
            command, _, argument = line.strip().partition(" ")
            with self.lock:
                if command == "count":
                    said = sum(path.startswith(argument) for path in self.paths)
                elif command == "most":
                    said = self.most
                elif command == "last":
                    said = json.dumps(self.last)
                else:
                    self.forget()
                    said = "done"
            print(said, flush=True)


if __name__ == "__main__":
    directory = pathlib.Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    Server(directory, pathlib.Path(sys.argv[2]).read_bytes()).run(
        (sys.argv[3], int(sys.argv[4])) if len(sys.argv) > 4 else ("127.0.0.1", 0))
