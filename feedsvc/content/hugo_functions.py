"""What shortcodes of a Hugo site may ask: fields of call, page and site, and functions.

Source: gohugo.io/functions, gohugo.io/methods/shortcode.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feedsvc.content import bounds, markdown
from feedsvc.content.context import code_block
from feedsvc.content.goevaluation import shown, truth
from feedsvc.content.gotemplate import Markup, UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.content.context import Context
    from feedsvc.content.gotemplate import Function

_VERB = re.compile(r"%(.)")
_TAG = re.compile(r"<[^<>]*>")


class ShortcodeCall(NamedTuple):
    """`.` of a shortcode's template."""

    name: str
    positional: tuple[object, ...]
    named: dict[str, object]
    inner: str
    page: Page

    def field(self, name: str, arguments: tuple[object, ...]) -> object:
        """A method of the call. Raises UnsupportedError for one that is not known."""
        if name == "Get" and len(arguments) == 1:
            return self._get(arguments[0])
        if arguments:
            raise UnsupportedError
        known: dict[str, object] = {
            "Inner": Markup(self.inner),
            "IsNamedParams": bool(self.named),
            "Name": self.name,
            "Page": self.page,
            "Site": self.page.site,
            "Params": self.named or list(self.positional),
        }
        if name not in known:
            raise UnsupportedError
        return known[name]

    def _get(self, key: object) -> object:
        if isinstance(key, int) and not isinstance(key, bool):
            return self.positional[key] if 0 <= key < len(self.positional) else ""
        return self.named.get(str(key).lower(), "")


class Page(NamedTuple):
    """`.Page`."""

    around: Context
    site: Site

    def field(self, name: str, arguments: tuple[object, ...]) -> object:
        """A method of the page. Raises UnsupportedError for one that is not known."""
        post = self.around.post
        params = _folded(self.around.beside.fields()) or _folded(post.extra)
        if name == "Param" and len(arguments) == 1:
            return params.get(str(arguments[0]).lower(), self.site.param(str(arguments[0])))
        if name == "RenderString" and arguments:
            return _markdownify(self.around)(arguments[-1])
        known: dict[str, object] = {
            "Title": post.title,
            "Permalink": post.permalink,
            "RelPermalink": urlsplit(post.permalink).path,
            "Params": params,
            "Site": self.site,
            "Section": post.section,
        }
        if name not in known or arguments:
            raise UnsupportedError
        return known[name]


class Site(NamedTuple):
    """`.Site`, `site`."""

    around: Context

    def param(self, name: str) -> object:
        """A parameter by its name, with dots; short single values only."""
        known = self.around.site_variables
        if name.lower() not in known:
            raise UnsupportedError
        return known[name.lower()]

    def field(self, name: str, arguments: tuple[object, ...]) -> object:
        """A method of the site. Raises UnsupportedError for one that is not known."""
        site = self.around.settings.site
        known: dict[str, object] = {
            "Title": site.title,
            "BaseURL": f"{site.url}/",
            "Params": _Params(self, ""),
        }
        if name not in known or arguments:
            raise UnsupportedError
        return known[name]


class _Params(NamedTuple):
    site: Site
    above: str

    def field(self, name: str, arguments: tuple[object, ...]) -> object:
        if arguments:
            raise UnsupportedError
        path = f"{self.above}{name}"
        inner = f"{path.lower()}."
        if any(known.startswith(inner) for known in self.site.around.site_variables):
            return _Params(self.site, f"{path}.")
        return self.site.param(path)


def _folded(fields: Mapping[str, object]) -> dict[str, object]:
    return {name.lower(): value for name, value in fields.items()}


def _text(value: object) -> str:
    return value if isinstance(value, str) else unescape(shown(value))


def _markdownify(around: Context) -> Callable[[object], object]:
    def rule(value: object) -> object:
        text = _text(value)
        if bounds.markdown_excess(text):
            raise UnsupportedError
        return Markup(markdown.inline(text, markdown.extras(around.settings)))

    return rule


def _default(fallback: object, value: object = None) -> object:
    return value if truth(value) or value is False else fallback


def _printf(pattern: object, *values: object) -> str:
    waiting = list(values)

    def verb(match: re.Match[str]) -> str:
        if match[1] == "%":
            return "%"
        if match[1] not in "svdq":
            raise UnsupportedError
        text = _text(waiting.pop(0))
        return f'"{text}"' if match[1] == "q" else text

    return _VERB.sub(verb, _text(pattern))


def _trim(text: object, cut: object) -> str:
    return _text(text).strip(_text(cut))


def _replaced(text: object, old: object, new: object) -> str:
    held, found, made = _text(text), _text(old), _text(new)
    if held.count(found) * len(made) > 100_000:
        raise UnsupportedError
    return held.replace(found, made)


def _index(value: object, key: object) -> object:
    if isinstance(value, list) and isinstance(key, int):
        return value[key] if 0 <= key < len(value) else None
    if isinstance(value, Mapping):
        return value.get(_text(key).lower(), value.get(_text(key)))
    raise UnsupportedError


def _isset(value: object, key: object) -> bool:
    if isinstance(value, list) and isinstance(key, int):
        return key < len(value)
    if isinstance(value, Mapping):
        return _text(key).lower() in value
    raise UnsupportedError


def _and(*values: object) -> object:
    return next((one for one in values if not truth(one)), values[-1])


def _or(*values: object) -> object:
    return next((one for one in values if truth(one)), values[-1])


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnsupportedError
    return value


def _safe(value: object) -> Markup:
    return Markup(_text(value))


def _highlighted(code: object, language: object = "", *_options: object) -> Markup:
    return Markup(code_block(_text(code), _text(language), markdown=False))


_PLAIN: dict[str, Function] = {
    **dict.fromkeys(("highlight", "transform.Highlight"), _highlighted),
    **dict.fromkeys(("safeHTML", "safeURL", "safeCSS", "safeHTMLAttr", "safeJS"), _safe),
    **dict.fromkeys(("trim", "strings.Trim"), _trim),
    **dict.fromkeys(("lower", "strings.ToLower"), lambda text: _text(text).lower()),
    **dict.fromkeys(("upper", "strings.ToUpper"), lambda text: _text(text).upper()),
    **dict.fromkeys(("replace", "strings.Replace"), _replaced),
    **dict.fromkeys(
        ("hasPrefix", "strings.HasPrefix"), lambda text, part: _text(text).startswith(_text(part))
    ),
    "strings.HasSuffix": lambda text, part: _text(text).endswith(_text(part)),
    "strings.Contains": lambda text, part: _text(part) in _text(text),
    "strings.TrimPrefix": lambda part, text: _text(text).removeprefix(_text(part)),
    "strings.TrimSuffix": lambda part, text: _text(text).removesuffix(_text(part)),
    "strings.TrimSpace": lambda text: _text(text).strip(),
    "default": _default,
    "printf": _printf,
    "print": lambda *values: "".join(map(_text, values)),
    "htmlEscape": lambda text: escape(_text(text)),
    "plainify": lambda text: Markup(_TAG.sub("", _text(text))),
    "eq": lambda first, *others: first in others,
    "ne": lambda first, other: first != other,
    "lt": lambda first, other: _number(first) < _number(other),
    "le": lambda first, other: _number(first) <= _number(other),
    "gt": lambda first, other: _number(first) > _number(other),
    "ge": lambda first, other: _number(first) >= _number(other),
    "and": _and,
    "or": _or,
    "not": lambda value: not truth(value),
    "cond": lambda condition, yes, no: yes if truth(condition) else no,
    "len": lambda value: len(value) if isinstance(value, str | list | Mapping) else _number(""),
    "index": _index,
    "isset": _isset,
}


def functions(page: Page) -> dict[str, Function]:
    """The functions that a shortcode of this page may call, by name."""
    around = page.around
    return {
        **_PLAIN,
        "markdownify": _markdownify(around),
        "relURL": lambda path: _relative(around, _text(path)),
        "absURL": lambda path: _absolute(around, _text(path)),
        "site": lambda: page.site,
        "page": lambda: page,
    }


def _relative(around: Context, path: str) -> str:
    """`relURL`: what begins with a slash is below the host, else below the site."""
    site = urlsplit(around.settings.site.url)
    if urlsplit(path).scheme or path.startswith("//"):
        return path
    return path if path.startswith("/") else f"{site.path.rstrip('/')}/{path}"


def _absolute(around: Context, path: str) -> str:
    site = urlsplit(around.settings.site.url)
    if urlsplit(path).scheme or path.startswith("//"):
        return path
    return f"{site.scheme}://{site.netloc}{_relative(around, path)}"
