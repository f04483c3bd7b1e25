"""SIP security inside your own process: bytes and a clock go in, a verdict comes out.

    import sipward

    with sipward.Engine() as engine, engine.inspector() as inspector:
        packet = sipward.Packet(datagram, source=("198.51.100.7", 5060))
        verdict = inspector.inspect(packet)
        if verdict.action >= sipward.Action.REJECT:
            print(verdict.sip_code, verdict.sip_reason, verdict.rules)

Engine        rules over a state; shared by all threads
Inspector     one thread's door to it: inspect, inspect_batch, event, resume
Packet        a message and what the host knows of it
Verdict       what is to be done, and which rules say so
Message       a message by itself: its values without copies, written back with `sipward.edit`
Rules         compiled rules; Compiler for what they do not do; RulesError has file, line, column
Replayer      judges what an inspector recorded again, without its state
State         the memory that changes: snapshot, restore, shared by forked workers
TrustStore    whom to trust for a caller's identity; `sipward.identity` verifies and signs
Framer        streams into messages
lookup_number country and sort of a telephone number; canonical_number, the one form of all that it is written in
read_hep      what probes hand on as HEP3; write_hep, for Homer
Analytics     calls by trunk, account, number, country, User-Agent and source
`sipward.cdr`  call records read, and what calls cost

`sipward.auth` checks Digest credentials, `sipward.factor` one-time codes.
`sipward.fetcher` and `sipward.capture` need libraries of their own and are imported by their names.

Threads: engines, rules, states, trust stores, signers and fetchers may be shared. Inspectors, messages, verifiers, replayers, framers and captures
belong to one thread at a time; a second one gets BusyError. The interpreter's lock is given up inside the library.
Lifetimes: everything that holds memory has `close` and works in `with`; what is forgotten is given back with the last name for it.
Forks: a child may use what it inherited (its own copy, or a shared State); Fetchers it may not. Fork while no thread is inside a call.
Errors: all are sipward.Error. Bytes that are no SIP are none: they are a verdict.
"""
from __future__ import annotations

from . import auth, cdr, edit, factor, identity
from ._native import lib as _lib
from .analytics import Analytics, CallCounts, DimensionSize, Times, Traffic
from .anomaly import Anomaly, AnomalyInfo, Policy, anomalies
from .bans import Ban, Bans
from .batch import Verdicts
from .engine import Engine, Misfit
from .enums import (
    Action, AnomalyClass, Attestation, AttributeId, BanKind, BodyKind, CallerFlag, CdrFormat, CdrPart, CertificateState, Charset, Dimension, Direction, EditKind, EditProblem, EventKind,
    FactKind, Failure, FeedFault, FeedFormat, FeedKind, FeedRefusalKind, Feedback, FieldType, HostKind, IdentityFlag, IdentityResult, Kind, MediaDirection, NoticeCode, NoticeSeverity, NumberType,
    PacketFlag, PassportFlag, Place, Profile, Refresher, Replayed, Scheme, Setup, Severity, SignerFlag, Strip, TimesOf, Transport, TrustFlag, Unseen, UrlFlag,
    VerdictFlag, Which,
)  # fmt: skip
from .errors import (
    ArgumentError, BatchError, BusyError, ClosedError, CredentialError, EditError, Error, FeedError, FieldError, LimitError, ListError, MalformedError,
    MessageError, NoMemoryError, ProcessError, RatesError, RulesError, SignError, SnapshotError, SpaceError, StateFullError, TicketError, UnsupportedError,
    status_text,
)  # fmt: skip
from .events import Field, event_name, fields
from .evidence import Replayer
from .feeds import Feed, FeedRefusal, FeedStatistics
from .framer import Framer
from .hep import Hep, hep_size, read_hep, write_hep
from .inspector import Inspector
from .lists import DynamicList, ListEntry
from .message import Message, ParseOptions, parse
from .number import NumberInfo
from .number import canonical as canonical_number
from .number import country as country_of
from .number import lookup as lookup_number
from .packet import Packet, pack_endpoint
from .records import Param, Record, Slice
from .rules import Budget, Compiler, Diagnostic, RuleInfo, Rules, RuleTest, RuleTestResult, format_rules
from .state import State
from .statistics import Notice, Notices, RuleStatistics, Statistics, notice_name
from .trust import CallerPolicy, Known, TrustStatistics, TrustStore, certificate_endpoint_check, certificate_url_check
from .verdict import Hit, Tag, Verdict, action_name


def library_version() -> tuple[int, int, int]:
    """Version of the library that runs."""
    number = int(_lib.sipward_version())
    return number >> 16, number >> 8 & 0xFF, number & 0xFF


__version__ = f"{_lib.SIPWARD_VERSION_MAJOR}.{_lib.SIPWARD_VERSION_MINOR}.{_lib.SIPWARD_VERSION_PATCH}"
"""Version of the library that the package was built with."""

__all__ = [
    "Action", "Analytics", "Anomaly", "AnomalyClass", "AnomalyInfo", "ArgumentError", "Attestation", "AttributeId", "Ban", "BanKind", "Bans", "BatchError", "BodyKind", "Budget",
    "BusyError", "CallCounts", "CallerFlag", "CallerPolicy", "CdrFormat", "CdrPart", "CertificateState", "Charset", "ClosedError", "Compiler", "CredentialError", "Diagnostic", "Dimension", "DimensionSize", "Direction",
    "DynamicList", "EditError", "EditKind", "EditProblem", "Engine", "Error", "EventKind", "FactKind", "Failure", "Feed", "FeedError", "FeedFault", "FeedFormat", "FeedKind",
    "FeedRefusal", "FeedRefusalKind", "FeedStatistics", "Feedback", "Field", "FieldError", "FieldType",
    "Framer", "Hep", "Hit", "HostKind", "IdentityFlag", "IdentityResult", "Inspector", "Kind", "Known", "LimitError", "ListEntry", "ListError",
    "MalformedError", "MediaDirection", "Message", "MessageError", "Misfit", "NoMemoryError", "Notice", "NoticeCode", "NoticeSeverity", "Notices",
    "NumberInfo", "NumberType", "Packet", "PacketFlag", "Param", "ParseOptions", "PassportFlag", "Place", "Policy", "ProcessError", "Profile", "RatesError", "Record",
    "Refresher", "Replayed", "Replayer", "RuleInfo", "RuleStatistics", "RuleTest", "RuleTestResult", "Rules", "RulesError", "Scheme", "Setup", "Severity", "SignError",
    "SignerFlag", "Slice", "SnapshotError", "SpaceError", "State", "StateFullError", "Statistics", "Strip", "Tag", "TicketError", "Times", "TimesOf", "Traffic", "Transport",
    "TrustFlag", "TrustStatistics", "TrustStore", "Unseen", "UnsupportedError", "UrlFlag", "Verdict", "VerdictFlag", "Verdicts", "Which",
    "action_name", "anomalies", "auth", "canonical_number", "cdr", "certificate_endpoint_check", "certificate_url_check", "country_of", "edit", "event_name", "factor",
    "fields",
    "format_rules", "hep_size", "identity",
    "library_version", "lookup_number", "notice_name", "pack_endpoint", "parse", "read_hep", "status_text", "write_hep",
]  # fmt: skip
