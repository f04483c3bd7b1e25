"""Engines: rules and state together."""
from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ._core import Handle, fixed, make, new, unsigned
from ._native import ffi, lib
from .anomaly import Policy
from .bans import Bans
from .enums import Feedback, Profile
from .errors import StateFullError, check, status_text
from .lists import DynamicList
from .rules import Rules
from .state import State
from .statistics import EngineCounts

if TYPE_CHECKING:
    from .inspector import Inspector
    from .trust import CallerPolicy, TrustStore


@dataclasses.dataclass(frozen=True, slots=True)
class Misfit:
    """What did not fit when rules were loaded: the table, the bytes that it needs, the largest room that there is."""

    signature: str
    bytes: int
    room: int


class Engine(EngineCounts, Handle):
    """Rules that run over a state. Shared by any number of threads; each makes an Inspector of its own.

    `rules`: those of the library unless given. `state`: a new one of 64 MiB unless given. `report_only`: no verdict above flag.
    `profile`, `policy`: how messages are read. `identity_by_host`: the host checks Identity headers, and verdicts may be pending
    for it. `trust`, `caller_policy`: the library itself checks them by these certificates. `calls_by_host`: the host tells of
    calls, registrations and attempts to authenticate as events; else they follow from the messages. `call_capacity`: calls that
    are to have room at once, 0 by the size of the state. `analytics_rows`: rows of each dimension of `analytics()`, 0 keeps none;
    `short_call_ms`: answered calls that are shorter count as short there, 6,000 if it is 0. The engine holds what it needs of
    rules, state and trust; they may be closed. StateFullError if the state is too small for the rules. Allocates; for load time.
    """

    __slots__ = ()

    def __init__(
        self,
        rules: Rules | None = None,
        state: State | None = None,
        *,
        report_only: bool = False,
        profile: int = Profile.TOLERANT,
        policy: Policy | None = None,
        identity_by_host: bool = False,
        trust: TrustStore | None = None,
        caller_policy: CallerPolicy | None = None,
        calls_by_host: bool = False,
        call_capacity: int = 0,
        analytics_rows: int = 0,
        short_call_ms: int = 0,
    ) -> None:
        for value, kind, what in ((rules, Rules, "rules"), (state, State, "state"), (policy, Policy, "policy")):
            if value is not None and not isinstance(value, kind):
                raise TypeError(f"{what} must be a sipward.{kind.__name__}, not {type(value).__name__}")
        rules = Rules.default() if rules is None else rules
        state = State() if state is None else state
        options = new("sipward_engine_options", report_only=bool(report_only), profile=unsigned(profile, "profile"), identity_by_host=bool(identity_by_host))
        options.calls_by_host = bool(calls_by_host)
        options.call_capacity = unsigned(call_capacity, "call_capacity")
        options.analytics_rows = unsigned(analytics_rows, "analytics_rows")
        options.short_call_ms = unsigned(short_call_ms, "short_call_ms")
        if policy is not None:
            options.policy = policy._struct[0]
        held = None if trust is None else trust._c()  # lives through the call, whoever closes it meanwhile
        if held is not None:
            options.trust = held
        if caller_policy is not None:
            options.caller_policy = caller_policy._struct
        status, pointer = make(lib.sipward_engine_create, lib.sipward_engine_destroy, "sipward_engine", rules._c(), state._c(), options)
        if status == lib.SIPWARD_ERR_STATE_FULL:
            raise StateFullError(f"make an engine: {status_text(status)} (the rules need {rules.budget().state_bytes:,} bytes beside what every state has)")
        check(status, "make an engine")
        super().__init__(pointer)

    def inspector(self) -> Inspector:
        """A new inspector: one for each thread."""
        from .inspector import Inspector

        return Inspector(self)

    def reload(self, rules: Rules) -> None:
        """Puts other rules in the place of those that run. Every inspector takes them up with its next packet, event or batch. What
        both rule sets count alike goes on. StateFullError, whose `misfit` says what was too large: the old rules go on. May be
        called while others inspect."""
        if not isinstance(rules, Rules):
            raise TypeError(f"rules must be a sipward.Rules, not {type(rules).__name__}")
        misfit = new("sipward_misfit")
        status = lib.sipward_engine_reload(self._c(), rules._c(), misfit)
        if status == lib.SIPWARD_ERR_STATE_FULL:
            found = Misfit(fixed(misfit.signature, misfit.signature_size), misfit.bytes, misfit.room)
            raise StateFullError(f"reload: {status_text(status)} ({found.signature} needs {found.bytes:,} bytes, there are {found.room:,})", found)
        check(status, "reload")

    @property
    def bans(self) -> Bans:
        """Who is banned, why and for how long."""
        return Bans(self)

    def list(self, name: str) -> DynamicList:
        """A list that rules call dynamic. ListError comes with its first use, if the rules that run have none of this name."""
        return DynamicList(self, name)

    def feedback(self, call_id: str | bytes, verdict: Feedback, *, now_ns: int) -> None:
        """The host's word on a call that is over: it was fraud, or it was not. It is counted; no verdict depends on it yet. `now_ns`
        is a time on the monotonic clock of the packets."""
        from ._core import as_bytes, nanoseconds

        data = as_bytes(call_id, "the Call-ID")
        check(lib.sipward_engine_feedback(self._c(), data, len(data), unsigned(verdict, "verdict"), nanoseconds(now_ns, "now_ns")), "tell of a call")
