"""Whether a file is EVE JSON as Suricata writes it: python3 check_eve.py FILE."""

import json
import re
import sys

COMMON = {"timestamp", "event_type", "src_ip", "src_port", "dest_ip", "dest_port", "proto"}
PARTS = {
    "sip": {"method", "uri", "version", "request_line", "code", "reason", "response_line"},
    "alert": {"action", "gid", "signature_id", "rev", "signature", "category", "severity"},
}

kinds = set()
with open(sys.argv[1], encoding="utf-8") as file:
    for line in file:
        event = json.loads(line)
        kinds.add(event["event_type"])
        assert COMMON <= set(event) <= COMMON | {"sip", "alert", "app_proto"}, event
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+0000", event["timestamp"]), event
        for part, names in PARTS.items():
            assert set(event.get(part, {})) <= names, event
assert kinds == {"sip", "alert"}, kinds
