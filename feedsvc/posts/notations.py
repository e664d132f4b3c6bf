"""YAML, TOML and JSON as libraries read them; alone in knowing python-frontmatter.

It lends the handlers of that library, with loaders of our own where its defaults lose something:
duplicate keys and the lines of keys (YAML), aliases that grow without bound, TOML by the standard
library. Costly to import, and most posts can be read without.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from feedsvc.model import Severity
from feedsvc.posts import encoding, fields
from feedsvc.posts.matter import SIZE, Problem, control, duplicate
from feedsvc.posts.yamltree import DEPTH, TooMuchError, TreeLoader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.posts.fences import Fence
    from feedsvc.posts.matter import FrontMatter

_DOTTED = 64  # parts of a TOML key; tomllib needs quadratic time for more
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)")
_TOML_KEY = re.compile(  # bare, or what is between quotes
    r"""^[ \t]*+\[{0,2}+[ \t]*+(["']?)([A-Za-z0-9_-]++|(?<=["'])[^"'=\[\].\n]++)\1[ \t]*+[=.\]]""",
    re.MULTILINE,
)
# TOML 1.1 has times without seconds, tomllib has not yet.
_TOML_TIME = re.compile(
    r"""^([^"'#=\n]+=[ \t]*\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d)(?=[ \t]*(?:[Zz+#-]|$))""", re.MULTILINE
)
# Other texts are passed over as a whole: each quote in one may be a beginning.
_JSON_KEY = re.compile(r'"(?:[^"\\\n]|\\.|(?!))*+"(?!\s*+:)|"((?:[^"\\\n]|\\.|(?!))*+)"')


# A character beyond the first 65,536 as JSON escapes it: two halves, which YAML's parser refuses.
_HALVES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


class _TOML(BaseHandler):
    FM_BOUNDARY = re.compile(r"^\+{3}[ \t]*$", re.MULTILINE)

    def load(self, fm: str) -> dict[str, Any]:
        try:
            return tomllib.loads(fm)
        except tomllib.TOMLDecodeError:
            whole = _TOML_TIME.sub(r"\1:00", fm)
            if whole == fm:
                raise
            return tomllib.loads(whole)


_YAML, _TOML_HANDLER, _JSON = YAMLHandler(), _TOML(), JSONHandler()


def read(block: str, fence: Fence, front: FrontMatter) -> None:
    """Read the block of a fence of any of the three kinds into `front`. Never raises."""
    _READERS[fence.kind](block, fence, front)
    if "\\" in block and isinstance(front.fields, dict):
        _tell_escaped(front)


def _tell_escaped(front: FrontMatter) -> None:
    """Tell of a control character that stands in no file but comes of an escape."""
    for key, value in front.fields.items():
        for text in _texts(value):
            at = encoding.forbidden(text)
            if at >= 0:
                front.problems.append(control(text[at], front.lines.get(key, 0)))
                return


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _yaml(block: str, fence: Fence, front: FrontMatter) -> None:
    loaders: list[TreeLoader] = []

    def loader(stream: str) -> TreeLoader:
        loaders.append(TreeLoader(stream))
        return loaders[-1]

    try:
        front.fields = _YAML.load(block, Loader=loader)
    except TooMuchError as error:
        front.fail("front-matter-too-deep", str(error), fence.line + error.line)
        return
    except yaml.YAMLError as error:
        whole = _HALVES.sub(_whole, block)
        if whole != block:  # values of JSON, as programs write them, are YAML otherwise
            _yaml(whole, fence, front)
            return
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        said = getattr(error, "problem", None) or getattr(error, "context", None) or error
        place = (fence.line + mark.line, mark.column + 1) if mark else (fence.line, 0)
        problem = " ".join(str(said).split())
        front.fail("front-matter-broken", f"The YAML cannot be read: {problem}.", *place)
        return
    tree = loaders[0]
    front.lines = {key: fence.line + line for key, line in tree.lines.items()}
    for code, message, line, column in tree.doubts:
        place = (fence.line + line, column + 1)
        front.problems.append(Problem(code, message, *place, Severity.WARNING))
    if not isinstance(front.fields, dict):
        _not_a_map(front.fields, fence, front)


def _whole(halves: re.Match[str]) -> str:
    high, low = (int(half, 16) for half in halves.groups())
    return f"\\U{0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00:08X}"


def _not_a_map(value: object, fence: Fence, front: FrontMatter) -> None:
    front.fields = {}
    if value is not None:
        front.fail(
            "front-matter-not-a-map",
            f"The front matter holds {fields.kind_of(value)} where a map is expected.",
            fence.line,
        )


def _toml(block: str, fence: Fence, front: FrontMatter) -> None:
    if block.count(".") > _DOTTED and _long_dotted_key(block):
        message = f"A TOML key has more than {_DOTTED} parts."
        front.fail("front-matter-too-deep", message, fence.line)
        return
    try:
        front.fields = _bounded(_TOML_HANDLER.load(block))
    except (TooMuchError, RecursionError):
        message = f"The front matter is nested more than {DEPTH} levels deep or too large."
        front.fail("front-matter-too-deep", message, fence.line)
        return
    except ValueError as error:
        place = _TOML_PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (1, 0)
        problem = _TOML_PLACE.sub("", str(error)).rstrip(".")
        message = f"The TOML cannot be read: {problem}."
        front.fail("front-matter-broken", message, fence.line + line - 1, column)
        return
    front.lines = _lines(_TOML_KEY, 2, block, fence, front.fields)


def _long_dotted_key(block: str) -> bool:
    parts = 0
    for piece in block.split("."):
        parts = parts + 1 if piece.strip(" \t\"'").replace("-", "_").isidentifier() else 0
        if parts > _DOTTED:
            return True
    return False


def _lines(
    pattern: re.Pattern[str], group: int, block: str, fence: Fence, fields: dict[str, object]
) -> dict[str, int]:
    lines: dict[str, int] = {}
    line, at = fence.line, 0
    for match in pattern.finditer(block):
        key = match[group]
        if key in fields and key not in lines:
            line += block.count("\n", at, match.start(group))
            at = match.start(group)
            lines[key] = line
    return lines


def _json(block: str, fence: Fence, front: FrontMatter) -> None:
    repeated: list[str] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(items)
        if len(found) < len(items):
            times = Counter(key for key, _ in items)
            repeated.extend(key for key in found if times[key] > 1)
        return found

    ends: list[int] = []

    class Decoder(json.JSONDecoder):
        """Reads the object that the text begins with and remembers where it ended."""

        def decode(self, s: str, _w: Callable[..., Any] = str) -> Any:
            value, end = self.raw_decode(s)
            ends.append(end)
            return value

    limited = block[:SIZE]
    try:
        front.fields = _bounded(
            _JSON.load(limited, cls=Decoder, object_pairs_hook=pairs, parse_constant=str)
        )
    except (TooMuchError, RecursionError):
        message = f"The front matter is nested more than {DEPTH} levels deep or too large."
        front.fail("front-matter-too-deep", message, fence.line)
        return
    except json.JSONDecodeError as error:
        front.body = fence.start
        message = f"The JSON cannot be read: {error.msg}."
        front.fail("front-matter-broken", message, fence.line + error.lineno - 1, error.colno)
        return
    except ValueError as error:  # a number with thousands of digits
        front.body = fence.start
        front.fail("front-matter-broken", f"The JSON cannot be read: {error}.", fence.line)
        return
    end = fence.start + ends[0]
    front.body = end + (block[ends[0] : ends[0] + 1] == "\n")
    front.lines = _lines(_JSON_KEY, 1, block[: ends[0]], fence, front.fields)
    for key in dict.fromkeys(repeated):
        front.problems.append(duplicate(key, front.lines.get(key, fence.line)))


def _bounded(value: Any, depth: int = 0) -> Any:
    """Return the value if it is within bounds, its dates and numbers as YAML's would be."""
    if depth > DEPTH:
        raise TooMuchError(0)
    if isinstance(value, dict):
        for key, item in value.items():
            value[key] = _bounded(item, depth + 1)
    elif isinstance(value, list):
        value[:] = [_bounded(item, depth + 1) for item in value]
    elif not isinstance(value, (str, bool, int, float, date, datetime, type(None))):
        return str(value)  # TOML's local time
    elif isinstance(value, int) and abs(value) >= 1 << 64:
        return str(value) if abs(value) < 1 << 4096 else hex(value)
    return value


_READERS: dict[str, Callable[[str, Fence, FrontMatter], None]] = {
    "yaml": _yaml,
    "toml": _toml,
    "json": _json,
}
