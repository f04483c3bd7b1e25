"""Where the captures are, and the command run on them."""

import json
import os
import pathlib
import subprocess
import unittest

SOURCE = pathlib.Path(os.environ.get("SIPWARD_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
CORPUS = pathlib.Path(os.environ.get("SIPWARD_CORPUS", SOURCE.parent / "shared" / "data"))
BINARY = os.environ.get("SIPWARD_BIN", str(SOURCE / "build/dev/bin/sipward"))

ACTIONS = ["allow", "flag", "challenge", "throttle", "hold", "reject", "drop"]


def capture(name):
    """Path of a shared capture; the test is skipped, by name, where the corpus is absent."""
    path = CORPUS / "captures" / name
    if not path.exists():
        print(f"SKIPPED {name}: no {path}")
        raise unittest.SkipTest(f"no {path}")
    return path


def inspect(path, *options):
    """The exit code and the JSON lines of `sipward inspect --json`."""
    done = subprocess.run([BINARY, "inspect", "--json", *options, str(path)], capture_output=True, timeout=300)
    return done.returncode, [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def above(line, action):
    return ACTIONS.index(line["action"]) > ACTIONS.index(action)
