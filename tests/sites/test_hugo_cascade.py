"""What Hugo's pages get from `cascade` and `params`, as Hugo 0.168 has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedsvc import sites
from feedsvc.config import load_settings
from feedsvc.posts.dialect import Source
from tests.sites.reading import read_site, write

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import Post

CONFIG = "baseURL: https://e.org/\n"
LANGUAGES = "languages: {en: {weight: 1}, fr: {weight: 2}}\n"


def posts(folder: Path, files: dict[str, str], config: str = "") -> dict[str, Post]:
    """By the path of the file below the content."""
    contents = {f"content/{name}": f"---\n{text}\n---\n" for name, text in files.items()}
    site = read_site(write(folder, {"hugo.yaml": CONFIG + config, **contents}))
    return {path.removeprefix("content/"): post for path, post in site.posts.items()}


def tags(folder: Path, files: dict[str, str], config: str = "") -> dict[str, tuple[str, ...]]:
    return {path: post.tags for path, post in posts(folder, files, config).items()}


@pytest.mark.parametrize(
    ("target", "hit"),
    [
        ("kind: Page", True),
        ("kind: 'p*'", True),
        ("kind: '{section,term}'", False),
        ("kind: 1", False),
        ("environment: '{production,staging}'", True),
        ("environment: 'stag*'", False),
        ("path: posts/**", False),
        ("path: '/Posts/[a-c]'", True),
        ("path: /posts/a.md", False),
    ],
)
def test_target_names_kinds_environments_and_paths_by_patterns(
    tmp_path: Path, target: str, hit: bool
) -> None:
    files = {"_index.md": f"cascade: {{tags: [t], target: {{{target}}}}}", "posts/a.md": "title: t"}
    assert tags(tmp_path, files) == {"posts/a.md": ("t",) if hit else ()}


@pytest.mark.parametrize(
    ("languages", "meant"),
    [
        ("['{en,de}']", {"en"}),
        ("'f*'", {"fr"}),
        ("[EN, fr]", {"en", "fr"}),
        ("['! fr']", {"en"}),
        ("['*', '! en']", {"fr"}),
        ("[xx]", {"en", "fr"}),  # what fits none means all
    ],
)
def test_target_names_languages_by_patterns(
    tmp_path: Path, languages: str, meant: set[str]
) -> None:
    target = f"target: {{sites: {{matrix: {{languages: {languages}}}}}}}"
    config = f"{LANGUAGES}cascade: {{tags: [t], {target}}}"
    found = tags(tmp_path, {"a.md": "title: t", "a.fr.md": "title: t"}, config)
    assert {"fr" if ".fr." in path else "en" for path, given in found.items() if given} == meant


def test_key_that_stands_empty_is_not_filled_in(tmp_path: Path) -> None:
    files = {"_index.md": "cascade: {tags: [t]}", "a.md": "tags:", "b.md": "tags: []"}
    assert tags(tmp_path, files) == {"a.md": (), "b.md": ()}


def test_cascade_of_a_page_is_for_itself_before_the_sections(tmp_path: Path) -> None:
    files = {
        "_index.md": "cascade: {tags: [top], categories: [c]}",
        "a.md": "cascade: [{tags: [own], target: {path: /a}}]",
        "b.md": "cascade: [{tags: [own], target: {path: /other}}]",
    }
    found = posts(tmp_path, files)
    assert {path: (one.tags, one.categories) for path, one in found.items()} == {
        "a.md": (("own",), ("c",)),
        "b.md": (("top",), ("c",)),
    }


def test_a_language_with_a_cascade_has_none_of_the_sites(tmp_path: Path) -> None:
    config = """
cascade: {tags: [site], categories: [c]}
languages: {en: {weight: 1}, fr: {cascade: {tags: [french]}}}
"""
    found = posts(tmp_path, {"a.md": "title: t", "a.fr.md": "title: t"}, config)
    assert {path: (one.tags, one.categories) for path, one in found.items()} == {
        "a.md": (("site",), ("c",)),
        "a.fr.md": (("french",), ()),
    }


def test_params_stand_for_what_is_not_hugos_own(tmp_path: Path) -> None:
    front = """
title: T
date: 2020-01-02
tags: [x]
params: {Tags: [y], categories: [c], author: Ada, title: P, slug: p, date: 2001-01-01, draft: true}
"""
    (found,) = posts(tmp_path, {"a.md": front}).values()
    assert (found.title, found.permalink) == ("T", "https://e.org/a/")
    assert (found.tags, found.categories) == (("y",), ("c",))
    assert [author.name for author in found.authors] == ["Ada"]
    assert (found.published.year, found.withheld) == (2020, None)


def test_files_that_speak_for_a_folder_are_asked_once_in_a_look_and_anew_in_the_next(
    tmp_path: Path,
) -> None:
    settings = load_settings(write(tmp_path, {"hugo.yaml": CONFIG}), {}, {}).settings
    dialect = sites.dialect(settings)
    speaking = [
        f"content/{name}"
        for name in ("posts/_index.md", "posts/_index.en.md", "_index.md", "_index.en.md")
    ]

    def look(tag: str) -> list[tuple[str, ...]]:
        asked: list[str] = []

        def side(path: str) -> bytes | None:
            asked.append(path)
            handed = f"---\ncascade: {{tags: [{tag}]}}\n---\n".encode()
            return handed if path == "content/_index.en.md" else None

        found = []
        for name in ("a.md", "b.md", "c/index.md"):
            source = Source(f"content/posts/{name}", "content", b"---\ntitle: t\n---\n", side)
            reading = dialect.read(source, settings)
            assert reading.depends == tuple(speaking)
            assert reading.post is not None
            found.append(reading.post.tags)
        assert asked == speaking
        return found

    assert look("one") == [("one",)] * 3
    assert look("two") == [("two",)] * 3
