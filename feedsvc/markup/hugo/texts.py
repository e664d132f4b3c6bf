"""Functions of text in Hugo's templates.

What is not of the kinds that a function takes is no answer: UnsupportedError.
Source: gohugo.io/functions/strings, gohugo.io/functions/crypto, pkg.go.dev/fmt.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlsplit

from feedsvc.markup.evaluated import Markup, UnsupportedError
from feedsvc.markup.hugo.evaluation import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.markup.evaluated import Function

_VERB = re.compile(r"%(.)")
_GROUP = re.compile(r"\$(?:\{(\w+)\}|(\w+)|(\$))")
_MADE = 100_000  # characters of what is new in a text
# The time that Go's expressions take grows with the text alone. Python's may take any where groups
# are repeated, and else some power of the text's length.
_REPEATED = re.compile(r"\)[*+{]")
_TRIED = 10**8


def _printf(pattern: object, *values: object) -> str:
    waiting = list(values)

    def verb(match: re.Match[str]) -> str:
        if match[1] == "%":
            return "%"
        if match[1] not in "svdq":
            raise UnsupportedError
        told = text(waiting.pop(0))
        return f'"{told}"' if match[1] == "q" else told

    return _VERB.sub(verb, text(pattern))


def _replaced(given: object, old: object, new: object) -> str:
    held, found, made = text(given), text(old), text(new)
    if held.count(found) * len(made) > _MADE:
        raise UnsupportedError
    return held.replace(found, made)


def _chomped(given: object) -> str:
    """Without the ends of lines behind it; HTML stays HTML, which no other function here keeps."""
    made = text(given).rstrip("\r\n")
    return Markup(made) if isinstance(given, Markup) else made


def _repeated(count: object, given: object) -> str:
    if not isinstance(count, int) or not 0 <= count * len(text(given)) <= _MADE:
        raise UnsupportedError
    return text(given) * count


@lru_cache(64)
def _expression(pattern: str) -> re.Pattern[str]:
    """A Go expression; what Python writes otherwise is not known here."""
    try:
        return re.compile(pattern, re.ASCII)
    except (re.error, OverflowError) as error:
        raise UnsupportedError from error


def _searched(pattern: object, given: object) -> tuple[re.Pattern[str], str]:
    said, held = text(pattern), text(given)
    repeats = sum(map(said.count, "*+{"))
    if _REPEATED.search(said) or (len(held) + 1) ** (repeats + 1) > _TRIED:
        raise UnsupportedError
    return _expression(said), held


def _replaced_all(pattern: object, new: object, given: object) -> str:
    expression, held = _searched(pattern, given)
    made = text(new)

    def filled(found: re.Match[str]) -> str:
        def group(match: re.Match[str]) -> str:
            name = match[1] or match[2]
            if not name:
                return "$"
            known = found.re.groupindex if not name.isdecimal() else range(found.re.groups + 1)
            key = name if not name.isdecimal() else int(name)
            return (found[key] or "") if key in known else ""

        return _GROUP.sub(group, made)

    changed = expression.sub(filled, held)
    if len(changed) > _MADE:
        raise UnsupportedError
    return changed


def _found_all(pattern: object, given: object, limit: object = -1) -> list[object]:
    expression, held = _searched(pattern, given)
    found: list[object] = [match[0] for match in expression.finditer(held)]
    return found[:limit] if isinstance(limit, int) and limit >= 0 else found


def _split(given: object, sign: object) -> list[object]:
    held = text(given)
    return list(held.split(text(sign)) if text(sign) else held)


def _piece(given: object, start: object, length: object = None) -> str:
    """`substr`: places count from the end where they are negative."""
    held = text(given)
    if not isinstance(start, int) or not isinstance(length, int | None):
        raise UnsupportedError
    begin = max(0, start + len(held)) if start < 0 else start
    end = len(held) if length is None else begin + length
    if length is not None and length < 0:
        end = len(held) + length
    return held[begin : max(begin, end)]


def _slice(given: object, start: object = 0, end: object = None) -> str:
    held = text(given)
    stop = len(held) if end is None else end
    if not isinstance(start, int) or not isinstance(stop, int):
        raise UnsupportedError
    if not 0 <= start <= stop <= len(held):
        raise UnsupportedError
    return held[start:stop]


def _query(*pairs: object) -> str:
    told = sorted(zip(map(text, pairs[::2]), map(text, pairs[1::2]), strict=True))
    return "&".join(f"{quote_plus(key)}={quote_plus(value)}" for key, value in told)


def _parsed(given: object) -> dict[str, object]:
    """The parts of an address that templates ask for."""
    try:
        address = urlsplit(text(given))
    except ValueError as error:
        raise UnsupportedError from error
    return {
        "Scheme": address.scheme,
        "Host": address.netloc.rpartition("@")[2],
        "Hostname": address.hostname or "",
        "Path": unescape(address.path),
        "RawQuery": address.query,
        "Fragment": address.fragment,
    }


def _digest(kind: str) -> Callable[[object], str]:
    return lambda given: hashlib.new(
        kind, text(given).encode("utf-8", "surrogatepass"), usedforsecurity=False
    ).hexdigest()


def _integer(given: object) -> int:
    if isinstance(given, bool):
        raise UnsupportedError
    if isinstance(given, int | float):
        return int(given)
    digits = text(given).removeprefix("-")
    if not digits.isdecimal() or not digits.isascii() or len(digits) > 18:
        raise UnsupportedError
    return int(text(given))


_NAMED: dict[str, tuple[str, Function]] = {
    "chomp": ("strings.Chomp", _chomped),
    "findRE": ("strings.FindRE", _found_all),
    "hasPrefix": (
        "strings.HasPrefix",
        lambda given, part: text(given).startswith(text(part)),
    ),
    "hasSuffix": ("strings.HasSuffix", lambda given, part: text(given).endswith(text(part))),
    "htmlEscape": ("transform.HTMLEscape", lambda given: escape(text(given))),
    "htmlUnescape": ("transform.HTMLUnescape", lambda given: unescape(text(given))),
    "int": ("cast.ToInt", _integer),
    "lower": ("strings.ToLower", lambda given: text(given).lower()),
    "md5": ("crypto.MD5", _digest("md5")),
    "print": ("fmt.Print", lambda *values: "".join(map(text, values))),
    "printf": ("fmt.Printf", _printf),
    "querify": ("collections.Querify", _query),
    "replace": ("strings.Replace", _replaced),
    "replaceRE": ("strings.ReplaceRE", _replaced_all),
    "sha1": ("crypto.SHA1", _digest("sha1")),
    "sha256": ("crypto.SHA256", _digest("sha256")),
    "slicestr": ("strings.SliceString", _slice),
    "split": ("strings.Split", _split),
    "string": ("cast.ToString", text),
    "substr": ("strings.Substr", _piece),
    "trim": ("strings.Trim", lambda given, cut: text(given).strip(text(cut))),
    "upper": ("strings.ToUpper", lambda given: text(given).upper()),
}
FUNCTIONS: dict[str, Function] = {
    **{name: function for short, (long, function) in _NAMED.items() for name in (short, long)},
    "strings.Contains": lambda given, part: text(part) in text(given),
    "strings.Repeat": _repeated,
    "strings.TrimLeft": lambda cut, given: text(given).lstrip(text(cut)),
    "strings.TrimPrefix": lambda part, given: text(given).removeprefix(text(part)),
    "strings.TrimRight": lambda cut, given: text(given).rstrip(text(cut)),
    "strings.TrimSpace": lambda given: text(given).strip(),
    "strings.TrimSuffix": lambda part, given: text(given).removesuffix(text(part)),
    "urls.Parse": _parsed,
}
