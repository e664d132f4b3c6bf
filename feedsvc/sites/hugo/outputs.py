"""The feeds that a Hugo site makes (https://gohugo.io/configuration/output-formats/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.sites import files

if TYPE_CHECKING:
    from feedsvc.model import JSON

_KINDS = ("home", "section", "term")
_SUFFIXES = {
    "application/rss+xml": "xml",
    "application/atom+xml": "atom",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/json": "json",
    "application/feed+json": "json",
}


def feed_files(said: dict[str, Any]) -> list[JSON]:
    """Of each: our name of its format, the kinds of pages that have it, and its path.

    In that `*` stands for the path of the page.
    RSS, which Hugo makes unless told otherwise, is always among them.
    """
    formats = {"rss": {}, **files.table(said, "outputformats")}
    found: list[JSON] = []
    for name, values in formats.items():
        if isinstance(values, dict) and (form := _form(name, values)):
            if name == "rss" and "mediatype" not in values:
                # the suffixes of the media type counted in older versions of Hugo only
                found.append(_file(form, name, values, {**said, "mediatypes": {}}))
            found.append(_file(form, name, values, said))
    return [one for at, one in enumerate(found) if one not in found[:at]]


def _file(form: str, name: str, values: dict[str, Any], said: dict[str, Any]) -> dict[str, JSON]:
    outputs = files.table(said, "outputs")
    asked: list[JSON] = [
        kind
        for kind in _KINDS
        if name in [output.lower() for output in files.texts(outputs, kind)] or name == "rss"
    ]
    default = "application/rss+xml" if name == "rss" else ""
    media = (files.text(values, "mediatype") or default).lower()
    own = files.table(files.table(said, "mediatypes"), media)
    suffix = next(iter(files.texts(own, "suffixes")), "") or files.text(own, "suffix")
    base = files.text(values, "basename") or "index"
    name = f"{base}.{suffix or _SUFFIXES.get(media, 'xml')}"
    return {"form": form, "path": f"{files.text(values, 'path')}/*/{name}", "kinds": asked}


def _form(name: str, values: dict[str, Any]) -> str:
    """Our name of a feed format, "" for what is no feed."""
    media = files.text(values, "mediatype").lower()
    for form in ("rss", "atom"):
        if name == form or f"{form}+xml" in media:
            return form
    feed = name == "jsonfeed" or "feed" in files.text(values, "basename").lower()
    return "json" if "feed+json" in media or ("json" in f"{media}{name}" and feed) else ""
