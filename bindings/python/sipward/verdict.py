"""Verdicts: what is to be done with a message, and which rules say so."""
from __future__ import annotations

import dataclasses
import struct
import sys

from ._core import decode, name_of, unsigned
from ._native import ffi, lib
from .enums import Action, VerdictFlag

# The structs of glue.h, in the byte order and alignment of the machine.
_HEAD = struct.Struct("@3I2i6I4xQ")
_HIT = struct.Struct("@2IiI4d2I")
_TAG = struct.Struct("@2I")
assert _HEAD.size == ffi.sizeof("sipward_py_record") and _HIT.size == ffi.sizeof("sipward_py_hit") and _TAG.size == ffi.sizeof("sipward_py_tag")

_ACTIONS = tuple(Action)
_LOW = 0 if sys.byteorder == "little" else 3  # where the action stands, which is the first number and small
_PENDING = lib.SIPWARD_VERDICT_PENDING


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched: what it asked for, whether that was enforced (a guard or report mode holds back), its points and
    the values of its aggregates at that time."""

    rule: str
    why: str
    action: Action
    enforced: bool
    score: int
    values: tuple[float, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Tag:
    """What a rule that matched calls the message."""

    text: str
    rule: str


class Verdict:
    """What is to be done with a message. A copy: nothing in it points anywhere, keep it as long as you like.

    `action`: an Action, the worst that the guards permit.
    """

    __slots__ = ("action", "_record", "_unpacked")

    action: Action

    def __init__(self, record: bytes) -> None:
        self.action = _ACTIONS[record[_LOW]]
        self._record = record
        self._unpacked: tuple[int, ...] | None = None

    def _head(self) -> tuple[int, ...]:
        """The numbers of a sipward_py_record, unpacked when one of them is asked for."""
        if self._unpacked is None:
            self._unpacked = _HEAD.unpack_from(self._record)
        return self._unpacked

    @property
    def sip_code(self) -> int:
        """The proposed answer; 0: none."""
        return self._head()[1]

    @property
    def score(self) -> int:
        """Points given by this message."""
        return self._head()[3]

    @property
    def parse_status(self) -> int:
        """0, or the negative status of what the parser refused."""
        return self._head()[4]

    @property
    def hits_omitted(self) -> int:
        """Rules that matched beyond those of `hits`."""
        return self._head()[6]

    @property
    def tags_omitted(self) -> int:
        """Tags beyond those of `tags`."""
        return self._head()[8]

    @property
    def ticket(self) -> int:
        """Of a pending verdict, for Inspector.resume; else 0."""
        return self._head()[11]

    @property
    def flags(self) -> VerdictFlag:
        """What else is to be said of the message."""
        return VerdictFlag(self._head()[2])

    @property
    def pending(self) -> bool:
        """Rules wait for the caller's identity: see Inspector.resume. The action is that of all other rules."""
        return bool(self._head()[2] & _PENDING)

    @property
    def sip_reason(self) -> str:
        """The proposed reason phrase; may be empty."""
        return self._texts(0, 1)[0]

    @property
    def certificate_url(self) -> str:
        """Of a pending verdict, where the certificate is that it waits for; empty: the host checks. Of another, of a certificate
        that was old or missing, so that the next call finds it. The caller chose it: see Fetcher."""
        return self._texts(1, 2)[0]

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The rules that matched, at most 16; `hits_omitted` counts those beyond."""
        count = self._head()[5]
        if not count:
            return ()
        texts = self._texts(2, 2 + 2 * count)
        hits = []
        for index in range(count):
            action, enforced, score, values, *more = _HIT.unpack_from(self._record, _HEAD.size + index * _HIT.size)
            hits.append(Hit(texts[2 * index], texts[2 * index + 1], _ACTIONS[action], bool(enforced), score, tuple(more[:values])))
        return tuple(hits)

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that matched."""
        return tuple(self._texts(2, 2 + 2 * self._head()[5])[::2])

    @property
    def tags(self) -> tuple[Tag, ...]:
        """What rules call the message, at most 16; `tags_omitted` counts those beyond."""
        hits, tags = self._head()[5], self._head()[7]
        texts = self._texts(2 + 2 * hits, 2 + 2 * hits + 2 * tags) if tags else []
        return tuple(Tag(texts[2 * index], texts[2 * index + 1]) for index in range(tags))

    def _texts(self, first: int, end: int) -> list[str]:
        """Texts [first, end) of the record: reason, URL, two of each hit, two of each tag."""
        _, _, _, _, _, hits, _, tags, _, reason, url, _ = self._head()
        sizes = [reason, url]
        for index in range(hits):
            sizes += _HIT.unpack_from(self._record, _HEAD.size + index * _HIT.size)[8:10]
        tags_at = _HEAD.size + hits * _HIT.size
        for index in range(tags):
            sizes += _TAG.unpack_from(self._record, tags_at + index * _TAG.size)
        at = tags_at + tags * _TAG.size + sum(sizes[:first])
        texts = []
        for size in sizes[first:end]:
            texts.append(decode(self._record[at : at + size]))
            at += size
        return texts

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Verdict):
            return NotImplemented
        return bool(self._record == other._record)

    def __hash__(self) -> int:
        return hash(self._record)

    def __repr__(self) -> str:
        rules = ", ".join(self.rules)
        return f"<sipward.Verdict {self.action.label}{' pending' if self.pending else ''}{f': {rules}' if rules else ''}>"


def action_name(action: int) -> str | None:
    """The library's name of an action; None if there is no such action."""
    return name_of(lib.sipward_action_name(unsigned(action, "action")))
