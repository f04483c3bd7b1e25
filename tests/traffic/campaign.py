"""What an attack is made of, and who can be attacked.

Three strengths: `described` is what the sources that design notes and surveys of fraud quote say of an attack, `blatant` is far above, `weak` is below.
"""

import world
from records import Call
from world import DAY, HOUR, START

STRENGTHS = ("blatant", "described", "weak")


class Campaign:
    """One attack: of which kind, and what it says about itself."""

    __slots__ = ("threat", "kind", "strength", "calls")

    def __init__(self, threat, kind, strength):
        self.threat, self.kind, self.strength, self.calls = threat, kind, strength, []


class Stage:
    """What the makers of campaigns write on: numbers, victims, times, and calls that are the campaign's or belong to its story."""

    def __init__(self, rng, population, days, campaign, calls):
        self.rng, self.population, self.days, self.campaign, self.calls = rng, population, days, campaign, calls
        self.strength = campaign.strength

    def between(self, blatant, described, weak):
        """A whole number out of the range of the strength."""
        low, high = {"blatant": blatant, "described": described, "weak": weak}[self.strength]
        return self.rng.randint(low, high)

    def seconds(self, blatant, described, weak):
        low, high = {"blatant": blatant, "described": described, "weak": weak}[self.strength]
        return self.rng.uniform(low, high)

    def start(self, hours, room=1):
        """A moment in the later part of the time, so that the account has a past; `room` days stay behind it."""
        first = min(self.days - room - 1, max(1, self.days // 2))
        day = self.rng.randrange(first, max(first + 1, self.days - room))
        low, high = hours
        return START + day * DAY + (low + self.rng.random() * (high - low)) * HOUR

    def victim(self, *kinds):
        return self.population.victim(self.rng, kinds or ("household", "office"))

    def out(self, account, start, callee, talk, *, ring=2.0, caller=None, source=None, agent=None, outcome=None, ours=True, name=""):
        call = Call(start, account.numbers[0] if caller is None else caller, callee, ring=ring, talk=talk, outcome=outcome, account=account.name,
                    direction="outbound" if account.directions else "", source=source or account.address, agent=agent or account.agent,
                    style=account.style, name=name)
        return self._add(call, ours)

    def into(self, account, start, caller, talk, *, ring=2.0, callee=None, outcome=None, ours=True, name="", carrier=None):
        carrier = self.rng.randrange(len(self.population.carriers)) if carrier is None else carrier
        call = Call(start, caller, callee or self.rng.choice(account.numbers), ring=ring, talk=talk, outcome=outcome,
                    account=account.name if account.inbound_account else "", trunk=self.population.carriers[carrier],
                    direction="inbound" if account.directions else "", source=self.population.gateways[carrier], style=account.style, name=name)
        return self._add(call, ours)

    def _add(self, call, ours):
        if ours:
            call.campaign = self.campaign
            self.campaign.calls.append(call)
        self.calls.append(call)
        return call

    def anybody(self):
        """A customer who is called, never a large one."""
        while True:
            account = self.rng.choice(self.population.accounts)
            if account.kind in ("household", "traveller", "office"):
                return account

    def stranger(self):
        """A customer that came yesterday and has no past."""
        from population import Account
        self.population.fresh = getattr(self.population, "fresh", 0) + 1
        return Account(self.rng, f"new-{self.population.fresh:04d}", "household", 1)

    def attackers_address(self):
        return world.address(self.rng, world.ELSEWHERE)
