"""Patterns of digits, as numbering plans are written in, to automata.

A pattern has digits, \\d, classes, alternatives, groups (?:...) and the quantifiers ? {n} {n,m}: its
language is finite. Anything else is refused, so that a pattern is never half understood.
"""

ALL = (1 << 10) - 1  # a bit of each digit


class Nfa:
    """States of all patterns together: for each, what may come next without a digit and with one."""

    def __init__(self):
        self.free = []  # lists of states
        self.steps = []  # lists of (digits, state)

    def state(self):
        self.free.append([])
        self.steps.append([])
        return len(self.free) - 1

    def add(self, pattern):
        """The first and the last state of this pattern."""
        return _Parser(self, pattern).whole()

    def closure(self, states):
        seen, waiting = set(states), list(states)
        while waiting:
            for target in self.free[waiting.pop()]:
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return frozenset(state for state in seen if self.steps[state] or not self.free[state])


class _Parser:
    def __init__(self, nfa, pattern):
        self.nfa, self.pattern, self.at = nfa, pattern, 0

    def whole(self):
        ends = self.alternatives()
        if self.at != len(self.pattern):
            raise ValueError(f"{self.pattern!r}: {self.pattern[self.at:]!r} is not understood")
        return ends

    def take(self, text):
        if not self.pattern.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def alternatives(self):
        first, last = self.nfa.state(), self.nfa.state()
        while True:
            begin, end = self.sequence()
            self.nfa.free[first].append(begin)
            self.nfa.free[end].append(last)
            if not self.take("|"):
                return first, last

    def sequence(self):
        first = last = self.nfa.state()
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            here = self.at
            atom = self.atom()
            after, (least, most) = self.at, self.quantifier()
            end, self.at = self.at, after
            for count in range(most):
                if count > 0:  # read anew: a copy of its own
                    self.at = here
                    atom = self.atom()
                if count >= least:
                    self.nfa.free[last].append(atom[1])
                self.nfa.free[last].append(atom[0])
                last = atom[1]
            self.at = end
        return first, last

    def quantifier(self):
        if self.take("?"):
            return 0, 1
        if not self.take("{"):
            return 1, 1
        end = self.pattern.index("}", self.at)
        bounds = [int(bound) for bound in self.pattern[self.at : end].split(",")]
        self.at = end + 1
        return bounds[0], bounds[-1]

    def atom(self):
        if self.take("(?:"):
            ends = self.alternatives()
            if not self.take(")"):
                raise ValueError(f"{self.pattern!r}: a group is not closed")
            return ends
        first, last = self.nfa.state(), self.nfa.state()
        self.nfa.steps[first].append((self.digits(), last))
        return first, last

    def digits(self):
        if self.take("\\d"):
            return ALL
        if self.take("["):
            mask = 0
            while not self.take("]"):
                low = self.digit()
                high = self.digit() if self.take("-") else low
                mask |= sum(1 << digit for digit in range(low, high + 1))
            return mask
        return 1 << self.digit()

    def digit(self):
        character = self.pattern[self.at : self.at + 1]
        if not (character.isascii() and character.isdigit()):
            raise ValueError(f"{self.pattern!r}: {character!r} is not understood")
        self.at += 1
        return int(character)


class Dfa:
    """One pattern, deterministic; states are numbers, 0 is dead, made as they are met."""

    def __init__(self, pattern, forever=False):
        """`forever`: whatever follows a match still matches."""
        nfa = Nfa()
        first, self._last = nfa.add(pattern)
        if forever:
            nfa.steps[self._last].append((ALL, self._last))
        self._nfa = nfa
        self._sets, self._numbers, self._next = [], {}, []
        self._number(frozenset())
        self.first = self._number(nfa.closure([first]))

    def _number(self, states):
        number = self._numbers.setdefault(states, len(self._sets))
        if number == len(self._sets):
            self._sets.append(states)
            self._next.append(None)
        return number

    def accepts(self, state):
        return self._last in self._sets[state]

    def next(self, state):
        """The states behind each of the ten digits."""
        if self._next[state] is None:
            targets = [[] for _ in range(10)]
            for origin in self._sets[state]:
                for mask, target in self._nfa.steps[origin]:
                    for digit in range(10):
                        if mask >> digit & 1:
                            targets[digit].append(target)
            self._next[state] = [self._number(self._nfa.closure(states)) for states in targets]
        return self._next[state]
