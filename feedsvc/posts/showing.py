"""How a post is shown, if at all: held back, out of feeds, in short, with its media."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.model import State
from feedsvc.posts import fields, media
from feedsvc.posts.relevance import needs

if TYPE_CHECKING:
    from collections.abc import Collection

    from feedsvc.model import Enclosure
    from feedsvc.posts.context import ReadingContext
    from feedsvc.settings import Settings

_HIDDEN = frozenset({"hidden", "unlisted"})
_HELD_BACK = {
    "draft": State.DRAFT,
    "private": State.UNPUBLISHED,
    "pending": State.UNPUBLISHED,
    "trash": State.UNPUBLISHED,
}

# (Obsidian Publish's and Digital Garden's, too)
_PUBLISHED = ("published", "publish", "dg-publish")
_OF_STATES = ("draft", "status", "public", "private", *_PUBLISHED)

_SHOWN = frozenset({"publish", "published"})

_MEDIA_KEYS: tuple[str, ...] = ("enclosure", "enclosures", "audio", "video", "media")
# of podcast themes; they may hold something else, too
_FILE_KEYS = (
    *("file", "podcast", "mp3", "podcast_file", "podcast_url"),
    *("audio_file", "audio_url", "audiofile", "audiourl"),
)
_ALL_MEDIA_KEYS = _MEDIA_KEYS + _FILE_KEYS


class Showing:
    """The rules of a dialect about what readers get to see.

    The `…_keys` are looked up in their order; `static_folders` are where `/file` may lie. What lies
    in one of the `draft_folders` (whatever their case) is a draft unless it says otherwise itself.
    """

    draft_folders: Collection[str] = ("draft", "drafts")
    static_folders: tuple[str, ...] = ("", "static", "public", "assets")
    hiding_keys: tuple[str, ...] = ("hidden", "unlisted")
    summary_keys: tuple[str, ...] = ("summary", "description", "excerpt", "deck")
    image_keys: tuple[str, ...] = (
        "image", "cover_image", "featured_image", "og_image", "cover", "thumbnail",
    )  # fmt: skip

    def flag(self, context: ReadingContext, key: str, *, doubtful: bool) -> bool | None:
        """A yes/no field; None without one, `doubtful` (and a finding) for any other kind."""
        field = context.take(key)
        if field is None:
            return None
        answer = fields.truth(field.value)
        if answer is None:
            kind = fields.kind_of(field.value)
            message = f"`{key}` holds {kind} where yes or no is expected; read as {_yes(doubtful)}."
            context.report("value-kind", message, key=key, hint="Write true or false.")
            return doubtful
        return answer

    def status(self, context: ReadingContext) -> str:
        """The word under `status`, in lower case."""
        field = context.take("status")
        return (fields.text(field.value) or "").lower() if field else ""

    def withheld(self, context: ReadingContext) -> State | None:
        """DRAFT or UNPUBLISHED where the author holds the post back; in doubt it is held back."""
        path = context.source.path
        among_drafts = "_drafts" in path and "_drafts" in path.split("/")
        apart = State.DRAFT if context.path.lies_within(self.draft_folders) else None
        if context.lacks(*_OF_STATES):
            return State.DRAFT if among_drafts else apart
        draft = self.flag(context, "draft", doubtful=True)
        if draft or among_drafts:
            return State.DRAFT
        status = self.status(context)
        if status in _HELD_BACK:
            return _HELD_BACK[status]
        said = [fields.truth(field.value) for key in _PUBLISHED if (field := context.take(key))]
        public = self.flag(context, "public", doubtful=False)
        private = self.flag(context, "private", doubtful=True)
        if private or False in (public, *said):
            return State.UNPUBLISHED
        meant = draft is False or status in _SHOWN or True in (public, *said)
        return None if meant else apart

    @needs("feed", "status", named="hiding_keys")
    def in_feeds(self, context: ReadingContext) -> bool:
        """False where the post has a page but is to be in no feed."""
        if context.lacks("feed", "status", *self.hiding_keys):
            return True
        hidden = True in [self.flag(context, key, doubtful=True) for key in self.hiding_keys]
        field = context.take("feed")
        exclude = field.value.get("exclude") if field and isinstance(field.value, dict) else None
        switched_off = field is not None and fields.truth(field.value) is False
        return not (
            hidden
            or switched_off
            or (exclude is not None and fields.truth(exclude) is not False)
            or self.status(context) in _HIDDEN
        )

    def fits_feeds(self, context: ReadingContext) -> bool:  # noqa: ARG002
        """False where feeds can have no such post, whatever its author wants."""
        return True

    @needs()
    def in_site_feed(self, context: ReadingContext) -> bool:  # noqa: ARG002
        """False where only the feeds of its section and terms are to have the post."""
        return True

    def feedless(self, settings: Settings) -> frozenset[str]:  # noqa: ARG002
        """Families of feeds (`tags`, `fr/tags`) that the site has none of, whatever posts say."""
        return frozenset()

    @needs("minor")
    def minor(self, context: ReadingContext) -> bool:
        """Whether the author does not want the last edit announced."""
        return self.flag(context, "minor", doubtful=False) or False

    @needs(*_MEDIA_KEYS, named="image_keys")
    def media_as_written(self, context: ReadingContext) -> str:
        """Picture and files as the front matter names them, before they become URLs."""
        keys = (*self.image_keys, *_MEDIA_KEYS)
        if context.lacks(*keys):
            return ""
        return "\n".join(str(context.fields[key]) for key in keys if key in context.fields)

    @needs("feed")
    def content(self, context: ReadingContext) -> str | None:
        """ "full" or "summary" where the post says so."""
        field = context.take("feed")
        if field is None or fields.truth(field.value) is not None:
            return None
        if not isinstance(field.value, dict):
            context.wrong_kind("feed", field.value, "a map of `content` and `exclude`")
            return None
        wanted = field.value.get("content")
        if wanted in (None, "full", "summary"):
            return wanted
        message = "`feed.content` is neither `full` nor `summary`; it was ignored."
        context.report("value-kind", message, key="feed")
        return None

    @needs(named="summary_keys")
    def summary(self, context: ReadingContext) -> str | None:
        """The author's own words in short."""
        field = context.take(*self.summary_keys)
        if field is None:
            return None
        summary = fields.prose(field.value)
        if summary is None:
            context.wrong_kind(field.key, field.value, "text")
        return summary or None

    @needs(*_ALL_MEDIA_KEYS)
    def enclosures(self, context: ReadingContext) -> tuple[Enclosure, ...]:
        """`enclosure(s)`, `audio`, `video`, `media` or a media `file`; lengths from local files.

        Media may also stand under `podcast` and the other keys that themes for podcasts have.
        """
        if context.lacks(*_ALL_MEDIA_KEYS):
            return ()
        keys: tuple[str, ...] = _MEDIA_KEYS
        if media.is_elsewhere(context.fields.get("video")):
            keys = tuple(key for key in keys if key != "video")
        if not context.lacks(*_FILE_KEYS):
            named = (key for key in _FILE_KEYS if media.is_media(context.fields.get(key)))
            keys = (*keys, *named)
        field = context.take(*keys)
        if field is None or field.value in ("", [], False):
            return ()
        base = self._base(context)
        items = field.value if isinstance(field.value, list) else [field.value]
        beside = {
            key: given.value
            for key, names in _told_beside(field.key).items()
            if (given := context.take(*names))
        }
        duration = beside.get("duration")
        if duration not in (None, "") and fields.seconds(duration) is None:
            context.wrong_kind("duration", duration, "seconds or hours:minutes:seconds")
        files: dict[str, Enclosure] = {}
        for number, item in enumerate(items):
            enclosure, problem = media.enclosure(
                item, {} if number else beside, base, self.static_folders, context.size
            )
            if enclosure:
                files.setdefault(enclosure.url, enclosure)
            if problem:
                code = "enclosure-missing" if enclosure else "enclosure"
                ignored = "" if enclosure else "; it was ignored"
                context.report(code, f"`{field.key}`: {problem}{ignored}.", key=field.key)
        return tuple(files.values())

    @needs(named="image_keys")
    def image(self, context: ReadingContext) -> str | None:
        """The absolute URL of the post's picture."""
        field = context.take(*self.image_keys)
        if field is None or field.value in ("", []) or isinstance(field.value, bool):
            return None  # a truth is a switch of a theme
        value = field.value[0] if isinstance(field.value, list) else field.value
        if value and isinstance(value, dict) and not _may_name_file(value):
            return None  # themes that find the picture by themselves have its caption here
        reference = media.reference_of(value) or ""
        # (themes draw a letter or a sign where there is no picture)
        is_named = "." in reference or "/" in reference
        url = media.absolute(reference, self._base(context)) if is_named else None
        if url is None:
            message = f"`{field.key}` names no http or https URL and no file; it was ignored."
            context.report("image", message, key=field.key)
        return url

    @staticmethod
    def _base(context: ReadingContext) -> media.Base:
        return media.Base(context.settings.site.url, context.permalink, context.source.path)


def _told_beside(key: str) -> dict[str, tuple[str, ...]]:
    """The keys that tell of a file beside its own: `podcast_bytes` of `podcast_file`."""
    prefix, _, end = key.rpartition("_")
    if end not in ("file", "url"):
        return {"length": ("length",), "duration": ("duration",)}
    lengths = (f"{prefix}_{name}" for name in ("length", "size", "bytes"))
    return {"length": ("length", *lengths), "duration": ("duration", f"{prefix}_duration")}


def _may_name_file(value: dict[str, object]) -> bool:
    return any(map(value.get, media.URL_KEYS)) or any(map(media.is_media, value.values()))


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
