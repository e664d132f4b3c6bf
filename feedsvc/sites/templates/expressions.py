"""What the expressions of templates mean, as patterns (`values`); None where it is not certain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedsvc.sites.templates.values import FILTERS, XML_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Pattern = list[Any] | None
    Vocabulary = Callable[[str], Pattern]

_DEEPEST = 10
_TEXT = r"\"[^\"]*\"|'[^']*'|`[^`]*`"
_STEP = re.compile(rf"(?:{_TEXT}|[^|\"'`])+")
_FILTER = re.compile(r"\s*([\w.]+)\s*(?::\s*(.*)|\((.*)\))?\s*", re.DOTALL)
_ARGUMENT = re.compile(rf"(?:{_TEXT}|[^,\"'`])+")
_NAMED = re.compile(r"\s*\w+\s*=(?!=)")
_ADDED = re.compile(rf"((?:{_TEXT}|[^\"'`~+])+)(?:[~+]|\Z)")
_KEY = re.compile(r"\[\s*[\"'](\w+)[\"']\s*\]")
_NAME = re.compile(r"[\w.\-]+")
_GO_WORD = re.compile(
    rf"{_TEXT}|\((?:{_TEXT}|[^()\"'`]|\((?:{_TEXT}|[^()\"'`])*\))*\)|[^\s()\"'`]+"
)

# What changes no address, or nothing that a reader of XML sees.
_SAME = frozenset(
    {
        *(
            "safe",
            "escape",
            "e",
            "xml_escape",
            "escape_xml",
            "escape_once",
            "strip",
            "trim",
            "html",
        ),
        *("normalize_whitespace", "strip_newlines", "string", "url", "htmlEscape", "safeHTML"),
        *("safeURL", "safe.URL", "safe.HTML", "transform.XMLEscape", "transform.HTMLEscape"),
        *("print", "string", "urls.Parse"),
    }
)
_ABSOLUTE = frozenset(
    {"absolute_url", "absoluteUrl", "absoluteurl", "absURL", "urls.AbsURL", "toAbsoluteUrl"}
)
_DATES = frozenset({"date_to_xmlschema", "dateToRfc3339", "dateToISO"})
_NAMES = {
    "trim_end_matches": "without_end",
    "trim_start_matches": "without_start",
    "downcase": "lower",
    "strings.ToLower": "lower",
}
_LAYOUT = (
    ("2006", "%Y"), ("01", "%m"), ("02", "%d"), ("15", "%H"), ("04", "%M"), ("05", "%S"),
    ("-07:00", "%:z"), ("-0700", "%z"),
)  # fmt: skip
_LAYOUT_PART = re.compile("|".join(re.escape(part) for part, _ in reversed(_LAYOUT)))


class Scope:
    """What names mean where an expression stands; `known` are those that the template sets."""

    def __init__(self, vocabulary: Vocabulary, known: Mapping[str, Pattern]) -> None:
        self.vocabulary = vocabulary
        self.known = dict(known)

    def value(self, code: str, depth: int = 0) -> Pattern:
        """An expression of Liquid, Nunjucks or Tera."""
        steps = [step.strip() for step in _STEP.findall(code)]
        if not steps or depth > _DEEPEST:
            return None
        found = self._sum(steps[0])
        for step in steps[1:]:
            match = _FILTER.fullmatch(step)
            if match is None:
                return None
            raw = match[2] if match[2] is not None else match[3] or ""
            arguments = [
                self.value(_NAMED.sub("", one, count=1), depth + 1)
                for one in _ARGUMENT.findall(raw)
            ]
            found = applied(match[1], found, arguments)
        return found

    def _sum(self, code: str) -> Pattern:
        made: list[Any] = []
        for term in _ADDED.findall(code):
            found = self._one(term.strip())
            if found is None:
                return None
            made += found
        return made

    def _one(self, code: str) -> Pattern:
        if code[:1] in ("'", '"', "`") and code[-1:] == code[:1]:
            return [code[1:-1]]
        name = _KEY.sub(r".\1", code)
        if name in self.known:
            return self.known[name]
        return self.vocabulary(name) if _NAME.fullmatch(name) else None


class GoScope(Scope):
    """The same for Go's templates; the name of the dot is `.`."""

    def value(self, code: str, depth: int = 0) -> Pattern:
        """A pipeline."""
        steps = [step.strip() for step in _STEP.findall(code)]
        if not steps or depth > _DEEPEST:
            return None
        found: Pattern = None
        for number, step in enumerate(steps):
            words = _GO_WORD.findall(step)
            if not words:
                return None
            found = self._call(words, [found] if number else [], depth)
        return found

    def _call(self, words: list[str], last: list[Pattern], depth: int) -> Pattern:
        name, *rest = words
        if name.endswith((".Format", ".Local.Format", ".UTC.Format")) and len(rest) == 1:
            name, rest = "date", [rest[0], name.removesuffix(".Format")]
        arguments = [self._word(word, depth) for word in rest] + last
        if name == "date" and len(arguments) == 2:
            layout, instant = arguments
            form = _layout(layout[0]) if layout and isinstance(layout[0], str) else ""
            return applied("date", instant, [[form]]) if form else None
        if not arguments:
            return self._word(name, depth)
        if name in ("printf", "fmt.Printf"):
            return _printed(arguments)
        if name in ("strings.TrimSuffix", "strings.TrimPrefix", "strings.TrimRight") and (
            len(arguments) == 2
        ):
            end = name == "strings.TrimPrefix"
            return applied("without_start" if end else "without_end", arguments[1], arguments[:1])
        if name in ("or", "default") and len(arguments) == 2:
            return either(*(arguments if name == "or" else arguments[::-1]))
        return applied(name, arguments[0], []) if len(arguments) == 1 else None

    def _word(self, word: str, depth: int) -> Pattern:
        if word[:1] == "(":
            return self.value(word[1:-1], depth + 1)
        return self._one(word)

    def _one(self, code: str) -> Pattern:
        if code in self.known or code[:1] in ("'", '"', "`"):
            return super()._one(code)
        return self.vocabulary(code)


def applied(name: str, said: Pattern, arguments: list[Pattern]) -> Pattern:
    """What a filter makes of a pattern."""
    if name == "default" and arguments:
        return either(said, arguments[0])
    given = [one for one in arguments if one is not None]
    if said is None or len(given) < len(arguments):
        return None
    if name in _SAME:
        return said
    if name in _ABSOLUTE:
        return _absolute(said, given)
    return _joined(name, said, given) or _filtered(name, said, given)


def _joined(name: str, said: list[Any], given: list[list[Any]]) -> Pattern:
    """What filters make that put something before or behind."""
    if name == "relative_url":
        return [{"value": "relative"}] if said == [{"value": "url"}] else [{"value": "base"}, *said]
    if name not in ("prepend", "append") or len(given) != 1:
        return None
    return [*given[0], *said] if name == "prepend" else [*said, *given[0]]


def _filtered(name: str, said: list[Any], given: list[list[Any]]) -> Pattern:
    """What filters make of one value that change it; their arguments are texts."""
    words = [one[0] if len(one) == 1 else None for one in given]
    if name in _DATES:
        name, words = "date", [XML_SCHEMA]
    elif name in ("remove", "remove_first"):
        name, words = name.replace("remove", "replace"), [*words, ""]
    name = _NAMES.get(name, name)
    certain = FILTERS.get(name) == len(words) and all(isinstance(one, str) for one in words)
    if not certain or len(said) != 1 or isinstance(said[0], str) or "if" in said[0]:
        return None
    return [{**said[0], "filters": [*said[0].get("filters", ()), [name, *words]]}]


def either(first: Pattern, other: Pattern) -> Pattern:
    """The first where it says something, else the other."""
    if first is None or len(first) != 1 or isinstance(first[0], str) or "if" in first[0]:
        return None
    return None if other is None else [{"if": first[0], "then": first, "else": other}]


def _absolute(said: list[Any], bases: list[list[Any]]) -> Pattern:
    if bases == [[]]:  # nothing is there to be put before it
        return said
    known = {"url": "permalink", "permalink": "permalink", "id": "absolute_id"}
    if len(said) == 1 and isinstance(said[0], dict) and not said[0].get("filters"):
        name = known.get(said[0].get("value", ""))
        return [{"value": name}] if name else None
    if bases or not said or not (isinstance(said[0], str) and said[0].startswith("/")):
        return None
    return [{"value": "root"}, *said]


def _layout(layout: str) -> str:
    """A layout of Go's dates in the words of strftime, "" for one with names or other marks."""
    form = _LAYOUT_PART.sub(lambda match: dict(_LAYOUT)[match[0]], layout)
    return "" if re.search(r"(?<!%)[A-Za-z]{2}|\d", form.replace("T", "")) else form


def _printed(arguments: list[Pattern]) -> Pattern:
    form, *given = arguments
    if not form or len(form) != 1 or not isinstance(form[0], str) or None in given:
        return None
    pieces = re.split(r"%[sv]", form[0])
    if "%" in "".join(pieces) or len(pieces) != len(given) + 1:
        return None
    made: list[Any] = [pieces[0]]
    for argument, piece in zip(given, pieces[1:], strict=True):
        made += [*(argument or ()), piece]
    return [part for part in made if part != ""]
