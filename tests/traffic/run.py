"""What the rules catch of made-up traffic, and how often they accuse the innocent: a table, or lines of JSON.

All of it is synthetic. It says how the rules meet what the generator thinks attacks look like, not how they do on anybody's network.
"""

import argparse
import collections
import json
import pathlib
import re
import sys
import tempfile

import capture
import judge
import phones
import records
import scenario
import score
import wiretap
import world
from campaign import STRENGTHS

# Rules are tuned on seeds 1 to 99. From 100 on they are held out: nobody looks at single findings there.
HELD_OUT = 1000
GOAL_RECALL, GOAL_ALARMS = 0.95, 1.0
SIZES = {  # accounts and days of records; homes, office and days of messages; campaigns of a kind
    "full": {"accounts": 5000, "days": 21, "homes": 2500, "office": 500, "message_days": 2, "campaigns": 20, "attacked": 1200, "attacked_homes": 300},
    "short": {"accounts": 600, "days": 7, "homes": 300, "office": 60, "message_days": 1, "campaigns": 2, "attacked": 450, "attacked_homes": 210},
}


def whose(message, users):
    """The user of the operator who writes or is written to; where there is none, the address that the message came from."""
    for header in (b"From", b"To"):
        found = re.search(rb"\r\n" + header + rb": [^\r]*?sip:(\w+)@", message[4])
        if found and found.group(1).decode() in users:
            return found.group(1).decode()
    return message[1][0]


class Bench:
    def __init__(self, seed, sizes, folder, rules, say):
        self.seed, self.sizes, self.folder, self.rules, self.say = seed, sizes, pathlib.Path(folder), rules, say
        self.rates = self.folder / "rates.csv"
        self.rates.write_text(world.rate_file(), encoding="utf-8")
        # sipward cdr is told on its command line where it is; a site says it in a file.
        self.site = self.folder / "home.rules"
        self.site.write_text('version 1\noverride const home = "US"\n', encoding="utf-8")
        self.outcomes = collections.defaultdict(list)  # (threat, kind, strength) -> outcomes
        self.alarms = {}  # "records" and "messages" -> per 1,000 account-days
        self.accusing = {}  # the same -> rule -> account-days

    def judge_calls(self, calls, layout):
        write, first = records.FORMATS[layout]
        path = self.folder / f"calls.{layout}"
        write(path, calls)
        found = judge.findings_of_records(path, self.rates, layout, self.rules)
        path.unlink()
        return {row - first: rules for row, rules in found.items()}

    def judge_messages(self, messages):
        path = self.folder / "messages.pcap"
        capture.write(path, messages)
        found = judge.findings_of_messages(path, len(messages), [self.site, *self.rules])
        path.unlink()
        return found

    def ordinary_calls(self):
        quiet = scenario.ordinary(self.seed, self.sizes["accounts"], self.sizes["days"])
        self.say(f"ordinary calls: {len(quiet.calls):,} records of {quiet.account_days:,} account-days")
        found = self.judge_calls(quiet.calls, "csv")
        days = {row: (quiet.calls[row].owner, int((quiet.calls[row].start - world.START) // world.DAY)) for row in found}
        self._alarms("records", found, days, quiet.account_days)

    def ordinary_messages(self):
        messages, people, account_days = phones.ordinary(self.seed, self.sizes["homes"], self.sizes["office"], self.sizes["message_days"])
        self.say(f"ordinary messages: {len(messages):,} of {account_days:,} account-days")
        users = {phone.user for phone in people.phones}
        found = self.judge_messages(messages)
        days = {number: (whose(messages[number], users), int((messages[number][0] - world.START) // world.DAY)) for number in found}
        self._alarms("messages", found, days, account_days)

    def _alarms(self, of, found, days, account_days):
        self.alarms[of] = 1000 * len(set(days.values())) / account_days
        by_rule = collections.defaultdict(set)
        for key, rules in found.items():
            for rule in rules:
                by_rule[rule].add(days[key])
        self.accusing[of] = {rule: len(when) for rule, when in by_rule.items()}

    def attacked_calls(self, strength, layout, kinds=None):
        traffic = scenario.attacked(self.seed, strength, self.sizes["campaigns"], size=self.sizes["attacked"], kinds=kinds)
        found = self.judge_calls(traffic.calls, layout)
        rows = collections.defaultdict(list)
        for row, call in enumerate(traffic.calls):
            if call.campaign is not None:
                rows[id(call.campaign)].append((call.start, call.cost, row))
        for campaign in traffic.campaigns:
            self._add(campaign, score.Outcome(sorted(rows[id(campaign)]), found))

    def attacked_messages(self, strength, kinds=None):
        messages, campaigns = wiretap.attacked(self.seed, strength, self.sizes["campaigns"], self.sizes["attacked_homes"], kinds)
        found = self.judge_messages(messages)
        events = collections.defaultdict(list)
        for number, message in enumerate(messages):
            if message[5] is not None:
                events[id(message[5])].append((message[0], 0.0, number, wiretap.is_attempt(message)))
        for campaign in campaigns:
            self._add(campaign, score.Outcome(events[id(campaign)], found))

    def _add(self, campaign, outcome):
        self.outcomes[campaign.threat, campaign.kind, campaign.strength].append(outcome)

    def rows(self, by_kind):
        """Of every threat and strength, in the order of the mission's words; with `by_kind` of every kind of attack."""
        on_calls = {kind for kinds in scenario.CALL_KINDS.values() for kind in kinds}
        threats = list(dict.fromkeys([*scenario.CALL_KINDS, *wiretap.MESSAGE_KINDS]))
        for threat in threats:
            kinds = list(dict.fromkeys(k for t, k, _ in self.outcomes if t == threat))
            for group in ([[kind] for kind in kinds] if by_kind else [kinds]):
                for strength in STRENGTHS:
                    gathered = [o for kind in group for o in self.outcomes.get((threat, kind, strength), ())]
                    seen = [self.alarms.get("records" if kind in on_calls else "messages") for kind in group]
                    seen = [alarm for alarm in seen if alarm is not None]
                    if gathered:
                        yield score.row(f"{threat}: {group[0]}" if by_kind else threat, strength, gathered, max(seen) if seen else None)


def missed_goals(rows):
    for row in rows:
        if row["strength"] != "weak" and row["caught"] < GOAL_RECALL * row["attacks"]:
            yield f"{row['threat']}, {row['strength']}: {row['caught']} of {row['attacks']} caught, the goal is {GOAL_RECALL:.0%}"
        alarms = row["false_alarms_per_1000_account_days"]
        if alarms is not None and alarms > GOAL_ALARMS:
            yield f"{row['threat']}, {row['strength']}: {alarms} false alarms per 1,000 account-days, the goal is {GOAL_ALARMS:g}"


def measure(options, folder, say):
    bench = Bench(options.seed, dict(SIZES["short" if options.short else "full"]), folder, options.rules, say)
    if options.campaigns:
        bench.sizes["campaigns"] = options.campaigns
    if "records" in options.only:
        bench.ordinary_calls()
        for strength, layout in zip(STRENGTHS, ("jsonl", "csv", "csv")):
            bench.attacked_calls(strength, layout)
            say(f"calls, {strength} attacks: judged")
    if "messages" in options.only:
        bench.ordinary_messages()
        for strength in STRENGTHS:
            bench.attacked_messages(strength)
            say(f"messages, {strength} attacks: judged")
    return bench


def why(bench):
    """Which rules accuse, and which find: for those who tune, on seeds that are for tuning."""
    for of, rules in bench.accusing.items():
        for rule, days in sorted(rules.items(), key=lambda item: -item[1]):
            yield f"false alarms in {of}: {rule} on {days} account-days"
    for (threat, kind, strength), outcomes in bench.outcomes.items():
        first = collections.Counter(rule for o in outcomes for rule in o.rules)
        yield f"{threat}: {kind}, {strength}: {sum(o.caught for o in outcomes)} of {len(outcomes)}: " + ", ".join(f"{r} {n}" for r, n in first.most_common(5))


def parse(arguments):
    parser = argparse.ArgumentParser(prog="tests/traffic/run.sh", description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=HELD_OUT, help=f"rules are tuned on 1 to 99; {HELD_OUT}, the usual one, is held out")
    parser.add_argument("--json", action="store_true", help="a line of JSON for every threat and strength")
    parser.add_argument("--kinds", action="store_true", help="every kind of attack apart")
    parser.add_argument("--short", action="store_true", help="a small run")
    parser.add_argument("--check", action="store_true", help="name the goals that are missed; exit status 1 if there are any")
    parser.add_argument("--why", action="store_true", help="which rules found what, and whom they accused; refused on held-out seeds")
    parser.add_argument("--campaigns", type=int, help="attacks of every kind and strength")
    parser.add_argument("--only", choices=("records", "messages"), action="append", help="leave out the other half")
    parser.add_argument("--rules", action="append", default=[], help="a rule file beside the default rules; may be given several times")
    options = parser.parse_args(arguments)
    options.only = options.only or ["records", "messages"]
    if options.why and options.seed >= 100:
        parser.error("--why is for seeds 1 to 99: a seed that somebody looked into is no longer held out")
    return options


def main(arguments):
    options = parse(arguments)

    def say(text):
        print(text, file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        try:
            bench = measure(options, folder, say)
        except judge.Failed as failure:
            say(str(failure))
            return 2
    rows = list(bench.rows(options.kinds))
    if options.json:
        for row in rows:
            print(json.dumps(row))
    else:
        print(f"Synthetic traffic, seed {options.seed}. CALLS and SECONDS: medians until the first finding. MONEY LOST: of all attacks until then.\n"
              "FALSE ALARMS: account-days of ordinary traffic with a finding, per 1,000.\n")
        print(score.table(rows))
    if options.why:
        print(*why(bench), sep="\n", file=sys.stderr)
    missed = list(missed_goals(rows)) if options.check else []
    for goal in missed:
        say(f"missed: {goal}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
