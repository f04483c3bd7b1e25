"""Kamailio's app_python3 asks sipward about the message that the routing script has in hand.

    loadmodule "app_python3.so"
    modparam("app_python3", "load", "/etc/kamailio/sipward_check.py")
    ...
    if (!python_exec("check")) { ... $var(sipward_action) $var(sipward_code) $var(sipward_reason) $var(sipward_rule) ... }

Environment: SIPWARD_RULES names rule files (with : in between), SIPWARD_MODE=report lets everything pass and counts. A file that was changed is
read again by each worker within a second of its next message; where it has errors, the old rules go on.
"""

import os
import time

import KSR
import sipward

LOOK_AGAIN = 1.0  # seconds between two looks at the files
TRANSPORTS = {"udp": sipward.Transport.UDP, "tcp": sipward.Transport.TCP, "tls": sipward.Transport.TLS, "sctp": sipward.Transport.SCTP,
              "ws": sipward.Transport.WS, "wss": sipward.Transport.WSS}
FILES = [name for name in os.environ.get("SIPWARD_RULES", "").split(":") if name]


def compiled():
    return sipward.Rules.from_files(*FILES, default_pack=True)


def written():
    return [os.stat(name).st_mtime_ns for name in FILES]


class Host:
    """Made in the main process, before it forks: all workers count in one region."""

    def __init__(self):
        self.written, self.looked = written(), time.monotonic()
        self.engine = sipward.Engine(compiled(), sipward.State(shared=True), report_only=os.environ.get("SIPWARD_MODE") == "report")
        self.inspector = None

    def child_init(self, rank):
        """In each process, after the fork."""
        self.inspector = self.engine.inspector()
        return 0

    def check(self, message):
        """1: go on. -1: do not, and the variables say what to do instead. Whatever goes wrong here stops no call."""
        try:
            self.follow_files()
            return self.judge()
        except Exception as error:  # pylint: disable=broad-except
            KSR.err(f"sipward could not be asked: {error}\n")
            return 1

    def judge(self):
        data = KSR.pv.get("$mb")
        packet = sipward.Packet(
            data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape"),
            source=(KSR.pv.get("$si"), KSR.pv.get("$sp")), destination=(KSR.pv.get("$Ri"), KSR.pv.get("$Rp")),
            transport=TRANSPORTS[KSR.pv.get("$proto")], direction=sipward.Direction.INBOUND)
        verdict = self.inspector.inspect(packet)
        if verdict.action < sipward.Action.CHALLENGE:
            return 1
        throttled = verdict.action in (sipward.Action.THROTTLE, sipward.Action.HOLD)
        usual = (503, "Service Unavailable") if throttled else (403, "Forbidden")
        KSR.pv.sets("$var(sipward_action)", verdict.action.label)
        KSR.pv.seti("$var(sipward_code)", verdict.sip_code or usual[0])
        KSR.pv.sets("$var(sipward_reason)", verdict.sip_reason if verdict.sip_code else usual[1])
        KSR.pv.sets("$var(sipward_rule)", " ".join(verdict.rules))
        return -1

    def follow_files(self):
        now = time.monotonic()
        if now - self.looked < LOOK_AGAIN:
            return
        self.looked = now
        latest = written()
        if latest == self.written:
            return
        self.written = latest
        try:
            self.engine.reload(compiled())
            KSR.info("sipward has other rules now\n")
        except sipward.Error as error:
            KSR.err(f"the old rules go on: {error}\n")


def mod_init():
    """Called by app_python3 once, in the main process."""
    return Host()
