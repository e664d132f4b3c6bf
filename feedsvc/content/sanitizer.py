"""HTML that is safe, well-formed and absolute; the only module that knows nh3.

What is not listed here is taken out: an unknown element leaves its text behind, an unknown
attribute nothing. Elements are those of the HTML standard's text and embedded content, and MathML.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from feedsvc.content.marks import marks
from feedsvc.errors import InterpreterError
from feedsvc.markup import urls

if TYPE_CHECKING:
    import nh3

    from feedsvc.markup.remarks import Remarks
    from feedsvc.markup.urls import Base

_TAGS = """
    a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite
    code col colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3
    h4 h5 h6 header hgroup hr i iframe img ins kbd li main map mark menu nav ol p picture pre
    q rb rp rt rtc ruby s samp section small source span strike strong sub summary sup table
    tbody td tfoot th thead time tr track tt u ul var video wbr math mfrac mi mn mo mover
    mpadded mphantom mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr
    munder munderover semantics annotation
    """.split()  # noqa: SIM905
_ATTRIBUTES = {
    "*": "title lang dir id",
    "a": "href hreflang rel type",
    "abbr": "title",
    "audio": "src controls preload loop",
    "blockquote": "cite",
    "code": "class",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "open",
    "iframe": "src width height allow allowfullscreen",
    "img": "src srcset sizes alt width height longdesc",
    "ins": "cite datetime",
    "li": "value",
    "math": "display",
    "ol": "start reversed type",
    "pre": "class",
    "q": "cite",
    "section": "class",
    "source": "src srcset sizes type media width height",
    "sup": "class",
    "td": "colspan rowspan headers align",
    "th": "colspan rowspan headers scope align",
    "time": "datetime",
    "track": "src kind srclang label default",
    "video": "src poster controls preload loop muted playsinline width height",
}
_EMPTIED = {"script", "style", "title", "textarea", "select", "button", "option", "datalist"}
# What nh3 does not resolve by itself, or what is only allowed in part. Each begins with plain
# letters, which makes the search a fast one; it runs over `marks`.
_FILTERED = tuple(
    re.compile(sign)
    for sign in (
        *(rb"srcset\s*=", rb"cite\s*=", rb"longdesc\s*=", rb"data\s*:"),
        # ids of footnotes (`urls.is_note`), also where character references hide them
        rb"id\s*=[\s\"']*(?:user-content-|fn|footnote|_ftn|_edn|cite_|[\w-]{0,13}&)",
    )
)


# What is taken out of an element that stays, as `marks` show it; letters first, for a fast search.
_MAYBE_HANDLER = re.compile(rb"on[a-z]{3,30}\s*=")
_HANDLER = re.compile(rb"[\s\"'/]on[a-z]{3,30}\s*=")
_STYLE = re.compile(rb"style(?<=[\s\"'/]style)\s*=")
_UNSAFE = (b"script", b"data:", b"file:")
_UNSAFE_LINK = re.compile(
    rb"(?:href|src|action|data|poster)\s*=\s*+(?:[\"']\s*+)?"
    rb"(?:javascript|vbscript|file|data)\s*:(?!image/)"
)
_base: ContextVar[Base] = ContextVar("base")


@cache
def _cleaner(*, attributes: bool) -> nh3.Cleaner:
    """A sanitiser made once: its tables take as long to build as a small body to clean."""
    import nh3

    cleaner = nh3.Cleaner(
        tags=set(_TAGS),
        attributes={tag: set(names.split()) for tag, names in _ATTRIBUTES.items()},
        clean_content_tags=_EMPTIED,
        link_rel=None,
        url_relative=lambda url: _base.get().absolute(url),
        url_schemes={*urls.SCHEMES, "data"} if attributes else set(urls.SCHEMES),
        attribute_filter=_attribute if attributes else None,
    )
    _check(cleaner)
    return cleaner


def _check(cleaner: nh3.Cleaner) -> None:
    """Raise InterpreterError where the sanitiser cannot ask us about links.

    Its calls reach the first interpreter of a process only; in another one, where mod_wsgi puts
    applications unless told otherwise, links would silently stay relative or get lost.
    """
    token = _base.set(urls.Base("https://example.org/page/"))
    try:
        if cleaner.clean('<a href="x">y</a>') != '<a href="https://example.org/page/x">y</a>':
            raise InterpreterError(
                "this is not the first Python interpreter of its process, where nh3 does not work: "
                "for mod_wsgi set `WSGIApplicationGroup %{GLOBAL}`, for uWSGI --single-interpreter"
            )
    finally:
        _base.reset(token)


def _attribute(_tag: str, name: str, value: str) -> str | None:
    base = _base.get()
    if name in ("srcset", "cite", "longdesc"):
        return base.candidates(value) if name == "srcset" else base.absolute(value)
    if name == "id" and urls.is_note(value):
        return base.note(value)
    if name in ("src", "href", "poster") and urls.is_data(value):
        return value.strip() if name == "src" and urls.is_image_data(value) else None
    return value


def sanitize(html: str, base: Base, signs: bytes | None = None) -> str:
    """`html` without active content, every reference resolved against `base`.

    `signs` are its `marks`, where the caller has them.
    """
    token = _base.set(base)
    try:
        return _cleaner(attributes=_needs_filter(marks(html) if signs is None else signs)).clean(
            html
        )
    finally:
        _base.reset(token)


def _needs_filter(signs: bytes) -> bool:
    return any(sign.search(signs) for sign in _FILTERED)


def tell_losses(signs: bytes, remarks: Remarks) -> None:
    """Note what `sanitize` will take out of elements that stay; `signs` are `marks`."""
    if b"=" not in signs:
        return
    if _MAYBE_HANDLER.search(signs) and _HANDLER.search(signs):
        remarks.add("handler-removed")
    if _STYLE.search(signs):
        remarks.add("style-removed")
    if any(map(signs.__contains__, _UNSAFE)) and _UNSAFE_LINK.search(signs):
        remarks.add("unsafe-link-removed")
