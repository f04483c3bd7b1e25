"""Fetches the certificates that pending verdicts wait for. Needs libsipward-fetch: `import sipward.fetcher` fails without it."""
from __future__ import annotations

import dataclasses
import ipaddress
import os
from collections.abc import Iterable
from typing import Any

from ._core import Handle, Text, Texts, as_bytes, fixed, text, unsigned
from ._fetch import ffi, lib
from .errors import CredentialError, LimitError, check, refuse
from .events import IpNetwork
from .packet import endpoint_struct
from .trust import TrustStore


@dataclasses.dataclass(frozen=True, slots=True)
class Permit:
    """A network with one port of it that may be asked beside the public addresses and the ports 443 and 8443: a repository of the
    host's own."""

    network: IpNetwork
    port: int


@dataclasses.dataclass(frozen=True, slots=True)
class Arrival:
    """A fetch that is over. `reason`: what the trust was told: "OK", "X5U_TIMEOUT"; `sentence`: what became of it, for the operator."""

    url: str
    reason: str
    sentence: str


@dataclasses.dataclass(frozen=True, slots=True)
class FetcherStatistics:
    """What it did; `sipward/c/fetch.h` says which is which."""

    in_flight: int
    waiting: int
    requests: int
    known: int
    joined: int
    refused: int
    limited: int
    full: int
    fetches: int
    failures: int
    arrivals_lost: int


class Fetcher(Handle):
    """Fetches certificates into a TrustStore, which it keeps alive. Any number of threads may use it.

    A fetch checks its URL, connects to public addresses alone, over https with the server verified, follows no redirect, uses no
    proxy, takes little and waits briefly. It has threads of its own, which do not survive a fork: a child makes its own Fetcher, and
    gets ProcessError of its parent's. Times in milliseconds; defaults: total_ms 2000, connect_ms 1000, in_flight 8, waiting 256,
    document_bytes 16384, host_burst 32, host_per_minute 240. `authorities`: path of a file in PEM, those of the system unless given.
    UnsupportedError if the library was built without libcurl.
    """

    __slots__ = ("_trust",)

    def __init__(
        self,
        trust: TrustStore,
        *,
        total_ms: int = 0,
        connect_ms: int = 0,
        in_flight: int = 0,
        waiting: int = 0,
        document_bytes: int = 0,
        host_burst: int = 0,
        host_per_minute: int = 0,
        permits: Iterable[Permit] = (),
        authorities: str | os.PathLike[str] | None = None,
    ) -> None:
        if not isinstance(trust, TrustStore):
            raise TypeError(f"a fetcher needs a sipward.TrustStore, not {type(trust).__name__}")
        options, texts = ffi.new("sipward_fetcher_options*"), Texts()
        options.struct_size = ffi.sizeof("sipward_fetcher_options")
        for name, value in (("total_ms", total_ms), ("connect_ms", connect_ms), ("in_flight", in_flight), ("waiting", waiting),
                            ("document_bytes", document_bytes), ("host_burst", host_burst), ("host_per_minute", host_per_minute)):  # fmt: skip
            setattr(options, name, unsigned(value, name))
        row = [_permit(each) for each in permits]
        array = ffi.new("sipward_fetch_permit[]", row or 1)
        options.permits, options.permit_count = array, len(row)
        if authorities is not None:
            texts.put(options.authorities, os.fsencode(authorities))
        held, out = trust._c(), ffi.new("sipward_fetcher**")
        check(lib.sipward_fetcher_create(held, options, out), "make a fetcher")
        # The trust must outlive the fetcher: what destroys the fetcher holds it.
        super().__init__(ffi.gc(out[0], lambda pointer, _held=held: lib.sipward_fetcher_destroy(pointer)))
        self._trust = trust

    def request(self, url: Text) -> bool:
        """Asks for a certificate, and returns at once. True: it is being fetched, and an arrival will tell. False: the trust knows the
        URL already, or its host is asked too often: resume. CredentialError: it may not be asked. LimitError: too many wait."""
        data, reason = as_bytes(url, "the URL"), ffi.new("sipward_text*")
        status = lib.sipward_fetcher_request(self._c(), data, len(data), reason)
        if status == lib.SIPWARD_ERR_CREDENTIAL:
            name = text(reason)
            raise CredentialError(f"fetch {url!r}: {name}", name)
        if status == lib.SIPWARD_ERR_LIMIT:
            raise LimitError("fetch a certificate: too many wait")
        if status < 0:
            raise refuse(status, "fetch a certificate")
        return bool(status == lib.SIPWARD_OK)

    def next(self) -> Arrival | None:
        """The fetch that was over first, each told once; None: there is none."""
        out = ffi.new("sipward_fetch_arrival*")
        out.struct_size = ffi.sizeof("sipward_fetch_arrival")
        if check(lib.sipward_fetcher_next(self._c(), out), "ask for arrivals") != lib.SIPWARD_OK:
            return None
        return Arrival(fixed(out.url, out.url_size), text(out.reason), text(out.sentence))

    def wait(self, most_ms: int) -> bool:
        """Waits until there is an arrival; False if there is none after `most_ms`, at most an hour."""
        return bool(check(lib.sipward_fetcher_wait(self._c(), unsigned(most_ms, "most_ms")), "wait for arrivals") == lib.SIPWARD_OK)

    def fileno(self) -> int:
        """A descriptor that is readable while there is an arrival, for select and asyncio. Only wait for it."""
        out = ffi.new("int32_t*")
        check(lib.sipward_fetcher_descriptor(self._c(), out), "ask for the descriptor")
        return int(out[0])

    def statistics(self) -> FetcherStatistics:
        """What it did so far."""
        out = ffi.new("sipward_fetcher_statistics*")
        out.struct_size = ffi.sizeof("sipward_fetcher_statistics")
        check(lib.sipward_fetcher_read_statistics(self._c(), out), "read statistics")
        return FetcherStatistics(*(int(getattr(out, field.name)) for field in dataclasses.fields(FetcherStatistics)))


def _permit(permit: Permit) -> Any:
    network = ipaddress.ip_network(permit.network)
    struct = endpoint_struct((str(network.network_address), permit.port), "a permit")
    return {"network": struct[0], "bits": network.prefixlen + (96 if network.version == 4 else 0)}
