"""What else Eleventy's JavaScript says in plain literals; it is never run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.sites import files

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import JSON

_FORMATS = re.compile(
    r"\b(?:templateFormats\s*:|setTemplateFormats\()\s*(\[[^\[\]]{0,500}\]|[\"'`][^\"'`\n]{1,200}[\"'`])"
)
_DRAFTS = re.compile(r"\.draft\b|[\"'`]drafts?[\"'`]")
_FILTER = re.compile(r"\baddFilter\(\s*[\"'`](\w{1,100})[\"'`]\s*,")
_FILTER_SIZE = 600
_FORM = re.compile(r"\b(?:toFormat|format)\(\s*[\"'`]([yYMLdDHms/._ -]{1,40})[\"'`]")
_EXTENSION = re.compile(r"\baddDataExtension\(\s*[\"'`]([\w, ]{1,50})[\"'`]")
_PLAIN = re.compile(r"\bmarkdownTemplateEngine\s*:\s*false\b")
_ALIAS = re.compile(
    r"\baddLayoutAlias\(\s*[\"'`]([^\"'`\n]{1,100})[\"'`]\s*,\s*[\"'`]([^\"'`\n]{1,200})[\"'`]"
)
_READ = ("yaml", "yml", "toml")


def formats(code: str) -> list[JSON]:
    """The suffixes that the site takes for templates; none where it does not say."""
    match = _FORMATS.search(code)
    words = re.findall(r"[\w.]+", match[1]) if match else []
    return [f".{word}" for word in words]


def date_filters(code: str) -> dict[str, JSON]:
    """Filters of the site's own that write a date in one form, and that form."""
    found: dict[str, JSON] = {}
    for match in _FILTER.finditer(code):
        body = code[match.end() : match.end() + _FILTER_SIZE].partition("addFilter(")[0]
        forms = _FORM.findall(body)
        if len(forms) == 1:
            found[match[1]] = forms[0]
    return found


def knows_drafts(site: Path, code: str) -> bool:
    """Whether the site's own code asks for `draft`, which means nothing to Eleventy."""
    drafts = files.first(
        site, *(f"eleventy.config.drafts.{suffix}" for suffix in ("js", "mjs", "cjs"))
    )
    return bool(drafts or _DRAFTS.search(code))


def layout_aliases(code: str) -> dict[str, JSON]:
    """Other names of layouts, and their files."""
    return dict(_ALIAS.findall(code))


def is_markdown_plain(code: str) -> bool:
    """Whether Markdown files hold no templates."""
    return _PLAIN.search(code) is not None


def data_formats(code: str) -> list[str]:
    """The suffixes of data files that the site adds to Eleventy's own, as far as they are known."""
    named = (word.strip() for given in _EXTENSION.findall(code) for word in given.split(","))
    return [word for word in dict.fromkeys(named) if word in _READ]
