"""What it costs to keep evidence of every message: evidence_speed.py SIPWARD MESSAGES [--json] [--runs N].

The capture is that of make_capture.py. It is inspected without evidence and with all of it (--evidence-level allow); what more processor time
that takes, by the number of entries, is what an entry costs: to record, to seal, to chain and to write. Then the log is checked and replayed.
Every program has one processor; its best run counts.
"""

import os
import shutil

import speed


def spent(command):
    return speed.measured(command)[1]


def rows(sipward, messages, runs, folder):
    capture = speed.make_capture(folder, messages)
    log = os.path.join(folder, "log")
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


def line(row):
    return f"{row['case']:10}{row['seconds']:9.2f}{row['entries_per_second']:12,}{row['log_bytes'] // row['entries']:12,}"


if __name__ == "__main__":
    speed.main(__doc__, f"{'evidence':10}{'seconds':>9}{'entries/s':>12}{'bytes each':>12}", rows, line)
