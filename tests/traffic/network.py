"""The operator's proxy and registrar, its telephones, its carriers, and what passes between them, as a probe beside the proxy sees it."""

import sip
import world
from sip import Request, token

DOMAIN = "voice.example.net"
PROXY = ("198.51.100.10", 5060)
CARRIERS = (("64.20.30.40", 5060), ("64.21.31.41", 5060))


class Phone:
    """A telephone: its user, its address, and often a private one behind a router, which it writes into what it sends."""

    __slots__ = ("user", "number", "address", "inner", "agent", "transport")

    def __init__(self, rng, index, *, ip=None, port=None, agent=None):
        self.user, self.number = f"{2000 + index}", world.domestic(rng)
        self.address = (ip or world.address(rng, world.HOUSEHOLDS), port or rng.randrange(1024, 65_000))
        private = rng.random() < 0.5 or ip is not None
        self.inner = (f"192.168.{rng.randrange(0, 3)}.{rng.randrange(2, 250)}", 5060) if private else self.address
        self.agent = agent or rng.choice(world.AGENTS)
        self.transport = "tcp" if rng.random() < 0.1 else "udp"

    @property
    def aor(self):
        return f"sip:{self.user}@{DOMAIN}"

    @property
    def contact(self):
        return f"sip:{self.user}@{self.inner[0]}:{self.inner[1]}" + (";transport=tcp" if self.transport == "tcp" else "")


class Wire:
    """Collects messages; `campaign` marks those of an attack. All times are seconds."""

    def __init__(self, rng):
        self.rng, self.messages, self.campaign = rng, [], None

    def put(self, when, source, target, data, transport="udp"):
        """Returns the entry, so that an attack can count it as its own."""
        self.messages.append((when, source, target, transport, data, self.campaign))

    # What telephones do.

    def via_of(self, phone):
        return sip.via(phone.inner[0], phone.inner[1], token(self.rng, 12), phone.transport.upper())

    def ask(self, when, phone, request, code, tag, **more):
        """A request to the proxy, and the answer a moment later."""
        self.put(when, phone.address, PROXY, request.encode(), phone.transport)
        self.put(when + 0.01, PROXY, phone.address, request.answer(code, tag, **more), phone.transport)

    def register(self, when, phone, wrong=0, contact=None, agent=None, expires=3600, call_id=None):
        """A registration with challenge; `wrong` passwords before the right one."""
        rng, uri = self.rng, f"sip:{DOMAIN}"
        call_id, tag, cseq = call_id or token(rng, 16), token(rng, 8), rng.randrange(1, 500)
        contact, agent = contact or phone.contact, agent or phone.agent
        nonce, authorization = token(rng, 32), ""
        for attempt in range(wrong + 2):
            request = Request("REGISTER", uri, self.via_of(phone), f"<{phone.aor}>;tag={tag}", f"<{phone.aor}>", call_id, cseq + attempt,
                              contact=contact, agent=agent, more=f"{authorization}Expires: {expires}\r\n")
            if attempt == wrong + 1:
                kept = "" if contact == "*" else f"Contact: <{contact}>;expires={expires}\r\n"
                self.ask(when, phone, request, 200, token(rng, 8), more=kept)
            else:
                self.ask(when, phone, request, 401, token(rng, 8), more=sip.challenge(DOMAIN, nonce))
                authorization = sip.credentials(rng, phone.user, DOMAIN, nonce, uri)
            when += 0.08 if attempt == 0 else 2

    def keepalive(self, when, phone):
        request = Request("OPTIONS", f"sip:{DOMAIN}", self.via_of(phone), f"<{phone.aor}>;tag={token(self.rng, 8)}", f"<sip:{DOMAIN}>",
                          token(self.rng, 16), 1, contact=phone.contact, agent=phone.agent)
        self.ask(when, phone, request, 200, token(self.rng, 8))

    def text(self, when, phone, user, body, code=202, authorize=True):
        """A MESSAGE to another user."""
        rng, uri, nonce = self.rng, f"sip:{user}@{DOMAIN}", token(self.rng, 32)
        call_id, tag = token(rng, 16), token(rng, 8)
        for attempt in range(2 if authorize else 1):
            more = sip.credentials(rng, phone.user, DOMAIN, nonce, uri, proxy=True) if attempt == 1 or not authorize else ""
            request = Request("MESSAGE", uri, self.via_of(phone), f"<{phone.aor}>;tag={tag}", f"<{uri}>", call_id, 1 + attempt, agent=phone.agent,
                              more=more, body=body, kind="text/plain;charset=UTF-8")
            last = attempt == 1 or not authorize
            self.ask(when, phone, request, code if last else 407, token(rng, 8), more="" if last else sip.challenge(DOMAIN, nonce, True))
            when += 0.07

    def call(self, when, caller, callee, *, ring=6.0, talk=60.0, target=None, display="", more="", challenged=True, from_uri=None, code=200, body=None,
             answer_body=None, hang_up=True):
        """A call over the proxy, both legs: `caller` and `callee` are phones or carriers (addresses). Returns what later requests in the dialog need."""
        rng = self.rng
        outside = isinstance(caller, tuple)
        source = caller if outside else caller.address
        transport = "udp" if outside else caller.transport
        user = target or (callee.user if isinstance(callee, Phone) else world.domestic(rng)[1:])
        uri = f"sip:{user}@{DOMAIN}"
        from_uri = from_uri or (f"sip:{world.domestic(rng)}@{source[0]}" if outside else caller.aor)
        frm = f"{display}<{from_uri}>;tag={token(rng, 8)}"
        call_id, nonce = token(rng, 20), token(rng, 32)
        inner = source if outside else caller.inner
        contact = f"sip:{inner[0]}:{inner[1]}" if outside else caller.contact
        agent = "" if outside else caller.agent
        offer = sip.sdp(inner[0], rng.randrange(10_000, 20_000, 2)) if body is None else body
        cseq, authorization = rng.randrange(1, 200), ""

        def invite(extra):
            return Request("INVITE", uri, sip.via(inner[0], inner[1], token(rng, 12), transport.upper()), frm, f"<{uri}>", call_id, cseq,
                           contact=contact, agent=agent, more=extra + more, body=offer)

        def ack(tag, branch_of):
            return Request("ACK", uri, branch_of, frm, f"<{uri}>;tag={tag}", call_id, cseq)

        if challenged and not outside:
            first, tag = invite(""), token(rng, 8)
            self.put(when, source, PROXY, first.encode(), transport)
            self.put(when + 0.01, PROXY, source, first.answer(407, tag, more=sip.challenge(DOMAIN, nonce, True)), transport)
            self.put(when + 0.03, source, PROXY, ack(tag, first.via).encode(), transport)
            authorization, cseq, when = sip.credentials(rng, caller.user, DOMAIN, nonce, uri, proxy=True), cseq + 1, when + 0.06
        request, tag = invite(authorization), token(rng, 8)
        to_address = callee.address if isinstance(callee, Phone) else callee
        to_transport = callee.transport if isinstance(callee, Phone) else "udp"
        to_inner = callee.inner if isinstance(callee, Phone) else callee
        self.put(when, source, PROXY, request.encode(), transport)
        self.put(when + 0.01, PROXY, source, request.answer(100), transport)
        onward = Request("INVITE", f"sip:{user}@{to_inner[0]}:{to_inner[1]}", sip.via(PROXY[0], PROXY[1], token(rng, 12), to_transport.upper()) + request.via,
                         frm, f"<{uri}>", call_id, cseq, contact=contact, agent=agent, more=f"Record-Route: <sip:{PROXY[0]};lr>\r\n" + more, body=offer)
        route = {"more": f"Record-Route: <sip:{PROXY[0]};lr>\r\n", "contact": f"sip:{user}@{to_inner[0]}:{to_inner[1]}"}
        self.put(when + 0.02, PROXY, to_address, onward.encode(), to_transport)
        self.put(when + 0.2, to_address, PROXY, onward.answer(180, tag, **route), to_transport)
        self.put(when + 0.21, PROXY, source, request.answer(180, tag, **route), transport)
        at = when + max(0.4, ring)
        reply = (sip.sdp(to_inner[0], rng.randrange(10_000, 20_000, 2)) if answer_body is None else answer_body) if code == 200 else ""
        self.put(at, to_address, PROXY, onward.answer(code, tag, body=reply, **route), to_transport)
        self.put(at + 0.01, PROXY, source, request.answer(code, tag, body=reply, **route), transport)
        ack_via = request.via if code != 200 else sip.via(inner[0], inner[1], token(rng, 12), transport.upper())
        self.put(at + 0.05, source, PROXY, ack(tag, ack_via).encode(), transport)
        dialog = {"frm": frm, "to": f"<{uri}>;tag={tag}", "call_id": call_id, "cseq": cseq, "uri": uri, "contact": contact, "source": source, "inner": inner,
                  "target": to_address, "target_inner": to_inner, "transport": transport, "to_transport": to_transport, "answered": at, "answer": reply}
        if code != 200:
            self.put(at + 0.06, PROXY, to_address, ack(tag, onward.via.split("\r\n")[0] + "\r\n").encode(), to_transport)
        else:
            self.put(at + 0.06, PROXY, to_address, ack(tag, sip.via(PROXY[0], PROXY[1], token(rng, 12))).encode(), to_transport)
            if hang_up:
                self.hang_up(at + talk, dialog, caller_ends=rng.random() < 0.5)
        return dialog

    def hang_up(self, when, d, caller_ends=True):
        """BYE from either side over the proxy."""
        rng = self.rng
        near, far = ("source", "target") if caller_ends else ("target", "source")
        near_wire, far_wire = (d["transport"], d["to_transport"]) if caller_ends else (d["to_transport"], d["transport"])
        inner = d["inner"] if caller_ends else d["target_inner"]
        frm, to = (d["frm"], d["to"]) if caller_ends else (d["to"], d["frm"])
        bye = Request("BYE", d["contact"], sip.via(inner[0], inner[1], token(rng, 12)), frm, to, d["call_id"], d["cseq"] + 1)
        onward = Request("BYE", d["contact"], sip.via(PROXY[0], PROXY[1], token(rng, 12)) + bye.via, frm, to, d["call_id"], d["cseq"] + 1)
        self.put(when, d[near], PROXY, bye.encode(), near_wire)
        self.put(when + 0.01, PROXY, d[far], onward.encode(), far_wire)
        self.put(when + 0.06, d[far], PROXY, onward.answer(200), far_wire)
        self.put(when + 0.07, PROXY, d[near], bye.answer(200), near_wire)
