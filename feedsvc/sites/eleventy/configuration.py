"""What else Eleventy's JavaScript says in plain literals; it is never run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.sites import files, packages

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import JSON

_SHALLOW = re.compile(r"\bsetDataDeepMerge\(\s*false\s*\)")
_FORMATS = re.compile(
    r"\b(?:templateFormats\s*:|setTemplateFormats\()\s*(\[[^\[\]]{0,500}\]|[\"'`][^\"'`\n]{1,200}[\"'`])"
)
_DRAFTS = re.compile(r"\.draft\b|[\"'`]drafts?[\"'`]")
_FILTER = re.compile(r"\baddFilter\(\s*[\"'`](\w{1,100})[\"'`]\s*,")
_FILTER_SIZE = 600
_FORM = re.compile(r"\b(?:toFormat|format)\(\s*[\"'`]([yYMLdDHms/._ -]{1,40})[\"'`]")
_SLUGIFY = re.compile(r"(?:\bfrom\s*|\brequire\(\s*)[\"']slugify[\"']")
_SLUGGED = re.compile(
    r"\bslugify\(\s*\w+\s*,\s*(?:\{(.{0,400}?)\}|([a-zA-Z_]\w{0,50}))\s*\)", re.DOTALL
)
_REMOVED = re.compile(r"\bremove\s*:\s*/\[((?:\\.|[^\]\\\n]){1,100})\]\+?/")
_STRICT = re.compile(r"\bstrict\s*:\s*true\b")
_CONSTANT = re.compile(r"\b(?:const|let|var)\s+(\w{1,50})\s*=\s*([^;\n]{1,200})")
_TEMPLATE = re.compile(r"`([^`\n]{1,200})`")
_HOLE = re.compile(r"\$\{([^{}]{1,100})\}")
_FORM_ONLY = re.compile(r"[yLd/._ -]{1,40}")
_GETTER = re.compile(r"\.get(?:UTC)?(FullYear|Month|Date)\(\)")
_EXTENSION = re.compile(r"\baddDataExtension\(\s*[\"'`]([\w, ]{1,50})[\"'`]")
_PLAIN = re.compile(r"\bmarkdownTemplateEngine\s*:\s*false\b")
_MARKDOWN_IT = re.compile(r"\b(breaks|typographer)\s*:\s*true\b")
_ALERTS = re.compile(r"[\"'](?:@[\w-]+/)?markdown-it-[\w-]*(?:alert|callout)[\w-]*[\"']")
_ATTRIBUTES = re.compile(r"[\"']markdown-it-attrs[\"']")
_CODE_ON = re.compile(r"\.enable\(\s*\[?[^()\]]{0,200}[\"'`]code[\"'`]")
_VERSION = re.compile(r"[\^~>=v\s]*(\d+)")
_WITHOUT_CODE = 2  # the release that switched code off which is only indented
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
        forms = _FORM.findall(body) or _built(body)
        if len(forms) == 1:
            found[match[1]] = forms[0]
    return found


def _built(body: str) -> list[str]:
    """The form of a template of a date's parts: `${d.getFullYear()}/${month}`."""
    named = {name: _part(value) for name, value in _CONSTANT.findall(body)}
    forms = []
    for template in _TEMPLATE.findall(body):
        made = _HOLE.sub(lambda hole: named.get(hole[1].strip()) or _part(hole[1]) or "?", template)
        if _FORM_ONLY.fullmatch(made) and made != template:
            forms.append(made)
    return forms


def _part(code: str) -> str:
    """The letters for what code makes of a date, "" for anything else."""
    getter = _GETTER.search(code)
    if getter is None:
        return ""
    letters = {"FullYear": "yyyy", "Month": "L", "Date": "d"}[getter[1]]
    return letters * 2 if letters != "yyyy" and "padStart(2" in code else letters


def own_slugs(code: str) -> dict[str, JSON]:
    """`slug` and `slugify` where the site defines them by the package slugify: what that is told.

    `removed` are signs (None: the package's own), `strict` leaves letters and digits alone.
    """
    names = [name for name in _FILTER.findall(code) if name in ("slug", "slugify")]
    told = _SLUGGED.search(code) if names and _SLUGIFY.search(code) else None
    options = (told[1] or (told[2] and _held(told[2], code))) if told else None
    if options is None:
        return {}
    removed = _REMOVED.search(options)
    plain = re.sub(r"\\(.)", r"\1", removed[1]) if removed else None
    how: JSON = {"removed": plain, "strict": _STRICT.search(options) is not None}
    return dict.fromkeys(names, how)


def _held(name: str, code: str) -> str | None:
    """The beginning of the object that a constant of this name holds, None without one."""
    found = re.search(rf"\b(?:const|let|var)\s+{name}\s*=\s*\{{", code)
    return code[found.end() : found.end() + 400].partition("slugify(")[0] if found else None


def knows_drafts(site: Path, code: str) -> bool:
    """Whether the site's own code asks for `draft`, which means nothing to Eleventy."""
    drafts = files.first(
        site, *(f"eleventy.config.drafts.{suffix}" for suffix in ("js", "mjs", "cjs"))
    )
    return bool(drafts or _DRAFTS.search(code))


def layout_aliases(code: str) -> dict[str, JSON]:
    """Other names of layouts, and their files."""
    return dict(_ALIAS.findall(code))


def replaces_tags(code: str) -> bool:
    """Whether a page's tags stand instead of those of its data files, not beside them."""
    return bool(_SHALLOW.search(code))


def is_markdown_plain(code: str) -> bool:
    """Whether Markdown files hold no templates."""
    return _PLAIN.search(code) is not None


def markdown(code: str) -> dict[str, JSON]:
    """What markdown-it, which strikes through between two tildes only, is told besides."""
    asked = "arkdown" in code or "Library(" in code
    told = {*_MARKDOWN_IT.findall(code)} if asked else set()
    if _ALERTS.search(code):
        told.add("alerts")
    if _ATTRIBUTES.search(code):
        told.add("attributes")
    return {"lone_tildes": True, "guillemets": False, **dict.fromkeys(sorted(told), True)}


def is_indented_text(folder: Path, code: str) -> bool:
    """Whether what is only indented is no code: as of a release of Eleventy, unless asked for."""
    said = packages.named(folder).get("@11ty/eleventy")
    version = _VERSION.match(said) if isinstance(said, str) else None
    return (
        version is not None and int(version[1][:9]) >= _WITHOUT_CODE and not _CODE_ON.search(code)
    )


def data_formats(code: str) -> list[str]:
    """The suffixes of data files that the site adds to Eleventy's own, as far as they are known."""
    named = (word.strip() for given in _EXTENSION.findall(code) for word in given.split(","))
    return [word for word in dict.fromkeys(named) if word in _READ]
