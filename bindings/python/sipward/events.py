"""Events: what happens and is no packet, told by fields."""
from __future__ import annotations

import dataclasses
import functools
import ipaddress
from collections.abc import Mapping
from typing import Any, Union

from ._core import as_bytes, integer, name_of, new, text, unsigned, I64
from ._native import ffi, lib
from .enums import EventKind, FactKind, FieldType
from .errors import FieldError, check

IpAddress = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]
IpNetwork = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]
Value = Union[bool, int, float, str, bytes, IpAddress, IpNetwork, None]

_PREFIX = bytes(10) + b"\xff\xff"


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A field that rules and events have. Times are nanoseconds since 1970, durations nanoseconds, money millionths of the host's
    currency. `optional`: rules can ask whether it is there."""

    name: str
    type: FieldType
    type_name: str
    meaning: str
    optional: bool
    events: tuple[EventKind, ...]
    number: int


@functools.cache
def fields() -> tuple[Field, ...]:
    """All fields, with the kinds of events that have them."""
    found: list[Field] = []
    out = new("sipward_field_info")
    while lib.sipward_field_describe(len(found), out) == lib.SIPWARD_OK:
        kinds = tuple(kind for kind in EventKind if out.events >> kind & 1)
        found.append(Field(text(out.name), FieldType(out.type), text(out.type_name), text(out.meaning), bool(out.optional), kinds, out.field))
    return tuple(found)


def event_name(kind: int) -> str | None:
    """The library's name of a kind of event; None if there is no such kind."""
    return name_of(lib.sipward_event_name(unsigned(kind, "kind")))


@functools.lru_cache(maxsize=4096)
def _find(kind: int, name: str) -> int:
    """The number of a field; names come from the host, so that they are few."""
    data, out = name.encode("utf-8", "replace"), ffi.new("uint32_t*")
    status = lib.sipward_field_find(kind, data, len(data), out)
    if status == lib.SIPWARD_ERR_FIELD:
        raise FieldError(f"an event of kind {EventKind(kind).label} has no field {name!r}")
    check(status, f"find the field {name!r}")
    return int(out[0])


@dataclasses.dataclass(slots=True)
class EventStruct:
    """A sipward_host_event, and what it points to."""

    event: Any
    facts: Any
    kept: list[Any]


def event_struct(kind: int, facts: Mapping[str, Value], wall_ns: int, monotonic_ns: int, proven: bool) -> EventStruct:
    """An event of these facts."""
    try:
        kind = EventKind(kind)
    except ValueError:
        raise ValueError(f"there is no kind of event {kind!r}; sipward.EventKind has them") from None
    row = ffi.new("sipward_fact[]", max(1, len(facts)))
    made = EventStruct(new("sipward_host_event", kind=kind, flags=lib.SIPWARD_EVENT_PROVEN if proven else 0, fact_count=len(facts),
                           wall_ns=wall_ns, monotonic_ns=monotonic_ns, facts=row), row, [])  # fmt: skip
    for fact, (name, value) in zip(row, facts.items()):
        if not isinstance(name, str):
            raise TypeError(f"the name of a field must be str, not {type(name).__name__}")
        fact.field = _find(int(kind), name)
        _put(fact, name, value, made.kept)
    return made


def misfit(facts: Mapping[str, Value]) -> FieldError:
    """For facts of which one does not fit its field: what each has to be."""
    types = {field.name: field.type_name for field in fields()}
    return FieldError("a value does not fit its field: " + ", ".join(f"{name} is of type {types.get(name, '?')}, not {value!r}" for name, value in facts.items()))


def _put(fact: Any, name: str, value: Value, kept: list[Any]) -> None:
    if value is None:
        fact.kind = FactKind.NONE
    elif isinstance(value, bool):
        fact.kind, fact.integer = FactKind.INTEGER, int(value)
    elif isinstance(value, int):
        if fields()[fact.field].type == FieldType.FLOAT:
            fact.kind, fact.real = FactKind.REAL, float(value)
        else:
            fact.kind, fact.integer = FactKind.INTEGER, integer(value, name, -I64 - 1, I64)
    elif isinstance(value, float):
        fact.kind, fact.real = FactKind.REAL, value
    elif isinstance(value, (ipaddress.IPv4Address, ipaddress.IPv6Address)):
        fact.kind, fact.address = FactKind.ADDRESS, _octets(value)
    elif isinstance(value, (ipaddress.IPv4Network, ipaddress.IPv6Network)):
        fact.kind, fact.address, fact.prefix_bits = FactKind.NETWORK, _octets(value.network_address), value.prefixlen
    elif isinstance(value, (str, bytes)):
        data = ffi.from_buffer(as_bytes(value))
        kept.append(data)
        fact.kind, fact.text, fact.text_size = FactKind.TEXT, data, len(data)
    else:
        raise TypeError(f"{name} must be a number, a text, an address or a network, not {type(value).__name__}")


def _octets(address: IpAddress) -> bytes:
    return _PREFIX + address.packed if address.version == 4 else address.packed
