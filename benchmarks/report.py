"""Puts times, allocations and instruction counts together.

report.py json|table DIRECTORY SUITE...   what benchmarks/run.sh collected in DIRECTORY
report.py counts FILE...                  instructions of each row in callgrind's FILEs, as JSON
report.py compare BASELINE FILE...        the same beside a committed baseline; exit 1 if more than 3 % worse
"""
import json
import re
import sys

KEYS = ("suite", "case", "who", "ns_min", "ns_median", "bytes", "instructions", "allocations", "note")
TOLERANCE = 0.03
PEERS = {
    "parser": ("osip2", "sofia", "re"),
    "rules": ("yara", "modsecurity"),
    "pipeline": (),
}


def read_lines(path):
    with open(path, encoding="ascii") as file:
        return [json.loads(line) for line in file if line.strip()]


def instructions_of(path):
    """{(suite, case, who): instructions of one message} from the two dumps of each row."""
    label = None
    dumps = {}
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            named = re.match(r"desc: Trigger: Client Request: (\S+) (\S+) (\S+) (\d+)", line)
            if named:
                label = named.groups()
            elif line.startswith(("totals:", "summary:")) and label is not None:
                *row, messages = label
                dumps.setdefault(tuple(row), {})[int(messages)] = int(line.split()[1])
                if line.startswith("totals:"):
                    label = None
    return {row: slope(counts) for row, counts in dumps.items() if len(counts) == 2}


def slope(counts):
    (few, first), (many, second) = sorted(counts.items())
    return (second - first) / (many - few)


def collect(directory, suites):
    rows = []
    for suite in suites:
        base = f"{directory}/{suite}"
        instructions = instructions_of(f"{base}.callgrind")
        allocations = {(r["suite"], r["case"], r["who"]): r["allocations"] for r in read_lines(f"{base}.allocations")}
        for row in read_lines(f"{base}.time"):
            key = (row["suite"], row["case"], row["who"])
            count = instructions.get(key)
            row["instructions"] = None if count is None else round(count)
            row["allocations"] = allocations.get(key)
            rows.append({name: row.get(name) for name in KEYS})
    order = {}
    for row in rows:
        order.setdefault((row["suite"], row["case"]), len(order))
    rows.sort(key=lambda row: order[row["suite"], row["case"]])
    return rows


def number(value, digits=0):
    return "-" if value is None else f"{value:,.{digits}f}"


def print_table(rows):
    for suite in dict.fromkeys(row["suite"] for row in rows):
        of_suite = [row for row in rows if row["suite"] == suite]
        print(f"\n{suite}\n{'case':26}{'who':13}{'ns min':>12}{'median':>12}{'bytes':>8}{'instructions':>14}{'allocations':>13}")
        for row in of_suite:
            print(f"{row['case']:26}{row['who']:13}{number(row['ns_min']):>12}{number(row['ns_median']):>12}"
                  f"{number(row['bytes']):>8}{number(row['instructions']):>14}{number(row['allocations'], 1):>13}")
        print("\nwhat each does")
        for who in dict.fromkeys(row["who"] for row in of_suite):
            for note in dict.fromkeys(f"{row['case'].rsplit('.', 1)[-1] if suite == 'parser' else row['case']}: {row['note']}"
                                      for row in of_suite if row["who"] == who):
                print(f"  {who:12} {note}")
        print_ratios(suite, of_suite)


def print_ratios(suite, rows):
    missing = [peer for peer in PEERS[suite] if not any(row["who"] == peer for row in rows)]
    print("\nratios: time of the peer / time of sipward (minima), in brackets the same of instructions")
    if missing:
        print(f"  not installed when this was configured: {', '.join(missing)}")
    if not PEERS[suite]:
        print("  no peer does the whole of this")
    for case in dict.fromkeys(row["case"] for row in rows):
        by_who = {row["who"]: row for row in rows if row["case"] == case}
        own = by_who.pop("sipward", None)
        if own is None or not by_who:
            continue
        print(f"  {case:24}" + "".join(f"{who} {ratio(row, own):22}" for who, row in by_who.items()).rstrip())


def ratio(row, own):
    text = f"{row['ns_min'] / own['ns_min']:.2f}"
    if row["instructions"] and own["instructions"]:
        text += f" ({row['instructions'] / own['instructions']:.2f})"
    return text


def counts(paths):
    found = {}
    for path in paths:
        for (suite, case, who), value in instructions_of(path).items():
            found[f"{suite} {case} {who}"] = round(value)
    return found


def compare(baseline_path, paths):
    with open(baseline_path, encoding="ascii") as file:
        baseline = json.load(file)
    fresh = counts(paths)
    worse, better = [], []
    print(f"{'row':40}{'baseline':>12}{'now':>12}{'change':>10}")
    for row in sorted(baseline.keys() | fresh.keys()):
        old, new = baseline.get(row), fresh.get(row)
        if old is None or new is None:
            worse.append(row)
            print(f"{row:40}{number(old):>12}{number(new):>12}   {'not in the baseline' if old is None else 'not measured'}")
            continue
        change = new / old - 1
        verdict = ""
        if change > TOLERANCE:
            worse.append(row)
            verdict = "  worse"
        elif change < -TOLERANCE:
            better.append(row)
            verdict = "  better"
        print(f"{row:40}{number(old):>12}{number(new):>12}{change:>+10.1%}{verdict}")
    if better:
        print(f"{len(better)} rows are more than {TOLERANCE:.0%} better: renew the baseline (check_instructions.sh --renew)")
    if worse:
        print(f"{len(worse)} rows fail: more than {TOLERANCE:.0%} worse, or on one side only; if that is intended, renew the"
              " baseline and say why in the commit")
    return 1 if worse else 0


def main():
    mode, *arguments = sys.argv[1:]
    if mode == "counts":
        print(json.dumps(counts(arguments), indent=2, sort_keys=True))
        return 0
    if mode == "compare":
        return compare(arguments[0], arguments[1:])
    rows = collect(arguments[0], arguments[1:])
    if mode == "json":
        for row in rows:
            print(json.dumps(row))
    else:
        print_table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
