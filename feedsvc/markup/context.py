"""What the rules for leftovers may know of the post they work on."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedsvc.markup.beside import NOTHING
from feedsvc.markup.held import Held
from feedsvc.model import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.markup.beside import Beside
    from feedsvc.markup.remarks import Remarks
    from feedsvc.markup.urls import Base
    from feedsvc.model import JSON, Post
    from feedsvc.posts.references import Links, Reference
    from feedsvc.settings import Settings


_INDENTED = 4  # blanks with which a line is code


class Context:
    """One post, its site, where remarks go, where `posts.references` and other links lead.

    `beside` is what there is of the post besides its body, `held` what Markdown must not read,
    `kept` what rules keep, by names of their own, until the whole body is rendered.
    """

    __slots__ = ("base", "beside", "held", "kept", "links", "post", "remarks", "settings")

    def __init__(
        self,
        post: Post,
        settings: Settings,
        remarks: Remarks,
        links: Links,
        base: Base,
        *,
        beside: Beside = NOTHING,
    ) -> None:
        self.post = post
        self.settings = settings
        self.remarks = remarks
        self.links = links
        self.base = base
        self.beside = beside
        self.held = Held()
        self.kept: dict[str, object] = {}

    @property
    def is_markdown(self) -> bool:
        """Whether what a rule returns is read as Markdown."""
        return self.post.markup is Markup.MARKDOWN

    @property
    def site_variables(self) -> Mapping[str, JSON]:
        """What the engine's own configuration says, as far as the engine kept it."""
        variables = self.settings.engine_options.get("variables")
        return variables if isinstance(variables, dict) else {}

    def relative_url(self, path: str) -> str:
        """`path` below the site's base path (Jekyll's `relative_url`)."""
        if urlsplit(path).scheme:
            return path
        base = urlsplit(self.settings.site.url).path.rstrip("/")
        return f"{base}/{path.lstrip('/')}" if path else base

    def absolute_url(self, path: str) -> str:
        """`path` below the site's URL (Jekyll's `absolute_url`)."""
        return path if urlsplit(path).scheme else f"{self.settings.site.url}/{path.lstrip('/')}"

    def link(self, reference: Reference, written: str, text: str, position: int) -> str:
        """The absolute URL of the post that is referred to at `position` in `text`.

        Where there is none that is published, the name as `written`: text stays readable, and a
        link or picture that has it for an address loses the address.
        """
        found = self.links.get(reference)
        if found is not None:
            return found
        self.base.posts[reference.name] = None
        self.remarks.add("link-unresolved", reference.name, text, position)
        # else the link that it is the address of would be no link, but brackets
        return written.replace(" ", "%20") if text[position - 1 : position] == "(" else written


def figure(url: str, alt: str = "", caption: str = "", link: str = "") -> str:
    """A picture with its caption."""
    return captioned(url, alt or caption, escape(caption), link)


def captioned(url: str, alt: str, caption: str, link: str) -> str:
    """A picture with its caption, which is HTML."""
    image = f'<img src="{escape(url)}" alt="{escape(alt)}">'
    if link:
        image = f'<a href="{escape(link)}">{image}</a>'
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{image}{words}</figure>"


def framed(made: str, text: str, start: int, end: int) -> str:
    """`made` set apart where it takes the place of a whole line, however that is indented.

    CommonMark reads on in an HTML block until a blank line.
    """
    before = text[max(0, start - _INDENTED) : start].rpartition("\n")[2]
    alone = before == "   "[: len(before)] and text[end : end + 1] in ("", "\n")
    return f"\n{before}{made}\n" if alone and made[:1] == "<" else made


_PLAYERS = {
    "youtube": "https://www.youtube.com/embed/",
    "vimeo": "https://player.vimeo.com/video/",
    "bilibili": "https://player.bilibili.com/player.html?bvid=",
}


def player(host: str, video: str) -> str:
    """The frame of a known video host."""
    return f'<iframe src="{escape(_PLAYERS[host] + video)}" allowfullscreen></iframe>'


def anchor(url: str, words: str = "") -> str:
    """A link."""
    # an address with its scheme would itself become a link in Markdown
    return f'<a href="{escape(url)}">{escape(words or url.partition("://")[2])}</a>'


def details(summary: str, inner: str) -> str:
    """Something to unfold; `summary` is HTML."""
    return f"<details><summary>{summary or 'Details'}</summary>\n\n{inner}\n\n</details>"


def code_block(code: str, language: str, *, markdown: bool) -> str:
    """A block of code that says its language, in the markup of the body around it."""
    code = code.strip("\n")
    if not markdown:
        name = f' class="language-{escape(language)}"' if language else ""
        return f"<pre><code{name}>{escape(code, quote=False)}\n</code></pre>"
    longest = max((len(run) for run in re.findall("`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    return f"\n{fence}{language}\n{code}\n{fence}\n"
