"""Writes the table of numbering plans as C++: make_plan.py HEADER OUTPUT.

The types are read from the header, so that the numbers of both agree.
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from home import Patterns, homes  # noqa: E402
from plan import Plan  # noqa: E402
from regions import region_of  # noqa: E402


def types_of(header):
    """Numbers of the types by their names in the rule language."""
    enum = re.search(r"enum class NumberType.*?\{(.*?)\n\}", header, re.DOTALL).group(1)
    names = re.findall(r"^  k(\w+)", enum, re.MULTILINE)
    snake = [re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower() for name in names]
    return {name: number for number, name in enumerate(snake)}


def rows(numbers, width=16):
    numbers = [str(number) for number in numbers]
    return "".join("    " + ", ".join(numbers[at : at + width]) + ",\n" for at in range(0, len(numbers), width))


def shared(rows):
    """All rows in one list, and where each begins and ends: a row that ends another stands in it."""
    joined, places = [], {}
    for row in sorted(map(tuple, rows), key=len, reverse=True):
        if row in places:
            continue
        first, last = len(joined), len(joined) + len(row) - 1
        joined += row
        for begin in range(len(row)):
            places.setdefault(row[begin:], (first + begin, last))
    return joined, [places[tuple(row)] for row in rows]


def text(value, size=4):
    if len(value) >= size:
        raise OverflowError(f"{value!r} has no room")
    return "{" + ", ".join([f"'{c}'" for c in value] + ["0"] * (size - 1 - len(value)) + [str(len(value))]) + "}"


def write_homes(plan, out):
    """How each country dials; the index of its row, by country."""
    patterns, rules, bares, rows_ = Patterns(), [], [], []
    for home in homes():
        place = plan.outcome(home.country, home.code, True, "emergency")[0]
        own = [(patterns.root(rule.strip), patterns.root(rule.keep), patterns.root(rule.drop), rule.whole, rule.insert)
               for rule in home.rules]
        first = next((at for at in range(len(rules)) if rules[at : at + len(own)] == own), len(rules))
        rules[first:] = rules[first:] or own
        states = [patterns.root(pattern) if pattern else 0 for pattern in (home.international, home.emergency)]
        lengths = sum(1 << length for length in home.lengths)
        values = [place, *states, first, len(bares), len(own), len(home.bare), home.shortest]
        bares += [(patterns.root(begins), some) for begins, some in home.bare]
        zero = "true" if home.zero else "false"
        doubled = "true" if home.doubled else "false"
        rows_.append(f"{{{', '.join(map(str, values))}, {zero}, {doubled}, {lengths}}}")
    out.write(f"const PrefixState prefix_states[{len(patterns.rows)}] = {{\n")
    for targets, accepts in patterns.rows:
        out.write(f"    {{{{{', '.join(map(str, targets))}}}, {'true' if accepts else 'false'}}},\n")
    out.write(f"}};\nconst PlanRule plan_rules[{len(rules)}] = {{\n")
    for strip, keep, drop, whole, insert in rules:
        out.write(f"    {{{strip}, {keep}, {drop}, {'true' if whole else 'false'}, {text(insert, 5)}}},\n")
    out.write(f"}};\nconst PlanBare plan_bares[{len(bares)}] = {{\n")
    out.write("".join(f"    {{{begins}, {some}}},\n" for begins, some in bares))
    out.write(f"}};\nconst uint16_t plan_home_count = {len(rows_) + 1};\n")
    out.write(f"const PlanHome plan_homes[{len(rows_) + 1}] = {{\n    {{}},\n")
    out.write("".join(f"    {row},\n" for row in rows_))
    out.write("};\n")
    return {home.country: number for number, home in enumerate(homes(), 1)}


def write(plan, types, out):
    states = plan.automaton.inner
    number_of = lambda state: state if state >= 0 else len(states) + ~state
    pack = lambda outcome: outcome[0] << 5 | outcome[1] << 4 | types[outcome[2]]
    regions = region_of()
    out.write("// Written by lib/numbering/plan/make_plan.py.\n#include \"numbering/plan_table.h\"\n\n")
    out.write("namespace sipward::numbering {\n\n")
    home_of = write_homes(plan, out)
    places = plan.finished_places()
    names = [""] + sorted({regions[country] for country, _, _ in places[1:]})
    out.write(f"const uint16_t plan_root = {number_of(plan.root)};\n")
    out.write(f"const uint16_t plan_state_count = {len(states)};\n")
    out.write(f"const PlanState plan_states[{len(states)}] = {{\n")
    for outcome, targets in states:
        nexts = ", ".join(str(number_of(target)) for target in targets)
        out.write(f"    {{{{{nexts}}}, {pack(outcome)}}},\n")
    outcomes, ends = shared([[pack(outcome) for outcome in row] for row in plan.automaton.tails])
    tails = [f"{{{first}, {last}}}" for first, last in ends]
    out.write(f"}};\nconst PlanTail plan_tails[{len(tails)}] = {{\n{rows(tails, 8)}}};\n")
    out.write(f"const uint16_t plan_outcomes[{len(outcomes)}] = {{\n{rows(outcomes)}}};\n")
    out.write(f"const uint16_t plan_place_count = {len(places)};\n")
    out.write(f"const PlanPlace plan_places[{len(places)}] = {{\n")
    for country, code, shortest in places:
        region = names.index(regions.get(country, ""))
        home = home_of.get(plan.main_country(code), 0)
        out.write(f"    {{{text(country)}, {text(code)}, {region}, {shortest}, {home}}},\n")
    out.write(f"}};\nconst uint16_t plan_region_count = {len(names)};\n")
    out.write(f"const char plan_regions[{len(names)}][16] = {{\n")
    out.write("".join(f'    "{name}",\n' for name in names))
    out.write("};\n\n}  // namespace sipward::numbering\n")
    if len(states) + len(tails) > 0xFFFF or len(outcomes) > 0xFFFF or len(places) > 0x7FF:
        raise OverflowError("the plans have outgrown 16 bits")


def main():
    header, output = sys.argv[1:]
    types = types_of(pathlib.Path(header).read_text(encoding="utf-8"))
    with open(output, "w", encoding="utf-8") as out:
        write(Plan(), types, out)


if __name__ == "__main__":
    main()
