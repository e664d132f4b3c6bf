"""The head of an HTML article: `<title>` and `<meta name="…" content="…">`.

As Pelican's `HTMLReader` reads them; what is outside of `head` and `body` is nothing to it.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from feedsvc.posts.matter import SIZE, FrontMatter

_HEAD = re.compile(r"<head(?:\s[^<>]*)?>", re.IGNORECASE)
_BODY = re.compile(r"<body(?:\s[^<>]*)?>", re.IGNORECASE)
_END = re.compile(r"</head\s*>", re.IGNORECASE)


class _Head(HTMLParser):
    """Collects the values of `meta` elements and the title, with their lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.fields: dict[str, list[str]] = {}
        self.lines: dict[str, int] = {}
        self._title: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._title = []
            self.lines["title"] = self.getpos()[0]
        elif tag == "meta":
            given = dict(reversed(attrs))  # the first of two counts
            name = (given.get("name") or "").lower()
            if name:
                name = "tags" if name == "keywords" else name
                self.lines.setdefault(name, self.getpos()[0])
                value = given.get("content") or given.get("contents") or ""
                self.fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._title is not None:
            self.fields["title"] = [unescape("".join(self._title))]
            self._title = None

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def read(text: str) -> FrontMatter:
    """What the head says; no kind of front matter without one. The body begins in `body`."""
    body = _BODY.search(text)
    front = FrontMatter("", body.end() if body else len(text))
    head = _HEAD.search(text, 0, body.start() if body else len(text))
    if head is None:
        return front
    end = _END.search(text, head.end())
    stop = min(end.start() if end else front.body, head.end() + SIZE)
    parser = _Head()
    parser.feed(text[head.end() : stop])
    parser.close()
    above = text.count("\n", 0, head.end())
    front.kind = "meta"
    front.fields = {key: _one(values) for key, values in parser.fields.items()}
    front.lines = {key: line + above for key, line in parser.lines.items()}
    return front


def _one(values: list[str]) -> object:
    return values[0] if len(values) == 1 else values
