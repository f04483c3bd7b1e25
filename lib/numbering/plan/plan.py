"""The numbering plans of the world, out of the metadata of phonenumbers, as one automaton over digits.

A state knows what a number that ends there is: its outcome, (country index, valid, type). Behind some
point only the length of a number matters: such a tail is a row of outcomes by the number of digits
that follow. Of whatever is longer than its plan, the last outcome of the row is what is known.
"""

import sys

try:
    import phonenumbers
except ImportError:  # another Python than the one that the distribution packages it for
    sys.path.append("/usr/lib/python3/dist-packages")
    import phonenumbers

from pattern import Dfa

# In the order in which phonenumbers asks: the first that fits is the type.
ASKED = (
    ("premium_rate", "premium"),
    ("toll_free", "toll_free"),
    ("shared_cost", "shared_cost"),
    ("voip", "voip"),
    ("personal_number", "personal"),
    ("pager", "pager"),
    ("uan", "uan"),
    ("voicemail", "voicemail"),
)
# Numbers of satellite networks: the metadata calls them mobile. Inmarsat, the global mobile satellite
# systems (Iridium, Globalstar), and Thuraya among the international networks.
SATELLITE = ("870", "881", "88216")
# No plan has more digits behind its country code.
MOST_DIGITS = 17


class Desc:
    """Numbers of one type in one plan: a pattern and the lengths that it has."""

    def __init__(self, desc):
        self.dfa = Dfa(desc.national_number_pattern)
        self.lengths = set(desc.possible_length)

    def fits(self, state, length):
        return (not self.lengths or length in self.lengths) and self.dfa.accepts(state)


class Region:
    """The plan of one region, asked in the states in which its automata are."""

    def __init__(self, code, metadata, automata):
        self.country = code
        self.whole = metadata.same_mobile_and_fixed_line_pattern
        self.descs = {}
        names = ["general_desc", "fixed_line", "mobile"] + [name for name, _ in ASKED]
        for name in names:
            desc = getattr(metadata, name)
            if desc is not None and desc.national_number_pattern:
                self.descs[name] = (len(automata), Desc(desc))
                automata.append(self.descs[name][1].dfa)
        self.shortest = min(length for length in metadata.general_desc.possible_length if length > 0)
        self.leading = None
        if metadata.leading_digits:
            self.leading = (len(automata), Dfa(metadata.leading_digits, forever=True))
            automata.append(self.leading[1])

    def fits(self, name, states, length):
        if name not in self.descs:
            return False
        at, desc = self.descs[name]
        return desc.fits(states[at], length)

    def type(self, states, length):
        """The type of the number that ends here, or None."""
        if not self.fits("general_desc", states, length):
            return None
        for name, type in ASKED:
            if self.fits(name, states, length):
                return type
        fixed, mobile = self.fits("fixed_line", states, length), self.fits("mobile", states, length)
        if fixed and (self.whole or mobile):
            return "fixed_or_mobile"
        if fixed:
            return "fixed"
        return "mobile" if mobile and not self.whole else None

    def leads(self, states):
        return self.leading[1].accepts(states[self.leading[0]])

    def may_lead(self, states):
        """Whether what follows decides if these are its leading digits."""
        return self.leading is not None and states[self.leading[0]] != 0 and not self.leads(states)


class Automaton:
    """Equal states are one. A state is a number: of an inner state, or of a tail if negative."""

    def __init__(self):
        self.inner, self.tails = [], []  # (outcome, ten states); rows of outcomes
        self._inner, self._tails = {}, {}

    def tail(self, row):
        row = list(row)
        while len(row) > 1 and row[-1] == row[-2]:
            row.pop()
        return ~self._intern(tuple(row), self.tails, self._tails)

    def state(self, outcome, targets):
        if targets[0] < 0 and all(target == targets[0] for target in targets):
            return self.tail((outcome,) + self.tails[~targets[0]])
        return self._intern((outcome, tuple(targets)), self.inner, self._inner)

    @staticmethod
    def _intern(key, rows, known):
        number = known.setdefault(key, len(rows))
        if number == len(rows):
            rows.append(key)
        return number


class CallingCode:
    """All regions that share a country calling code."""

    def __init__(self, code, countries, plan):
        self._code, self._plan = str(code), plan
        self._automata, self._known = [], {}
        load = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code
        self.regions = [Region(name, load(code, name), self._automata) for name in countries]
        self.shortest = len(self._code) + min(region.shortest for region in self.regions)

    def build(self):
        return self._build(tuple(dfa.first for dfa in self._automata), "")

    def _outcome(self, states, digits):
        """As region_code_for_number and number_type. Where those know no region, it is the main one."""
        country, type = self.regions[0].country, None
        if len(self.regions) == 1:
            type = self.regions[0].type(states, len(digits))
        else:
            for region in self.regions:
                found = region.type(states, len(digits))
                if region.leads(states) if region.leading else found:
                    country, type = region.country, found
                    break
        valid = type is not None
        if any((self._code + digits).startswith(prefix) for prefix in SATELLITE):
            type = "satellite"
        return self._plan.outcome(country, self._code, valid, type or "unallocated")

    def _build(self, states, digits):
        # What stands in front decides nothing but whether the number is one of a satellite network.
        satellite = (self._code + digits)[:5] if self._code == "882" else ""
        key = (states, len(digits), satellite)
        if key not in self._known:
            self._known[key] = self._made(states, digits)
        return self._known[key]

    def _made(self, states, digits):
        outcome = self._outcome(states, digits)
        undecided = any(region.may_lead(states) for region in self.regions)
        leading = {region.leading[0] for region in self.regions if region.leading}
        plans = any(state != 0 for at, state in enumerate(states) if at not in leading)
        short = self._code == "882" and len(digits) < 2
        if len(digits) > MOST_DIGITS or not (undecided or plans or short):
            return self._plan.automaton.tail([outcome])
        nexts = [dfa.next(state) for dfa, state in zip(self._automata, states)]
        targets = [self._build(tuple(row[digit] for row in nexts), digits + str(digit)) for digit in range(10)]
        return self._plan.automaton.state(outcome, targets)


class Plan:
    """Everything: `root` is where a number begins, `places` are (country, calling code, fewest digits)."""

    NOWHERE = (0, False, "no_number")

    def __init__(self):
        self.automaton = Automaton()
        self.places = [("", "", 0)]
        self._places = {}
        self._shortest = {}
        codes = {}
        for code, countries in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
            shared = CallingCode(code, countries, self)
            self._shortest[str(code)] = shared.shortest
            codes[str(code)] = shared.build()
        self.root = self._codes("", codes)

    def outcome(self, country, code, valid, type):
        if (country, code) not in self._places:
            self._places[country, code] = len(self.places)
            self.places.append((country, code, None))
        return (self._places[country, code], valid, type)

    def _codes(self, digits, codes):
        if digits in codes:
            return codes[digits]
        if not any(code.startswith(digits) for code in codes):
            return self.automaton.tail([self.NOWHERE])
        targets = [self._codes(digits + str(digit), codes) for digit in range(10)]
        return self.automaton.state(self.NOWHERE, targets)

    @staticmethod
    def main_country(code):
        return phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)][0] if code else ""

    def finished_places(self):
        return [(country, code, self._shortest.get(code, 0)) for country, code, _ in self.places]
