"""Robocalls, false callers and names, calls to the police that nobody needs, and too many calls to one number."""

import world
from world import HOUR, MINUTE


def _robot(rng):
    """How a call of a robot goes: few answer, and most of them hang up soon."""
    if rng.random() < 0.32:
        return rng.uniform(4, 16), rng.uniform(3, 40) if rng.random() < 0.95 else rng.uniform(60, 120)
    return rng.uniform(8, 25), 0.0


def robocaller_outside(stage):
    """A robot at another carrier, with one number of its own, calls the operator's customers."""
    rng, caller, at = stage.rng, world.domestic(stage.rng), stage.start((9, 19))
    carrier = rng.randrange(4)
    for _ in range(stage.between((900, 1400), (120, 300), (9, 14))):
        ring, talk = _robot(rng)
        stage.into(stage.anybody(), at, caller, talk, ring=ring, carrier=carrier)
        at += stage.seconds((0.5, 1), (6, 12), (20 * MINUTE, 40 * MINUTE))


def robocaller_customer(stage):
    """The same as a customer of the operator."""
    rng, account, at = stage.rng, stage.stranger(), stage.start((9, 19))
    for _ in range(stage.between((900, 1400), (120, 300), (9, 14))):
        ring, talk = _robot(rng)
        stage.out(account, at, world.domestic(rng), talk, ring=ring)
        at += stage.seconds((0.5, 1), (6, 12), (20 * MINUTE, 40 * MINUTE))


def impossible_caller(stage):
    """Callers whose numbers no plan of a country has. The weak one shows numbers like that of the called, which could be true."""
    rng, at, carrier = stage.rng, stage.start((8, 20)), stage.rng.randrange(4)
    for _ in range(stage.between((300, 500), (10, 40), (5, 12))):
        target = stage.anybody()
        number = world.impossible(rng)
        if stage.strength == "weak":
            number = f"{target.numbers[0][:8]}{rng.randrange(10_000):04d}"
        ring, talk = _robot(rng)
        stage.into(target, at, number, talk, ring=ring, carrier=carrier)
        at += stage.seconds((1, 3), (20, 120), (300, 900))


def others_number(stage):
    """A customer shows numbers that belong to others: those of other customers, of banks and of offices."""
    rng, account, at = stage.rng, stage.victim("household", "office"), stage.start((8, 20))
    shown = [rng.choice(rng.choice(stage.population.accounts).numbers) for _ in range(2)] + [world.toll_free(rng)]
    for _ in range(stage.between((200, 400), (8, 25), (1, 2))):
        ring, talk = _robot(rng)
        stage.out(account, at, world.domestic(rng), talk, ring=ring, caller=rng.choice(shown))
        at += stage.seconds((2, 5), (40, 180), (600, 1200))


BRANDS = ("PayPal", "Amazon Support", "Microsoft Support", "Bank Security", "IRS", "Apple Support", "Social Security", "Wells Fargo Bank")


def false_name(stage):
    """A name that people trust, and a number abroad."""
    rng, at, carrier = stage.rng, stage.start((8, 20)), stage.rng.randrange(4)
    name = rng.choice(BRANDS)
    if stage.strength == "blatant":
        name = name.replace("a", "\u0430").replace("P", "\u0420") if rng.random() < 0.5 else "\u202e" + name
    number = world.domestic(rng) if stage.strength == "weak" else world.abroad(rng)
    for _ in range(stage.between((200, 300), (10, 40), (3, 6))):
        ring, talk = _robot(rng)
        stage.into(stage.anybody(), at, number, talk, ring=ring, carrier=carrier, name="CUSTOMER CARE" if stage.strength == "weak" else name)
        at += stage.seconds((2, 5), (20, 120), (600, 1200))


def repeated_emergency(stage):
    """One account calls the emergency number again and again and hangs up."""
    rng, account, at = stage.rng, stage.victim(), stage.start((0, 24))
    for _ in range(stage.between((30, 60), (6, 12), (2, 2))):
        stage.out(account, at, "911", rng.uniform(0.5, 1.9), ring=rng.uniform(1, 4))
        at += stage.seconds((1, 5), (8, 55), (200, 400))


def spoofed_emergency(stage):
    """An emergency call whose caller is not who it seems: a number that is not the account's, from an address that is not either."""
    rng, account, at = stage.rng, stage.victim(), stage.start((0, 24))
    where = stage.attackers_address()
    for _ in range(stage.between((10, 20), (1, 2), (1, 1))):
        caller = account.numbers[0] if stage.strength == "weak" else rng.choice((world.abroad(rng), world.impossible(rng), "anonymous", world.domestic(rng)))
        stage.out(account, at, "911", rng.uniform(20, 200), caller=caller, source=where)
        at += stage.seconds((5, 20), (120, 400), (60, 61))


def tdos(stage):
    """A number that nobody can reach: calls from ever other callers that end as soon as they are answered."""
    rng, target, at = stage.rng, stage.victim("office"), stage.start((9, 17))
    for _ in range(stage.between((2000, 3000), (150, 400), (20, 30))):
        talk = rng.uniform(0.3, 1.9) if rng.random() < 0.7 else 0.0
        stage.into(target, at, world.domestic(rng), talk, ring=rng.uniform(0.5, 2), callee=target.numbers[0])
        at += stage.seconds((0.05, 0.2), (1, 1.8), (12, 25))


ROBOCALLS = {"robocaller_at_a_carrier": robocaller_outside, "robocalling_customer": robocaller_customer}
SPOOFING = {"impossible_caller": impossible_caller, "number_of_others": others_number}
PHISHING = {"false_name": false_name}
EMERGENCY = {"repeated_emergency_calls": repeated_emergency, "spoofed_emergency_call": spoofed_emergency}
DENIAL = {"tdos_on_one_number": tdos}
