"""What makers of attacks on the wire write on."""

import sip
import world
from network import DOMAIN, PROXY, Phone
from sip import Request, token


class Intruder:
    """An attacker with an address, or many; what it sends and the answers to it are the campaign's."""

    def __init__(self, rng, wire, people, campaign, start):
        self.rng, self.wire, self.people, self.start = rng, wire, people, start
        self.campaign, self.strength = campaign, campaign.strength
        self.address = self.fresh_address()
        self.agent = rng.choice(world.AGENTS)

    def fresh_address(self):
        return world.address(self.rng, world.ELSEWHERE), self.rng.randrange(1024, 65_000)

    def _range(self, *ranges):
        return dict(zip(("blatant", "described", "weak"), ranges))[self.strength]

    def between(self, *ranges):
        return self.rng.randint(*self._range(*ranges))

    def seconds(self, *ranges):
        return self.rng.uniform(*self._range(*ranges))

    def phone(self):
        """One that is there; never the first or the last, which have parts to play in ordinary days."""
        return self.rng.choice(self.people.homes[1:-1])

    def disguise(self, ip=None):
        """An attacker's telephone: signs in as nobody."""
        phone = Phone(self.rng, 90_000 + self.rng.randrange(9000), ip=ip or self.address[0], port=self.address[1], agent=self.agent)
        phone.transport, phone.inner = "udp", phone.address
        return phone

    def request(self, method, uri, *, frm=None, to=None, source=None, call_id=None, cseq=1, more="", body="", contact=True, agent=None,
                kind="application/sdp", via=None):
        source, rng = source or self.address, self.rng
        return Request(method, uri, via or sip.via(source[0], source[1], token(rng, 12)), (frm or f"<sip:{token(rng, 4)}@{source[0]}>") + f";tag={token(rng, 8)}",
                       to or f"<{uri}>", call_id or token(rng, 20), cseq, contact=f"sip:u@{source[0]}:{source[1]}" if contact else "",
                       agent=self.agent if agent is None else agent, more=more, body=body, kind=kind)

    def send(self, when, request, code=None, source=None, **more):
        """To the proxy, which answers."""
        source = source or self.address
        self.wire.put(when, source, PROXY, request.encode())
        if code is not None:
            self.wire.put(when + 0.01, PROXY, source, request.answer(code, token(self.rng, 8), **more))

    def guess(self, when, user, source=None, call_id=None, cseq=1):
        """One wrong password, as an answer to a challenge of before."""
        uri, source = f"sip:{DOMAIN}", source or self.address
        nonce = token(self.rng, 32)
        request = self.request("REGISTER", uri, frm=f"<sip:{user}@{DOMAIN}>", to=f"<sip:{user}@{DOMAIN}>", source=source, call_id=call_id, cseq=cseq,
                               more=sip.credentials(self.rng, user, DOMAIN, nonce, uri) + "Expires: 3600\r\n")
        self.send(when, request, 401, source, more=sip.challenge(DOMAIN, nonce))

    def unanswered_challenge(self, when, user, source=None, call_id=None):
        """A registration without credentials, to which the registrar answers 401."""
        source = source or self.address
        request = self.request("REGISTER", f"sip:{DOMAIN}", frm=f"<sip:{user}@{DOMAIN}>", to=f"<sip:{user}@{DOMAIN}>", source=source, call_id=call_id,
                               more="Expires: 3600\r\n")
        self.send(when, request, 401, source, more=sip.challenge(DOMAIN, token(self.rng, 32)))

    def story(self):
        """What follows belongs to others; `mine` takes it back."""
        self.wire.campaign = None

    def mine(self):
        self.wire.campaign = self.campaign
