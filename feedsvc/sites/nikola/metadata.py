"""The metadata above a Nikola post, or in the file beside it (`nikola/metadata_extractors.py`).

`.. key: value` lines as far as the first blank line, whatever comment they stand in; YAML or TOML
where it opens the file; else what the body's own markup has.
"""

from __future__ import annotations

import re

from feedsvc.posts import encoding, frontmatter
from feedsvc.posts.matter import SIZE, FrontMatter, control, duplicate
from feedsvc.sites.pythonic import docinfo, htmlhead

_LINE = re.compile(r"^[^\S\n]*\.\. ([^\n]*?): ([^\n]*)$", re.MULTILINE)
_FENCES = {"---\n": ("yaml",), "+++\n": ("toml",)}
_HTML = (".html", ".htm")


def read(text: str, path: str) -> FrontMatter:
    """The fields above the body, and where that begins; no kind where there are none."""
    if kinds := _FENCES.get(text[:4]):
        return frontmatter.read(text, kinds, blank_before=False, yes_is_text=True)
    own = comments(text)
    if own.fields:
        return own
    suffix = path[path.rfind(".") :].lower()
    if suffix in _HTML:
        return htmlhead.read(text)
    if suffix in (".rst", ".txt"):
        found = docinfo.read(text)
    else:
        found = frontmatter.read(text, ("headers",))
    # a post that has its metadata elsewhere may begin with a heading, or with a word and a colon
    return found if "date" in found.fields else FrontMatter("")


def comments(text: str) -> FrontMatter:
    """The lines of Nikola's own form; an empty value is none."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n\n", start)
    front = FrontMatter("", 0)
    if text.find(".. ", start, start + SIZE) < 0:
        return front
    block = text[start : end if end >= 0 else len(text)][:SIZE]
    line, seen = text.count("\n", 0, start) + 1, 0
    for match in _LINE.finditer(block):
        line += block.count("\n", seen, match.start())
        seen = match.start()
        key, value = match.groups()
        if not value:
            continue
        if (at := encoding.forbidden(value)) >= 0:
            front.problems.append(control(value[at], line))
            value = encoding.clean(value)
        if key in front.fields:
            front.problems.append(duplicate(key, line))
        front.fields[key], front.lines[key] = value, line
    if front.fields:
        front.kind = "nikola"
        front.body = end + 2 if end >= 0 else 0
    return front
