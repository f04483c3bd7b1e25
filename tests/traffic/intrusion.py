"""Scanning, guessing of passwords, probing of dial plans, and floods, as they come over the wire."""

import sip
import world
from network import CARRIERS, DOMAIN, PROXY
from sip import token


def scanner(x):
    """The best-known scanner looks for servers: under its own name, under another one with its other marks, or as a plain question."""
    rng, at = x.rng, x.start
    for _ in range(x.between((20, 40), (2, 5), (1, 1))):
        if x.strength == "weak":
            x.send(at, x.request("OPTIONS", f"sip:{PROXY[0]}"), 200)
        else:
            branch = f"-{rng.randrange(10**8, 10**10)}"
            request = x.request("OPTIONS", f"sip:100@{PROXY[0]}", frm='"sipvicious"<sip:100@1.1.1.1>', to='"sipvicious"<sip:100@1.1.1.1>',
                                agent="friendly-scanner" if x.strength == "blatant" else x.agent, more="Accept: application/sdp\r\n",
                                via=sip.via(x.address[0], x.address[1], branch).replace("z9hG4bK-", "z9hG4bK-"))
            x.send(at, request, 200)
        at += x.seconds((0.05, 0.2), (0.5, 20), (1, 2))


def enumeration(x):
    """Which users are there? Asks for one after the other, and tells them by the answers."""
    rng, at, method = x.rng, x.start, x.rng.choice(("REGISTER", "INVITE", "OPTIONS"))
    first = rng.randrange(100, 900)
    for user in range(first, first + x.between((300, 500), (15, 40), (3, 5))):
        there = rng.random() < 0.05
        uri = f"sip:{user}@{DOMAIN}"
        request = x.request(method, f"sip:{DOMAIN}" if method == "REGISTER" else uri, frm=f"<{uri}>", to=f"<{uri}>")
        x.send(at, request, (401 if method == "REGISTER" else 407) if there else 404,
               more=sip.challenge(DOMAIN, token(rng, 32), method != "REGISTER") if there else "")
        at += x.seconds((0.02, 0.1), (1, 12), (60, 150))


def password_guessing(x):
    """One password after the other for one user."""
    at, user, call_id = x.start, x.phone().user, token(x.rng, 16)
    x.unanswered_challenge(at, user, call_id=call_id)
    for i in range(x.between((300, 500), (10, 30), (2, 3))):
        at += x.seconds((0.03, 0.1), (1, 8), (700, 1200))
        x.guess(at, user, call_id=call_id, cseq=2 + i)


def password_spraying(x):
    """One password for many users."""
    at = x.start
    for phone in x.rng.sample(x.people.homes, x.between((150, 200), (8, 16), (2, 3))):
        x.guess(at, phone.user)
        at += x.seconds((0.1, 0.5), (5, 35), (300, 600))


def distributed_guessing(x):
    """Many addresses guess the password of one user, each once."""
    at, user = x.start, x.phone().user
    for _ in range(x.between((80, 150), (8, 14), (2, 3))):
        x.guess(at, user, source=x.fresh_address())
        at += x.seconds((1, 5), (60, 220), (900, 1500))


PREFIXES = ("00", "011", "9011", "900", "0011", "+", "000", "9", "810", "70011", "01100", "8011", "99011", "0000", "1011", "5500", "6011", "7011")


def dial_prefix_probing(x):
    """One number abroad behind ever other prefixes: which one gets a line?"""
    at, number = x.start, world.risky(x.rng)[1:]
    prefixes = [*x.rng.sample(PREFIXES, len(PREFIXES)), *(f"{i}{p}" for i in range(1, 9) for p in PREFIXES)]
    for prefix in prefixes[:x.between((90, 130), (6, 14), (2, 3))]:
        uri = f"sip:{prefix}{number}@{PROXY[0]}"
        x.send(at, x.request("INVITE", uri, frm=f"<sip:1001@{PROXY[0]}>", body=sip.sdp(x.address[0], 9000)), x.rng.choice((403, 404, 407)))
        at += x.seconds((0.5, 2), (20, 150), (600, 1200))


def flood(x):
    """More messages than a stranger has reason to send."""
    at = x.start
    for _ in range(x.between((900, 1200), (150, 300), (40, 60))):
        x.send(at, x.request("OPTIONS", f"sip:{DOMAIN}"), 200)
        at += x.seconds((0.002, 0.01), (0.05, 0.09), (0.6, 0.9))


def invite_flood(x):
    """Call after call to one user, none of which goes on."""
    at, user = x.start, x.phone().user
    for _ in range(x.between((900, 1200), (200, 350), (20, 40))):
        x.send(at, x.request("INVITE", f"sip:{user}@{DOMAIN}", body=sip.sdp(x.address[0], 9000)), 407, more=sip.challenge(DOMAIN, token(x.rng, 32), True))
        at += x.seconds((0.005, 0.02), (0.3, 0.5), (3, 6))


def register_flood(x):
    """Registrations that never answer their challenge."""
    at = x.start
    for _ in range(x.between((900, 1200), (200, 350), (8, 12))):
        x.unanswered_challenge(at, x.rng.choice(x.people.homes).user)
        at += x.seconds((0.005, 0.02), (0.3, 0.5), (30, 90))


def distributed_flood(x):
    """A flood of which each source sends little."""
    at = x.start
    for _ in range(x.between((1200, 1500), (700, 1000), (30, 50))):
        source = x.fresh_address()
        for _ in range(2):
            x.send(at, x.request("INVITE", f"sip:{x.rng.randrange(2000, 4000)}@{DOMAIN}", source=source, body=sip.sdp(source[0], 9000)), 407, source=source,
                   more=sip.challenge(DOMAIN, token(x.rng, 32), True))
            at += x.seconds((0.001, 0.004), (0.005, 0.012), (0.3, 0.6))


def tdos(x):
    """One user is called without end, over carriers, by ever other numbers, for a second each."""
    at, target = x.start, x.phone()
    for _ in range(x.between((600, 900), (140, 200), (12, 20))):
        x.wire.call(at, x.rng.choice(CARRIERS), target, ring=x.rng.uniform(0.5, 1.5), talk=x.rng.uniform(0.3, 1.8))
        at += x.seconds((0.05, 0.2), (1, 1.7), (12, 25))


SCANNING = {"scanner": scanner, "user_enumeration": enumeration, "password_guessing": password_guessing, "password_spraying": password_spraying,
            "distributed_guessing": distributed_guessing}
INTERNATIONAL = {"dial_prefix_probing": dial_prefix_probing}
DENIAL = {"flood_from_one_source": flood, "invite_flood": invite_flood, "register_flood": register_flood, "distributed_flood": distributed_flood,
          "tdos_by_invite": tdos}
