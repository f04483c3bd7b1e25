"""One call record, and files of them as three kinds of switches write them."""

import csv
import json
import time

import world

COLUMNS = ("start answer end duration billsec disposition account trunk direction caller caller_name callee source_ip user_agent "
           "call_id").split()


class Call:
    """What happened; how it is written down is the file's business. `campaign`: whose attack it is, None of an ordinary call. `owner`: the customer
    who makes or takes the call."""

    __slots__ = ("start", "ring", "talk", "outcome", "account", "trunk", "direction", "caller", "name", "callee", "source", "agent", "style",
                 "campaign", "owner")

    def __init__(self, start, caller, callee, *, ring=12.0, talk=0.0, outcome=None, account="", trunk="", direction="", name="", source="",
                 agent="", style="plus", campaign=None, owner=""):
        self.start, self.ring, self.talk = start, ring, talk
        self.outcome = outcome or ("ANSWERED" if talk > 0 else "NO ANSWER")
        self.account, self.trunk, self.direction = account, trunk, direction
        self.caller, self.name, self.callee = caller, name, callee
        self.source, self.agent, self.style, self.campaign, self.owner = source, agent, style, campaign, owner

    @property
    def end(self):
        return self.start + self.ring + self.talk

    @property
    def cost(self):
        return 0.0 if self.trunk else world.cost(self.callee, self.talk)


def written(number, style):
    """As a switch of this style writes an E.164 number: with a plus, or as it is dialled at home."""
    if style == "plus" or not number.startswith("+"):
        return number
    if number.startswith("+1") and len(number) == 12:
        return number[2:] if style == "national" else number[1:]
    return "011" + number[1:]


_days = {}


def iso(seconds):
    day, milliseconds = divmod(int(seconds * 1000), 86_400_000)
    text = _days.get(day)
    if text is None:
        text = _days[day] = time.strftime("%Y-%m-%dT", time.gmtime(day * 86_400))
    second, milliseconds = divmod(milliseconds, 1000)
    return f"{text}{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.{milliseconds:03d}Z"


def _fields(call, number):
    answer = iso(call.start + call.ring) if call.talk > 0 else ""
    return (iso(call.start), answer, iso(call.end), f"{call.ring + call.talk:.3f}", f"{call.talk:.3f}", call.outcome, call.account, call.trunk,
            call.direction, written(call.caller, call.style), call.name, written(call.callee, call.style), call.source, call.agent,
            f"c{number}")


def write_csv(path, calls):
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_fields(call, i) for i, call in enumerate(calls))


def write_jsonl(path, calls):
    with open(path, "w", encoding="utf-8") as out:
        for i, call in enumerate(calls):
            out.write(json.dumps(dict(zip(COLUMNS, _fields(call, i))), separators=(",", ":")) + "\n")


def write_asterisk(path, calls):
    """Master.csv. It has no place for a source address or a program, and the trunk is in the name of a channel."""
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for i, call in enumerate(calls):
            clock = [time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(s)) for s in (call.start, call.start + call.ring, call.end)]
            if call.talk <= 0:
                clock[1] = ""
            source, target = written(call.caller, call.style), written(call.callee, call.style)
            writer.writerow([call.account, source, target, "default", f'"{call.name or source}" <{source}>', f"PJSIP/{call.account or call.trunk}-{i:08x}",
                             f"PJSIP/{call.trunk or target}-{i + 1:08x}", "Dial", target, *clock, int(call.ring + call.talk), int(call.talk),
                             call.outcome, "DOCUMENTATION", f"{int(call.start)}.{i}", ""])


# Writer, and on which line of the file the first record stands.
FORMATS = {"csv": (write_csv, 2), "jsonl": (write_jsonl, 1), "asterisk": (write_asterisk, 1)}
