"""A `sipward watch` that runs, and messages for it."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request

import case
import command
import hep_packets


def options(number, agent="phone", method="OPTIONS", extra=""):
    return (f"{method} sip:{number}@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK{number}\r\n"
            f"From: <sip:a@example.com>;tag={number}\r\nTo: <sip:{number}@example.com>\r\nCall-ID: {number}@example.com\r\n"
            f"CSeq: 1 {method}\r\nUser-Agent: {agent}\r\nMax-Forwards: 70\r\n{extra}Content-Length: 0\r\n\r\n").encode()


SCANNER = options("scan", "friendly-scanner")
RINGING = (b"SIP/2.0 180 Ringing\r\nVia: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=1\r\n"
           b"To: <sip:b@example.com>;tag=2\r\nCall-ID: 1@example.com\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n")


class WatchCase(case.Case):
    def start(self, *arguments, place="127.0.0.1:0"):
        """The process, once it watches; self.port is where it takes HEP3."""
        if place:
            arguments = ("--hep", place, *arguments)
        errors = open(os.path.join(self.folder.name, "errors"), "wb")
        self.addCleanup(errors.close)
        process = subprocess.Popen([command.BINARY, "watch", *arguments], stdout=subprocess.PIPE, stderr=errors)
        self.addCleanup(process.stdout.close)
        self.addCleanup(self.end, process)
        self.wait_for(lambda: b"watching" in self.errors() or process.poll() is not None)
        port = re.search(rb"HEP3 at \S+:(\d+)", self.errors())
        self.port = int(port.group(1)) if port else None
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
            process.wait()

    def errors(self):
        with open(os.path.join(self.folder.name, "errors"), "rb") as file:
            return file.read()

    def wait_for(self, done):
        deadline = time.monotonic() + 30
        while not done():
            self.assertLess(time.monotonic(), deadline, self.errors())
            time.sleep(0.02)

    def send(self, *packets):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            for packet in packets:
                udp.sendto(packet, ("127.0.0.1", self.port))

    def finish(self, process, how=signal.SIGTERM):
        if how is not None:
            process.send_signal(how)
        output = process.communicate(timeout=60)[0]
        return output, process.returncode


GUESSES = b'version 1 rule site.guesses { on request when count(by src.ip over 1h) >= 50 and distinct(ruri.user by src.ip over 1h) >= 12 then alert }\n'


class WorkersCase(WatchCase):
    """Several processes, and what one phone after the other sends them."""

    def start(self, *arguments, workers=2, **more):
        rules = self.write("site.ward", GUESSES)
        os.chmod(self.folder.name, 0o777)
        if "--rules" not in arguments:
            arguments = ("--rules", rules, *arguments)
        return super().start("--no-default-rules", "--workers", str(workers), *arguments, **more)

    @staticmethod
    def workers_of(process):
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as children:
            return [int(number) for number in children.read().split()]

    def guesses(self, count, begin=0):
        """From one address, and of as many ports, so that they are divided among the workers."""
        return [hep_packets.packet(options(f"u{i}"), source="203.0.113.9", source_port=1024 + i) for i in range(begin, begin + count)]

    def metrics(self):
        port = int(re.search(rb"metrics at port (\d+)", self.errors()).group(1))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
            lines = answer.read().decode().splitlines()
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}
