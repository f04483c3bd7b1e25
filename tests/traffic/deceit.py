"""Spam, phishing, false callers, false emergencies, calls taken over and calls made audible, as they come over the wire."""

import sip
import world
from network import CARRIERS, DOMAIN, PROXY
from nuisance import BRANDS
from phones import in_dialog
from sip import Request, token

WORDS = "win now free loan credit casino offer today only cheap pills crypto double your money click best price limited call us deal bonus gift".split()


LOOKALIKES = ("voice.examp1e.net", "voice-example.net", "voice.exampl\u0435.net")


def _messages(x, texts, count, gap):
    """From a stolen account, or from a stranger to whom the server listens."""
    at = x.start
    sender = x.disguise()
    stolen = x.rng.random() < 0.5
    if stolen:
        sender.user = x.phone().user
    targets = x.rng.sample(x.people.homes, min(count, len(x.people.homes)))
    for i, target in enumerate(targets):
        if stolen:
            x.wire.text(at, sender, target.user, texts(i))
        else:
            uri = f"sip:{target.user}@{DOMAIN}"
            x.send(at, x.request("MESSAGE", uri, frm=f"<sip:{sender.user}@{x.address[0]}>", body=texts(i), kind="text/plain", contact=False), 202)
        at += gap()


def same_text(x):
    """One text to many."""
    text = " ".join(x.rng.choices(WORDS, k=12))
    _messages(x, lambda i: text, x.between((200, 300), (35, 80), (3, 5)), lambda: x.seconds((0.05, 0.3), (1, 6), (300, 900)))


def many_texts(x):
    """A text that is worded anew for everybody."""
    _messages(x, lambda i: " ".join(x.rng.choices(WORDS, k=14)), x.between((200, 300), (70, 120), (3, 6)),
              lambda: x.seconds((0.05, 0.3), (4, 25), (300, 900)))


def phishing_links(x):
    """Links that lead elsewhere than they seem to: to a bare address, in letters that look alike, behind a shortener, to a name like the operator's."""
    def text(i):
        links = (f"http://{world.address(x.rng, world.ELSEWHERE)}/login", "https://xn--pypal-4ve.example/signin", "https://bit.ly/3xQ" + token(x.rng, 2),
                 f"https://{x.rng.choice(LOOKALIKES)}/account")
        link = "https://shop.example.org/news" if x.strength == "weak" else x.rng.choice(links)
        return f"Your account {token(x.rng, 3)} will be closed. Confirm: {link}"
    _messages(x, text, x.between((100, 200), (5, 15), (1, 2)), lambda: x.seconds((0.1, 0.5), (5, 60), (300, 900)))


def false_display_name(x):
    """A name that people trust, and a number abroad."""
    at, name = x.start, x.rng.choice(BRANDS)
    if x.strength == "blatant":
        name = "\u202e" + name if x.rng.random() < 0.5 else name.replace("a", "\u0430").replace("P", "\u0420")
    number = world.domestic(x.rng) if x.strength == "weak" else world.abroad(x.rng)
    for _ in range(x.between((40, 80), (4, 12), (1, 2))):
        answered = x.rng.random() < 0.4
        x.wire.call(at, CARRIERS[0], x.phone(), ring=9, talk=x.rng.uniform(5, 60), code=200 if answered else 486, from_uri=f"sip:{number}@{CARRIERS[0][0]}",
                    display=f'"{"Customer Care" if x.strength == "weak" else name}" ')
        at += x.seconds((1, 3), (20, 90), (300, 900))


def spit(x):
    """A robot calls user after user; most hang up."""
    at = x.start
    caller = x.disguise()
    uri = f"sip:{world.domestic(x.rng)}@{x.address[0]}"
    for _ in range(x.between((300, 400), (40, 80), (4, 7))):
        answered = x.rng.random() < 0.35
        x.wire.call(at, caller, x.phone(), ring=x.rng.uniform(4, 10), talk=x.rng.uniform(3, 35), code=200 if answered else 486, challenged=False, from_uri=uri)
        at += x.seconds((0.3, 1), (6, 12), (20 * 60, 40 * 60))


def own_identity(x):
    """A stranger who says that it is one of the operator's users."""
    at = x.start
    for _ in range(x.between((40, 80), (2, 8), (1, 2))):
        target = x.phone()
        frm = f'"{DOMAIN}" <sip:guest@{x.address[0]}>' if x.strength == "weak" else f"<sip:{x.phone().user}@{DOMAIN}>"
        request = x.request("INVITE", f"sip:{target.user}@{DOMAIN}", frm=frm, body=sip.sdp(x.address[0], 9000))
        x.send(at, request, x.rng.choice((407, 403)))
        at += x.seconds((1, 3), (10, 120), (300, 900))


def asserted_identity(x):
    """From says one number, P-Asserted-Identity another, and nobody asked who it is."""
    at, shown = x.start, world.domestic(x.rng)
    for _ in range(x.between((40, 80), (3, 10), (1, 2))):
        other = shown if x.strength == "weak" else world.domestic(x.rng)
        caller = x.disguise()
        x.wire.call(at, caller, x.phone(), ring=8, code=486, challenged=False, from_uri=f"sip:{shown}@{x.address[0]}",
                    more=f"P-Asserted-Identity: <sip:{other}@{x.address[0]}>\r\n")
        at += x.seconds((1, 3), (10, 120), (300, 900))


def number_in_name(x):
    """The display name is a number, another one than that in the address."""
    at = x.start
    for _ in range(x.between((40, 80), (3, 10), (1, 2))):
        shown, real = world.domestic(x.rng), world.domestic(x.rng)
        if x.strength == "weak":
            shown = shown[:5]
        x.wire.call(at, CARRIERS[1], x.phone(), ring=8, code=486, from_uri=f"sip:{real}@{CARRIERS[1][0]}", display=f'"{shown}" ')
        at += x.seconds((1, 3), (10, 120), (300, 900))


def spoofed_emergency(x):
    """A call to the police from an address where nobody signed in, in the name of a user, or of nobody."""
    at = x.start
    for _ in range(x.between((8, 15), (1, 2), (1, 1))):
        if x.strength == "weak":
            x.wire.call(at, x.phone(), CARRIERS[0], talk=40, target="911")
        else:
            uri = x.rng.choice(("urn:service:sos", f"sip:911@{DOMAIN}", "urn:service:sos.police"))
            frm = x.rng.choice(('"Anonymous" <sip:anonymous@anonymous.invalid>', f"<sip:{x.phone().user}@{DOMAIN}>", f"<sip:{world.abroad(x.rng)}@{x.address[0]}>"))
            x.send(at, x.request("INVITE", uri, frm=frm, body=sip.sdp(x.address[0], 9000)), 100)
        at += x.seconds((5, 20), (60, 300), (1, 2))


def repeated_emergency(x):
    """The same telephone, again and again."""
    at, phone = x.start, x.phone()
    for _ in range(x.between((25, 40), (6, 10), (2, 2))):
        x.wire.call(at, phone, CARRIERS[0], ring=1.5, talk=x.rng.uniform(0.5, 1.8), target="911")
        at += x.seconds((3, 6), (10, 55), (200, 300))


def downgraded_media(x):
    """Encrypted media are offered and plain ones answered: somebody between has taken the keys out."""
    at = x.start
    for _ in range(x.between((15, 30), (1, 3), (1, 2))):
        caller = x.phone()
        offer = sip.sdp(caller.inner[0], 11_000, secure=x.strength != "weak")
        x.wire.call(at, caller, x.phone(), body=offer, answer_body=sip.sdp("10.1.1.1" if x.strength == "weak" else x.address[0], 12_000))
        at += x.seconds((5, 20), (30, 300), (300, 900))


def sips_in_the_clear(x):
    """sips: in the request and UDP in Via."""
    at, caller = x.start, x.phone()
    for _ in range(x.between((15, 30), (1, 3), (1, 1))):
        scheme = "sip" if x.strength == "weak" else "sips"
        request = Request("INVITE", f"{scheme}:{x.phone().user}@{DOMAIN}", sip.via(*caller.inner, token(x.rng, 12)), f"<{caller.aor}>;tag={token(x.rng, 8)}",
                          f"<{scheme}:{x.phone().user}@{DOMAIN}>", token(x.rng, 20), 1, contact=caller.contact, agent=caller.agent,
                          body=sip.sdp(caller.inner[0], 11_000))
        x.send(at, request, 407, caller.address, more=sip.challenge(DOMAIN, token(x.rng, 32), True))
        at += x.seconds((1, 3), (10, 60), (1, 2))


def null_cipher(x):
    """Keys for media that are not encrypted."""
    at = x.start
    for _ in range(x.between((15, 30), (1, 3), (1, 2))):
        caller = x.phone()
        offer = sip.sdp(caller.inner[0], 11_000, secure=True)
        if x.strength != "weak":
            offer = offer.replace("AES_CM_128_HMAC_SHA1_80 ", "NULL_HMAC_SHA1_80 ").replace("VGVz\r\n", "VGVz UNENCRYPTED_SRTP\r\n")
        x.wire.call(at, caller, x.phone(), body=offer, answer_body=sip.sdp("203.0.113.9", 12_000, secure=True))
        at += x.seconds((5, 20), (30, 300), (300, 900))


def digest_leak(x):
    """The attacker lets a telephone end its call and asks for credentials, to guess the password from them at home."""
    at = x.start
    for _ in range(x.between((10, 20), (1, 3), (1, 1))):
        target, caller = x.phone(), x.disguise()
        d = x.wire.call(at, caller, target, ring=3, talk=0, challenged=False, hang_up=False)
        for attempt in range(1 if x.strength == "weak" else 2):
            more = "" if attempt == 0 else sip.credentials(x.rng, target.user, DOMAIN, "1a2b3c", d["contact"], proxy=True)
            bye = Request("BYE", d["contact"], sip.via(*target.inner, token(x.rng, 12)), d["to"], d["frm"], d["call_id"], 7 + attempt, agent=target.agent, more=more)
            when = d["answered"] + 5 + attempt
            onward = Request("BYE", d["contact"], sip.via(*PROXY, token(x.rng, 12)) + bye.via, d["to"], d["frm"], d["call_id"], 7 + attempt, more=more)
            x.wire.put(when, target.address, PROXY, bye.encode(), target.transport)
            x.wire.put(when + 0.01, PROXY, caller.address, onward.encode())
            code = 200 if attempt or x.strength == "weak" else 407
            head = sip.challenge(DOMAIN, "1a2b3c", True) if code == 407 else ""
            x.wire.put(when + 0.1, caller.address, PROXY, onward.answer(code, more=head))
            x.wire.put(when + 0.11, PROXY, target.address, bye.answer(code, more=head), target.transport)
        at += x.seconds((20, 40), (60, 300), (1, 2))


def forged_bye(x):
    """Somebody else ends a call: the right names of the dialog, the wrong address."""
    at = x.start
    for _ in range(x.between((10, 20), (1, 3), (1, 1))):
        caller, callee = x.phone(), x.phone()
        x.story()
        d = x.wire.call(at, caller, callee, hang_up=False)
        x.mine()
        call_id = d["call_id"] if x.strength != "weak" else token(x.rng, 20)
        bye = Request("BYE", d["contact"], sip.via(*x.address, token(x.rng, 12)), d["frm"], d["to"], call_id, d["cseq"] + 1, agent=x.agent)
        x.send(d["answered"] + 20, bye, 200 if x.strength != "weak" else 481)
        at += x.seconds((30, 60), (60, 600), (1, 2))


def guessed_dialogs(x):
    """BYE for calls that may be there."""
    at = x.start
    for _ in range(x.between((150, 300), (8, 20), (1, 2))):
        uri = f"sip:{x.phone().user}@{DOMAIN}"
        x.send(at, x.request("BYE", uri, to=f"<{uri}>;tag={token(x.rng, 8)}"), 481)
        at += x.seconds((0.02, 0.1), (0.3, 1.4), (300, 600))


def moved_media(x):
    """A caller's media suddenly go to another network: the first step of listening in."""
    at = x.start
    for _ in range(x.between((10, 20), (1, 3), (1, 1))):
        x.story()
        caller = x.phone()
        d = x.wire.call(at, caller, x.phone(), hang_up=False, body=sip.sdp(caller.address[0], 11_000))
        x.mine()
        where = caller.address[0] if x.strength == "weak" else x.address[0]
        in_dialog(x.wire, d, d["answered"] + 20, "INVITE", body=sip.sdp(where, 9000, session="2"))
        x.story()
        x.wire.hang_up(d["answered"] + 90, d)
        x.mine()
        at += x.seconds((30, 60), (60, 600), (1, 2))


def registration_hijack(x):
    """With a stolen password: the user's own contact goes, another one comes, from a network and a program that were never seen."""
    at, victim = x.start, x.phone()
    x.story()
    x.wire.register(at - 1200, victim)
    x.mine()
    thief = x.disguise()
    thief.user = victim.user
    thief.agent = victim.agent if x.strength == "weak" else "pjsua v2.12 Linux-5.10"
    for _ in range(x.between((8, 15), (1, 2), (1, 1))):
        if x.strength != "weak":
            x.wire.register(at, thief, contact="*", expires=0)
        x.wire.register(at + 1, thief)
        at += x.seconds((5, 10), (200, 900), (1, 2))


def redirection(x):
    """Calls to a user are sent on to a number that costs: by 302 of a forwarding that somebody set, or by REFER of a stranger."""
    at, target, number = x.start, x.phone(), world.risky(x.rng)
    if x.strength == "weak":
        number = world.domestic(x.rng)
    by_answer = x.rng.random() < 0.5
    for _ in range(x.between((15, 30), (2, 4), (1, 1))):
        if by_answer:
            uri = f"sip:{target.user}@{DOMAIN}"
            caller = x.phone()
            request = Request("INVITE", uri, x.wire.via_of(caller), f"<{caller.aor}>;tag={token(x.rng, 8)}", f"<{uri}>", token(x.rng, 20), 3, contact=caller.contact,
                              agent=caller.agent, body=sip.sdp(caller.inner[0], 11_000))
            x.wire.put(at, caller.address, PROXY, request.encode(), caller.transport)
            onward = Request("INVITE", uri, sip.via(*PROXY, token(x.rng, 12)) + request.via, request.frm, request.to, request.call_id, 3, contact=caller.contact,
                             body=request.body)
            x.wire.put(at + 0.02, PROXY, target.address, onward.encode(), target.transport)
            moved = f"sip:{number}@{DOMAIN};user=phone"
            tag = token(x.rng, 8)
            x.wire.put(at + 0.1, target.address, PROXY, onward.answer(302, tag, contact=moved), target.transport)
            x.wire.put(at + 0.11, PROXY, caller.address, request.answer(302, tag, contact=moved), caller.transport)
        else:
            uri = f"sip:{target.user}@{DOMAIN}"
            x.send(at, x.request("REFER", uri, more=f"Refer-To: <sip:{number}@{DOMAIN};user=phone>\r\n"), x.rng.choice((202, 407, 403)))
        at += x.seconds((2, 5), (60, 600), (1, 2))


def replayed_invite(x):
    """A call of before is sent again, byte for byte, from elsewhere."""
    at = x.start
    for _ in range(x.between((10, 20), (1, 3), (1, 1))):
        x.story()
        before = len(x.wire.messages)
        x.wire.call(at, x.phone(), x.phone(), talk=30)
        recorded = [m[4] for m in x.wire.messages[before:] if m[2] == PROXY and m[4].startswith(b"INVITE")][-1]
        x.mine()
        if x.strength == "weak":
            recorded = recorded.replace(b"Call-ID: ", b"Call-ID: " + token(x.rng, 6).encode())
        x.wire.put(at + 120, x.address, PROXY, recorded)
        at += x.seconds((10, 20), (60, 600), (1, 2))


SPAM = {"same_text_to_many": same_text, "many_texts_to_many": many_texts}
PHISHING = {"links_that_deceive": phishing_links, "false_display_name": false_display_name}
ROBOCALLS = {"spit_by_invite": spit}
SPOOFING = {"own_identity_from_outside": own_identity, "asserted_identity_differs": asserted_identity, "number_in_the_name": number_in_name}
EMERGENCY = {"emergency_by_a_stranger": spoofed_emergency, "repeated_emergency_invites": repeated_emergency}
EAVESDROPPING = {"media_without_the_keys": downgraded_media, "sips_in_the_clear": sips_in_the_clear, "null_cipher": null_cipher, "digest_leak": digest_leak}
INTERCEPTION = {"forged_bye": forged_bye, "guessed_dialogs": guessed_dialogs, "moved_media": moved_media, "registration_hijack": registration_hijack,
                "redirection_to_costs": redirection, "replayed_invite": replayed_invite}
