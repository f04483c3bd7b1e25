"""What became of campaigns: caught or not, after how many calls and seconds, and what they had cost by then."""

import statistics

KEYS = ("threat", "strength", "attacks", "caught", "delay_calls_median", "delay_s_median", "money_lost", "false_alarms_per_1000_account_days")


class Outcome:
    """Of one campaign. `delay_calls` counts its calls up to the one that was found, in the order in which they began."""

    __slots__ = ("caught", "delay_calls", "delay_s", "money", "rules")

    def __init__(self, events, found):
        """events: (time, cost, key) in order, with False behind what is no call of its own; found: key -> rules."""
        self.caught, self.delay_calls, self.delay_s, self.money, self.rules = False, None, None, 0.0, ()
        calls = 0
        for when, cost, key, *counts in events:
            self.money += cost
            calls += counts != [False]
            if key in found:
                self.caught, self.delay_calls, self.delay_s, self.rules = True, calls, when - events[0][0], tuple(found[key])
                break


def row(threat, strength, outcomes, alarms):
    """One line of the table, a dictionary with KEYS."""
    caught = [o for o in outcomes if o.caught]
    calls = statistics.median(o.delay_calls for o in caught) if caught else None
    seconds = statistics.median(o.delay_s for o in caught) if caught else None
    return dict(zip(KEYS, (threat, strength, len(outcomes), len(caught), calls, None if seconds is None else round(seconds, 1),
                           round(sum(o.money for o in outcomes), 2), None if alarms is None else round(alarms, 3))))


def table(rows):
    """The rows as text, a blank line between threats."""
    heads = ("THREAT", "STRENGTH", "ATTACKS", "CAUGHT", "CALLS", "SECONDS", "MONEY LOST", "FALSE ALARMS")
    body, before = [], None
    for each in rows:
        if before is not None and before != each["threat"]:
            body.append(None)
        before = each["threat"]
        body.append(tuple("-" if each[k] is None else f"{each[k]:g}" if isinstance(each[k], float) and k != "money_lost" else
                          f"{each[k]:.2f}" if k == "money_lost" else str(each[k]) for k in KEYS))
    widths = [max(len(heads[i]), *(len(b[i]) for b in body if b)) for i in range(len(heads))]
    lines = []
    for cells in (heads, *body):
        lines.append("" if cells is None else "  ".join(c.ljust(w) if i < 2 else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths))).rstrip())
    return "\n".join(lines)
