"""What the probe sees on ordinary days: telephones that register, keep their routers awake, call and write; an office of 500; a power cut."""

import random

import sip
import world
from network import CARRIERS, DOMAIN, PROXY, Phone, Wire
from sip import Request, token
from world import DAY, HOUR, MINUTE, START

TEXTS = ("On my way, ten minutes", "Can you call me back when you have time?", "Happy birthday!", "The meeting is at 3 in room 12", "ok",
         "Thanks, see you tomorrow", "Running late, start without me", "Dinner at 7?", "Did you get the parcel", "Call me, it is about Saturday",
         "Photos are at https://photos.example.org/album/2811", "The report is on https://intranet.example.com/reports/q1", "Nice!", "yes", "no")


class Neighbourhood:
    """Telephones of households, and an office whose telephones share one address."""

    def __init__(self, rng, homes, office=0):
        self.homes = [Phone(rng, i) for i in range(homes)]
        gate = world.address(rng, world.OFFICES)
        self.office = [Phone(rng, homes + i, ip=gate, port=20_000 + i, agent="Yealink SIP-T46S 66.86.0.15") for i in range(office)]
        self.phones = self.homes + self.office
        self.second = [_second(rng, phone) for phone in self.homes if rng.random() < 0.1]


def _second(rng, phone):
    """Another device of the same user: a program on a mobile telephone, elsewhere."""
    other = Phone(rng, 0)
    other.user, other.number, other.agent = phone.user, phone.number, "Linphone-Android/5.2.5"
    return other


def ordinary(seed, homes, office, days, occasions=True):
    """Messages of ordinary days in order, and how many account-days they are."""
    rng = random.Random(f"{seed}/phones/{homes}/{office}/{days}")
    wire, people = Wire(rng), Neighbourhood(rng, homes, office)
    background(wire, people, days)
    if occasions:
        power_cut(wire, people, START + 3 * HOUR + 7 * MINUTE)
        notice_to_all(wire, people, START + 7 * HOUR)
        many_call_one(wire, people, START + 20 * HOUR)
    return in_order(wire.messages), people, len(people.phones) * days


def in_order(messages):
    return sorted(messages, key=lambda m: m[0])


def background(wire, people, days):
    rng = wire.rng
    for phone in people.second:
        for _ in range(days * 4):
            wire.register(START + rng.random() * days * DAY, phone)
    for index, phone in enumerate(people.phones):
        at, end = START + rng.random() * HOUR, START + days * DAY
        while at < end:
            wire.register(at, phone, wrong=rng.choice((1, 1, 2)) if rng.random() < 0.001 else 0)
            at += 50 * MINUTE + rng.random() * 10 * MINUTE
        if rng.random() < 0.1:
            for half_hour in range(days * 48):
                wire.keepalive(START + half_hour * 30 * MINUTE + rng.random() * 60, phone)
        if rng.random() < 0.03:  # a mobile telephone that changes networks
            phone.address = (world.address(rng, world.HOUSEHOLDS), rng.randrange(1024, 65_000))
            wire.register(START + rng.random() * days * DAY, phone)
        for day in range(days):
            hours = world.HOME_HOURS if index < len(people.homes) else world.WORK_HOURS
            for _ in range(world.poisson(rng, 1.2)):
                one_call(wire, people, phone, START + day * DAY + world.moment(rng, hours))
            if rng.random() < 0.2:
                wire.text(START + day * DAY + world.moment(rng, hours), phone, rng.choice(people.phones).user, rng.choice(TEXTS))


def one_call(wire, people, phone, when):
    rng, luck = wire.rng, wire.rng.random()
    talk = min(2 * HOUR, rng.lognormvariate(4.6, 1.1))
    other = rng.choice(people.phones)
    if luck < 0.35:
        return wire.call(when, phone, other, talk=talk)
    if luck < 0.6:
        return wire.call(when, phone, rng.choice(CARRIERS), talk=talk, display='"Front Desk" ' if rng.random() < 0.1 else "")
    if luck < 0.88:
        return wire.call(when, rng.choice(CARRIERS), phone, talk=talk, display='"WIRELESS CALLER" ' if rng.random() < 0.3 else "")
    if luck < 0.91:  # a number that nobody has
        return wire.call(when, phone, rng.choice(CARRIERS), ring=0.5, code=404, target="1202555" + str(rng.randrange(1000, 9999)))
    if luck < 0.94:
        return wire.call(when, phone, other, ring=1.0, code=486)
    if luck < 0.96:
        return transfer(wire, people, phone, other, when, talk)
    if luck < 0.98:
        return hold(wire, phone, other, when, talk)
    if luck < 0.981:
        return wire.call(when, phone, CARRIERS[0], talk=90, target="911")
    dialog = wire.call(when, phone, other, ring=12.0, code=487)
    return cancel(wire, dialog, dialog["answered"] - 0.05)


def cancel(wire, d, when):
    """The caller gives up; the answer 487 is in the call already."""
    request = Request("CANCEL", d["uri"], sip.via(d["inner"][0], d["inner"][1], token(wire.rng, 12)), d["frm"], d["to"].split(";tag")[0], d["call_id"], d["cseq"])
    wire.put(when, d["source"], PROXY, request.encode(), d["transport"])
    wire.put(when + 0.01, PROXY, d["source"], request.answer(200, token(wire.rng, 8)), d["transport"])


def in_dialog(wire, d, when, method, more="", body="", code=200):
    """A request of the caller within a call, both legs."""
    rng = wire.rng
    request = Request(method, d["contact"], sip.via(d["inner"][0], d["inner"][1], token(rng, 12)), d["frm"], d["to"], d["call_id"], d["cseq"] + 1,
                      contact=d["contact"], more=more, body=body)
    onward = Request(method, d["contact"], sip.via(PROXY[0], PROXY[1], token(rng, 12)) + request.via, d["frm"], d["to"], d["call_id"], d["cseq"] + 1,
                     contact=d["contact"], more=more, body=body)
    d["cseq"] += 1
    wire.put(when, d["source"], PROXY, request.encode(), d["transport"])
    wire.put(when + 0.01, PROXY, d["target"], onward.encode(), d["to_transport"])
    answer = d["answer"] if method == "INVITE" else ""
    wire.put(when + 0.06, d["target"], PROXY, onward.answer(code, body=answer), d["to_transport"])
    wire.put(when + 0.07, PROXY, d["source"], request.answer(code, body=answer), d["transport"])


def transfer(wire, people, phone, other, when, talk):
    """Somebody puts a call through to a colleague (RFC 3515)."""
    d = wire.call(when, phone, other, talk=talk + 20, hang_up=False)
    third = wire.rng.choice(people.phones)
    in_dialog(wire, d, d["answered"] + 15, "REFER", more=f"Refer-To: <sip:{third.user}@{DOMAIN}>\r\nReferred-By: <{phone.aor}>\r\n", code=202)
    wire.hang_up(d["answered"] + 17, d)
    return wire.call(d["answered"] + 16, other, third, talk=talk)


def hold(wire, phone, other, when, talk):
    d = wire.call(when, phone, other, talk=talk + 60, hang_up=False)
    body = sip.sdp(d["inner"][0], 10_040)
    in_dialog(wire, d, d["answered"] + 10, "INVITE", body=body.replace("sendrecv", "sendonly"))
    in_dialog(wire, d, d["answered"] + 40, "INVITE", body=body)
    wire.hang_up(d["answered"] + 60 + talk, d)


def power_cut(wire, people, when, phones=2000):
    """The light comes back, and 2,000 telephones register within two minutes; the 500 of the office too, from one address."""
    rng = wire.rng
    for i in range(phones):
        phone = people.homes[i] if i < len(people.homes) else Phone(rng, 50_000 + i)
        wire.register(when + rng.random() * 120, phone)
    for phone in people.office:
        wire.register(when + rng.random() * 120, phone)


def notice_to_all(wire, people, when, recipients=300):
    """The school writes to all parents that it stays closed."""
    school = people.homes[0]
    for i in range(recipients):
        wire.text(when + i * 0.7, school, people.homes[1 + i % (len(people.homes) - 1)].user, "Snow: no school today. Details on https://school.example.org/news")


def many_call_one(wire, people, when, callers=600):
    """A telethon: one number is called by hundreds over the carriers, and many hear that it is busy."""
    rng, host = wire.rng, people.homes[-1]
    for _ in range(callers):
        at = when + rng.betavariate(2, 3) * HOUR
        busy = rng.random() < 0.4
        wire.call(at, rng.choice(CARRIERS), host, ring=1.0 if busy else 5.0, talk=40 + rng.expovariate(1 / 60), code=486 if busy else 200)
