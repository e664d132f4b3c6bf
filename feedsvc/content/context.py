"""What the rules for leftovers may know of the post they work on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedsvc.model import Markup
from feedsvc.posts import permalinks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feedsvc.content.remarks import Remarks
    from feedsvc.model import JSON, Post
    from feedsvc.settings import Settings

    Resolver = Callable[[str], str | None]

_DATED = re.compile(r"(?:^|/)(\d{4})-(\d{1,2})-(\d{1,2})-([^/]+?)(?:\.\w+)?$")


@dataclass(frozen=True, slots=True)
class Context:
    """One post, its site, and where remarks go.

    `resolve` gives the absolute URL of another source file by the name that a post uses for it
    (`2020-01-02-name`, `_posts/2020-01-02-name.md`, `other.md`), None where there is none.
    """

    post: Post
    settings: Settings
    remarks: Remarks
    resolve: Resolver | None = None
    variables: dict[str, JSON] = field(default_factory=dict)

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
        return urlsplit(self.settings.site.url).path.rstrip("/") + "/" + path.lstrip("/")

    def absolute_url(self, path: str) -> str:
        """`path` below the site's URL (Jekyll's `absolute_url`)."""
        return path if urlsplit(path).scheme else f"{self.settings.site.url}/{path.lstrip('/')}"

    def link(self, name: str) -> str | None:
        """The absolute URL of another source file, by the resolver or the permalink pattern."""
        found = self.resolve(name) if self.resolve else None
        return found or self._dated_link(name)

    def _dated_link(self, name: str) -> str | None:
        if self.settings.engine != "jekyll" or not (match := _DATED.search(name)):
            return None
        try:
            local = datetime(  # noqa: DTZ001 - a calendar date, only its digits are used
                int(match[1]), int(match[2]), int(match[3])
            )
        except ValueError:
            return None
        pattern = self.settings.posts.permalink
        pattern = permalinks.STYLES.get(pattern, pattern)
        path = permalinks.jekyll(pattern, permalinks.Facts(local, match[4])).path
        return self.settings.site.url + path


def figure(url: str, alt: str = "", caption: str = "", link: str = "") -> str:
    """A picture with its caption."""
    image = f'<img src="{escape(url)}" alt="{escape(alt or caption)}">'
    if link:
        image = f'<a href="{escape(link)}">{image}</a>'
    words = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{image}{words}</figure>"


def framed(made: str, text: str, start: int, end: int) -> str:
    """`made` set apart where it takes the place of a whole line.

    CommonMark reads on in an HTML block until a blank line.
    """
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end : end + 1]
    return f"\n{made}\n" if made[:1] == "<" and not before and after in ("", "\n") else made


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
    return f'<a href="{escape(url)}">{escape(words or url)}</a>'


def code_block(code: str, language: str, *, markdown: bool) -> str:
    """A block of code that says its language, in the markup of the body around it."""
    code = code.strip("\n")
    if not markdown:
        name = f' class="language-{escape(language)}"' if language else ""
        return f"<pre><code{name}>{escape(code, quote=False)}\n</code></pre>"
    longest = max((len(run) for run in re.findall("`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    return f"\n{fence}{language}\n{code}\n{fence}\n"
