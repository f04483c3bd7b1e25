"""Telephone numbers: country, sort, and whether the numbering plan has them."""
from __future__ import annotations

import dataclasses

from ._core import Text, as_bytes, new, text
from ._native import ffi, lib
from .enums import NumberType
from .errors import check


@dataclasses.dataclass(frozen=True, slots=True)
class NumberInfo:
    """What the plans say. `country`: ISO 3166-1 ("001" of numbers that are no country's); texts are empty of what is no number."""

    type: NumberType
    type_name: str
    country: str
    region: str
    calling_code: str
    valid: bool


def lookup(number: Text) -> NumberInfo:
    """Looks up a number in E.164 form: digits with the country calling code in front; a leading + and -.() are skipped. Whatever is
    no number is NumberType.NONE."""
    data, out = as_bytes(number, "a telephone number"), new("sipward_number_info")
    check(lib.sipward_number_lookup(data, len(data), out), "look up a number")
    return NumberInfo(NumberType(out.type), text(out.type_name), text(out.country), text(out.region), text(out.calling_code), bool(out.valid))


def country(code: Text) -> str:
    """The country that an ISO 3166-1 code or a calling code (49, +49) means: its ISO code, "" if there is none."""
    data, out = as_bytes(code, "the code of a country"), ffi.new("sipward_text*")
    check(lib.sipward_number_country(data, len(data), out), "look up a country")
    return text(out)


def canonical(number: Text, home: Text = "") -> str:
    """The one form of all that a number is written in: the digits of its E.164 form without the +; "" if it is no number.

    `home`: the country from which numbers are dialled, as country() takes it. Without it, digits without a + stay as they are."""
    data, where = as_bytes(number, "a telephone number"), as_bytes(home, "the code of a country")
    out, size = ffi.new("char[]", lib.SIPWARD_NUMBER_DIGITS), ffi.new("size_t*")
    status = lib.sipward_number_canonical(data, len(data), where, len(where), out, len(out), size)
    check(status, f"read a number in {home!r}")
    return str(ffi.buffer(out, size[0])[:], "ascii")
