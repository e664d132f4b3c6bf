"""Digests that tell whether something cached was made from the same settings by the same code."""
# ruff: noqa: PTH119, PTH120, PTH123
# (what pathlib adds to reading all sources is felt by an export that finds nothing to do)

from __future__ import annotations

import json
import os
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xxhash import xxh3_128

from feedsvc.settings import HttpSettings, LedgerSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.settings import Settings

# Libraries whose output is part of ours: another version may give other bytes.
_LIBRARIES = (
    *(
        "anyascii",
        "comrak",
        "dateutil",
        "docutils",
        "feedgen",
        "frontmatter",
        "jinja2",
        "lxml",
        "nh3",
    ),
    *("selectolax", "text_unidecode", "yaml"),
)


def digest(*parts: bytes) -> bytes:
    """Return 16 bytes that tell these parts from any others."""
    mixed = blake2b(digest_size=16)
    for part in parts:
        mixed.update(len(part).to_bytes(8, "big"))
        mixed.update(part)
    return mixed.digest()


def _plain(value: object) -> Any:
    """Make `value` fit for JSON, without the folder: it differs between machines."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):  # a named one
        named = value._asdict().items()
        return {name: _plain(item) for name, item in named if name != "folder"}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _canonical(value: object) -> bytes:
    return json.dumps(_plain(value), sort_keys=True, default=str).encode()


@cache
def code_digest() -> bytes:
    """Digest of the code that makes the output: this package's source and its libraries' versions.

    The same on every machine that has the same versions installed.
    """
    mixed = xxh3_128()
    for path in sorted(_sources(os.path.dirname(os.path.dirname(__file__)))):
        with open(path, "rb", buffering=0) as file:
            source = file.read()
        mixed.update(b"%b\0%d\0%b" % (os.path.basename(path).encode(), len(source), source))
    return digest(mixed.digest(), *(name.encode() for name in _installed()))


def _sources(folder: str) -> Iterator[str]:
    for above, _, names in os.walk(folder):
        for name in names:
            if name.endswith((".py", ".html")):
                yield f"{above}/{name}"


def _installed() -> list[str]:
    """Name the installed distributions (`nh3-0.3.8.dist-info`) of the libraries."""
    found: set[str] = set()
    folders: set[Path] = set()
    for name in _LIBRARIES:
        spec = find_spec(name)
        if spec is not None and spec.origin:
            origin = Path(spec.origin)
            folders.add(origin.parent.parent if origin.stem == "__init__" else origin.parent)
    wanted = (*_LIBRARIES, "python_", "pyyaml")
    for folder in folders:
        found.update(
            item.name for item in folder.glob("*.dist-info") if item.name.lower().startswith(wanted)
        )
    return sorted(found)


def reading_digest(settings: Settings) -> bytes:
    """Digest of all that decides how a file is read into a Post."""
    read_by = (
        settings.site.url,
        settings.site.timezone,
        settings.site.language,
        settings.posts,
        settings.engine,
        settings.engine_options,
        settings.feeds.urls,
        settings.ledger,
    )
    return digest(code_digest(), _canonical(read_by))


def making_digest(settings: Settings) -> bytes:
    """Digest of all that documents are made by, but posts and the address of the site.

    Like the others it differs between releases; what only the web door reads is left out.
    """
    site = settings.site._replace(url="")
    plain = settings._replace(site=site, http=HttpSettings(), ledger=LedgerSettings())
    told = _canonical(plain).replace(settings.site.url.encode(), b"")
    return digest(code_digest(), told)


def rendering_digest(settings: Settings) -> bytes:
    """Digest of all settings: whatever a document may show."""
    return digest(code_digest(), _canonical(settings))
