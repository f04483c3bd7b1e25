"""Runs the built command and takes its output apart."""

import json
import os
import subprocess

BINARY = os.environ.get("SIPWARD_BIN", "sipward")
DEFAULT_CORPUS = os.path.join(os.path.dirname(__file__), "../../../shared/data")
CORPUS = os.path.abspath(os.environ.get("SIPWARD_CORPUS", DEFAULT_CORPUS))

INSPECT_KEYS = [
    "time", "src", "dst", "transport", "kind", "method", "code", "call_id", "from", "to",
    "action", "verdict_code", "score", "rules", "tags", "flags", "anomalies",
]
PARSE_KEYS = [
    "file", "status", "error", "kind", "method", "request_uri", "status_code", "reason", "from",
    "to", "call_id", "cseq", "via", "contact", "max_forwards", "content_length", "headers", "body",
    "anomalies", "fields",
]
ADDRESS_KEYS = ["display", "uri", "user", "host", "port", "tag", "params"]
VIA_KEYS = ["transport", "host", "port", "branch", "params"]


def run(*arguments, stdin=b"", cwd=None, timeout=120):
    """The finished process; its output is bytes."""
    return subprocess.run(
        [BINARY, *arguments], input=stdin, capture_output=True, cwd=cwd, timeout=timeout, check=False)


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def json_lines(output):
    """Every line of the output as an object that remembers the order of its keys."""
    text = output.decode("utf-8", errors="strict")
    assert text == "" or text.endswith("\n"), "the last line is not finished"
    return [json.loads(line, parse_constant=refuse_constant) for line in text.splitlines()]


def original_bytes(text):
    """The inverse of the escape that the README describes: U+F780..U+F7FF stand for one byte each."""
    out = bytearray()
    for character in text:
        code = ord(character)
        if 0xF780 <= code <= 0xF7FF:
            out.append(code - 0xF700)
        else:
            out += character.encode("utf-8")
    return bytes(out)


def is_harmless(text):
    """True if a terminal shows this and does nothing else."""
    return all(c == "\n" or (ord(c) >= 0x20 and not 0x7F <= ord(c) < 0xA0) for c in text)
