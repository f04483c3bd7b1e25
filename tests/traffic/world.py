"""Where the simulated operator lives: numbers, countries, prices, addresses and names.

Everything here is common knowledge of numbering plans and of what frauds are reported to aim at. Nothing is read from lib/.
"""

import bisect
import itertools
import math

# A Monday, midnight. The operator's clock runs in UTC, so that hours of the day are plain.
START = 1_772_409_600  # 2026-03-02T00:00:00Z
MINUTE, HOUR, DAY = 60, 3600, 86400

# Area codes that the operator's subscribers and their friends have.
HOME_AREAS = ("202", "212", "303", "312", "404", "415", "512", "617", "713", "206", "602", "305")

# Where people have family and firms have customers: name -> patterns of numbers, N a digit.
ABROAD = {
    "GB": ("+4479NNNNNNNN", "+44207NNNNNNN"), "DE": ("+491512NNNNNNN", "+49302NNNNNNN"), "FR": ("+3361NNNNNNN",),
    "MX": ("+5255NNNNNNNN",), "IN": ("+9198NNNNNNNN",), "PH": ("+63917NNNNNNN",), "CN": ("+86138NNNNNNNN",),
    "JP": ("+81905NNNNNNN",), "CA": ("+14162NNNNNN", "+16047NNNNNN"), "BR": ("+55119NNNNNNNN",), "AU": ("+61412NNNNNN",),
    "IT": ("+39347NNNNNNN",), "ES": ("+346NNNNNNNN",), "PL": ("+485NNNNNNNN",), "KR": ("+82102NNNNNNN",),
}
# Where the reports of carriers and of fraud surveys see revenue-share fraud end. Also places where people live, who are called by others.
RISKY = {
    "CU": ("+535NNNNNNN",), "LV": ("+37129NNNNNN",), "LT": ("+3706NNNNNNN",), "GM": ("+2207NNNNNN",), "GN": ("+22462NNNNNNN",),
    "SL": ("+23276NNNNNN",), "SO": ("+25261NNNNNNN",), "TN": ("+21622NNNNNN",), "MV": ("+9607NNNNNN",), "TL": ("+67077NNNNNN",),
    "KM": ("+2693NNNNNN",), "CD": ("+24381NNNNNNN",), "ZW": ("+26377NNNNNNN",), "JM": ("+18763NNNNNN",), "GD": ("+1473404NNNN",),
    "BA": ("+38761NNNNNN",), "satellite": ("+8816NNNNNNNN",), "PG": ("+6757NNNNNNN",),
}

# What a minute costs the operator, by leading digits: (prefix, price, seconds that are billed at least and at a time).
RATES = [("1", 0.008, 6), ("1876", 0.28, 60), ("1473", 0.32, 60), ("44", 0.02, 1), ("49", 0.03, 1), ("33", 0.03, 1), ("52", 0.02, 1),
         ("91", 0.02, 1), ("63", 0.15, 1), ("86", 0.02, 1), ("81", 0.08, 1), ("55", 0.05, 1), ("61", 0.04, 1), ("39", 0.04, 1),
         ("34", 0.03, 1), ("48", 0.04, 1), ("82", 0.03, 1), ("53", 0.85, 60), ("371", 0.45, 60), ("370", 0.40, 60), ("220", 0.60, 60),
         ("224", 0.65, 60), ("232", 0.60, 60), ("252", 0.80, 60), ("216", 0.60, 60), ("960", 0.90, 60), ("670", 0.95, 60), ("269", 0.60, 60),
         ("243", 0.55, 60), ("263", 0.45, 60), ("387", 0.45, 60), ("8816", 5.50, 60), ("675", 0.90, 60), ("1800", 0.0, 6), ("1888", 0.0, 6)]
_PRICES = {prefix: (price, step) for prefix, price, step in RATES}


def rate_file():
    return "prefix,rate_per_minute,increment_seconds\n" + "".join(f"{p},{r},{s}\n" for p, r, s in RATES)


def cost(callee, seconds):
    """What a call to this E.164 number cost; 0 of short numbers."""
    if seconds <= 0 or not callee.startswith("+"):
        return 0.0
    digits = callee[1:]
    for length in range(min(len(digits), 6), 0, -1):
        found = _PRICES.get(digits[:length])
        if found:
            price, step = found
            return price * math.ceil(seconds / step) * step / 60
    return 0.0


def fill(rng, pattern):
    digits = pattern.count("N")
    return pattern.replace("N", "") + f"{rng.randrange(10**digits):0{digits}d}" if digits else pattern


def abroad(rng, country=None):
    return fill(rng, rng.choice(ABROAD[country or rng.choice(list(ABROAD))]))


def risky(rng, country=None):
    return fill(rng, rng.choice(RISKY[country or rng.choice(list(RISKY))]))


def domestic(rng, area=None):
    area = area or rng.choice(HOME_AREAS)
    number = int(rng.random() * 8**3 * 10_000)
    exchange, line = divmod(number, 10_000)
    return f"+1{area}{exchange // 64 + 2}{exchange // 8 % 8 + 2}{exchange % 8 + 2}{line:04d}"


def toll_free(rng):
    return f"+1{rng.choice(('800', '888'))}{rng.randrange(2, 10)}{rng.randrange(2, 10)}{rng.randrange(2, 10)}{rng.randrange(10_000):04d}"


def impossible(rng):
    """Numbers that no plan has: area codes that begin with 0 or 1, exchanges that do, too few digits behind a country."""
    return rng.choice((f"+10{rng.randrange(10)}{rng.randrange(10**7):07d}", f"+1{rng.choice(HOME_AREAS)}0{rng.randrange(10**6):06d}",
                       f"+1{rng.choice(('000', '999', '111'))}{rng.randrange(10**7):07d}", f"+44{rng.randrange(100, 999)}"))


# First octets, by who has addresses there. Any address of the simulation is made up.
HOUSEHOLDS, OFFICES, CARRIERS, ELSEWHERE = (24, 68, 71, 73), (12, 50, 65), (64,), (45, 91, 103, 141, 185, 193)


def address(rng, octets):
    return f"{rng.choice(octets)}.{rng.randrange(1, 255)}.{rng.randrange(1, 255)}.{rng.randrange(1, 255)}"


AGENTS = ("Yealink SIP-T46S 66.86.0.15", "Grandstream HT802 1.0.51.1", "PolycomVVX-VVX_411-UA/6.4.3.5156", "snom D735/10.1.175.16",
          "Cisco-CP-8841-3PCC/12.0.2", "Linphone-Desktop/5.2.4", "Zoiper v5.6.4", "Fanvil X4U 2.12.18", "Gigaset N510 IP PRO/42.258")
BOX_AGENTS = ("FPBX-16.0.40(20.5.2)", "3CXPhoneSystem 20.0.3", "Cisco-SIPGateway/IOS-17.9.4", "OpenScape 4000 V10")


# What the week looks like: calls by hour of the day, and by day of the week, Monday first.
HOME_HOURS = (1, .5, .3, .2, .2, .5, 2, 4, 6, 7, 8, 8, 8, 7, 7, 8, 9, 12, 14, 14, 12, 9, 5, 2)
WORK_HOURS = (.02, .01, .01, .01, .01, .05, .3, 2, 8, 14, 14, 12, 7, 9, 13, 13, 11, 6, 2, .8, .3, .2, .1, .05)
NIGHT_HOURS = (9, 8, 8, 7, 7, 8, 6, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 6, 8, 9, 9)
HOME_DAYS, WORK_DAYS, NIGHT_DAYS = (1, 1, 1, 1, 1.1, 1.1, 1.2), (1.05, 1.05, 1, 1, .9, .08, .03), (1,) * 7


_SUMS = {}


def moment(rng, hours):
    """Seconds into a day."""
    sums = _SUMS.get(hours)
    if sums is None:
        sums = _SUMS[hours] = list(itertools.accumulate(hours))
    return (bisect.bisect(sums, rng.random() * sums[-1]) + rng.random()) * HOUR


def poisson(rng, mean):
    if mean > 40:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count
