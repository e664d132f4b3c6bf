"""How a Hugo site has its Markdown rendered (https://gohugo.io/configuration/markup/#goldmark)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.sites import files

if TYPE_CHECKING:
    from feedsvc.model import JSON

_EXTRAS = {"mark": "==", "insert": "++", "subscript": "~", "superscript": "^"}


def goldmark(said: dict[str, Any]) -> dict[str, JSON]:
    """Options that the rendering of content asks for."""
    settings = files.table(files.table(said, "markup"), "goldmark")
    extensions = files.table(settings, "extensions")
    typographer = extensions.get("typographer")
    off = typographer.get("disable") if isinstance(typographer, dict) else typographer is False
    attributes = files.table(files.table(settings, "parser"), "attribute")
    return files.present(
        typographer=off is not True,
        math=_math(files.table(extensions, "passthrough")),
        spans=_spans(files.table(extensions, "extras")),
        breaks=files.table(settings, "renderer").get("hardwraps") is True or None,
        alerts=True,  # render hooks of nearly every theme make notes of `> [!NOTE]`
        block_attributes=attributes.get("block") is True,
        files_for_each=settings.get("duplicateresourcefiles") is True,
        goldmark="http" if extensions.get("linkifyprotocol") == "http" else "https",
    )


def _spans(extras: dict[str, Any]) -> list[JSON]:
    """The signs that enclose marked text and the like."""
    return [
        sign for name, sign in _EXTRAS.items() if files.table(extras, name).get("enable") is True
    ]


def _math(passthrough: dict[str, Any]) -> list[JSON]:
    """The opening signs of formulas that are passed through."""
    if passthrough.get("enable") is not True:
        return []
    given = files.table(passthrough, "delimiters")
    kinds = [pairs for pairs in given.values() if isinstance(pairs, list)]
    begins = {str(pair[0]) for pairs in kinds for pair in pairs if isinstance(pair, list) and pair}
    return [sign for sign in ("\\(", "\\[", "$") if any(one.startswith(sign) for one in begins)]
