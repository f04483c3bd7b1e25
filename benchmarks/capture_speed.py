"""How fast a capture is inspected, and with how much memory, beside tshark: capture_speed.py SIPWARD MESSAGES [--json] [--runs N].

The capture is that of make_capture.py, in a folder for temporary files that has room for 700 bytes a message. Every program has one
processor; its best run counts, the first has warmed the file. tshark dissects and counts SIP messages, and judges nothing.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def measured(command):
    """Seconds, and the most memory that the program had."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return time.monotonic() - begin, usage.ru_maxrss * 1024


def best(command, runs):
    results = [measured(command) for _ in range(runs)]
    return min(seconds for seconds, _ in results), max(size for _, size in results)


def rows(sipward, messages, runs, folder):
    capture = os.path.join(folder, "traffic.pcap")
    subprocess.run([sys.executable, "-B", str(HERE / "make_capture.py"), str(messages), capture], check=True, stdout=subprocess.DEVNULL)
    # Loading the rules is no part of a message.
    empty = os.path.join(folder, "empty.pcap")
    with open(capture, "rb") as whole, open(empty, "wb") as head:
        head.write(whole.read(24))
    load, _ = best([sipward, "inspect", empty], runs)
    programs = [("sipward", [sipward, "inspect", capture]), ("sipward --no-default-rules", [sipward, "inspect", "--no-default-rules", capture])]
    if shutil.which("tshark"):
        programs.append(("tshark", ["tshark", "-r", capture, "-q", "-z", "sip,stat"]))
    for who, command in programs:
        seconds, size = best(command, runs if who != "tshark" else 1)
        spent = seconds - load if who == "sipward" else seconds
        yield {"suite": "capture", "case": str(messages), "who": who, "seconds": round(seconds, 3), "load_seconds": round(load, 3) if who == "sipward" else 0,
               "messages_per_second": round(messages / spent), "peak_bytes": size, "capture_bytes": os.path.getsize(capture)}


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
            print(f"{'capture':28}{'seconds':>9}{'messages/s':>12}{'peak MB':>9}")
        for row in rows(chosen.sipward, chosen.messages, chosen.runs, folder):
            if chosen.json:
                print(json.dumps(row), flush=True)
            else:
                print(f"{row['who']:28}{row['seconds']:9.2f}{row['messages_per_second']:12,}{row['peak_bytes'] / 1e6:9.0f}", flush=True)


if __name__ == "__main__":
    main()
