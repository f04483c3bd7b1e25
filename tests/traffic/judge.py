"""Runs the command on files of calls and captures, and reads what it found."""

import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Failed(Exception):
    pass


def command():
    """The built command: SIPWARD_BIN, or what a preset has built."""
    named = os.environ.get("SIPWARD_BIN")
    places = [pathlib.Path(named)] if named else [ROOT / "build" / preset / "bin" / "sipward" for preset in ("release", "dev")]
    for place in places:
        if place.is_file():
            return str(place)
    raise Failed("no sipward is built: cmake --preset release && cmake --build --preset release --target sipward_cli")


def run(arguments):
    """The lines that it prints. 0 is nothing found, 1 found; everything else is a failure."""
    done = subprocess.run([command(), *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        raise Failed(f"sipward {arguments[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout.splitlines()


def findings_of_records(path, rates, layout="csv", extra=()):
    """Row -> names of the rules."""
    found = {}
    files = [word for file in extra for word in ("--rules", file)]
    for line in run(["cdr", "--home", "US", "--rates", rates, "--format", layout, *files, "--json", path]):
        finding = json.loads(line)
        if "row" in finding:
            found[finding["row"]] = finding["rules"]
    return found


def alarming_rules(extra=()):
    """Names of the rules that do more than give points and tags: what they match is a finding, in report mode too."""
    names, lines = set(), run(["rules", "explain", *extra])
    for line in lines:
        words = line.decode()
        if not words.startswith(" ") and words:
            name = words.split()[0]
        for action in ("alert", "drop", "reject", "challenge", "hold", "throttle", "ban"):
            if action in words.split() or f"{action}," in words:
                names.add(name)
    return names


# What sipward inspect --json says of a message on which no rule has anything to say.
_QUIET = b'"action":"allow"'


def findings_of_messages(path, messages, extra=()):
    """Number of the message -> names of the rules; every message must have its line."""
    alarming = alarming_rules(extra)
    files = [word for file in extra for word in ("--rules", file)]
    lines = run(["inspect", "--json", *files, path])
    if len(lines) != messages:
        raise Failed(f"{path}: {messages} messages went in, {len(lines)} came out")
    found = {}
    for number, line in enumerate(lines):
        if _QUIET in line:
            continue
        verdict = json.loads(line)
        if verdict["action"] not in ("allow", "flag") or "alert" in verdict["flags"] or alarming.intersection(verdict["rules"]):
            found[number] = verdict["rules"]
    return found
