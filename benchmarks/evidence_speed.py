"""What it costs to keep evidence of every message: evidence_speed.py SIPWARD MESSAGES [--json] [--runs N].

The capture is that of make_capture.py. It is inspected without evidence and with all of it (--evidence-level allow); what more processor time
that takes, by the number of entries, is what an entry costs: to record, to seal, to chain and to write. Then the log is checked and replayed.
Every program has one processor; its best run counts.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def spent(command):
    """Seconds of the processor."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{command[0]} {command[1]} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def rows(sipward, messages, runs, folder):
    capture = os.path.join(folder, "traffic.pcap")
    log = os.path.join(folder, "log")
    subprocess.run([sys.executable, "-B", str(HERE / "make_capture.py"), str(messages), capture], check=True, stdout=subprocess.DEVNULL)
    without, kept = [], []
    for _ in range(runs):
        without.append(spent([sipward, "inspect", capture]))
        shutil.rmtree(log, ignore_errors=True)
        kept.append(spent([sipward, "inspect", "--evidence", log, "--evidence-level", "allow", capture]))
    size = sum(os.path.getsize(os.path.join(log, name)) for name in os.listdir(log))
    for case, seconds in (("keep", min(kept) - min(without)), ("verify", min(spent([sipward, "evidence", "verify", log]) for _ in range(runs))),
                          ("replay", min(spent([sipward, "evidence", "replay", log]) for _ in range(runs)))):
        yield {"suite": "evidence", "case": case, "entries": messages, "seconds": round(seconds, 3),
               "entries_per_second": round(messages / seconds), "log_bytes": size}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("sipward")
    arguments.add_argument("messages", type=int)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--runs", type=int, default=3)
    chosen = arguments.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        if not chosen.json:
            print(f"{'evidence':10}{'seconds':>9}{'entries/s':>12}{'bytes each':>12}")
        for row in rows(chosen.sipward, chosen.messages, chosen.runs, folder):
            if chosen.json:
                print(json.dumps(row), flush=True)
            else:
                print(f"{row['case']:10}{row['seconds']:9.2f}{row['entries_per_second']:12,}{row['log_bytes'] // row['entries']:12,}", flush=True)


if __name__ == "__main__":
    main()
