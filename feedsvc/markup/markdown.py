"""Markdown to HTML; the only module that knows comrak.

CommonMark with the extensions of GitHub Flavored Markdown, footnotes, description lists and
emphasis that works between CJK characters. What comrak makes of a text without raw HTML is
well-formed and safe as it is but for its URLs, so that only those are looked at; anything else goes
the sanitiser's way.
"""

from __future__ import annotations

import re
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING

from feedsvc.markup import bare_addresses, goldmark, lazy_tags
from feedsvc.markup.bare_addresses import Presence
from feedsvc.markup.extras import NONE, SPANS, Extras

if TYPE_CHECKING:
    from collections.abc import Callable

# comrak appends a permalink to each heading; only the heading's own id is of use in a feed.
_ANCHOR = re.compile(
    r'<a href="#[^"]*" aria-label="[^"]*" data-heading-content="[^"]*" class="anchor"></a>'
)
# The one for Windows has the id there, too.
_OLD_ANCHOR = re.compile(
    r'<(h[1-6])><a href="#[^"]*" aria-hidden="true" class="anchor" (id="[^"]*")></a>'
)
_OMITTED = "<!-- raw HTML omitted -->"
_HEADINGS = 500  # telling the ids of equal headings apart takes their number squared
_ALONE = re.compile(r"<p>((?:(?!</?p>).)*)</p>\s*", re.DOTALL)
_CHECKBOX = {
    '<input type="checkbox" disabled="" />': "☐",
    '<input type="checkbox" checked="" disabled="" />': "☑",
}
UNSEEN = "\ufdd2"
"""Put before a tag, it makes text of it that begins a paragraph; no HTML has it.

A noncharacter, as are the other signs here: `characters` keeps them out of what comes in.
"""
_UNSEEN_IN_ADDRESS = "%EF%B7%92"
_TILDE = "\ufdd1"  # stands for one that strikes nothing through
_TILDE_IN_ADDRESS = "%EF%B7%91"
# (Each begins with the sign itself, which makes the search a fast one.)
_LONE_TILDE = re.compile(r"~(?<![~\\]~)(?!~)")
_SIGNED = re.compile(r"^[ \t>]*~ ", re.MULTILINE)
_WORD_TILDE = re.compile(r"~(?<=\w~)(?=\w)")
# Behind a sign of CJK a lone one cannot end what is struck through, but means "about".
_ABOUT = re.compile(r"~(?<=[\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]~)(?=\d)")
# Right behind a sign of CJK it is a home folder, where Chinese and Japanese have no blank.
_HOME = re.compile(r"~(?<=[^\x00-\x7f\s]~)(?=/)")
_THREE_TILDES = re.compile(r"~~~(?<=[^~\n]~~~)([^~\n]+)~~~(?!~)")
_ONE_MORE = f"{_TILDE}~~\\1~~{_TILDE}"
_APOSTROPHE = re.compile(
    r"\u2018(?:(?<=>\u2018)(?=(?:[smtd]|ve|ll|re)\b)|(?<=[!#$%)+.?\]*;\u2026\u201d]\u2018)(?=s\b))"
)
_DASHES = re.compile("(?<!\u2014)\u2014*\u2013{2,}")
_NOTE = re.compile(r'(<p class="markdown-alert-title">)([^<]*)(?=</p>)')
_FORMULA = re.compile(r'<span data-math-style="(inline|display)">(.*?)</span>', re.DOTALL)


@cache
def _renderer(
    *, raw: bool, bare: bool, ids: bool, terms: bool, extras: Extras
) -> Callable[[str], str]:
    import comrak

    extensions = comrak.ExtensionOptions()
    extensions.table = True
    extensions.strikethrough = True
    extensions.autolink = bare
    extensions.tasklist = True
    extensions.footnotes = True
    extensions.description_lists = terms
    extensions.shortcodes = extras.emoji
    extensions.math_dollars = "$" in extras.math
    if hasattr(extensions, "header_id_prefix"):
        extensions.cjk_friendly_emphasis = True
        extensions.alerts = extras.alerts
        extensions.math_latex = "\\(" in extras.math or "\\[" in extras.math
        extensions.header_id_prefix = "" if ids else None
        for sign in extras.spans:
            setattr(extensions, SPANS[sign], True)
    else:  # the newest wheel for Windows is 0.0.12, which does not know most of these
        extensions.header_ids = "" if ids else None
    options = comrak.RenderOptions()
    options.unsafe_ = raw
    options.hardbreaks = extras.breaks
    parsing = None
    if extras.smart:
        parsing = comrak.ParseOptions()
        parsing.smart = True
    render = comrak.render_markdown
    return lambda text: render(text, extensions, parsing, options)


def to_html(text: str, extras: Extras = NONE) -> tuple[str, bool]:
    """HTML of a Markdown `text`, and whether it may hold HTML that its author wrote."""
    # To comrak a tilde, too, begins what a term means; people write it before their signature.
    terms = extras.terms and ("~" not in text or "\n:" in text or not _SIGNED.search(text))
    if extras.goldmark:
        text = goldmark.prepared(text, smart=extras.smart)
    text = bare_addresses.enclosed(text)
    if "~" in text:
        text = _with_tildes(text, extras)
    if "<" in text and "\n" in text:
        text = lazy_tags.kept(text, UNSEEN)
    used = extras.within(text)
    ids = _wants_ids(text)
    html, raw, bare = _rendered(text, partial(_renderer, ids=ids, terms=terms, extras=used))
    html = _without_signs(html, text)
    if used.smart:
        html = _as_set(html, text, extras)
        html = html if extras.guillemets else _without_guillemets(html, text)
    if bare:
        html = _with_addresses(html, text, extras)
    if used.math and "data-math-style" in html:
        html = _as_written(html, used.math)
    if ids or raw:
        html = _without_anchors(html)
    return _for_readers(html, used), raw


def _for_readers(html: str, used: Extras) -> str:
    """`html` whose notes and tasks need neither classes nor inputs to be told for such."""
    if used.alerts:
        html = _NOTE.sub(r"\1<strong>\2</strong>", html)
    if 'type="checkbox"' in html:
        for box, sign in _CHECKBOX.items():
            html = html.replace(box, sign)
    return html


def _without_anchors(html: str) -> str:
    if 'class="anchor"></a>' in html:
        return _ANCHOR.sub("", html)
    return _OLD_ANCHOR.sub(r"<\1 \2>", html) if 'class="anchor" id="' in html else html


def _wants_ids(text: str) -> bool:
    """Whether there are headings, and not too many, to be found by an id."""
    some = "#" in text or ("=" in text and "\n=" in text) or ("-" in text and "\n-" in text)
    if some and text.count("\n") >= _HEADINGS:
        return text.count("\n#") + text.count("\n=") + text.count("\n-") < _HEADINGS
    return some


def _rendered(text: str, renderer: Callable[..., Callable[[str], str]]) -> tuple[str, bool, bool]:
    """What comrak makes of a text; whether it holds HTML of its author, and bare addresses."""
    presence = bare_addresses.presence(text)
    bare = presence is Presence.BARE
    html = renderer(raw=False, bare=bare)(text)
    if presence is Presence.LINKED and bare_addresses.are_shown(html):
        bare = True
        html = renderer(raw=False, bare=bare)(text)
    if "<" in text and _OMITTED in html:
        return renderer(raw=True, bare=bare)(text), True, bare
    return html, False, bare


def _with_tildes(text: str, extras: Extras) -> str:
    if extras.lone_tildes:
        return _THREE_TILDES.sub(_ONE_MORE, _LONE_TILDE.sub(_TILDE, text))
    if "~/" in text:
        text = _HOME.sub(_TILDE, text)
    if extras.goldmark:
        text = _ABOUT.sub(_TILDE, text)
    return _WORD_TILDE.sub(_TILDE, text) if extras.word_tildes else text


def _as_set(html: str, text: str, extras: Extras) -> str:
    """Rows of hyphens, and apostrophes behind elements and signs (`C++'s`), as Goldmark does."""
    if "\u2018" in html and "\u2018" not in text:
        html = _APOSTROPHE.sub("\u2019", html)
        html = goldmark.with_apostrophes(html) if extras.goldmark else html
    if extras.long_dashes and not any(one in text for one in ("\u2013", "&ndash;")):
        return html.replace("\u2013", "\u2014")
    rows = "\u2013" in html and "----" in text
    rows = rows and "\u2013\u2013" in html and "\u2013\u2013" not in text
    return _DASHES.sub(_as_goldmark, html) if rows else html


def _without_guillemets(html: str, text: str) -> str:
    for sign, written in (("\u00ab", "<<"), ("\u00bb", ">>")):
        if written in text and sign not in text:
            html = html.replace(sign, escape(written))
    return html


def _as_goldmark(match: re.Match[str]) -> str:
    """Hyphens in a row as Goldmark sets them: by threes, then two; comrak evens them out."""
    threes, rest = divmod(sum(3 if dash == "\u2014" else 2 for dash in match[0]), 3)
    return "\u2014" * threes + ("", "-", "\u2013")[rest]


def _with_addresses(html: str, text: str, extras: Extras) -> str:
    """Bare addresses escaped once, and ended where the renderer of the site ends them."""
    html = bare_addresses.written_to(bare_addresses.escaped_once(html, text))
    if not extras.goldmark:
        return bare_addresses.ended(html)
    rest = partial(inline, extras=extras._replace(goldmark=""))
    return goldmark.finished(html, text, extras.goldmark, rest)


def _without_signs(html: str, text: str) -> str:
    """Without the signs that stood for something."""
    if UNSEEN in text:
        html = html.replace(f"<{UNSEEN}", "&lt;")  # in a block of HTML it would begin a tag again
        html = html.replace(UNSEEN, "").replace(_UNSEEN_IN_ADDRESS, "")
    if _TILDE in text:
        html = html.replace(_TILDE, "~").replace(_TILDE_IN_ADDRESS, "~")
    return html


def _as_written(html: str, signs: tuple[str, ...]) -> str:
    """Formulas between their signs again: readers show TeX, or hand it to what typesets it."""
    inline = ("\\(", "\\)") if "\\(" in signs else ("$", "$")
    display = ("$$", "$$") if "$" in signs else ("\\[", "\\]")

    def formula(match: re.Match[str]) -> str:
        opening, closing = inline if match[1] == "inline" else display
        return f"{opening}{match[2]}{closing}"

    return _FORMULA.sub(formula, html)


def inline(text: str, extras: Extras = NONE) -> str:
    """HTML of a Markdown `text` without the paragraph around it, if there is only one."""
    html = to_html(text, extras)[0]
    alone = _ALONE.fullmatch(html)
    return alone[1] if alone else html
