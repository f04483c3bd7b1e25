"""Packets: a message and what the host knows of it."""
from __future__ import annotations

import ipaddress
import time
from typing import TYPE_CHECKING, Any, Union

from ._core import Buffer, Text, as_bytes, decode, integer, nanoseconds, unsigned
from ._native import ffi, lib
from .enums import Direction, PacketFlag, Transport

if TYPE_CHECKING:
    from .identity import Check

# An address and a port, as sockets give them: ("192.0.2.1", 5060), ("2001:db8::1", 5060, 0, 0).
Endpoint = Union[tuple[str, int], tuple[str, int, int, int]]

UNKNOWN: Endpoint = ("0.0.0.0", 0)
_wall, _monotonic = time.time_ns, time.monotonic_ns
_new, _from_buffer, _fill, _PACKET = ffi.new, ffi.from_buffer, lib.sipward_py_fill, ffi.typeof("sipward_packet*")
_LAST_TRANSPORT, _LAST_DIRECTION, _ALL_FLAGS = int(max(Transport)), int(max(Direction)), sum(PacketFlag)


def endpoint_struct(endpoint: Endpoint, what: str = "an endpoint") -> Any:
    """A sipward_endpoint. TypeError or ValueError if it is none."""
    out = ffi.new("sipward_endpoint*")
    if not isinstance(endpoint, tuple) or len(endpoint) < 2 or not isinstance(endpoint[0], str):
        raise TypeError(f'{what} must be a pair of an address and a port, like ("192.0.2.1", 5060), not {endpoint!r}')
    port = integer(endpoint[1], f"the port of {what}", 0, 65535)
    data = endpoint[0].encode("utf-8", "replace")
    if lib.sipward_py_endpoint(data, len(data), port, out) != 0:
        raise ValueError(f"{what} has no IP address, but {endpoint[0]!r}")
    return out


def pack_endpoint(endpoint: Endpoint) -> bytes:
    """An endpoint as the library has it, 20 bytes: columns of inspect_batch are made of them, one behind the other."""
    return bytes(ffi.buffer(endpoint_struct(endpoint)))


# Endpoints that were packed already: most packets come from few. Forgotten all at once, before strangers make it large.
_known: dict[Endpoint, bytes] = {}
_MOST_KNOWN = 4096


def _remember(endpoint: Endpoint, what: str) -> bytes:
    packed = bytes(ffi.buffer(endpoint_struct(endpoint, what)))
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    _known[endpoint] = packed
    return packed


def endpoint_of(struct: Any) -> tuple[str, int]:
    """The address and port of a sipward_endpoint."""
    address = ipaddress.IPv6Address(bytes(ffi.buffer(struct.address)))
    return str(address.ipv4_mapped or address), int(struct.port)


class Packet:
    """A message, where it came from and goes to, and when. What `Inspector.inspect` takes.

    `data`: the bytes of one message; they are not copied, and must stay as they are while this lives. `source`, `destination`:
    pairs of address and port. `wall_ns`, `monotonic_ns`: when it came, by the host's clocks; now unless given. The library itself
    reads no clock: windows are measured by monotonic_ns, so a replay gives its own. `transport`, `direction`, `flags`: see
    Transport, Direction, PacketFlag. `account`: whom the host authenticated; `trunk`: by which trunk it came. `identity`: what the
    host found of the caller's identity. TypeError for a wrong type, ValueError for what is out of range.
    """

    __slots__ = ("_data", "_identity", "_base", "_packet", "_kept")

    def __init__(
        self,
        data: Buffer,
        *,
        source: Endpoint,
        destination: Endpoint = UNKNOWN,
        transport: int = 0,
        direction: int = 0,
        flags: int = 0,
        wall_ns: int | None = None,
        monotonic_ns: int | None = None,
        account: Text | None = None,
        trunk: Text | None = None,
        identity: Check | None = None,
    ) -> None:
        packet = _new(_PACKET)
        try:
            base = _from_buffer(data)
            status = _fill(
                packet, len(base), transport, direction, flags, _wall() if wall_ns is None else wall_ns,
                _monotonic() if monotonic_ns is None else monotonic_ns, _known.get(source) or _remember(source, "source"),
                _known.get(destination) or _remember(destination, "destination"),
            )  # fmt: skip
        except (TypeError, AttributeError, OverflowError, IndexError, ValueError, BufferError):
            raise _why(data, source, destination, transport, direction, flags, wall_ns, monotonic_ns) from None
        if status != 0:
            raise _why(data, source, destination, transport, direction, flags, wall_ns, monotonic_ns)
        self._data = data
        self._base = base
        self._packet = packet
        self._identity = identity
        self._kept: list[Any] | None = None
        if account is not None:
            packet.account, packet.account_size = self._keep(account, "account")
        if trunk is not None:
            packet.trunk, packet.trunk_size = self._keep(trunk, "trunk")
        if identity is not None:
            packet.identity = identity.struct

    def _keep(self, text: Text, what: str) -> tuple[Any, int]:
        data = ffi.from_buffer(as_bytes(text, what))
        self._kept = [*(self._kept or ()), data]
        return data, len(data)

    @property
    def data(self) -> Buffer:
        """The bytes of the message: the object that was given."""
        return self._data

    @property
    def identity(self) -> Check | None:
        """What the host found of the caller's identity."""
        return self._identity

    @property
    def source(self) -> tuple[str, int]:
        """Address and port that it came from."""
        return endpoint_of(self._packet.source)

    @property
    def destination(self) -> tuple[str, int]:
        """Address and port that it goes to."""
        return endpoint_of(self._packet.destination)

    @property
    def transport(self) -> Transport:
        """How it came."""
        return Transport(self._packet.transport)

    @property
    def direction(self) -> Direction:
        """Which way it goes."""
        return Direction(self._packet.direction)

    @property
    def flags(self) -> PacketFlag:
        """What the host knows of the source."""
        return PacketFlag(self._packet.flags)

    @property
    def wall_ns(self) -> int:
        """When it came: nanoseconds since 1970 UTC."""
        return int(self._packet.wall_ns)

    @property
    def monotonic_ns(self) -> int:
        """When it came, on the clock that windows are measured by."""
        return int(self._packet.monotonic_ns)

    @property
    def account(self) -> str | None:
        """Whom the host authenticated."""
        return decode(ffi.unpack(self._packet.account, self._packet.account_size)) if self._packet.account_size else None

    @property
    def trunk(self) -> str | None:
        """By which trunk it came."""
        return decode(ffi.unpack(self._packet.trunk, self._packet.trunk_size)) if self._packet.trunk_size else None

    def __len__(self) -> int:
        return len(self._base)

    def __repr__(self) -> str:
        return f"<sipward.Packet of {len(self)} bytes from {self.source[0]}:{self.source[1]} over {self.transport.name}>"


def check_numbers(transport: object, direction: object, flags: object, wall_ns: object, monotonic_ns: object) -> None:
    """TypeError or ValueError if one of them is none."""
    unsigned(transport, "transport", _LAST_TRANSPORT)
    unsigned(direction, "direction", _LAST_DIRECTION)
    unsigned(flags, "flags", _ALL_FLAGS)
    nanoseconds(wall_ns, "wall_ns")
    nanoseconds(monotonic_ns, "monotonic_ns")


def _why(data: object, source: Any, destination: Any, transport: object, direction: object, flags: object, wall_ns: object, monotonic_ns: object) -> Exception:
    """What was wrong with the arguments of a packet, in words."""
    try:
        try:
            ffi.from_buffer(data)
        except TypeError:
            return TypeError(f"a message must be bytes or another object with a buffer, not {type(data).__name__}")
        except BufferError as error:
            return ValueError(f"a message must be one piece of memory: {error}")
        endpoint_struct(source, "source")
        endpoint_struct(destination, "destination")
        check_numbers(transport, direction, flags, 0 if wall_ns is None else wall_ns, 0 if monotonic_ns is None else monotonic_ns)
    except (TypeError, ValueError) as error:
        return error
    return ValueError("the packet cannot be")
