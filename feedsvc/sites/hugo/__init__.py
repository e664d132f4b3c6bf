"""Hugo: `hugo.toml` and its kin, `config/_default/`, posts in the content folders."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedsvc.sites import files
from feedsvc.sites.engine import Detection, Engine, Layer
from feedsvc.sites.hugo import taxonomies
from feedsvc.sites.hugo.configuration import CONFIGS, FOLDER, default_language, read
from feedsvc.sites.hugo.content import chosen_files, content_folders, outermost
from feedsvc.sites.hugo.layout import HugoLayout
from feedsvc.sites.hugo.markup import goldmark
from feedsvc.sites.hugo.outputs import feed_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings
    from feedsvc.sites.hugo.templates import Template

_SURE, _LIKELY = 100, 60


class Hugo(Engine):
    """Configuration: https://gohugo.io/configuration/all/."""

    name = "hugo"
    title = "Hugo site"
    layout = HugoLayout()

    def detect(self, folder: Path) -> Detection | None:
        config = files.first(folder, *CONFIGS)
        if config.startswith("hugo."):
            return Detection(config, _SURE)
        if files.first(folder / FOLDER, *CONFIGS):
            return Detection(f"{FOLDER}/", _SURE)
        if config and _is_hugos(folder, config):
            return Detection(config, _LIKELY)
        return None

    def configure(self, folder: Path) -> Layer:
        said = read(folder)
        params = files.table(said, "params")
        language = default_language(said)
        own = files.table(files.table(said, "languages"), language)
        own_params = files.table(own, "params")
        site = files.present(
            url=_absolute(files.text(own, "baseurl") or files.text(said, "baseurl")),
            title=files.text(own, "title") or files.text(said, "title"),
            subtitle=files.text(own_params, "description", "subtitle")
            or files.text(params, "description", "subtitle"),
            author=_author(said, params, own_params),
            language=files.text(own, "languagecode", "locale")
            or files.text(said, "languagecode", "locale")
            or language,
            timezone=files.text(own, "timezone") or files.text(said, "timezone"),
            rights=files.text(own, "copyright") or files.text(said, "copyright"),
        )
        template = _template(folder, said)
        services = files.table(files.table(said, "services"), "rss")
        posts = files.present(
            path=list["JSON"](outermost(content_folders(said))),
            drafts=_flag(said, "builddrafts"),
            future=_flag(said, "buildfuture"),
        )
        limit = files.number(services, "limit") or files.number(said, "rsslimit")
        feeds = files.present(
            limit=min(limit or (template.limit if template else 0), 10_000) or None
        )
        source = files.first(folder, *CONFIGS) or f"{FOLDER}/"
        values: dict[str, JSON] = {
            "site": site,
            "posts": posts | {"permalink": ""},
            "feeds": feeds,
            "languages": _editions(said, language),
        }
        options = _options(said, language)
        if len(files.table(said, "languages")) > 1:
            from feedsvc.sites.hugo.hooks import leads_to_pages

            options |= files.present(leads_to_pages=leads_to_pages(folder, said) or None)
        if template is None:
            return Layer(values, options, (), source)
        options |= files.present(shown=template.shown, entry_id=template.identity)
        return Layer(values, options, template.findings, source)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.hugo.dialect import HugoDialect

        return HugoDialect()

    def syntax(self, settings: Settings) -> Syntax:  # noqa: ARG002
        from feedsvc.sites.hugo.syntax import SYNTAX

        return SYNTAX


def _template(folder: Path, said: dict[str, Any]) -> Template | None:
    """The site's own RSS template; None where it has a place for none."""
    if not (folder / "layouts").is_dir() and not files.texts(said, "theme"):
        return None
    from feedsvc.sites.hugo.templates import own_template  # late: its patterns cost time

    return own_template(folder, said)


def _is_hugos(folder: Path, config: str) -> bool:
    """Other programs have a `config.toml`, too: Zola's says `base_url`, Hugo's `baseURL`."""
    if (folder / "archetypes").is_dir():
        return True
    import re

    text = files.text_of(folder, config)
    return bool(
        re.search(r"""(?im)^[ \t"']*(baseURL|languageCode|theme)["']?[ \t]*[=:]""", text)
    ) and (not re.search(r"(?m)^[ \t]*base_url[ \t]*=", text))


def _absolute(url: str) -> str:
    # "/" and "" are common where the address is given when the site is built
    if url.startswith("//"):
        return f"https:{url}"
    return "" if url in ("/", ".", "./") else url


def _author(
    said: dict[str, Any], params: dict[str, Any], own_params: dict[str, Any]
) -> dict[str, JSON]:
    places = (own_params.get("author"), params.get("author"), said.get("author"))
    return next((found for place in places if (found := files.author(place))), {})


def _flag(said: dict[str, Any], name: str) -> bool | None:
    value = said.get(name)
    return value if isinstance(value, bool) else None


def _options(said: dict[str, Any], language: str) -> dict[str, JSON]:
    folders = content_folders(said)
    simple = not any(one.below or one.language for one in folders)
    off = [name.lower() for name in files.texts(said, "disablelanguages")]
    languages = {
        name: files.present(
            weight=files.number(values, "weight"),
            disabled=values.get("disabled") is True or name in off,
            tag=files.text(values, "languagecode", "locale"),
            permalinks=files.plain(values.get("permalinks")),
            cascade=files.plain(values.get("cascade")),
            url=_absolute(files.text(values, "baseurl")).rstrip("/"),
            timezone=files.text(values, "timezone"),
        )
        | _listed(values)
        for name, values in files.table(said, "languages").items()
        if isinstance(values, dict)
    }
    return files.present(
        language=language,
        languages=files.plain(languages),
        content=None if simple else [list(one) for one in folders],
        chosen=chosen_files(said),
        language_in_path=said.get("defaultcontentlanguageinsubdir") is True,
        permalinks=files.plain(said.get("permalinks")),
        ugly=files.plain(said.get("uglyurls")),
        keep_case=said.get("disablepathtolower") is True,
        emoji=said.get("enableemoji") is True,
        no_accents=said.get("removepathaccents") is True,
        dates=files.plain(files.table(said, "frontmatter")),
        ignored=list["JSON"](files.texts(said, "ignorefiles")),
        expired=said.get("buildexpired") is True,
        cascade=files.plain(said.get("cascade")),
        feeds=feed_files(said),
        themes=[path for name in files.texts(said, "theme") if (path := files.inner_path(name))],
        variables=dict(_variables(files.table(said, "params"))),
        **goldmark(said),
    ) | _listed(said)


def _listed(said: dict[str, Any]) -> dict[str, JSON]:
    """What the site, or a language, lists pages by; `off` are kinds of pages that it has not."""
    names = taxonomies.configured(said)
    found: dict[str, JSON] = {} if names is None else {"taxonomies": names}
    if "disablekinds" in said:
        found["off"] = [kind.lower() for kind in files.texts(said, "disablekinds")]
    return found


def _variables(params: dict[str, Any], above: str = "") -> Iterator[tuple[str, JSON]]:
    """The short single values by the names that `{{< param a.b >}}` has for them."""
    for name, value in files.variables(params).items():
        yield above + name, value
    for name, value in params.items():
        if isinstance(value, dict):
            yield from _variables(value, f"{above}{name}.")


def _editions(said: dict[str, Any], language: str) -> dict[str, JSON]:
    """What the site is called in its other languages."""
    return {
        name: files.present(
            title=files.text(values, "title") or files.text(said, "title"),
            description=files.text(files.table(values, "params"), "description", "subtitle"),
            language=files.text(values, "languagecode", "locale"),
        )
        for name, values in files.table(said, "languages").items()
        if isinstance(values, dict) and name != language
    }


ENGINE = Hugo()
