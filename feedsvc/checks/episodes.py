"""What podcast directories cannot use of an episode: fields that say nothing to them, its file.

<https://podcasters.apple.com/support/823-podcast-requirements>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.feeds.values import Content, Entry
from feedsvc.formats import fields, podcast
from feedsvc.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.model import Enclosure, Post
    from feedsvc.settings import Settings

# Of the file types on Apple's list those that are played; M4A goes by several names.
_TYPES = frozenset(
    {
        *("audio/mpeg", "audio/mp3", "audio/x-m4a", "audio/m4a", "audio/mp4"),
        *("video/mp4", "video/x-m4v", "video/quicktime"),
    }
)
_WANTED = {
    "duration": "seconds, or hours, minutes and seconds",
    "season": "a whole number from 1",
    "episode": "a number above 0",
    "episode_type": "`full`, `trailer` or `bonus`",
    "explicit": "`true` or `false`",
    "transcript": "an address, or a map with `url`",
    "chapters": "an address, or a map with `url`",
    "person": "a name, or a map with `name`",
}


def findings(post: Post, settings: Settings) -> Iterator[tuple[Finding, tuple[str, ...]]]:
    """Yield what is doubtful in a post that is an episode, and the keys it may stand under."""
    enclosure = next(filter(fields.is_playable, post.enclosures), None)
    if enclosure is None or not podcast.is_episode(post, settings):
        return
    for name in podcast.unused(Entry(post, Content("")), enclosure):
        message = f"`{name}` says nothing that directories understand; it was left out."
        hint = f"Write {_WANTED[name]}."
        found = Finding("podcast-episode", message, post.path, hint=hint)
        yield found, (name, "episodetype", "itunes")
    for message, hint in _file(enclosure, settings):
        found = Finding("podcast-file", message, post.path, hint=hint)
        yield found, ("enclosure", "enclosures", "audio", "video", "media", "file", "itunes")


def _file(enclosure: Enclosure, settings: Settings) -> Iterator[tuple[str, str]]:
    if enclosure.type not in _TYPES:
        yield (
            f"The file of the episode is {enclosure.type}, which Apple's directory refuses.",
            "Offer it as MP3, M4A, MP4, M4V or MOV.",
        )
    # Of a file in the folder that is not there `enclosure-missing` tells.
    if not enclosure.length and not enclosure.url.startswith(f"{settings.site.url}/"):
        yield (
            "The file of the episode lies elsewhere, and nothing says how many bytes it has.",
            "Write `length` beside its `url`.",
        )
