"""What looks like an attack and is none: a school that calls all parents, a telethon, a traveller, a radio contest, and more."""

import world
from world import DAY, HOUR, MINUTE, START


def all_of(ordinary):
    """Adds every occasion to the calls; which days they fall on depends on the seed."""
    weeks = max(1, ordinary.days // 7)
    for week in range(weeks):
        monday = START + week * 7 * DAY
        school_closes(ordinary, monday + ordinary.rng.randrange(5) * DAY + 6 * HOUR)
        for day in range(5):
            appointments(ordinary, monday + day * DAY + 16 * HOUR)
        contest(ordinary, monday + ordinary.rng.randrange(5) * DAY + 17 * HOUR)
        conference(ordinary, monday + ordinary.rng.randrange(5) * DAY + 15 * HOUR)
    telethon(ordinary, START + min(5, ordinary.days - 1) * DAY + 19 * HOUR)
    travels(ordinary)
    families(ordinary)
    moves(ordinary)


def _account(ordinary, kind):
    return next(a for a in ordinary.population.accounts if a.kind == kind)


def school_closes(ordinary, start, parents=800):
    """One caller, 800 calls within minutes, each some seconds of an announcement; many go to mailboxes."""
    rng, school = ordinary.rng, _account(ordinary, "school")
    if not len(school.friends) > parents:  # the same parents each time
        school.friends = [ordinary.population.number_of_anybody(rng) for _ in range(parents + 1)]
    for i in range(parents):
        answered = rng.random() < 0.8
        ordinary.out(school, start + i * 0.6 + rng.random(), school.friends[i], 4 + rng.random() * 20, 22 + rng.random() * 6 if answered else 0.0,
                     "ANSWERED" if answered else "NO ANSWER", caller=school.numbers[0], name="SCHOOL DISTRICT")


def appointments(ordinary, start):
    """A clinic reminds its patients of tomorrow, by a voice that needs twenty seconds."""
    rng, clinic = ordinary.rng, _account(ordinary, "clinic")
    for i in range(rng.randrange(20, 45)):
        talk = 15 + rng.random() * 15 if rng.random() < 0.75 else 0.0
        ordinary.out(clinic, start + i * 90 + rng.random() * 60, ordinary.population.number_of_anybody(rng), 5 + rng.random() * 18, talk, None,
                     caller=clinic.numbers[1], name="CLINIC")


def telethon(ordinary, start, callers=5000):
    """Thousands call one number for two hours; many meet a busy line and try again."""
    rng, host = ordinary.rng, _account(ordinary, "telethon")
    for _ in range(callers):
        at = start + rng.betavariate(2, 3) * 2 * HOUR
        caller = world.domestic(rng)
        while rng.random() < 0.35:
            ordinary.into(host, at, caller, 0.5 + rng.random(), 0.0, "BUSY")
            at += 20 + rng.random() * 180
        ordinary.into(host, at, caller, 3 + rng.random() * 10, 45 + rng.expovariate(1 / 60), "ANSWERED")


def contest(ordinary, start):
    """Some households try to be the tenth caller: the same number again and again, always busy."""
    rng = ordinary.rng
    studio = world.domestic(rng)
    homes = [a for a in ordinary.population.accounts if a.kind == "household"]
    for account in rng.sample(homes, max(1, len(homes) // 2000)):
        at = start + rng.random() * 60
        for _ in range(rng.randrange(5, 15)):
            ordinary.out(account, at, studio, 0.5 + rng.random(), 0.0, "BUSY")
            at += 15 + rng.random() * 30


def conference(ordinary, start):
    """Meetings by telephone: long, to a bridge, several people of one firm at the same time."""
    rng = ordinary.rng
    firms = [a for a in ordinary.population.accounts if a.kind in ("office", "international_firm")]
    for account in rng.sample(firms, max(1, len(firms) // 15)):
        bridge = world.toll_free(rng) if rng.random() < 0.6 else world.domestic(rng)
        length = 40 * MINUTE + rng.random() * 100 * MINUTE
        for _ in range(rng.randrange(2, 6)):
            ordinary.out(account, start + rng.random() * 5 * MINUTE, bridge, 2.0, length - rng.random() * 6 * MINUTE, "ANSWERED")


def travels(ordinary):
    """Travellers sign in from hotels, call home and, in the country where they are, restaurants and friends."""
    rng = ordinary.rng
    for account in ordinary.population.accounts:
        if account.kind != "traveller" or ordinary.days < 5 or account.used:
            continue
        account.used = True
        country = rng.choice(list(world.RISKY if rng.random() < 0.1 else world.ABROAD))
        first = rng.randrange(1, ordinary.days - 3)
        for day in range(first, min(ordinary.days, first + rng.randrange(2, 8))):
            hotel = world.address(rng, world.ELSEWHERE)
            for _ in range(world.poisson(rng, 3)):
                local = rng.random() < 0.4
                callee = ordinary.population.family_number(rng, country) if local else rng.choice(account.friends)
                ordinary.out(account, START + day * DAY + world.moment(rng, world.HOME_HOURS), callee, 6.0, rng.lognormvariate(4.6, 1), "ANSWERED",
                             source=hotel)


def families(ordinary):
    """Households with somebody abroad: several evenings a week, some of them with lines that break off."""
    rng = ordinary.rng
    for account in ordinary.population.accounts:
        if not account.family:
            continue
        for day in range(ordinary.days):
            if rng.random() > 0.35:
                continue
            at, callee = START + day * DAY + world.moment(rng, world.HOME_HOURS), rng.choice(account.friends[-2:])
            for _ in range(1 + (rng.random() < 0.25) + (rng.random() < 0.08)):
                ordinary.out(account, at, callee, 8.0, min(3 * HOUR, rng.lognormvariate(6.3, 1.0)), "ANSWERED")
                at += 30 * MINUTE if rng.random() < 0.5 else 90


def moves(ordinary):
    """Numbers that are ported from one customer to another, and households that get another address from their provider."""
    rng = ordinary.rng
    homes = [a for a in ordinary.population.accounts if a.kind == "household"]
    middle = START + ordinary.days // 2 * DAY
    for account in rng.sample(homes, len(homes) // 200):
        other = rng.choice(homes)
        for call in ordinary.calls_of(account.name):
            if call.start > middle:
                call.caller = other.numbers[0]
    for account in rng.sample(homes, len(homes) // 10):
        fresh = world.address(rng, world.HOUSEHOLDS)
        change = START + rng.randrange(ordinary.days) * DAY
        for call in ordinary.calls_of(account.name):
            if call.start > change:
                call.source = fresh
