"""What the scripts that time the command have in common: a generated capture, a program's cost, the way they are called."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def make_capture(folder, messages):
    """The path of a capture by make_capture.py."""
    capture = os.path.join(folder, "traffic.pcap")
    subprocess.run([sys.executable, "-B", str(HERE / "make_capture.py"), str(messages), capture], check=True, stdout=subprocess.DEVNULL)
    return capture


def measured(command):
    """Seconds, those of the processor, and the most memory that the program had."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command[:2])} ended with {process.returncode}")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main(about, heading, rows, line):
    """Every row of rows(sipward, messages, runs, folder), as JSON or as line(row), on one processor."""
    arguments = argparse.ArgumentParser(description=about.split("\n")[0])
    arguments.add_argument("sipward")
    arguments.add_argument("messages", type=int)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--runs", type=int, default=3)
    chosen = arguments.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        if not chosen.json:
            print(heading)
        for row in rows(chosen.sipward, chosen.messages, chosen.runs, folder):
            print(json.dumps(row) if chosen.json else line(row), flush=True)
