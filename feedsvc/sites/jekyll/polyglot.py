"""Sites in several languages by jekyll-polyglot: each but the default one below its own folder.

Posts in other languages than the site's are in the feeds of those. Where a language lacks a post,
polyglot shows the default one's there, too; that is not done here, as an entry has one address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import JSON
    from feedsvc.posts.context import ReadingContext
    from feedsvc.settings import Settings

_PLUGIN = "jekyll-polyglot"
_IN_GEMFILE = re.compile(r"""^[ \t]*gem[ \t(]+["']jekyll-polyglot["']""", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def options(folder: Path, said: dict[str, Any]) -> dict[str, JSON]:
    """`default` language, the `others`, and whether folders tell; {} without the plugin."""
    named = [*files.texts(said, "plugins"), *files.texts(said, "gems")]
    languages = [name for name in files.texts(said, "languages") if _NAME.fullmatch(name)]
    if len(languages) < 2 or not (_PLUGIN in named or _in_gemfile(folder)):
        return {}
    default = files.text(said, "default_lang") or "en"
    others: list[JSON] = [name for name in languages if name != default]
    return {"default": default, "others": others, "by_path": said.get("lang_from_path") is True}


def known(settings: Settings) -> Any:
    """The site's languages, as `options` tells them; nothing for a site in one."""
    return settings.engine_options.get("polyglot")


def language(context: ReadingContext) -> str:
    """The folder of the post's language, "" for the site's own."""
    languages = known(context.settings)
    if not languages:
        return ""
    others, given = languages["others"], context.fields.get("lang")
    if given is None and languages["by_path"]:
        given = next((part for part in context.path.folders if part in others), None)
    return str(given) if given in others else ""


def _in_gemfile(folder: Path) -> bool:
    try:
        return bool(_IN_GEMFILE.search(files.text_of(folder, "Gemfile")))
    except ConfigError:
        return False
