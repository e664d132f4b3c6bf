"""The picture of a show, as it lies in the site's folder, against Apple's rules for artwork.

<https://podcasters.apple.com/support/896-artwork-requirements>: a square JPEG or PNG of 1,400 to
3,000 pixels a side.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from feedsvc.model import Finding
from feedsvc.posts.media import Base, local_files
from feedsvc.repository.files import SiteFiles
from feedsvc.settings import PodcastSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.site import Site

_SIDES = range(1400, 3001)  # pixels
_PNG = b"\x89PNG\r\n\x1a\n"
# Start of frame, of whatever coding (ITU-T T.81, table B.1); C4, C8, CC are others.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a segment


def findings(site: Site) -> Iterator[Finding]:
    """Yield what is wrong with the picture of a configured show; nothing for one elsewhere."""
    settings = site.settings
    picture = settings.podcast.image or settings.site.logo
    if settings.podcast == PodcastSettings() or picture is None:
        return
    base = Base(settings.site.url, f"{settings.site.url}/", "")
    folders = site.repository.dialect.static_folders
    files = SiteFiles(settings.folder)
    places = local_files(picture, base, folders)
    data = next((data for place in places if (data := files.side(place)) is not None), None)
    if data is None:
        return
    measured = size(data)
    if measured is None:
        told = "is no JPEG or PNG, whatever its name says"
    elif measured[0] != measured[1] or measured[0] not in _SIDES:
        told = f"is {measured[0]:,} × {measured[1]:,} pixels large"
    else:
        return
    yield Finding(
        "podcast-artwork",
        f"The picture of the show, {picture}, {told}.",
        hint="Apple's directory takes squares of 1,400 to 3,000 pixels a side.",
    )


def size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a JPEG or PNG in pixels, None for anything else."""
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker in _BARE:
            at += 2
        elif marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
    return None
