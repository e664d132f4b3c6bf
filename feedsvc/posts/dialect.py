"""How one engine reads a post, rule by rule; this base class is feedsvc's own dialect.

An engine subclasses `Dialect` and overrides the rules in which it differs. `read` calls the rules
in the order in which they stand in `_post` and hands a `ReadingContext` from one to the next; a
rule may look at what earlier rules found. Rules never raise for what a file holds: they report a
finding and return what the post has without that value.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from feedsvc.model import Finding, Markup, Post, PostFields, Severity, State, utc
from feedsvc.posts import dates, encoding, fields
from feedsvc.posts.context import ReadingContext
from feedsvc.posts.naming import Naming
from feedsvc.posts.paths import FileName, FilePath
from feedsvc.posts.reading import Body, Field, Origin, Reading, Source
from feedsvc.posts.references import Referring
from feedsvc.posts.relevance import relevant
from feedsvc.posts.showing import Showing
from feedsvc.posts.timing import Timing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from feedsvc.model import JSON
    from feedsvc.posts.matter import FrontMatter
    from feedsvc.settings import Settings

__all__ = [
    "Body",
    "Dialect",
    "Field",
    "FileName",
    "FilePath",
    "Reading",
    "ReadingContext",
    "Source",
]

_TAXONOMIES = frozenset({"category", "categories", "tag", "tags"})


class Dialect(Timing, Naming, Showing, Referring):
    """feedsvc's own dialect and the base of every other.

    `fences` says which front matter is understood: "yaml", "toml", "json", "headers" (`Key: value`
    lines until the first blank one). `blank_before_fence`: blank lines may precede it;
    `loose_closing`: a line that only begins with the fence closes it; `long_opening`: the one that
    opens it may have more hyphens.
    `yes_is_text`: so it is in YAML 1.2, as are `no`, `on` and `off`. `tabs_indent`: tabs may stand
    before lines of YAML, which knows none there.
    `fold_keys`: `Date:` is `date:`; `capitals_count`: where both stand, `Date:` is the one that
    counts. `suffixes`: names that are posts, lower case; `markups`: what bodies are written in, by
    suffix, all others in Markdown.
    `keeps_broken`: a file whose front matter cannot be read is a post without it, not left out.
    `replaces_invalid`: bytes that are no text become U+FFFD; otherwise the file is left out.
    The rules themselves, and the keys they look up, are those of `Timing`, `Naming`, `Showing`,
    `Referring`.
    """

    name = "feedsvc"
    fences: tuple[str, ...] = ("yaml", "toml", "json")
    blank_before_fence = True
    loose_closing = False
    long_opening = False
    yes_is_text = False
    tabs_indent = True
    fold_keys = True
    capitals_count = False
    suffixes = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".svx", ".html", ".htm"})
    keeps_broken = False
    replaces_invalid = False
    markups: Mapping[str, Markup] = MappingProxyType({".html": Markup.HTML, ".htm": Markup.HTML})

    def is_post(self, path: str, settings: Settings) -> bool:  # noqa: ARG002
        """Whether the file is to be read; `path` is relative to the posts folder, POSIX.

        Files and folders that begin with a dot or an underscore are none, nor are a folder's
        README and its like, nor the drawings that a plugin of Obsidian keeps in Markdown, nor the
        copies that programs leave which keep folders in step.
        """
        file = FilePath.of(path)
        return file.suffix.lower() in self.suffixes and not file.is_something_else

    def superseded(self, paths: Collection[str]) -> frozenset[str]:  # noqa: ARG002
        """Which of these files, all that lie below the roots, are none as another is the page."""
        return frozenset()

    def read(self, source: Source, settings: Settings) -> Reading:
        """Read one file. Never raises for what the file holds."""
        path = source.below
        if nothing := self.left_out(source, path, settings):
            return nothing
        decoded = encoding.decode(source.data, replace=self.replaces_invalid)
        if decoded.text is None:
            return Reading(None, (_not_text(source, decoded),))
        text = decoded.text
        front = self.front_matter(text, source.path)
        context = ReadingContext(source, path, settings, front, text[front.body :])
        if decoded.line:
            context.findings.insert(0, _not_text(source, decoded))
        if front.broken:
            kept = self.keeps_broken
            context.end_errors("the post is published without it" if kept else "it was left out")
        post = origin = None
        if self.keeps_broken or not front.broken:
            if self.fold_keys:
                context.fold(capitals=self.capitals_count)
            read = self._post(context)
            if read is not None:
                post, origin = read
        return Reading(post, tuple(context.findings), tuple(context.depends), front.body, origin)

    def body(self, data: bytes, body_start: int) -> Body:
        """The body again, without reading the front matter."""
        text = encoding.decode(data, replace=self.replaces_invalid).text or ""
        return Body(text[body_start:], text.count("\n", 0, body_start) + 1)

    def encoded_body(self, data: bytes, body: str, body_start: int) -> bytes | None:
        """The body in UTF-8, where the file holds it so."""
        return encoding.encoded_end(data, body, body_start)

    def written(self, data: bytes, path: str) -> Mapping[str, JSON]:
        """The front matter again, as its author wrote it."""
        text = encoding.decode(data, replace=self.replaces_invalid).text or ""
        return {
            encoding.clean(key): fields.as_json(value)
            for key, value in self.front_matter(text, path).fields.items()
        }

    def _post(self, context: ReadingContext) -> tuple[Post, Origin] | None:
        settings = context.settings
        self.complete(context)
        context.markup = self.markup(context)
        context.name = self.file_name(context)
        context.slug = self.slug(context)
        context.title = self.title(context)
        published = self.published(context)
        if published is None:
            return None
        context.published = published
        dated = context.name.date if context.written is None else context.written
        context.written = None
        asked = relevant(type(self), settings, context.fields)
        updated = self.updated(context) if "updated" in asked else None
        revised = "" if updated is None else str(context.written or updated)
        context.updated = updated or published
        context.categories = self.categories(context)
        context.tags = self.tags(context)
        authors = self.authors(context) if "authors" in asked else ()
        permalink = self.permalink(context)
        root = settings.site.url if permalink.startswith("/") else ""
        context.permalink = f"{root}{permalink}"
        own_id = self.own_id(context) if "own_id" in asked else None
        minted = self.mint_id(context)
        summary = self.summary(context) if "summary" in asked else None
        withheld = self.withheld(context) if "withheld" in asked else None
        starts = self.starts(context) if "starts" in asked else None
        media = self.media_as_written(context) if "media_as_written" in asked else ""
        origin = Origin(
            id=own_id,
            minted=minted,
            dated=dated,
            updated=revised,
            minor="minor" in asked and self.minor(context),
            parts=(context.title, summary or "", media),
            named=context.named,
        )
        # (`Post` would look at its instants again)
        post = PostFields.__new__(
            Post,
            path=context.source.path,
            id=own_id or minted,
            permalink=context.permalink,
            title=context.title,
            published=utc(published),
            updated=utc(context.updated),
            body=context.body,
            markup=context.markup,
            summary=summary,
            authors=authors,
            categories=context.categories,
            tags=context.tags,
            lang=self.lang(context) if "lang" in asked else None,
            slug=context.slug,
            enclosures=self.enclosures(context) if "enclosures" in asked else (),
            image=self.image(context) if "image" in asked else None,
            starts=utc(dates.EARLIEST if settings.posts.future else starts or published),
            ends=utc(ends) if "ends" in asked and (ends := self.ends(context)) else None,
            withheld=None if settings.posts.drafts and withheld is State.DRAFT else withheld,
            in_feeds=("in_feeds" not in asked or self.in_feeds(context))
            and self.fits_feeds(context),
            in_site_feed="in_site_feed" not in asked or self.in_site_feed(context),
            content=self.content(context) if "content" in asked else None,
            section=self.section(context) if "section" in asked else "",
            edition=self.edition(context) if "edition" in asked else "",
            extra=context.rest(),
            findings=tuple(context.findings),
        )
        return post, origin

    def left_out(
        self,
        source: Source,  # noqa: ARG002
        path: FilePath,  # noqa: ARG002
        settings: Settings,  # noqa: ARG002
    ) -> Reading | None:
        """A reading without a post for a file that is none after all; None for all others.

        `path` is relative to the posts folder.
        """
        return None

    def front_matter(self, text: str, path: str) -> FrontMatter:  # noqa: ARG002
        """The fields above the body, and where that begins. Never raises."""
        from feedsvc.posts import frontmatter

        return frontmatter.read(
            text,
            self.fences,
            blank_before=self.blank_before_fence,
            loose=self.loose_closing,
            long=self.long_opening,
            yes_is_text=self.yes_is_text,
            tabs_indent=self.tabs_indent,
        )

    def complete(self, context: ReadingContext) -> None:
        """Add what the file does not say itself: `context.default(key, value)`.

        MkDocs and its like have a map below `date`, whose keys say which date is meant; Grav has
        one below `taxonomy`, as Zola below `taxonomies`.
        """
        if isinstance(dates := context.fields.get("date"), dict):
            del context.fields["date"]
            for name, value in dates.items():
                context.default(str(name).lower(), value)
        for key in ("taxonomy", "taxonomies"):
            if isinstance(kinds := context.fields.get(key), dict):
                for name, value in kinds.items():
                    if name in _TAXONOMIES:
                        context.default(name, value)

    def markup(self, context: ReadingContext) -> Markup:
        """What the body is written in, by the file's suffix."""
        return self.markups.get(context.path.suffix.lower(), Markup.MARKDOWN)


def _not_text(source: Source, decoded: encoding.Decoded) -> Finding:
    kept = "replacement characters were put there" if decoded.text else "the file was left out"
    return Finding(
        "encoding",
        f"The file is not valid {decoded.encoding.upper()}; {kept}.",
        source.path,
        decoded.line,
        decoded.column,
        Severity.WARNING if decoded.text else Severity.ERROR,
        "Save it as UTF-8.",
    )
