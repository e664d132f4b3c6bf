"""Which folders of a Zola site's content are sections, and what their `_index.md` files say.

Source: Zola's `components/site/src/lib.rs` (`load`), `components/content/src/library.rs`
(`populate_sections`).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from feedsvc.model import JSON

_SWITCH = re.compile(
    r"^[ \t]*(generate_(feed)s?|transparent|draft|hide_from_feed)[ \t]*[=:][ \t]*true\b",
    re.MULTILINE,
)
_DRAFTS = "drafts"


def found(site: Path, languages: Iterable[str]) -> dict[str, JSON]:
    """The sections of each language ("" for the site's own), and what each is or has.

    `feed`; `transparent`: its pages are those of the section above, too; `hide_from_feed`, as
    themes have it. Under `drafts` are the folders that a section of any language makes drafts of,
    with all that is in them.
    """
    names = {"_index.md": "", **{f"_index.{language}.md": language for language in languages}}
    content = site / "content"
    # a front page there is always
    sections: dict[str, dict[str, JSON]] = {name: {"": []} for name in names.values()}
    drafts: list[JSON] = []
    for here, folders, present in os.walk(content):
        folders.sort()
        place = Path(here).relative_to(content).as_posix().removeprefix(".")
        for name in names.keys() & set(present):
            try:
                said = _front(files.text_of(Path(here), name))
            except ConfigError:
                continue  # one that cannot be read is no section
            switches = [match[2] or match[1] for match in _SWITCH.finditer(said)]
            if "draft" in switches:
                drafts.append(place)
            sections[names[name]][place] = list["JSON"](switches)
    return {**sections, _DRAFTS: drafts}


def of(folder: str | None, language: str, known: Any) -> Collection[str] | None:
    """What the section of a folder is or has; None where it is none, or nothing is known."""
    sections = known.get(language) if isinstance(known, dict) else None
    return sections.get(folder) if sections else None


def is_draft(folders: Iterable[str], known: Any) -> bool:
    """Whether one of these folders is a draft with all that is in it."""
    drafts = known.get(_DRAFTS, ()) if isinstance(known, dict) else ()
    return any(folder in drafts for folder in folders)


def _front(text: str) -> str:
    """The front matter of a section, roughly: what is before the line that closes it."""
    fence = text.lstrip()[:3]
    return text.lstrip()[3:].partition(f"\n{fence}")[0] if fence in ("+++", "---") else ""
