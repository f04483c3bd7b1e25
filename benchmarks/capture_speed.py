"""How fast a capture is inspected, and with how much memory, beside tshark: capture_speed.py SIPWARD MESSAGES [--json] [--runs N].

The capture is that of make_capture.py, in a folder for temporary files that has room for 700 bytes a message. Every program has one
processor; its best run counts, the first has warmed the file. tshark dissects and counts SIP messages, and judges nothing.
"""

import os
import shutil

import speed


def best(command, runs):
    results = [speed.measured(command) for _ in range(runs)]
    return min(seconds for seconds, _, _ in results), max(size for _, _, size in results)


def rows(sipward, messages, runs, folder):
    capture = speed.make_capture(folder, messages)
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


def line(row):
    return f"{row['who']:28}{row['seconds']:9.2f}{row['messages_per_second']:12,}{row['peak_bytes'] / 1e6:9.0f}"


if __name__ == "__main__":
    speed.main(__doc__, f"{'capture':28}{'seconds':>9}{'messages/s':>12}{'peak MB':>9}", rows, line)
