"""Calls abroad that nobody allowed, and accounts that behave as no honest one does."""

import world
from world import DAY, HOUR, MINUTE


def abroad_at_night(stage):
    """An account that never called abroad does so while its people sleep."""
    rng, victim, at = stage.rng, stage.victim(), stage.start((0.5, 3))
    countries = [rng.choice(list(world.ABROAD)) for _ in range(3)]
    if stage.strength == "weak":
        at += 11 * HOUR
    for _ in range(stage.between((60, 120), (8, 16), (1, 2))):
        stage.out(victim, at, world.abroad(rng, rng.choice(countries)), rng.uniform(1, 6) * MINUTE)
        at += stage.seconds((20, 60), (5 * MINUTE, 10 * MINUTE), (HOUR, 2 * HOUR))


def abroad_at_once(stage):
    """More calls abroad at the same time than a household has telephones."""
    rng, victim, at = stage.rng, stage.victim("household"), stage.start((0, 24))
    for _ in range(stage.between((20, 40), (4, 6), (2, 2))):
        stage.out(victim, at, world.abroad(rng), rng.uniform(12, 30) * MINUTE)
        at += rng.uniform(5, 40)


def account_takeover(stage):
    """New address and new program, some calls that try it out, then the first calls abroad and to expensive numbers."""
    rng, victim, at = stage.rng, stage.victim("household", "office"), stage.start((0, 24))
    where, agent = stage.attackers_address(), "Z 3.15.40006 rv2.8.20"
    for _ in range(rng.randrange(1, 3)):
        stage.out(victim, at, world.domestic(rng), rng.uniform(3, 20), source=where, agent=agent)
        at += rng.uniform(1, 20) * MINUTE
    for _ in range(stage.between((30, 60), (3, 7), (0, 0))):
        stage.out(victim, at, world.risky(rng) if rng.random() < 0.7 else world.abroad(rng), rng.uniform(2, 10) * MINUTE, source=where, agent=agent)
        at += stage.seconds((10, 40), (5 * MINUTE, 50 * MINUTE), (1, 2))


def caller_churn(stage):
    """An account that shows another number with nearly every call."""
    rng, account, at = stage.rng, stage.victim("office", "night_shift"), stage.start((9, 18))
    share = stage.seconds((0.97, 1), (0.65, 0.98), (0.15, 0.35))
    shown = [world.domestic(rng)]
    for _ in range(stage.between((700, 1000), (110, 200), (25, 40))):
        if rng.random() < share:
            shown.append(world.domestic(rng))
            caller = shown[-1]
        else:
            caller = rng.choice(shown)
        ring, talk = (8.0, rng.uniform(5, 120)) if rng.random() < 0.5 else (18.0, 0.0)
        stage.out(account, at, world.domestic(rng), talk, ring=ring, caller=caller)
        at += stage.seconds((1, 3), (22, 42), (90, 150))


def sim_box(stage):
    """A customer with a SIM that ends other people's calls: all day, always others, and nobody ever calls it."""
    rng, account, start = stage.rng, stage.stranger(), stage.start((7, 8), room=8)
    for day in range(7):
        at = start + day * DAY
        for _ in range(stage.between((250, 350), (50, 110), (6, 10))):
            answered = rng.random() < 0.55
            stage.out(account, at, world.domestic(rng), rng.lognormvariate(4.8, 0.9) if answered else 0.0, ring=rng.uniform(6, 20))
            at += stage.seconds((120, 160), (300, 700), (2000, 5000))
        if stage.strength == "weak":
            for _ in range(3):
                stage.into(account, at + rng.uniform(0, HOUR), world.domestic(rng), 90.0, ring=9.0, ours=False)


def sequential(stage):
    """Number after number of a block."""
    rng, account, at = stage.rng, stage.victim("household", "office"), stage.start((8, 20))
    first = world.domestic(rng)
    block, low = first[:-4], rng.randrange(0, 9500)
    steps = list(range(stage.between((150, 300), (10, 30), (4, 5))))
    for step in steps:
        answered = rng.random() < 0.3
        stage.out(account, at, f"{block}{low + step:04d}", rng.uniform(3, 20) if answered else 0.0, ring=rng.uniform(2, 10))
        at += stage.seconds((2, 6), (12, 45), (100, 300))


INTERNATIONAL = {"abroad_at_night": abroad_at_night, "abroad_at_once": abroad_at_once}
UNUSUAL = {"account_takeover": account_takeover, "caller_number_churn": caller_churn, "sim_box": sim_box, "sequential_dialling": sequential}
