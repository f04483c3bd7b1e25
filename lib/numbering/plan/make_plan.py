"""Writes the table of numbering plans as C++: make_plan.py HEADER OUTPUT.

The types are read from the header, so that the numbers of both agree.
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
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


def text(value):
    return "{" + ", ".join([f"'{c}'" for c in value] + ["0"] * (3 - len(value)) + [str(len(value))]) + "}"


def write(plan, types, out):
    states = plan.automaton.inner
    number_of = lambda state: state if state >= 0 else len(states) + ~state
    pack = lambda outcome: outcome[0] << 5 | outcome[1] << 4 | types[outcome[2]]
    regions = region_of()
    places = plan.finished_places()
    names = [""] + sorted({regions[country] for country, _, _ in places[1:]})
    out.write("// Written by lib/numbering/plan/make_plan.py.\n#include \"numbering/plan_table.h\"\n\n")
    out.write("namespace sipward::numbering {\n\n")
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
        out.write(f"    {{{text(country)}, {text(code)}, {region}, {shortest}}},\n")
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
