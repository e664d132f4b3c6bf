"""Which folders are a Hugo site's content (https://gohugo.io/configuration/module/#mounts)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.sites import files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.model import JSON


class ContentFolder(NamedTuple):
    """A folder of the site, where it lies in the content ("" at the top), and its language.

    The language is "" where the folder is in the site's, or the file's name says which.
    """

    folder: str
    below: str = ""
    language: str = ""


def content_folders(said: dict[str, Any]) -> list[ContentFolder]:
    """All of them, as the configuration has them; mounts stand in for everything else."""
    found = list(_mounted(said)) or list(_of_languages(said))
    return [one for one in dict.fromkeys(found) if one.folder]


def chosen_files(said: dict[str, Any]) -> list[JSON]:
    """Of mounts, where some have only some files: the folder, and globs of what it has, in order.

    One that begins with `! ` leaves out (https://gohugo.io/configuration/module/#files); older
    sites have `includeFiles` and `excludeFiles`, of which the latter counts first.
    """
    found: list[JSON] = []
    any_globs = False
    for mount in _mounts(said):
        globs = [f"! {one}" for one in files.texts(mount, "excludefiles")]
        globs += files.texts(mount, "files") + files.texts(mount, "includefiles")
        if _component(mount)[0] == "content" and (source := _inside(files.text(mount, "source"))):
            found.append([source, *globs])
            any_globs = any_globs or bool(globs)
    return found if any_globs else []


def outermost(folders: list[ContentFolder]) -> list[str]:
    """The folders that hold all others, sorted."""
    paths = sorted({one.folder for one in folders})
    return [p for p in paths if not any(p.startswith(f"{other}/") for other in paths)]


def _mounted(said: dict[str, Any]) -> Iterator[ContentFolder]:
    for mount in _mounts(said):
        component, below = _component(mount)
        source = _inside(files.text(mount, "source"))
        # a single file that is mounted is no folder of posts
        if component == "content" and source and not below.endswith((".md", ".html")):
            yield ContentFolder(source, below, _language(mount))


def _mounts(said: dict[str, Any]) -> list[dict[str, Any]]:
    mounts = files.table(said, "module").get("mounts")
    return [one for one in mounts if isinstance(one, dict)] if isinstance(mounts, list) else []


def _component(mount: dict[str, Any]) -> tuple[str, str]:
    """Which of Hugo's folders a mount is for, and where it lies in that."""
    component, _, below = files.text(mount, "target").strip("/").partition("/")
    return component, below


def _language(mount: dict[str, Any]) -> str:
    matrix = files.table(files.table(mount, "sites"), "matrix")
    named = files.texts(matrix, "languages") or files.texts(mount, "lang")
    return named[0].lower() if len(named) == 1 and named[0].replace("-", "").isalnum() else ""


def _of_languages(said: dict[str, Any]) -> Iterator[ContentFolder]:
    general = _inside(files.text(said, "contentdir") or "content")
    languages = files.table(said, "languages")
    for name, values in languages.items():
        own = _inside(files.text(values, "contentdir")) if isinstance(values, dict) else ""
        if own and own != general:
            yield ContentFolder(own, language=name)
        else:
            yield ContentFolder(general)
    if not languages:
        yield ContentFolder(general)


def _inside(path: str) -> str:
    """The path below the site's folder; "" for one that leaves it."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return "" if path.startswith("/") or ".." in parts else "/".join(parts)
