"""What Eleventy's JavaScript says in plain literals; it is never run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedsvc.sites import files, javascript

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feedsvc.model import JSON

_DIR = {
    name: re.compile(rf"""\b["']?{name}["']?\s*:{javascript.TEXT}""")
    for name in ("input", "output", "includes", "layouts", "data")
}
_SET = {
    "input": re.compile(rf"setInputDirectory\({javascript.TEXT}"),
    "output": re.compile(rf"setOutputDirectory\({javascript.TEXT}"),
    "includes": re.compile(rf"setIncludesDirectory\({javascript.TEXT}"),
    "layouts": re.compile(rf"setLayoutsDirectory\({javascript.TEXT}"),
    "data": re.compile(rf"setDataDirectory\({javascript.TEXT}"),
}
_DIR_BLOCK = re.compile(r"\bdir\s*[:=]\s*\{([^{}]{0,2000})\}")
_FORMATS = re.compile(
    r"\b(?:templateFormats\s*:|setTemplateFormats\()\s*(\[[^\[\]]{0,500}\]|[\"'`][^\"'`\n]{1,200}[\"'`])"
)
_DRAFTS = re.compile(r"\.draft\b|[\"'`]drafts?[\"'`]")
_METADATA = re.compile(r"\bmetadata\s*:\s*\{([^{}]{0,2000})")
_SITE = {
    "title": re.compile(rf"\btitle\s*:{javascript.TEXT}"),
    "subtitle": re.compile(rf"\b(?:subtitle|description)\s*:{javascript.TEXT}"),
    "language": re.compile(rf"\blanguage\s*:{javascript.TEXT}"),
    "url": re.compile(rf"\b(?:base|url)\s*:{javascript.TEXT}"),
}
_PREFIX = re.compile(rf"\bpathPrefix\s*:{javascript.TEXT}")
_DEEPEST = 3
_FILTER = re.compile(r"\baddFilter\(\s*[\"'`](\w{1,100})[\"'`]\s*,")
_FILTER_SIZE = 600
_FORM = re.compile(r"\b(?:toFormat|format)\(\s*[\"'`]([yYMLdDHms/._ -]{1,40})[\"'`]")
_OTHERS = {"includes": "_includes", "layouts": "", "data": "_data"}
_DATA = ("metadata.json", "site.json", "meta.json", "metadata.js", "site.js", "meta.js")


def directory(code: str, name: str) -> str:
    """The folder under `dir.NAME`, "" for the site's own and for one outside of it."""
    block = _DIR_BLOCK.search(code)
    given = javascript.literal(_SET[name], code) or (
        javascript.literal(_DIR[name], block[1]) if block else ""
    )
    return files.inner_path(given)


def below(root: str, code: str, name: str) -> str:
    """The folder under `dir.NAME`, which lies in the input folder, relative to the site."""
    return files.inner_path(f"{root}/{directory(code, name) or _OTHERS[name]}")


def metadata(code: str) -> dict[str, JSON]:
    """What the feed plugin is told of the site."""
    block = _METADATA.search(code)
    return _site(block[1]) if block else {}


def _site(code: str) -> dict[str, JSON]:
    found: dict[str, JSON] = {
        key: javascript.literal(pattern, code) for key, pattern in _SITE.items()
    }
    if not str(found["url"]).startswith(("http://", "https://")):
        del found["url"]
    return {key: value for key, value in found.items() if value}


def site_data(root: Path, code: str) -> dict[str, JSON]:
    """`_data/metadata.*` and its kin, as the official starter has them."""
    folder = root / _data_folder(code)
    found: dict[str, JSON] = {}
    for name in reversed(_DATA):
        if not (folder / name).is_file():
            continue
        if name.endswith(".js"):
            found |= _site(javascript.without_comments(files.text_of(folder, name)))
        else:
            found |= of_map(files.mapping(folder, name))
    return found


def _data_folder(code: str) -> str:
    block = _DIR_BLOCK.search(code)
    return ((javascript.literal(_DIR["data"], block[1]) if block else "") or "_data").strip("./")


def texts(root: Path, code: str) -> dict[str, str]:
    """The texts of those data files, by the names that templates have for them."""
    folder = root / _data_folder(code)
    found: dict[str, str] = {}
    for name in _DATA:
        stem, _, suffix = name.partition(".")
        if suffix == "json" and (folder / name).is_file():
            found |= nested(files.mapping(folder, name), f"{stem}.")
    return found


def nested(said: Mapping[str, Any], above: str = "") -> dict[str, str]:
    """The single texts of a map, by their names with dots."""
    found = {f"{above}{key}": value for key, value in said.items() if isinstance(value, str)}
    for key, value in said.items():
        if isinstance(value, dict) and above.count(".") < _DEEPEST:
            found |= nested(value, f"{above}{key}.")
    return found


def address(url: str, folder: Path, code: str) -> str:
    """Where the site is: Eleventy's pages are below the host and `pathPrefix`, whatever `url` says.

    A prefix may also be given on the command line; then the path in the address stands for it.
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    prefix = javascript.literal(_PREFIX, code).strip("/")
    if not prefix and (folder / "package.json").is_file():
        unseen = "pathprefix" in files.text_of(folder, "package.json").lower()
        prefix = parts.path.strip("/") if unseen else ""
    return f"{parts.scheme}://{parts.netloc}/{prefix}".rstrip("/")


def of_map(said: Mapping[str, Any]) -> dict[str, JSON]:
    """What a map of data says of the site."""
    return files.present(
        title=files.text(said, "title", "name"),
        subtitle=files.text(said, "subtitle", "description"),
        language=files.text(said, "language", "lang"),
        url=files.text(said, "url"),
        author=files.author(said.get("author")),
    )


def ignored(site: Path, root: str, code: str) -> list[JSON]:
    """What is no template, below the input folder: `.eleventyignore`, and folders of other use."""
    lines: list[str] = []
    if (site / ".eleventyignore").is_file():
        lines = [line.strip() for line in files.text_of(site, ".eleventyignore").split("\n")]
    given = [line.strip("/").removeprefix("./") for line in lines if line and line[0] not in "#!"]
    top = f"{root}/" if root else ""
    below = [line.removeprefix(top) for line in given if line.startswith((top, "*"))]
    others = [directory(code, name) or default for name, default in _OTHERS.items()]
    return list(filter(None, [*below, *others]))


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
