"""What customers do all day: calls of households, offices, call centres, travellers and the rest, over weeks."""

import world
from records import Call
from world import DAY, HOUR, MINUTE, START

# Calls that go out and come in on an average day; hours; days of the week.
HABITS = {
    "household": (1.7, 1.3, world.HOME_HOURS, world.HOME_DAYS),
    "traveller": (3.0, 2.0, world.HOME_HOURS, world.HOME_DAYS),
    "office": (14, 12, world.WORK_HOURS, world.WORK_DAYS),
    "international_firm": (18, 12, world.WORK_HOURS, world.WORK_DAYS),
    "night_shift": (20, 18, world.NIGHT_HOURS, world.NIGHT_DAYS),
    "call_centre": (900, 60, world.WORK_HOURS, (1, 1, 1, 1, 1, .3, 0)),
    "campus": (1000, 700, world.WORK_HOURS, world.WORK_DAYS),
    "school": (25, 30, world.WORK_HOURS, world.WORK_DAYS),
    "clinic": (40, 50, world.WORK_HOURS, world.WORK_DAYS),
    "telethon": (2, 2, world.WORK_HOURS, world.WORK_DAYS),
    "reseller": (500, 300, world.HOME_HOURS, world.HOME_DAYS),
}
ABROAD_SHARE = {"international_firm": 0.16, "reseller": 0.03, "campus": 0.02, "office": 0.004, "household": 0.002, "traveller": 0.02}
RISKY_SHARE = {"international_firm": 0.06, "reseller": 0.05, "campus": 0.03}  # of the calls abroad


def ring_and_talk(rng, pick_up=0.72):
    """A call between people: how long it rang and was spoken. Some hang up early, mailboxes and wrong numbers end soon."""
    luck = rng.random()
    if luck < pick_up:
        return 4 + rng.random() * 14, min(3.5 * HOUR, max(3.0, rng.lognormvariate(4.75, 1.15))), "ANSWERED"
    if luck < pick_up + 0.08:  # a wrong number, or a mailbox that nobody speaks to
        return 4 + rng.random() * 20, 2 + rng.random() * 8, "ANSWERED"
    if luck < pick_up + 0.13:
        return 0.5 + rng.random(), 0.0, "BUSY"
    if luck < pick_up + 0.15:
        return 1 + rng.random() * 3, 0.0, "NO ANSWER"  # changed their mind
    return 15 + rng.random() * 20, 0.0, "NO ANSWER"


class Ordinary:
    def __init__(self, rng, population, days):
        self.rng, self.population, self.days = rng, population, days
        self.calls, self._by_account = [], None

    def generate(self):
        for account in self.population.accounts:
            out, into, hours, weekly = HABITS[account.kind]
            for day in range(self.days):
                factor = weekly[day % 7]
                for _ in range(world.poisson(self.rng, out * factor)):
                    self.goes_out(account, START + day * DAY + world.moment(self.rng, hours))
                for _ in range(world.poisson(self.rng, into * factor)):
                    self.comes_in(account, START + day * DAY + world.moment(self.rng, hours))
        return self.calls

    def calls_of(self, name):
        """The calls that an account made."""
        if self._by_account is None:
            self._by_account = {}
            for call in self.calls:
                if not call.trunk:
                    self._by_account.setdefault(call.account, []).append(call)
        return self._by_account.get(name, [])

    def out(self, account, start, callee, ring, talk, outcome, **other):
        own = other.pop("caller", None) or (account.numbers[0] if self.rng.random() < 0.5 else self.rng.choice(account.numbers))
        self.calls.append(Call(start, own, callee, ring=ring, talk=talk, outcome=outcome, account=account.name,
                               direction="outbound" if account.directions else "", source=other.pop("source", account.address),
                               agent=account.agent, style=account.style, owner=account.name, **other))

    def into(self, account, start, caller, ring, talk, outcome, **other):
        carrier = self.rng.randrange(len(self.population.carriers))
        self.calls.append(Call(start, caller, other.pop("callee", None) or self.rng.choice(account.numbers), ring=ring, talk=talk, outcome=outcome,
                               account=account.name if account.inbound_account else "", trunk=self.population.carriers[carrier],
                               direction="inbound" if account.directions else "", source=self.population.gateways[carrier], style=account.style,
                               owner=account.name, **other))

    def callee(self, account):
        rng = self.rng
        luck = rng.random()
        share = ABROAD_SHARE.get(account.kind, 0)
        if luck < share:
            return world.risky(rng) if rng.random() < RISKY_SHARE.get(account.kind, 0.02) else world.abroad(rng)
        if luck < share + 0.03:
            return world.toll_free(rng)
        if account.kind in ("household", "traveller"):
            return rng.choice(account.friends) if rng.random() < 0.75 else self.population.number_of_anybody(rng)
        if account.kind == "call_centre" or rng.random() < 0.5:
            return self.population.number_of_anybody(rng)
        return rng.choice(account.friends)

    def goes_out(self, account, start):
        rng = self.rng
        if account.kind == "call_centre":  # people who agreed to be called, and talk
            ring, talk, outcome = ring_and_talk(rng, 0.5)
            return self.out(account, start, self.callee(account), ring, talk * 1.6, outcome, name="CUSTOMER SERVICE")
        if account.kind == "reseller":  # its own customers, each with a number and an address
            which = rng.randrange(len(account.numbers))
            ring, talk, outcome = ring_and_talk(rng)
            return self.out(account, start, self.callee(account), ring, talk, outcome, caller=account.numbers[which], source=f"65.20.{which // 250}.{which % 250}")
        if account.kind in ("campus", "office") and rng.random() < 0.2:  # within the house
            ring, talk, outcome = ring_and_talk(rng)
            return self.out(account, start, str(rng.randrange(200, 700)), ring, talk * 0.5, outcome, caller=str(rng.randrange(200, 700)))
        if rng.random() < 1 / 2500:
            return self.emergency(account, start)
        callee = self.callee(account)
        ring, talk, outcome = ring_and_talk(rng)
        self.out(account, start, callee, ring, talk, outcome)
        if outcome != "ANSWERED" and rng.random() < 0.35:  # tries again, some of them stubbornly
            again = start + ring
            for _ in range(1 + poisson_tail(rng)):
                again += 20 + rng.random() * 5 * MINUTE
                ring, talk, outcome = ring_and_talk(rng)
                self.out(account, again, callee, ring, talk, outcome)
                again += ring + talk
                if outcome == "ANSWERED":
                    break

    def emergency(self, account, start):
        rng = self.rng
        self.out(account, start, "911", 2 + rng.random() * 6, 30 + rng.random() * 300, "ANSWERED")
        if rng.random() < 0.15:  # cut off, and called again
            self.out(account, start + 60 + rng.random() * 300, "911", 2 + rng.random() * 6, 60 + rng.random() * 200, "ANSWERED")

    def comes_in(self, account, start):
        rng = self.rng
        caller = world.domestic(rng)
        luck = rng.random()
        if luck < 0.5:
            caller = rng.choice(account.friends)
        elif luck < 0.52:
            caller = world.abroad(rng)
        elif luck < 0.53:
            caller = rng.choice(("anonymous", ""))
        ring, talk, outcome = ring_and_talk(rng)
        name = "WIRELESS CALLER" if rng.random() < 0.3 else ""
        self.into(account, start, caller, ring, talk, outcome, name=name)
        if account.kind in ("office", "international_firm", "clinic", "campus") and outcome == "ANSWERED" and rng.random() < 0.04:
            self.transferred(account, start + ring + min(talk, 20), caller, talk)

    def transferred(self, account, start, caller, talk):
        """To a mobile of somebody who is out, with the number of the caller; now and then once more."""
        rng = self.rng
        for _ in range(2 if rng.random() < 0.2 else 1):
            self.out(account, start, rng.choice(account.friends[:5]), 5 + rng.random() * 10, talk * 0.6, "ANSWERED", caller=caller or "anonymous")
            start += 15


def poisson_tail(rng):
    """How often somebody tries again: mostly once, rarely a fax that tries six times."""
    return 0 if rng.random() < 0.7 else rng.randrange(1, 6)
