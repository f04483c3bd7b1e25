"""Kamailio with its secsipid module, on a free port of loopback, until the block ends."""

import pathlib
import shutil
import socket
import subprocess
import time

import sip

PROGRAM = shutil.which("kamailio") or shutil.which("kamailio", path="/usr/sbin")
INSTALLED = bool(PROGRAM) and any(pathlib.Path("/usr/lib").glob("*/kamailio/modules/secsipid.so"))
MISSING = "SKIPPED: kamailio and its secsipid module are not installed"
CONFIGURATION = pathlib.Path(__file__).with_name("kamailio.cfg")


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Kamailio:
    """`definitions` are those that kamailio.cfg names; a text is quoted here."""

    def __init__(self, folder, **definitions):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.words = []
        for name, value in definitions.items():
            self.words += ["-A", f"{name}={value}" if isinstance(value, int) else f'{name}="{value}"']

    def __enter__(self):
        for _ in range(3):  # somebody else may take the port before it does
            self.start()
            if self.answers():
                return self
            self.stop()
        raise RuntimeError("kamailio does not start: " + self.said())

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.port = free_port()
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "-f", CONFIGURATION, *self.words, "-l", f"udp:127.0.0.1:{self.port}", "-Y", self.folder, "-w", self.folder,
                 "-DD", "-E", "-m", "16", "-M", "4"], stdout=log, stderr=log)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def answers(self):
        """Whether it is there within ten seconds."""
        with sip.Endpoint() as prober:
            for number in range(100):
                if self.process.poll() is not None:
                    return False
                prober.send(sip.request("OPTIONS", f"sip:127.0.0.1:{self.port}", prober.port, ("1", "2", f"probe{number}")), self.port)
                time.sleep(0.1)
                if not prober.received.empty():
                    return True
        return False

    def said(self):
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")
