"""How numbers are written in each country: its international prefixes, what stands before national numbers, and its
emergency numbers, out of the same metadata.

What the metadata says of national prefixes is a regular expression and a replacement: `0(?:(11|2\\d)15)?` to `9\\1`. Each
way through the expression becomes a rule: digits that are taken off, digits behind them that are kept, and digits behind
these that are taken off, with what is put in front of what is kept. An expression that cannot be said so is refused.
"""

import re
from typing import NamedTuple

try:
    import re._constants as sre
    import re._parser as sre_parser
except ImportError:  # before Python 3.11
    import sre_constants as sre
    import sre_parse as sre_parser

from pattern import Dfa
from plan import phonenumbers

DEAD, END = 0, 1  # states that every table has: of no text, and of the empty one alone


class Rule(NamedTuple):
    strip: str  # patterns, one behind the other
    keep: str
    drop: str
    whole: bool  # nothing may follow
    insert: str


def _written(items):
    """A parsed expression without captures, as pattern.py reads it."""
    return "".join(_node(op, value) for op, value in items)


def _node(op, value):
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.IN:
        if value == [(sre.CATEGORY, sre.CATEGORY_DIGIT)]:
            return "\\d"
        return "[" + "".join(_member(*member) for member in value) + "]"
    if op is sre.BRANCH:
        return "(?:" + "|".join(_written(one) for one in value[1]) + ")"
    if op is sre.SUBPATTERN and value[0] is None:
        return "(?:" + _written(value[3]) + ")"
    if op is sre.MAX_REPEAT:
        least, most, items = value
        return f"(?:{_written(items)}){{{least},{most}}}"
    raise ValueError(f"{op} {value!r} is not understood")


def _member(op, value):
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.RANGE:
        return f"{chr(value[0])}-{chr(value[1])}"
    raise ValueError(f"{op} {value!r} is not understood")


def _ways(items):
    """All ways through an expression, in the order in which it tries them: parts (capture or None, pattern)."""
    ways = [[]]
    for op, value in items:
        ways = [way + more for way in ways for more in _ways_of(op, value)]
    return ways


def _ways_of(op, value):
    if op is sre.AT and value is sre.AT_END:
        return [[("end", "")]]
    if op is sre.SUBPATTERN and value[0] is not None:
        return [[(value[0], _written(value[3]))]]
    try:
        return [[(None, _node(op, value))]]
    except ValueError:
        pass
    if op is sre.SUBPATTERN:
        return _ways(value[3])
    if op is sre.BRANCH:
        return [way for one in value[1] for way in _ways(one)]
    if op is sre.MAX_REPEAT and tuple(value[:2]) == (0, 1):
        return _ways(value[2]) + [[]]
    raise ValueError(f"{op} {value!r} is not understood")


def rules_of(parsing, transform):
    """The rules of a national prefix for parsing and its transformation."""
    if not parsing:
        return []
    count = re.compile(parsing).groups
    return [_rule(way, count, transform) for way in _ways(sre_parser.parse(parsing))]


def _rule(way, count, transform):
    whole = ("end", "") in way
    parts = [part for part in way if part != ("end", "")]
    if not transform or count not in [capture for capture, _ in parts]:
        return Rule("".join(pattern for _, pattern in parts), "", "", whole, "")
    insert, kept = re.fullmatch(r"(\d*)\\(\d)", transform).groups()
    at = [capture for capture, _ in parts].index(int(kept))
    text = lambda some: "".join(pattern for _, pattern in some)
    return Rule(text(parts[:at]), parts[at][1], text(parts[at + 1 :]), whole, insert)


def bare_of(metadata):
    """Numbers that people write without the 0, as the ways to write them say: mobile numbers in China."""
    bare = []
    for way in metadata.number_format if metadata.national_prefix == "0" else []:
        rule = (way.national_prefix_formatting_rule or "").replace("\\1", "")
        if "0" in rule and not way.national_prefix_optional_when_formatting:
            continue
        begins = way.leading_digits_pattern[-1] if way.leading_digits_pattern else ""
        least, most = sre_parser.parse(way.pattern).getwidth()
        bare.append((_written(sre_parser.parse(begins)), sum(1 << length for length in range(least, most + 1))))
    return bare


def is_doubled(metadata):
    """Mobile numbers of Mexico have had a 1 in front until 2019: the plan still has them."""
    desc = metadata.mobile
    if not desc or not desc.example_number or not metadata.national_prefix_for_parsing:
        return False
    prefix = re.match(metadata.national_prefix_for_parsing, desc.example_number)
    if prefix is None or prefix.end() == 0 or metadata.national_prefix_transform_rule:
        return False
    shorter = phonenumbers.PhoneNumber(metadata.country_code, int(desc.example_number[prefix.end() :]))
    return phonenumbers.is_valid_number(shorter)


class Patterns:
    """Automata of patterns in one table; equal states are one. A row is ten states and whether a text may end here."""

    def __init__(self):
        self.rows = [((DEAD,) * 10, False), ((DEAD,) * 10, True)]
        self._known = {row: number for number, row in enumerate(self.rows)}
        self._roots = {"": END}

    def root(self, pattern):
        if pattern not in self._roots:
            self._roots[pattern] = self._state(Dfa(pattern), None, {})
        return self._roots[pattern]

    def _state(self, dfa, state, made):
        state = dfa.first if state is None else state
        if state == 0:
            return DEAD
        if state not in made:
            targets = tuple(self._state(dfa, target, made) for target in dfa.next(state))
            row = (targets, dfa.accepts(state))
            made[state] = self._known.setdefault(row, len(self.rows))
            if made[state] == len(self.rows):
                self.rows.append(row)
        return made[state]


class Home(NamedTuple):
    country: str
    code: str
    international: str  # patterns; empty: there is none
    emergency: str
    rules: list
    lengths: set  # that national numbers may have
    zero: bool  # a 0 stands in front of them
    doubled: bool  # some numbers are in its plan both with what is dialled in front of them and without
    bare: list  # but not of these: a pattern that they begin with, and their lengths

    @property
    def shortest(self):
        """Digits that are dialled at least: some rules put an area in front."""
        return min(self.lengths) - max((len(rule.insert) for rule in self.rules if rule.whole), default=0)


def homes():
    """Of all countries, by their codes."""
    found = []
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        metadata = phonenumbers.PhoneMetadata.metadata_for_region(country)
        short = phonenumbers.PhoneMetadata.short_metadata_for_region(country)
        emergency = short.emergency.national_number_pattern if short and short.emergency else ""
        found.append(Home(country, str(metadata.country_code), metadata.international_prefix or "", emergency or "",
                          rules_of(metadata.national_prefix_for_parsing, metadata.national_prefix_transform_rule),
                          {length for length in metadata.general_desc.possible_length if length > 0},
                          metadata.national_prefix == "0", is_doubled(metadata), bare_of(metadata)))
    return found
