"""Telephone numbers: country, sort, and whether the numbering plan has them."""
from __future__ import annotations

import dataclasses

from ._core import Text, as_bytes, new, text
from ._native import lib
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
