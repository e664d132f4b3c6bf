"""What shortcodes of a Zola site may ask: filters, tests, functions, the page and the site.

Sources: keats.github.io/tera/docs, getzola.org/documentation/templates/overview.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from feedsvc.markup import bounds, extras, markdown
from feedsvc.markup.evaluated import Markup, UnsupportedError
from feedsvc.markup.zola.evaluation import Evaluation
from feedsvc.markup.zola.templates import UNDEFINED, Names, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.nodes import Template

    from feedsvc.markup.context import Context
    from feedsvc.markup.zola.evaluation import Function

_HTML_TAG = re.compile(r"<[^<>]*>")
_BETWEEN_TAGS = re.compile(r">\s+<")
_PATTERN = re.compile(r"[^*+{?(]*(?:[?(][^*+{?(]*){0,3}")  # of one that takes no time
_MATCHED = 1000  # characters that one is looked for in
_LONG = 1000  # of a range
_ROOM = 100_000  # characters that are put between others


def _default(held: object, /, *, value: object) -> object:
    return value if held is UNDEFINED else held


def _trimmed(value: object, pat: object, *, start: bool, end: bool) -> str:
    held, cut = text(value), text(pat)
    while cut and start and held.startswith(cut):
        held = held[len(cut) :]
    while cut and end and held.endswith(cut):
        held = held[: -len(cut)]
    return held


def _replaced(value: object, found: object, made: object) -> str:
    held = text(value)
    if held.count(text(found)) * len(text(made)) > _ROOM:
        raise UnsupportedError
    return held.replace(text(found), text(made))


def _joined(items: list[object], sep: str) -> str:
    if len(items) * len(sep) > _ROOM:
        raise UnsupportedError
    return sep.join(map(text, items))


def _truncated(value: object, length: int = 255, end: str = "…") -> str:
    held = text(value)
    return held if len(held) <= length else held[:length] + text(end)


def _slice(value: object, start: int = 0, end: int | None = None) -> object:
    if not isinstance(value, list):
        raise UnsupportedError
    return value[start:end]


def _listed(value: object) -> list[object]:
    if not isinstance(value, list):
        raise UnsupportedError
    return value


def _concat(value: object, with_: object) -> list[object]:
    return [*_listed(value), *(with_ if isinstance(with_, list) else [with_])]


def _at(value: object, n: int) -> object:
    items = _listed(value)
    return items[n] if 0 <= n < len(items) else ""


def _length(value: object) -> int:
    if not isinstance(value, str | list | Mapping):
        raise UnsupportedError
    return len(value)


def _got(value: object, key: object, default: object = UNDEFINED) -> object:
    if not isinstance(value, Mapping):
        raise UnsupportedError
    return value.get(text(key), default)


def _matches(value: object, pattern: object) -> bool:
    given, held = text(pattern), text(value)
    if len(given) > 100 or len(held) > _MATCHED or not _PATTERN.fullmatch(given):
        raise UnsupportedError
    try:
        return re.search(given, held) is not None
    except re.error as error:
        raise UnsupportedError from error


FILTERS: dict[str, Function] = {
    "lower": lambda value: text(value).lower(),
    "upper": lambda value: text(value).upper(),
    "capitalize": lambda value: text(value).capitalize(),
    "title": lambda value: text(value).title(),
    "trim": lambda value: text(value).strip(),
    "trim_start": lambda value: text(value).lstrip(),
    "trim_end": lambda value: text(value).rstrip(),
    "trim_start_matches": lambda value, pat: _trimmed(value, pat, start=True, end=False),
    "trim_end_matches": lambda value, pat: _trimmed(value, pat, start=False, end=True),
    "truncate": _truncated,
    "striptags": lambda value: _HTML_TAG.sub("", text(value)),
    "spaceless": lambda value: _BETWEEN_TAGS.sub("><", text(value)),
    "linebreaksbr": lambda value: Markup(escape(text(value)).replace("\n", "<br>")),
    "replace": lambda value, **given: _replaced(value, given["from"], given["to"]),
    "split": lambda value, pat: text(value).split(text(pat)),
    "join": lambda value, sep="": _joined(_listed(value), text(sep)),
    "first": lambda value: _at(value, 0),
    "last": lambda value: _listed(value)[-1] if _listed(value) else "",
    "nth": _at,
    "length": _length,
    "reverse": lambda value: _listed(value)[::-1],
    "slice": _slice,
    "concat": lambda value, **given: _concat(value, given["with"]),
    "get": _got,
    "default": _default,
    "safe": lambda value: Markup(text(value)),
    "escape": lambda value: Markup(escape(text(value))),
    "escape_xml": lambda value: escape(text(value)),
    "urlencode": lambda value: quote(text(value), safe="/"),
    "int": lambda value: int(text(value)),
    "float": lambda value: float(text(value)),
    "as_str": text,
    "json_encode": lambda value, **_: json.dumps(value, ensure_ascii=False),
}
TESTS: dict[str, Function] = {
    "defined": lambda value: value is not UNDEFINED,
    "undefined": lambda value: value is UNDEFINED,
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "iterable": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, Mapping),
    "odd": lambda value: value % 2 == 1,
    "even": lambda value: value % 2 == 0,
    "divisibleby": lambda value, by: value % by == 0,
    "starting_with": lambda value, part: text(value).startswith(text(part)),
    "ending_with": lambda value, part: text(value).endswith(text(part)),
    "containing": lambda value, part: (text(part) if isinstance(value, str) else part) in value,
    "matching": _matches,
}


class Environment:
    """What all shortcodes of one page share."""

    def __init__(self, around: Context) -> None:
        self._names = _names(around)
        self._filters = {**FILTERS, "markdown": _markdown(around)}
        self._functions = _functions(around)

    def evaluated(self, template: Template, own: Mapping[str, object], *, escapes: bool) -> str:
        """What a template comes to with names of its `own`. Raises UnsupportedError."""
        names = {**own, **self._names}
        evaluation = Evaluation(names, self._filters, TESTS, self._functions, escapes=escapes)
        return evaluation.whole(template)


def _markdown(around: Context) -> Callable[..., object]:
    def rule(value: object, inline: object = False) -> object:
        given = text(value)
        if bounds.markdown_excess(given):
            raise UnsupportedError
        own = extras.of(around.settings)
        return markdown.inline(given, own) if inline else markdown.to_html(given, own)[0]

    return rule


def _functions(around: Context) -> dict[str, Function]:
    """The functions that a shortcode of this page may call, by name.

    Sizes of pictures are not known, and a picture is as its author made it.
    """
    return {
        "get_url": lambda path, **given: _url(around, text(path), given),
        "resize_image": lambda path, **given: {
            "url": _picture(around, text(path)),
            "width": given.get("width", ""),
            "height": given.get("height", ""),
        },
        "get_image_metadata": lambda **_: {"width": "", "height": "", "format": "", "mime": ""},
        "get_random": lambda start=0, **_: start,  # the same with each build
        "range": lambda end, start=0, step_by=1: list(range(start, min(end, _LONG), step_by)),
    }


def _url(around: Context, path: str, given: Mapping[str, object]) -> str:
    if path.startswith("@/") or given.get("lang", around.settings.site.language) != (
        around.settings.site.language
    ):
        raise UnsupportedError  # a page, and which one is settled before bodies are read
    url = f"{around.settings.site.url}/{path.removeprefix('/')}"
    return f"{url}/" if given.get("trailing_slash") is True and not url.endswith("/") else url


def _picture(around: Context, path: str) -> str:
    """Where a picture lies that is beside the page, in the content or below `static`."""
    if urlsplit(path).scheme:
        return path
    path = path.removeprefix("@/").lstrip("/").removeprefix("content/").removeprefix("static/")
    beside = _colocated(around)
    if beside and path.startswith(beside):
        return f"{around.post.permalink}{path.removeprefix(beside)}"
    return f"{around.settings.site.url}/{path}"


def _colocated(around: Context) -> str:
    """The folder that a page has for itself, relative to the content; "" for none."""
    folder, _, name = around.post.path.partition("/")[2].rpartition("/")
    return f"{folder}/" if folder and name.partition(".")[0] == "index" else ""


def _names(around: Context) -> dict[str, object]:
    """What every shortcode of this page may name: `page`, `config`, `lang`."""
    post, site = around.post, around.settings.site
    fields = around.beside.fields()
    extra = fields.get("extra")
    page = Names(
        title=post.title,
        permalink=post.permalink,
        path=post.permalink.removeprefix(site.url),
        slug=post.slug,
        relative_path=post.path.partition("/")[2],
        description=fields.get("description", UNDEFINED),
        extra=extra if isinstance(extra, dict) else {},
        colocated_path=_colocated(around) or UNDEFINED,
        lang=post.lang or site.language,
    )
    config = Names(
        base_url=site.url,
        title=site.title,
        default_language=site.language,
        extra=around.site_variables,
    )
    return {"page": page, "config": config, "lang": post.lang or site.language}
