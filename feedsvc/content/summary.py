"""The short form of an entry: plain text and a picture."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from feedsvc.posts.media import encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LENGTH = 300
"""Characters after which a summary that nobody wrote is cut."""

_TAG_END = r'[^>"]*(?:"[^"]*"[^>"]*)*>'
_NOTE_MARK = re.compile(
    r'<sup class="footnote-ref">.*?</sup>|'
    r"<sup\b[^>]*>\s*\[?\s*<a\b[^>]*#(?:fn|_?ftn|footnote|cite_)[^>]*>"
    r"(?:[^<]|<(?!/sup>))*?</a>\s*\]?\s*</sup>"
    r"|<a\b[^>]*#(?:_ftn|fnref|footnote-ref)[^>]*>.*?</a>",
    re.DOTALL,
)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|i|ins|kbd|mark|q|rb|ruby|s|samp|small|span"
    rf"|strike|strong|sub|sup|time|tt|u|var|wbr|m[a-z]+)\b{_TAG_END}"
)
_TAG = re.compile(rf"</?[a-z]{_TAG_END}")
_HIDDEN = re.compile(r"<(?:rt|rp|rtc|pre)\b.*?</(?:rt|rp|rtc|pre)>", re.DOTALL)
_PARAGRAPH = re.compile(rf"<p\b{_TAG_END}")
_IMAGE = re.compile(rf"<img\b({_TAG_END})")
_ATTRIBUTE = re.compile(r' (src|width|height)="([^"]*)"')
# It begins with a class of characters, which makes the search a fast one.
_SENTENCE = re.compile(
    r"[.!?…。！？؟।](?:[.!?…。！？؟।]*[\"'”’»)\]」』]*(?=\s|[^\x00-\u02ff])|(?<=[。！？]))"
)
_MARKUP = re.compile(r"[*_`\[\]<>&\\~#]|https?:")
_WINDOW = 8_000  # a first paragraph lies within this much HTML
_REFERENCE = len("&quot;")  # the longest character reference that the sanitiser writes
_SIZEABLE = 64


def written(text: str, to_html: Callable[[str], str]) -> str:
    """What an author wrote as the summary, without its markup."""
    return plain(to_html(text)) if _MARKUP.search(text) else " ".join(text.split())


def plain(html: str) -> str:
    """The text of well-formed `html`: no markup, no footnote marks, white space collapsed."""
    if "<" in html:
        if "<sup" in html or "#fn" in html or "#_ftn" in html:
            html = _NOTE_MARK.sub("", html)
        html = _TAG.sub(" ", _INLINE.sub("", html))
    text = unescape(html)
    # All white space but blanks is said not to be printable.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(text.split())


def opening(html: str) -> str:
    """The first paragraph that has words, else the first words there are; cut to `LENGTH`."""
    head = html if len(html) <= _WINDOW else _head(html)
    for paragraph in _paragraphs(head):
        if text := plain(paragraph):
            return shortened(text)
    return shortened(plain(_HIDDEN.sub(" ", head)) or plain(head))


def _head(html: str) -> str:
    """So much of `html`, cut between words; tags that are too long for it do not count."""
    head, begin, room = "", 0, _WINDOW
    while (end := begin + room) < len(html):
        start = html.rfind("<", begin, end)
        tag = _TAG.match(html, start) if start >= 0 else None
        if tag is None or tag.end() <= end:
            text = begin if tag is None else tag.end()
            cuts = html.rfind(" ", text, end), html.rfind("&", max(text, end - _REFERENCE), end)
            return head + html[begin : max(cuts) if max(cuts) >= 0 else end]
        # A picture in an attribute (`data:`) is longer than what is said in many paragraphs.
        head += html[begin:start]
        begin, room = tag.end(), end - start
    return head + html[begin:]


def _paragraphs(html: str) -> Iterator[str]:
    position = 0
    while match := _PARAGRAPH.search(html, position):
        end = html.find("</p>", match.end())
        if end < 0:
            return
        yield html[match.end() : end]
        position = end + len("</p>")


def shortened(text: str, length: int = LENGTH) -> str:
    """`text` cut behind a sentence, else behind a word, where it is longer than `length`."""
    if len(text) <= length:
        return text
    head = text[:length]
    ends = [match.end() for match in _SENTENCE.finditer(head)]
    if ends and ends[-1] >= length // 3:
        return head[: ends[-1]]
    blank = head.rfind(" ")
    return head[: blank if blank > length // 3 else length].rstrip(" ,;:，、；：") + "…"


def picture(html: str) -> str | None:
    """The URL of the first image that is no icon."""
    start = html.find("<img")  # some times as fast as a pattern
    if start < 0:
        return None
    for match in _IMAGE.finditer(html, start):
        given = dict(_ATTRIBUTE.findall(match[1]))
        source = unescape(given.pop("src", ""))
        if source.startswith(("http:", "https:")) and not any(
            size.isdecimal() and int(size[:6]) < _SIZEABLE for size in given.values()
        ):
            return encoded(source)
    return None
