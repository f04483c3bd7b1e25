"""Who the operator's customers are."""

import world


LARGE = 500  # accounts from which on an operator has large customers


class Account:
    """A customer: the numbers it owns, where it calls from, how its switch writes numbers."""

    __slots__ = ("name", "kind", "numbers", "address", "agent", "style", "directions", "family", "friends", "inbound_account", "used")

    def __init__(self, rng, name, kind, count):
        area = rng.choice(world.HOME_AREAS)
        self.name, self.kind = name, kind
        if count == 1:
            self.numbers = [world.domestic(rng, area)]
        elif kind == "reseller":  # whatever its customers brought along
            self.numbers = [world.domestic(rng) for _ in range(count)]
        else:  # a block of numbers that follow each other
            first = world.domestic(rng, area)
            low = min(int(first[-4:]), 9999 - count)
            self.numbers = [f"{first[:-4]}{low + i:04d}" for i in range(count)]
        household = kind in ("household", "traveller")
        self.address = world.address(rng, world.HOUSEHOLDS if household else world.OFFICES)
        self.agent = rng.choice(world.AGENTS if household else world.BOX_AGENTS)
        # Three sorts of switches: full numbers and a direction; numbers as dialled and no direction; who is called is the account of calls that come in.
        self.style = rng.choice(("plus", "plus", "national", "dialled"))
        self.directions = self.style == "plus" or rng.random() < 0.3
        self.inbound_account = self.directions and rng.random() < 0.4
        self.family = None  # a country that is called again and again
        self.friends = []
        self.used = False


class Population:
    """`size` accounts, mostly households, and a few large ones unless it is a small operator. `offices`: the share of firms."""

    def __init__(self, rng, size, offices=0.07):
        self.accounts = []
        for i in range(size):
            share = i / size
            if share < 0.03:
                kind, count = "traveller", 1
            elif share < 1 - offices:
                kind, count = "household", 1
            elif share < 1 - offices * 0.2:
                kind, count = "office", rng.randrange(3, 15)
            elif share < 1 - offices * 0.1:
                kind, count = "international_firm", rng.randrange(5, 20)
            else:
                kind, count = "night_shift", rng.randrange(5, 20)
            self.accounts.append(Account(rng, f"acct-{i + 1:05d}", kind, count))
        if size >= LARGE:
            for i in range(max(1, size // 1500)):
                self.accounts.append(Account(rng, f"centre-{i + 1}", "call_centre", 4))
            self.accounts.append(Account(rng, "campus", "campus", 300))
            self.accounts.append(Account(rng, "reseller", "reseller", 400))
        self.accounts.append(Account(rng, "school", "school", 2))
        self.accounts.append(Account(rng, "clinic", "clinic", 3))
        self.accounts.append(Account(rng, "telethon", "telethon", 1))
        self.carriers = [f"carrier-{i}" for i in range(1, 5)]
        self.gateways = [world.address(rng, world.CARRIERS) for _ in self.carriers]
        for account in self.accounts:
            self._relations(rng, account)

    def _relations(self, rng, account):
        count = {"household": 10, "traveller": 14}.get(account.kind, 40)
        account.friends = [self.number_of_anybody(rng) for _ in range(count)]
        if account.kind in ("household", "traveller") and rng.random() < 0.06:
            country = rng.choice(list(world.RISKY if rng.random() < 0.2 else world.ABROAD))
            account.family = country
            account.friends += [self.family_number(rng, country) for _ in range(2)]

    @staticmethod
    def family_number(rng, country):
        return world.risky(rng, country) if country in world.RISKY else world.abroad(rng, country)

    def number_of_anybody(self, rng):
        """Somebody in the country: now and then another customer."""
        if rng.random() < 0.1:
            return rng.choice(rng.choice(self.accounts).numbers)
        return world.domestic(rng)

    def victim(self, rng, kinds):
        """An account that no other attacker has."""
        free = [a for a in self.accounts if a.kind in kinds and not a.used and not a.family]
        account = rng.choice(free)
        account.used = True
        return account
