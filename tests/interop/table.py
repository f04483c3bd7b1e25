"""What secsipidx accepts and we refuse, and the other way round: asks both about every case, and writes secsipid.md.

    python3 tests/interop/table.py --write      needs SIPWARD_BIN, secsipidx and the shared data (SIPWARD_CORPUS)
"""

import collections
import json
import os
import pathlib
import sys
import tempfile

import own_cases
import peers
from why import THEIRS, WHY

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE / "secsipid.md"
STIR = pathlib.Path(os.environ.get("SIPWARD_CORPUS") or peers.ROOT.parent / "shared" / "data") / "stir"

Case = collections.namedtuple("Case", "name values chains anchors crl orig dest now")
Answer = collections.namedtuple("Answer", "name theirs ours")  # theirs: accepted; ours: the reason

HEAD = """# What secsipidx accepts and we refuse

Written by `tests/interop/table.py`; the test `interop_table` fails if it is not what the two programs say. Both are asked about the same values of Identity headers at the same
time, with the certificate at hand: `secsipidx -check -fidentity VALUE -fpubkey CERTIFICATE -expire 60` (Debian's 1.2.0; Kamailio's module calls the same library) and
`sipward identity verify --chain CERTIFICATE --anchors ROOT` with the numbers of the call. secsipidx reads one header; of several it must accept each. It can check the chain, its dates
and a list of revoked certificates as well (`-cert-verify`); that is off unless asked for, reads the system's clock, and is not part of this table. Of the caller and the called it is
not told, so every comparison with the request is left to whoever calls it.
"""


def corpus():
    for case in json.loads((STIR / "verify-cases.json").read_text(encoding="utf-8"))["vectors"]:
        values = case["identity"]
        pki = STIR / "pki"
        yield Case(case["name"], [values] if isinstance(values, str) else values,
                   [pki / chain for chain in case.get("chains") or [case["chain"]]], [pki / anchor for anchor in case["anchors"]],
                   pki / case["crl"] if "crl" in case else None, case["sip_orig_tn"], case["sip_dest_tn"], case["now"])


def own(folder):
    pki = peers.make_pki(folder / "pki", own_cases.NOW)
    key = peers.stir_pki.serialization.load_pem_private_key((pki / "spc.key").read_bytes(), None)
    for name, value in own_cases.cases(key):
        yield Case(name, [value], [pki / "spc.chain.pem"], [pki / "anchors.pem"], None, peers.ORIG, peers.DEST, own_cases.NOW)


def ask(folder, case):
    theirs = True
    for number, value in enumerate(case.values):
        path = peers.write(folder / "value", value)
        theirs = theirs and peers.secsipidx_check(path, case.chains[min(number, len(case.chains) - 1)], case.now)[0]
    words = ["--identity", peers.write(folder / "values", "\n".join(case.values) + "\n"), "--orig", case.orig, "--dest", case.dest,
             "--now", case.now]
    for option, files in (("--chain", case.chains), ("--anchors", case.anchors), ("--crl", [case.crl] if case.crl else [])):
        for path in files:
            words += [option, path]
    return Answer(case.name, theirs, peers.sipward_verify(*words)["reason"])


def rows(answers, sentences):
    for answer in sorted(answers):
        yield f"| {answer.name} | {answer.ours} | {sentences(answer)} |"


def section(title, cases):
    """The cases of one source, in two tables and two lists."""
    both = [a for a in cases if a.theirs and a.ours == "OK"]
    neither = [a for a in cases if not a.theirs and a.ours != "OK"]
    lenient = [a for a in cases if a.theirs and a.ours != "OK"]
    strict = [a for a in cases if not a.theirs and a.ours == "OK"]
    yield f"## {title}: {len(cases)} cases"
    yield f"Both accept {len(both)}, both refuse {len(neither)}; secsipidx alone accepts {len(lenient)}, we alone accept {len(strict)}."
    yield "\n".join(["| secsipidx accepts | we say | why |", "|---|---|---|", *rows(lenient, lambda a: WHY[a.ours])])
    if strict:
        yield "\n".join(["| we accept | we say | why secsipidx does not |", "|---|---|---|", *rows(strict, lambda a: THEIRS[a.name])])
    yield "Both accept: " + ", ".join(f"`{a.name}`" for a in sorted(both)) + "."
    yield "Both refuse: " + ", ".join(f"`{a.name}` ({a.ours})" for a in sorted(neither)) + "."


def make():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        parts = [HEAD.strip()]
        for title, cases in (("The shared cases", corpus()), ("Cases of our own", own(folder))):
            parts += section(title, [ask(folder, case) for case in cases])
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    TABLE.write_text(make(), encoding="utf-8")
