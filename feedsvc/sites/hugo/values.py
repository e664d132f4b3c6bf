"""Front matter values as Hugo's YAML 1.2 and Go's conversions have them."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite, isnan

from feedsvc.posts import fields
from feedsvc.posts.encoding import clean

_LINE_ENDS = str.maketrans("\t\n\r", "   ")  # over which Hugo ends; no site has them
TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False", ""})
"""What Go's `strconv.ParseBool` takes for a truth."""


def text(value: object) -> str:
    """A value on one line as `cast.ToString` has it: `1.0` is `1`; "" for lists and maps."""
    if isinstance(value, str):  # most are
        return fields.text(value) or ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return _number(value)
    return fields.text(value) or ""


def title(value: object) -> str:
    """The same as a title, see `fields.title`."""
    return (fields.title(value) or "") if isinstance(value, str) else text(value)


def address(value: object) -> str:
    """The same with all its blanks, which addresses keep."""
    if isinstance(value, str):
        return clean(value).translate(_LINE_ENDS)
    return text(value)


def _number(value: float) -> str:
    if not isfinite(value):
        return "NaN" if isnan(value) else "+Inf" if value > 0 else "-Inf"
    whole = f"{Decimal(repr(value)):f}"  # never with an exponent
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def truth(value: object) -> bool | None:
    """Yes or no as Go's conversions have it; None for text that says neither."""
    if isinstance(value, (bool, int)):
        return bool(value)
    word = str(value)
    return True if word in TRUE else False if word in FALSE else None
