"""Puts together weeks of call records: ordinary ones alone, or with attacks among them."""

import random

import charges
import nuisance
import occasions
import patterns
from campaign import STRENGTHS, Campaign, Stage
from ordinary import Ordinary
from population import Population

# The threats in the words of the mission, and of each the kinds of attacks that call records can show.
CALL_KINDS = {
    "caller_id_spoofing": nuisance.SPOOFING,
    "robocalls": nuisance.ROBOCALLS,
    "phishing": nuisance.PHISHING,
    "unexpected_charges": charges.KINDS,
    "unauthorised_international_calls": patterns.INTERNATIONAL,
    "unusual_call_patterns": patterns.UNUSUAL,
    "spoofed_emergency_calls": nuisance.EMERGENCY,
    "denial_of_service": nuisance.DENIAL,
}


def _rng(seed, *names):
    return random.Random("/".join(map(str, (seed, *names))))


def _record_order(call):
    return call.end


class Calls:
    """Calls in the order in which a switch writes their records, the campaigns among them, and how much ordinary traffic there was."""

    def __init__(self, calls, campaigns, account_days):
        self.calls, self.campaigns, self.account_days = calls, campaigns, account_days


def ordinary(seed, size, days):
    rng = _rng(seed, "ordinary")
    population = Population(rng, size)
    traffic = Ordinary(rng, population, days)
    traffic.generate()
    occasions.all_of(traffic)
    return Calls(sorted(traffic.calls, key=_record_order), [], len(population.accounts) * days)


def attacked(seed, strength, campaigns, size=1200, days=14, kinds=None):
    """`campaigns` of every kind (or of those in `kinds`), each with a random stream of its own."""
    assert strength in STRENGTHS
    rng = _rng(seed, "attacked")
    population = Population(rng, size, offices=0.3)
    traffic = Ordinary(rng, population, days)
    traffic.generate()
    occasions.all_of(traffic)
    made = []
    for threat, makers in CALL_KINDS.items():
        for kind, make in makers.items():
            if kinds is not None and kind not in kinds:
                continue
            for i in range(campaigns):
                campaign = Campaign(threat, kind, strength)
                make(Stage(_rng(seed, kind, strength, i), population, days, campaign, traffic.calls))
                made.append(campaign)
    return Calls(sorted(traffic.calls, key=_record_order), made, len(population.accounts) * days)
