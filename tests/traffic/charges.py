"""Attacks that make somebody pay: revenue-share fraud in its forms, call-back, forwarding, long calls, pumping."""

import world
from world import HOUR, MINUTE


def irsf_fast(stage):
    """A stolen account sells minutes to one country: call after call within minutes, all answered at once, from many sources or from the victim's own."""
    rng, victim, country = stage.rng, stage.victim(), rng_country(stage)
    count, at = stage.between((60, 120), (8, 20), (2, 3)), stage.start((0, 24))
    sources = [victim.address] if rng.random() < 0.4 else [stage.attackers_address() for _ in range(rng.randrange(1, 31))]
    for _ in range(count):
        stage.out(victim, at, world.risky(rng, country), rng.uniform(2, 20) * MINUTE, source=rng.choice(sources))
        at += stage.seconds((1, 6), (20, 60), (60, 110))


def irsf_slow(stage):
    """The same with patience: some calls an hour, for a night."""
    rng, victim, country = stage.rng, stage.victim(), rng_country(stage)
    at, end = stage.start((19, 23)), None
    end = at + stage.seconds((6, 9), (4, 8), (4, 8)) * HOUR
    while at < end:
        stage.out(victim, at, world.risky(rng, country), rng.uniform(4, 15) * MINUTE)
        at += stage.seconds((60, 160), (6.5 * MINUTE, 11 * MINUTE), (35 * MINUTE, 80 * MINUTE))


def rng_country(stage):
    return stage.rng.choice(list(world.RISKY))


def pumping(stage):
    """One number is called again and again, to earn by each call that ends there."""
    rng, victim, callee, at = stage.rng, stage.victim(), world.domestic(stage.rng), stage.start((0, 24))
    for _ in range(stage.between((200, 400), (40, 70), (6, 10))):
        stage.out(victim, at, callee, rng.uniform(12, 80))
        at += stage.seconds((2, 5), (20, 33), (100, 200))


def wangiri(stage):
    """One ring at many numbers, so that they call back."""
    rng, caller, at = stage.rng, world.risky(stage.rng), stage.start((8, 20))
    for _ in range(stage.between((600, 900), (45, 80), (7, 10))):
        stage.into(stage.anybody(), at, caller, 0.0, ring=rng.uniform(0.8, 2.2))
        at += stage.seconds((0.3, 0.6), (5, 11), (45, 90))


def call_back(stage):
    """What comes of it: those who were rung call the number. Its calls are the call-backs; that one ring before them is only their story."""
    rng, caller, at = stage.rng, world.risky(stage.rng), stage.start((8, 18), room=2)
    rung = []
    for _ in range(stage.between((400, 600), (45, 80), (7, 10))):
        account = stage.anybody()
        stage.into(account, at, caller, 0.0, ring=rng.uniform(0.8, 2.2), ours=False, callee=account.numbers[0])
        rung.append(account)
        at += stage.seconds((0.3, 0.6), (5, 11), (45, 90))
    for account in rng.sample(rung, stage.between((25, 40), (6, 10), (1, 2))):
        stage.out(account, at + rng.expovariate(1 / (3 * HOUR)), caller, rng.uniform(40, 240), ring=4.0)


def forwarding(stage):
    """A victim's forwarding is set to an expensive number; whoever runs it calls the victim, and each call goes on there."""
    rng, victim, target, caller = stage.rng, stage.victim(), world.risky(stage.rng), world.domestic(stage.rng)
    at = stage.start((0, 6))
    for _ in range(stage.between((50, 90), (5, 10), (2, 2))):
        talk = rng.uniform(1.5, 9) * MINUTE
        incoming = stage.into(victim, at, caller, talk, callee=victim.numbers[0])
        stage.out(victim, at + 1.0, target, talk - 1, caller=victim.numbers[0] if rng.random() < 0.5 else incoming.caller)
        at += stage.seconds((10, 40), (4 * MINUTE, 9 * MINUTE), (40 * MINUTE, 70 * MINUTE))


def pbx_hacking(stage):
    """Over the mailbox or the dial-in of a firm's telephone system, at night: somebody calls in, and calls go abroad through it."""
    rng, victim, at = stage.rng, stage.victim("office", "night_shift", "international_firm"), stage.start((0, 4))
    caller = world.domestic(rng)
    for _ in range(stage.between((40, 80), (3, 6), (1, 1))):
        stage.into(victim, at, caller, rng.uniform(3, 8) * MINUTE, callee=victim.numbers[0], ring=12.0)
        abroad = at + rng.uniform(25, 60)
        for _ in range(stage.between((2, 4), (1, 3), (1, 1))):
            callee = world.abroad(rng) if stage.strength == "weak" else world.risky(rng)
            stage.out(victim, abroad, callee, rng.uniform(3, 12) * MINUTE)
            abroad += rng.uniform(20, 60)
        at += stage.seconds((30, 90), (8 * MINUTE, 15 * MINUTE), (HOUR, 2 * HOUR))


def long_calls(stage):
    """Calls to expensive places that nobody ends."""
    rng, victim, at, country = stage.rng, stage.victim(), stage.start((18, 23), room=2), rng_country(stage)
    for _ in range(stage.between((4, 8), (1, 2), (1, 1))):
        stage.out(victim, at, world.risky(rng, country), stage.seconds((10, 20), (2.3, 5), (0.7, 1.3)) * HOUR)
        at += rng.uniform(20, 200)


def toll_free_pumping(stage):
    """Silent calls to free numbers, for a share of what their owners pay, with ever other callers."""
    rng, source, at = stage.rng, stage.victim("office"), stage.start((9, 16))
    targets = [world.toll_free(rng) for _ in range(30)]
    end = at + 2 * HOUR
    while at < end:
        stage.out(source, at, rng.choice(targets), rng.uniform(5, 20) * MINUTE, caller=world.domestic(rng))
        at += stage.seconds((3, 8), (30, 58), (500, 900))


def access_stimulation(stage):
    """A number in the country draws hours of calls, far more than its owner ever makes."""
    rng, host, start = stage.rng, stage.victim("office"), stage.start((8, 10), room=6)
    for day in range(5):
        at = start + day * 24 * HOUR
        for _ in range(stage.between((250, 400), (60, 120), (6, 12))):
            stage.into(host, at, world.domestic(rng), rng.uniform(20, 110) * MINUTE, callee=host.numbers[0])
            at += 14 * HOUR / stage.between((320, 330), (90, 91), (9, 10)) * rng.random()


KINDS = {"irsf_fast": irsf_fast, "irsf_slow": irsf_slow, "targeted_pumping": pumping, "wangiri": wangiri, "wangiri_call_back": call_back,
         "forwarding_fraud": forwarding, "pbx_hacking": pbx_hacking, "long_calls": long_calls, "toll_free_pumping": toll_free_pumping,
         "access_stimulation": access_stimulation}
