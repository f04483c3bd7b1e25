#!/usr/bin/python3
"""Every SIP message of a capture as a line of JSON, in the shape that Suricata's EVE log has, with sipward's verdict.

    capture_to_eve.py [--rules FILE]... [--alerts] CAPTURE      "-" is the standard input

A line of event_type "sip" for every message; of event_type "alert" for every rule that matched. --alerts leaves the first out.
Exit: 0 nothing above flag; 1 something was; 2 the capture or the rules cannot be used.
"""

import argparse
import datetime
import json
import sys

import sipward
from sipward import capture

SEVERITY = {"critical": 1, "high": 1, "medium": 2, "low": 3, "info": 3}


def shown(value):
    """What a message says, for JSON: bytes that are no text as \\xNN. None stays None."""
    return None if value is None else bytes(value).decode("utf-8", "backslashreplace")


def common(item, event_type):
    packet = item.packet
    at = datetime.datetime.fromtimestamp(packet.wall_ns // 10**9, datetime.timezone.utc).replace(microsecond=packet.wall_ns // 1000 % 10**6)
    return {
        "timestamp": at.isoformat(timespec="microseconds"),
        "pcap_cnt": item.frame,
        "event_type": event_type,
        "src_ip": packet.source[0],
        "src_port": packet.source[1],
        "dest_ip": packet.destination[0],
        "dest_port": packet.destination[1],
        "proto": packet.transport.name,
    }


def sip(message):
    line = message.start_line
    if line.kind == sipward.Kind.REQUEST:
        start = {"method": shown(line.method), "uri": shown(line.request_uri), "version": shown(line.version)}
        start["request_line"] = " ".join(filter(None, start.values()))
    elif line.kind == sipward.Kind.RESPONSE:
        start = {"version": shown(line.version), "code": shown(line.status_text), "reason": shown(line.reason)}
        start["response_line"] = " ".join(filter(None, start.values()))
    else:
        start = {}
    return start | {"call_id": shown(message.call_id), "anomalies": [anomaly.name for anomaly in message.anomalies]}


def lines(items, inspector, rules, alerts_only):
    """The lines of all messages, and the worst action of each."""
    about = {rule.name: rule for rule in rules}
    for item in items:
        verdict = inspector.inspect(item.packet)
        said = sip(inspector.message)
        if not alerts_only:
            told = {"action": verdict.action.label, "code": verdict.sip_code or None, "score": verdict.score, "rules": verdict.rules,
                    "tags": [tag.text for tag in verdict.tags]}  # fmt: skip
            yield verdict.action, common(item, "sip") | {"sip": said, "verdict": told}
        for hit in verdict.hits:
            rule = about[hit.rule]
            alert = {"action": "blocked" if hit.enforced and hit.action > sipward.Action.FLAG else "allowed", "signature": hit.rule,
                     "category": hit.why, "severity": SEVERITY.get(rule.severity, 3)}  # fmt: skip
            yield verdict.action, common(item, "alert") | {"alert": alert, "sip": said}


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("capture", metavar="CAPTURE")
    parser.add_argument("--rules", action="append", default=[], metavar="FILE", help="rules beside the default ones")
    parser.add_argument("--alerts", action="store_true", help="only the rules that matched")
    arguments = parser.parse_args()
    worst = sipward.Action.ALLOW
    try:
        # A replay gives the same lines every time: the seed of the hashes is fixed.
        rules = sipward.Rules.from_files(*arguments.rules, default_pack=True)
        with sipward.Engine(rules, sipward.State(seed=bytes(16))) as engine, engine.inspector() as inspector:
            for action, line in lines(capture.read(arguments.capture), inspector, rules, arguments.alerts):
                worst = max(worst, action)
                print(json.dumps(line))
    except (sipward.Error, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if worst > sipward.Action.FLAG else 0


if __name__ == "__main__":
    sys.exit(main())
