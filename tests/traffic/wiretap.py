"""Puts together captures: a day of ordinary telephones, and attacks among it."""

import random

import deceit
import intrusion
from campaign import Campaign
from intruder import Intruder
from network import PROXY, Wire
from phones import Neighbourhood, background, in_order
from world import DAY, HOUR, START

MESSAGE_KINDS = {
    "caller_id_spoofing": deceit.SPOOFING,
    "interception_and_redirection": deceit.INTERCEPTION,
    "robocalls": deceit.ROBOCALLS,
    "unsolicited_messages": deceit.SPAM,
    "phishing": deceit.PHISHING,
    "unauthorised_international_calls": intrusion.INTERNATIONAL,
    "spoofed_emergency_calls": deceit.EMERGENCY,
    "eavesdropping_and_downgrade": deceit.EAVESDROPPING,
    "denial_of_service": intrusion.DENIAL,
    "scanning_and_guessing": intrusion.SCANNING,
}


def attacked(seed, strength, campaigns, homes=300, kinds=None):
    """A day with `campaigns` of every kind; returns messages in order and the campaigns."""
    rng = random.Random(f"{seed}/wire")
    wire, people, made = Wire(rng), Neighbourhood(rng, homes), []
    background(wire, people, 1)
    for threat, makers in MESSAGE_KINDS.items():
        for kind, make in makers.items():
            if kinds is not None and kind not in kinds:
                continue
            for i in range(campaigns):
                campaign = Campaign(threat, kind, strength)
                own = random.Random(f"{seed}/{kind}/{strength}/{i}")
                wire.rng, wire.campaign = own, campaign
                start = START + own.uniform(0.1 * DAY, DAY - 4 * HOUR)
                make(Intruder(own, wire, people, campaign, start))
                made.append(campaign)
    return in_order(wire.messages), made


def is_attempt(message):
    """Whether it counts as one more try: a request to the proxy that is more than the end of a transaction."""
    return message[2] == PROXY and not message[4].startswith((b"SIP/2.0", b"ACK"))
