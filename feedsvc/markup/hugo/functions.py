"""What shortcodes of a Hugo site may ask: fields of call, page and site, and functions.

Source: gohugo.io/functions, gohugo.io/methods/shortcode.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feedsvc.markup import bounds, extras, markdown
from feedsvc.markup.context import code_block
from feedsvc.markup.evaluated import Markup, UnsupportedError
from feedsvc.markup.hugo import collections, numbers, scratch, texts
from feedsvc.markup.hugo.evaluation import text, truth
from feedsvc.markup.hugo.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feedsvc.markup.context import Context
    from feedsvc.markup.evaluated import Function

_EMOJI = re.compile(r":[a-z0-9_+-]+:")
_TAG = re.compile(r"<[^<>]*>")


class ShortcodeCall(NamedTuple):
    """`.` of a shortcode's template."""

    name: str
    positional: tuple[object, ...]
    named: dict[str, object]
    inner: str
    page: Page
    ordinal: int
    pad: Scratch
    parent: Callable[[], ShortcodeCall | None]
    deindented: Callable[[str], str]

    def field(self, name: str, arguments: tuple[object, ...]) -> object:
        """A method of the call. Raises UnsupportedError for one that is not known."""
        if name == "Get" and len(arguments) == 1:
            return self._get(arguments[0])
        if arguments:
            raise UnsupportedError
        known: dict[str, object] = {
            "Inner": Markup(self.inner),
            "Ordinal": self.ordinal,
            "Scratch": self.pad,
            "Store": self.pad,
            "IsNamedParams": bool(self.named),
            "Name": self.name,
            "Page": self.page,
            "Site": self.page.site,
            "Params": self.named or list(self.positional),
        }
        if name == "Parent":
            return self.parent()
        if name == "InnerDeindent":
            return Markup(self.deindented(self.inner))
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

    def pad(self, name: str) -> Scratch:
        """The scratch pad of that name, which lasts as long as the page is rendered."""
        found = self.around.kept.setdefault(name, Scratch())
        assert isinstance(found, Scratch)
        return found

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
            "Scratch": self.pad("page"),
            "Store": self.pad("page"),
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
            "Config": _NOTHING,
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


class _Nothing(NamedTuple):
    """Settings that nobody made: each is off."""

    off: tuple[()] = ()

    def __bool__(self) -> bool:
        return False

    def field(self, name: str, arguments: tuple[object, ...]) -> object:  # noqa: ARG002
        """Another of them."""
        return self


_NOTHING = _Nothing()
_HUGO: dict[str, object] = {
    "Environment": "production",
    "IsProduction": True,
    **dict.fromkeys(("IsDevelopment", "IsServer", "IsExtended"), False),
}


def _folded(fields: Mapping[str, object]) -> dict[str, object]:
    return {name.lower(): value for name, value in fields.items()}


def _markdownify(around: Context) -> Callable[[object], object]:
    def rule(value: object) -> object:
        source = text(value)
        if bounds.markdown_excess(source):
            raise UnsupportedError
        return Markup(markdown.inline(source, extras.of(around.settings)))

    return rule


def _default(fallback: object, value: object = None) -> object:
    return value if truth(value) or value is False else fallback


def _and(*values: object) -> object:
    return next((one for one in values if not truth(one)), values[-1])


def _or(*values: object) -> object:
    return next((one for one in values if truth(one)), values[-1])


def _safe(value: object) -> Markup:
    return Markup(text(value))


def _with_emoji(value: object) -> Markup:
    """`:tada:` as the sign of that name, where there is one."""
    return Markup(_EMOJI.sub(lambda match: _emoji(match[0]), text(value)))


@lru_cache(256)
def _emoji(name: str) -> str:
    return markdown.inline(name, extras.Extras(emoji=True)).strip()


def _highlighted(code: object, language: object = "", *_options: object) -> Markup:
    return Markup(code_block(text(code), text(language), markdown=False))


_PLAIN: dict[str, Function] = {
    **collections.FUNCTIONS,
    **numbers.FUNCTIONS,
    **scratch.FUNCTIONS,
    **texts.FUNCTIONS,
    **dict.fromkeys(("highlight", "transform.Highlight"), _highlighted),
    **dict.fromkeys(("safeHTML", "safeURL", "safeCSS", "safeHTMLAttr", "safeJS"), _safe),
    **dict.fromkeys(("safe.HTML", "safe.URL", "safe.CSS", "safe.HTMLAttr", "safe.JS"), _safe),
    **dict.fromkeys(("emojify", "transform.Emojify"), _with_emoji),
    "default": _default,
    "plainify": lambda value: Markup(_TAG.sub("", text(value))),
    "eq": lambda first, *others: first in others,
    "ne": lambda first, other: first != other,
    "and": _and,
    "or": _or,
    "not": lambda value: not truth(value),
    "cond": lambda condition, yes, no: yes if truth(condition) else no,
    "warnf": lambda *_said: "",
}


def functions(page: Page) -> dict[str, Function]:
    """The functions that a shortcode of this page may call, by name."""
    around = page.around
    return {
        **_PLAIN,
        **dict.fromkeys(("markdownify", "transform.Markdownify"), _markdownify(around)),
        **dict.fromkeys(("relURL", "urls.RelURL"), lambda path: _relative(around, text(path))),
        **dict.fromkeys(("absURL", "urls.AbsURL"), lambda path: _absolute(around, text(path))),
        "site": lambda: page.site,
        "page": lambda: page,
        "hugo": lambda: _HUGO,
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
