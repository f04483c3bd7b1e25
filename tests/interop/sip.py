"""As much of SIP over UDP as a call through two proxies needs, on loopback."""

import queue
import socket
import threading

PATIENCE = 10  # seconds


def header(message, name):
    """The values of a header, as they stand. Proxies write the names in full."""
    lines = message.partition("\r\n\r\n")[0].split("\r\n")[1:]
    return [line.partition(":")[2].strip() for line in lines if line.partition(":")[0].strip().lower() == name.lower()]


def method(message):
    return message.split(" ", 1)[0]


def status(message):
    return int(message.split(" ", 2)[1]) if message.startswith("SIP/2.0 ") else None


def address(uri):
    """Host and port of a URI or of a Via."""
    host, _, port = uri.strip("<>").split(";")[0].split()[-1].rpartition("@")[2].replace("sip:", "").partition(":")
    return host, int(port.strip("<>") or 5060)


def message(*lines):
    return "\r\n".join((*lines, "Content-Length: 0", "", ""))


def request(name, uri, sender, call, *, cseq=1, to="", extra=()):
    """`sender` is the port of who sends, `call` the numbers of both sides and the Call-ID."""
    orig, dest, call_id = call
    return message(f"{name} {uri} SIP/2.0",
                   f"Via: SIP/2.0/UDP 127.0.0.1:{sender};branch=z9hG4bK{call_id}.{name}{cseq}",
                   "Max-Forwards: 70",
                   f"From: <sip:{orig}@127.0.0.1>;tag=caller",
                   f"To: {to or f'<sip:{dest}@127.0.0.1>'}",
                   f"Call-ID: {call_id}@127.0.0.1",
                   f"CSeq: {cseq} {'INVITE' if name == 'ACK' else name}",
                   f"Contact: <sip:{orig}@127.0.0.1:{sender}>", *extra)


class Endpoint:
    """A socket on loopback, and a thread that keeps what comes and gives it to `react`, if there is one."""

    def __init__(self, react=None):
        self.react = react
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(0.1)
        self.port = self.socket.getsockname()[1]
        self.received = queue.Queue()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.listen)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()
        self.socket.close()

    def listen(self):
        while not self.ended.is_set():
            try:
                text = self.socket.recv(65535).decode("utf-8")
            except (TimeoutError, ConnectionError):
                continue
            if self.react:
                self.react(self, text)
            self.received.put(text)

    def send(self, text, port):
        self.socket.sendto(text.encode("utf-8"), ("127.0.0.1", port))

    def wait(self, wanted):
        """The next message that is wanted; what comes before it is dropped."""
        while True:
            text = self.received.get(timeout=PATIENCE)
            if wanted(text):
                return text

    def answer(self):
        """The final answer."""
        return self.wait(lambda text: (status(text) or 0) >= 200)


def answer_calls(endpoint, text):
    """What a telephone that takes every call does."""
    if method(text) in ("SIP/2.0", "ACK"):
        return
    to = header(text, "To")[0]
    answer = message("SIP/2.0 200 OK",
                     *(f"{name}: {value}" for name in ("Via", "Record-Route", "From") for value in header(text, name)),
                     f"To: {to}{'' if 'tag=' in to else ';tag=callee'}",
                     *(f"{name}: {value}" for name in ("Call-ID", "CSeq") for value in header(text, name)),
                     f"Contact: <sip:127.0.0.1:{endpoint.port}>")
    endpoint.send(answer, address(header(text, "Via")[0])[1])
