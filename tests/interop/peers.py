"""The programs that the tests here ask: the command of this project, and secsipidx. Certificates are made anew for each test."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples" / "identity"))

import stir_pki

SIPWARD = os.environ["SIPWARD_BIN"]
SECSIPIDX = shutil.which("secsipidx")
NO_SECSIPIDX = "SKIPPED: secsipidx is not installed"
X5U = "https://certs.example.test/spc.pem"
ORIG, DEST = "12155551212", "12155551213"
WINDOW = 60  # seconds that a token lives, here as there


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60, check=False)


def make_pki(folder, now=None):
    """Writes the certificates of examples/identity into the folder."""
    stir_pki.make(pathlib.Path(folder), int(time.time()) if now is None else now, "709J", ORIG[:-2] + "00", 100)
    return pathlib.Path(folder)


def write(path, contents):
    path.write_text(contents, encoding="utf-8", newline="")
    return path


def spoiled(value):
    """A value whose signature is another."""
    head, payload, rest = value.split(".", 2)
    return ".".join((head, payload, rest[:9] + ("B" if rest[9] == "A" else "A") + rest[10:]))


# Ours

def sipward_sign(pki, *more, attest="A"):
    """The value of an Identity header, signed by the command."""
    done = run(SIPWARD, "identity", "sign", "--key", pki / "spc.key", "--chain", pki / "spc.chain.pem", "--x5u", X5U,
               "--orig", ORIG, "--dest", DEST, "--attest", attest, *more)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def sipward_verify(*words):
    """What `sipward identity verify` says, as JSON."""
    done = run(SIPWARD, "identity", "verify", "--json", *words)
    assert done.returncode in (0, 1) and not done.stderr, done.stderr
    return json.loads(done.stdout)


def sipward_verify_message(pki, path):
    return sipward_verify("--message", path, "--chain", pki / "spc.chain.pem", "--anchors", pki / "anchors.pem",
                          "--crl", pki / "sti-pa.crl")


# Theirs

def secsipidx_sign(pki, *more):
    done = run(SECSIPIDX, "-sign-full", "-orig-tn", ORIG, "-dest-tn", DEST, "-attest", "A", "-x5u", X5U, "-k", pki / "spc.key", *more)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def secsipidx_check(value_file, certificate, now=None, *more):
    """(whether it accepts the value, what it says). It reads the clock, so a token of another time is given another life."""
    clock = int(time.time())
    lives = WINDOW + (0 if now is None else clock - now)
    done = run(SECSIPIDX, "-check", "-fidentity", value_file, "-fpubkey", certificate, "-expire", lives, *more)
    said = (done.stdout + done.stderr).strip()
    assert done.returncode == 0 or "not-ok" in said, said
    return done.returncode == 0, said
