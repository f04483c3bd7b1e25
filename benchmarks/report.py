"""Puts times, allocations and instruction counts together.

report.py json|table DIRECTORY SUITE...   what benchmarks/run.sh collected in DIRECTORY
report.py counts FILE...                  instructions of each row in callgrind's FILEs, as JSON
report.py compare BASELINE FILE...        the same beside a committed baseline; exit 1 if more than 3 % worse
"""
import json
import os
import re
import sys

KEYS = ("suite", "case", "who", "ns_min", "ns_median", "bytes", "instructions", "allocations", "note")
TOLERANCE = 0.03
PEERS = {
    "parser": ("osip2", "sofia", "re"),
    "rules": ("yara", "modsecurity"),
    "numbers": ("libphonenumber",),
    "identity": ("openssl", "libsecsipid"),
    "pipeline": (),
    "bindings": ("kamailio",),
}
MESSAGES = ("invite", "invite-identity", "register", "ok200", "wire", "all")
# Rows whose message is a whole load: they are timed only, and may allocate.
LOADS = ("load-literals", "load-expressions", "load-prefixes")
# Python makes an object of everything.
PYTHON = ("python.single", "python.batch", "python.large_batch", "python.parse")
# What a row of sipward may allocate, where that is not nothing: as often as another row does inside libcrypto, or at will.
LIBCRYPTO = dict.fromkeys(("warm", "table"), ("raw", "openssl"))
AT_WILL = LOADS + ("cold", "sign", "sign-verified", "digest-md5", "digest-sha256", "kamailio.module") + PYTHON
AUTH = ("nonce", "digest-pending", "digest-md5", "digest-sha256")
# {suite: {case: who measures it always}}; peers may stand beside, see peers_of.
CASES = {
    "parser": {f"{message}.{depth}": "sipward" for message in MESSAGES for depth in ("index", "security", "full")}
    | {"invite.edit": "sipward", "memcpy": "limit", "newlines": "limit"},
    "rules": dict.fromkeys(("default-60", "rules-100", "rules-1000", "rules-10000", "prefixes-in", "prefixes-value") + LOADS, "sipward"),
    "numbers": {"lookup": "sipward", "canonical": "sipward"},
    "identity": dict.fromkeys(("warm", "table", "cached", "cold", "sign", "sign-verified") + AUTH, "sipward") | {"raw": "openssl"},
    "pipeline": dict.fromkeys(("verdict-invite", "verdict-wire", "spray", "record-read", "record-verdict"), "sipward"),
    "bindings": {f"{door}.{way}": "sipward" for door in ("c", "cpp", "go") for way in ("single", "batch", "parse")}
    | {"core.single": "sipward", "core.parse": "sipward", "kamailio.module": "sipward"} | dict.fromkeys(PYTHON, "sipward"),
}


def peers_of(suite, case):
    if suite == "parser":
        return PEERS["parser"] if case.endswith(".full") else ()
    if suite == "identity":
        return {"sign": ("openssl",), "warm": ("libsecsipid",)}.get(case, ())
    if suite == "bindings":
        return PEERS["bindings"] if case == "kamailio.module" else ()
    if suite == "rules":
        return PEERS["rules"] if case.startswith(("default-", "rules-")) else ()
    return PEERS[suite]


def read_lines(path):
    with open(path, encoding="ascii") as file:
        return [json.loads(line) for line in file if line.strip()]


def instructions_of(path):
    """{(suite, case, who): instructions of one message} from the two dumps of each row."""
    if not os.path.exists(path):
        return {}
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
            # Programs in other languages (foreign.sh) count for themselves, as far as they can.
            row["allocations"] = allocations.get(key, row.get("allocations"))
            rows.append({name: row.get(name) for name in KEYS})
    order = {}
    for row in rows:
        order.setdefault((row["suite"], row["case"]), len(order))
    rows.sort(key=lambda row: order[row["suite"], row["case"]])
    return rows


def faults(rows, suites):
    """What is not as benchmarks/README.md promises, a sentence each."""
    found = []
    seen = {(row["suite"], row["case"], row["who"]) for row in rows}
    if len(seen) != len(rows):
        found.append("a row stands there twice")
    for suite in suites:
        for case, who in CASES[suite].items():
            if (suite, case, who) not in seen:
                found.append(f"{suite} {case} {who} is missing")
    of_libcrypto = {(row["case"], row["who"]): row["allocations"] for row in rows if row["suite"] == "identity"}
    for row in rows:
        name = f"{row['suite']} {row['case']} {row['who']}"
        if row["who"] != CASES[row["suite"]].get(row["case"]) and row["who"] not in peers_of(row["suite"], row["case"]):
            found.append(f"{name} is not one of the rows")
        if not row["ns_min"] or row["ns_min"] > row["ns_median"]:
            found.append(f"{name}: the minimum of the times is not one")
        allowed = of_libcrypto.get(LIBCRYPTO.get(row["case"]), 0)
        if row["who"] == "sipward" and row["case"] not in AT_WILL and (row["allocations"] is None or row["allocations"] > allowed):
            found.append(f"{name} allocates: {row['allocations']} times for a message")
    return found


def number(value, digits=0):
    return "-" if value is None else f"{value:,.{digits}f}"


def nanos(value):
    return number(value, 1 if value is not None and value < 100 else 0)


def print_table(rows, suites):
    for suite in suites:
        of_suite = [row for row in rows if row["suite"] == suite]
        rate = suite == "identity"
        print(f"\n{suite}\n{'case':26}{'who':13}{'ns min':>15}{'median':>15}{'bytes':>12}{'instructions':>16}{'allocations':>13}"
              + f"{'per second':>13}" * rate)
        for row in of_suite:
            print(f"{row['case']:26}{row['who']:13}{nanos(row['ns_min']):>15}{nanos(row['ns_median']):>15}"
                  f"{number(row['bytes']):>12}{number(row['instructions']):>16}{number(row['allocations'], 1):>13}"
                  + f"{number(1e9 / row['ns_min']):>13}" * rate)
        print("\nwhat each does")
        for who in dict.fromkeys(row["who"] for row in of_suite):
            for what, cases, outcomes in notes(row for row in of_suite if row["who"] == who):
                print(f"  {who:12} {cases}: {what}")
                for outcome in outcomes:
                    print(f"{'':15}outcome of {outcome}")
        missing = [peer for peer in PEERS[suite] if not any(row["who"] == peer for row in of_suite)]
        if missing:
            print(f"\nnot installed when this was configured, so without rows: {', '.join(missing)}")
        print_ratios(suite, of_suite)


def notes(rows):
    """[(note, cases, outcomes)]: cases that are handled in the same way share a line."""
    shared = {}
    for row in rows:
        what, _, outcome = row["note"].partition("; outcome: ")
        cases, outcomes = shared.setdefault(what, ({}, []))
        cases[row["case"].rpartition(".")[2] if row["suite"] == "parser" else row["case"]] = None
        if outcome:
            outcomes.append(f"{row['case']}: {outcome}")
    return [(what, ", ".join(cases), outcomes) for what, (cases, outcomes) in shared.items()]


def compared(suite, rows):
    """[(label, row, row that is 1)] in the order of the table."""
    by_name = {(row["case"], row["who"]): row for row in rows}
    if suite == "identity":
        one = by_name["raw", "openssl"]
        found = [(f"{row['case']} {row['who']}", row, one) for row in rows if row is not one]
        for label, row, other in (("warm libsecsipid, warm being 1", ("warm", "libsecsipid"), ("warm", "sipward")),
                                  ("warm libsecsipid, table being 1", ("warm", "libsecsipid"), ("table", "sipward")),
                                  ("sign, sign openssl being 1", ("sign", "sipward"), ("sign", "openssl"))):
            if row in by_name and other in by_name:
                found.append((label, by_name[row], by_name[other]))
        return found
    if suite == "pipeline":
        return [(row["case"], row, by_name["verdict-invite", "sipward"]) for row in rows if row["case"] != "verdict-invite"]
    if suite == "bindings":
        own = [row for row in rows if row["case"] != "kamailio.module"]
        pairs = [(row, by_name["core.parse" if row["case"].endswith(".parse") else "core.single", "sipward"]) for row in own]
        if ("kamailio.module", "kamailio") in by_name:
            pairs.append((by_name["kamailio.module", "sipward"], by_name["kamailio.module", "kamailio"]))
        return [(row["case"], row, one) for row, one in pairs if row is not one]
    found = [(f"{row['case']} {row['who']}", row, by_name[row["case"], "sipward"]) for row in rows if row["who"] in PEERS[suite]]
    for limit in ("newlines", "memcpy") if suite == "parser" else ():
        found.append((f"invite.index, {limit} being 1", by_name["invite.index", "sipward"], by_name[limit, "limit"]))
    return found


RATIOS = {
    "parser": "the peer / sipward's full",
    "rules": "the peer / sipward",
    "numbers": "the peer / sipward",
    "identity": "the row / raw of openssl, unless another is named",
    "pipeline": "the row / verdict-invite; no peer does the whole of this",
    "bindings": "the row / core.single, or core.parse; of Kamailio with the module / without",
}


def print_ratios(suite, rows):
    print(f"\nratios: {RATIOS[suite]}\n{'':38}{'time (min)':>12}{'instructions':>14}")
    for label, row, one in compared(suite, rows):
        work = row["instructions"] / one["instructions"] if row["instructions"] and one["instructions"] else None
        print(f"  {label:36}{row['ns_min'] / one['ns_min']:>12,.2f}{number(work, 2):>14}")


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
        print(f"{len(better)} {'row is' if len(better) == 1 else 'rows are'} more than {TOLERANCE:.0%} better: renew the baseline (check_instructions.sh --renew)")
    if worse:
        print(f"{len(worse)} {'row fails' if len(worse) == 1 else 'rows fail'}: more than {TOLERANCE:.0%} worse, or on one side only; if that is intended, renew the"
              " baseline and say why in the commit")
    return 1 if worse else 0


def main(arguments):
    mode, *arguments = arguments
    if mode == "counts":
        print(json.dumps(counts(arguments), indent=2, sort_keys=True))
        return 0
    if mode == "compare":
        return compare(arguments[0], arguments[1:])
    directory, *suites = arguments
    rows = collect(directory, suites)
    wrong = faults(rows, suites)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    if mode == "json":
        for row in rows:
            print(json.dumps(row))
    elif not any("missing" in sentence for sentence in wrong):
        print_table(rows, suites)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
