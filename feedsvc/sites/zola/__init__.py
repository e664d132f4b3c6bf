"""Zola: `config.toml` with a `base_url`, posts below `content/`."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files
from feedsvc.sites.engine import Detection, Engine, Layer, Layout, safe

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.feeds.values import FeedKey
    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_CONFIGS = ("zola.toml", "config.toml")
# Hugo, too, has a config.toml; its `baseURL` is written otherwise.
_OWN = re.compile(r"^[ \t]*base_url[ \t]*=", re.MULTILINE)
_KINDS = {  # what sites call the taxonomies that we have feeds of
    "categories": ("categories", "category"),
    "tags": ("tags", "tag", "keywords", "topics", "labels"),
    "authors": ("authors", "author"),
}
_USUAL = {"categories": "categories", "tags": "tags"}


class ZolaLayout(Layout):
    """`/atom.xml` (or as `feed_filenames` says), `/tags/TAG/atom.xml`, `/SECTION/atom.xml`.

    In another language than the site's, all below its folder.
    """

    knows_languages = True
    merges_terms = True

    def same_term(self, name: str, settings: Settings) -> str:
        """Terms with one slug are one."""
        from feedsvc.sites.zola.paths import segment

        return segment(name, settings.engine_options.get("slugs_taxonomies"))

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        from feedsvc.sites.zola.paths import segment

        options: Any = settings.engine_options
        given = _told(options, "feed_names").get(key.language) or ["atom.xml"]
        names = [str(name) for name in given if _format(str(name)) == form]
        top = f"{key.language}/" if key.language else ""
        if key.kind == "site":
            return safe(*(f"{top}{name}" for name in names))
        if key.kind == "sections":
            return safe(*(f"{top}{key.name}/{name}" for name in names))
        strategy = options.get("slugs_taxonomies")
        known = _told(options, "taxonomies")
        kind = (known.get(key.language) or known.get("") or _USUAL).get(key.kind, "")
        place = [options.get("root"), segment(kind, strategy), segment(key.name, strategy)]
        if not place[1] or not place[2]:
            return ()
        root = "/".join(str(part).strip("/") for part in place if part)
        return safe(*(f"{top}{root}/{name}" for name in names))


def _told(options: Any, key: str) -> Any:
    """What the configuration says of each language; nothing where it is another engine's."""
    known = options.get(key)
    return known if isinstance(known, dict) else {}


def _format(name: str) -> str:
    """Zola tells a format by the template of that name; others are the site's own templates."""
    return "rss" if "rss" in name else "atom"


class Zola(Engine):
    """Configuration: https://www.getzola.org/documentation/getting-started/configuration/."""

    name = "zola"
    title = "Zola site"
    layout = ZolaLayout()

    def detect(self, folder: Path) -> Detection | None:
        config = files.first(folder, *_CONFIGS)
        if config and _OWN.search(files.text_of(folder, config)):
            return Detection(config)
        return None

    def configure(self, folder: Path) -> Layer:
        source = files.first(folder, *_CONFIGS)
        said = files.mapping(folder, source) if source else {}
        language = files.text(said, "default_language") or "en"
        own, others = _languages(said, language)
        site = files.present(
            url=files.text(said, "base_url"),
            title=files.text(own, "title"),
            subtitle=files.text(own, "description"),
            author=files.author(said.get("author") or files.table(said, "extra").get("author")),
            language=language,
        )
        limit = files.number(said, "feed_limit") or files.number(said, "rss_limit")
        values: dict[str, JSON] = {
            "site": site,
            "posts": {"path": "content", "permalink": "", "future": True},  # nothing is to come
            "feeds": files.present(limit=limit and min(limit, 10_000)),
            "languages": {
                name: files.present(
                    title=files.text(table, "title"),
                    description=files.text(table, "description"),
                )
                for name, table in others.items()
            },
        }
        # late: their patterns cost time
        from feedsvc.sites.zola import sections, templates

        names = _feed_names(own)
        told = templates.read(folder, said, names or ["atom.xml"])
        slugs = files.table(said, "slugify")
        markdown = files.table(said, "markdown")
        every = {"": own, **others}
        known = sections.found(folder, others)
        options = files.present(
            language=language,
            languages=list(others),
            slugs_paths=files.text(slugs, "paths"),
            slugs_taxonomies=files.text(slugs, "taxonomies"),
            root=files.text(said, "taxonomy_root"),
            ignored=list["JSON"](files.texts(said, "ignored_content")),
            keep_dates=slugs.get("paths_keep_dates") is True,
            bottom_footnotes=markdown.get("bottom_footnotes") is True,
            typographer=markdown.get("smart_punctuation") is True,
            emoji=markdown.get("render_emoji") is True,
            alerts=markdown.get("github_alerts") is True,
            word_tildes=True,
            guillemets=False,
            description_lists=markdown.get("definition_list") is True,
            feed_names={name: list["JSON"](_feed_names(table)) for name, table in every.items()},
            taxonomies={name: _taxonomies(table) for name, table in every.items()},
            entry_id=told.pattern,
            site_sections=[
                one for one in [told.section] if sections.of(one, "", known) is not None
            ],
            theme=_theme(said),
            sections=known,
            variables=files.values(_extra(folder, said)),
        )
        return Layer(values, options, told.findings, source)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.zola.dialect import ZolaDialect

        return ZolaDialect()

    def syntax(self, settings: Settings) -> Syntax:
        from feedsvc.sites.zola.syntax import syntax

        return syntax(settings)


def _languages(
    said: dict[str, Any], default: str
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What the configuration says of the site's own language, and of the others by their names.

    The own may have a table, too, whose values are as good as those on top.
    """
    tables = {
        name: table
        for name, table in files.table(said, "languages").items()
        if isinstance(table, dict)
    }
    if isinstance(given := said.get("languages"), list):  # until Zola 0.15: `{code = "fr"}`
        tables = {
            code: one
            for one in given
            if isinstance(one, dict) and (code := files.text(one, "code"))
        }
    own = tables.pop(default, {})
    return {**own, **said}, tables


def _taxonomies(table: dict[str, Any]) -> dict[str, JSON]:
    """What the taxonomies are called that we have feeds of, by our own names for them."""
    given = table.get("taxonomies")
    names = [
        name
        for one in (given if isinstance(given, list) else [])
        if isinstance(one, dict) and (name := files.text(one, "name"))
    ]
    found: dict[str, JSON] = {}
    for kind, wanted in _KINDS.items():
        if called := next((one for one in wanted if one in names), None):
            found[kind] = called
    return found


def _theme(said: dict[str, Any]) -> str | None:
    """The name of the theme's folder, where it is one."""
    name = files.text(said, "theme") or ""
    return name if re.fullmatch(r"[\w-][\w.-]*", name) else None


def _extra(folder: Path, said: dict[str, Any]) -> dict[str, Any]:
    """What the configuration calls `[extra]`, and what the theme has there besides."""
    theme = _theme(said)
    path = f"themes/{theme}/theme.toml"
    extra = files.table(said, "extra")
    if not theme or not files.first(folder, path):
        return extra
    try:
        given = files.table(files.mapping(folder, path), "extra")
    except ConfigError:
        return extra  # a theme that cannot be read says nothing
    return _over(given, extra)


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    tables = {
        name: _over(below[name], value)
        for name, value in above.items()
        if isinstance(value, dict) and isinstance(below.get(name), dict)
    }
    return {**below, **above, **tables}


def _feed_names(table: dict[str, Any]) -> list[str]:
    for key in ("feed_filenames", "feed_filename"):  # the second until Zola 0.18
        if names := files.texts(table, key):
            return list(names)
    # until Zola 0.10 it was another; many say so still
    return ["rss.xml", "atom.xml"] if "generate_rss" in table else []


ENGINE = Zola()
