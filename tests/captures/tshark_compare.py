#!/usr/bin/python3
"""Compares `sipward inspect --json` with tshark, message by message.

    tshark_compare.py SIPWARD_BINARY LIST_CSEQ_BINARY CAPTURE...

LIST_CSEQ_BINARY is tests/captures/list_cseq.cc: `inspect` has no column for CSeq.
Both programs must find the same SIP messages in the same order, and read in each the same time,
method or status, Call-ID, CSeq, From and To URI. Differences that are understood stand in
tshark_differences.txt beside this program.

Exit 0: no difference but those; 1: another difference, or one of those is gone; 2: a program
failed.
"""
import datetime
import difflib
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree

DIFFERENCES = pathlib.Path(__file__).with_name("tshark_differences.txt")
COMPARED = ("method", "code", "call_id", "cseq", "from", "to")
AGGREGATOR = "\x1f"
TSHARK_FIELDS = {
    "method": "sip.Method",
    "code": "sip.Status-Code",
    "call_id": "sip.Call-ID",
    "number": "sip.CSeq.seq",
    "cseq_method": "sip.CSeq.method",
    "from": "sip.from.addr",
    "to": "sip.to.addr",
}


class Unusable(Exception):
    """A program or a file that cannot be used."""


def run(command, statuses=(0,)):
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise Unusable(f"{command[0]}: {error.strerror}") from error
    if done.returncode not in statuses:
        complaint = done.stderr.decode("utf-8", "replace").strip()
        raise Unusable(f"{' '.join(command)}: exit {done.returncode}: {complaint}")
    return done.stdout.decode("utf-8", "replace")


def tshark_message(values, frame, time):
    """One message from the first value of each tshark field."""
    number = values["number"]
    cseq = None if number is None else f"{int(number)} {values['cseq_method']}"
    return {
        "frame": frame,
        "time": time,
        "method": values["method"],
        "code": None if values["code"] is None else int(values["code"]),
        "call_id": values["call_id"],
        "cseq": cseq,
        "from": values["from"],
        "to": values["to"],
    }


def tshark_layers(capture, frame, time):
    """The messages of a frame that holds several: flat fields do not say which belongs to which."""
    text = run(["tshark", "-r", capture, "-Y", f"frame.number == {frame}", "-T", "pdml"])
    messages = []
    for layer in xml.etree.ElementTree.fromstring(text).iter("proto"):
        if layer.get("name") != "sip":
            continue
        values = {}
        for key, field in TSHARK_FIELDS.items():
            found = layer.find(f".//field[@name='{field}']")
            values[key] = None if found is None else found.get("show")
        messages.append(tshark_message(values, frame, time))
    return messages


def tshark_messages(capture):
    command = ["tshark", "-r", capture, "-Y", "sip", "-T", "fields", "-E", "occurrence=a",
               "-E", f"aggregator={AGGREGATOR}", "-e", "frame.number", "-e", "frame.time_epoch"]
    for field in TSHARK_FIELDS.values():
        command += ["-e", field]
    messages = []
    for line in run(command).splitlines():
        frame, epoch, *columns = line.split("\t")
        seconds, _, fraction = epoch.partition(".")
        time = int(seconds) * 1_000_000 + int(fraction.ljust(6, "0")[:6])
        occurrences = [column.split(AGGREGATOR) if column else [] for column in columns]
        if len(occurrences[0]) + len(occurrences[1]) > 1:
            messages += tshark_layers(capture, int(frame), time)
            continue
        # A header that is written twice: both programs go by the first.
        firsts = [values[0] if values else None for values in occurrences]
        messages.append(tshark_message(dict(zip(TSHARK_FIELDS, firsts)), int(frame), time))
    return messages


def microseconds(text):
    time = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
    return (time - datetime.datetime(1970, 1, 1)) // datetime.timedelta(microseconds=1)


def sipward_messages(binary, list_cseq, capture):
    records = run([binary, "inspect", "--json", "--no-default-rules", capture], (0, 1)).splitlines()
    cseqs = run([list_cseq, capture]).splitlines()
    if len(records) != len(cseqs):
        raise Unusable(f"{capture}: {len(records)} messages, but {len(cseqs)} CSeq")
    messages = []
    for record, cseq in zip(map(json.loads, records), cseqs):
        messages.append({
            "time": microseconds(record["time"]),
            "method": record["method"] if record["kind"] == "request" else None,
            "code": record["code"],
            "call_id": record["call_id"],
            "cseq": None if cseq == "-" else cseq,
            "from": record["from"],
            "to": record["to"],
        })
    return messages


def pairs(theirs, ours):
    """Messages side by side; None where one program has no counterpart."""
    def key(message):
        return (message["time"], message["method"], message["code"], message["call_id"])
    if len(theirs) == len(ours):
        yield from zip(theirs, ours)
        return
    matcher = difflib.SequenceMatcher(None, list(map(key, theirs)), list(map(key, ours)), False)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(theirs[a:a_end], ours[b:b_end])
        else:
            yield from ((message, None) for message in theirs[a:a_end])
            yield from ((None, message) for message in ours[b:b_end])


def differences(theirs, ours):
    """(message number, frame, field, what each program says)."""
    for number, (tshark, sipward) in enumerate(pairs(theirs, ours), 1):
        if tshark is None:
            yield number, "?", "message", f"only sipward: {sipward}"
        elif sipward is None:
            yield number, tshark["frame"], "message", f"only tshark: {tshark}"
        else:
            for field in ("time", *COMPARED):
                if tshark[field] != sipward[field]:
                    yield (number, tshark["frame"], field,
                           f"tshark {tshark[field]!r}, sipward {sipward[field]!r}")


def read_explained():
    """{(capture, message number, field): reason} from lines `capture messages field reason`."""
    explained = {}
    for line in DIFFERENCES.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        capture, messages, field, reason = line.split(None, 3)
        for part in messages.split(","):
            first, _, last = part.partition("-")
            for number in range(int(first), int(last or first) + 1):
                explained[capture, number, field] = reason
    return explained


def compare(binary, list_cseq, capture, explained):
    """Prints what differs; true if nothing does that is not explained."""
    name = pathlib.Path(capture).name
    theirs = tshark_messages(capture)
    ours = sipward_messages(binary, list_cseq, capture)
    unseen = {key for key in explained if key[0] == name}
    good = True
    known = 0
    for number, frame, field, what in differences(theirs, ours):
        where = f"{name}: message {number}, frame {frame}: {field}: {what}"
        if (name, number, field) in explained:
            unseen.discard((name, number, field))
            known += 1
            print(f"{where}: explained: {explained[name, number, field]}")
        else:
            good = False
            print(f"{where}: NOT EXPLAINED")
    for _, number, field in sorted(unseen):
        good = False
        print(f"{name}: message {number}: {field}: EXPLAINED, BUT DOES NOT DIFFER")
    print(f"{name}: tshark {len(theirs)} messages, sipward {len(ours)}, "
          f"{known} explained differences: {'ok' if good else 'FAILED'}")
    return good


def main(arguments):
    if len(arguments) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    binary, list_cseq, *captures = arguments
    try:
        explained = read_explained()
        results = [compare(binary, list_cseq, capture, explained) for capture in captures]
    except Unusable as error:
        print(f"tshark_compare: {error}", file=sys.stderr)
        return 2
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
