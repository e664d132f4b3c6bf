"""Addresses that a function of an Astro site makes of folders, as AstroPaper's does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.sites.astro.kebab import kebab
from tests.sites.reading import Site, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

POST = "---\ndate: 2020-01-01\n---\nBody\n"
CHAIN = """filePath
    ?.replace(POSTS, '')
    .split("/")
    .filter((part) => part !== "") // none
    .filter(one => !one.startsWith('_'))
    .slice(0, -1)
    .map(name => slugifyStr(name))"""
WHOLE = f"""
export function getPath(id: string, filePath: string | undefined, includeBase = true,) {{
  const folders = {CHAIN};
  const base = includeBase ? '/writing' : '';
  const ids = id.split('/');
  const last = ids.length > 0 ? ids.slice(-1) : ids;
  if (!folders || folders.length < 1) {{ return [base, last].join('/'); }}
  return [base, ...folders, last].join('/');
}}"""
PARTED = f"""
function folders(filePath: string | undefined): string[] {{
  return (
    {CHAIN} ?? []
  );
}}
function last(id: string): string {{
  const ids = id.split("/")
  return ids.length > 0 ? String(ids[ids.length - 1]) : id
}}
function whole(id: string, filePath: string | undefined): string {{
  const all = folders(filePath)
  const end = last(id)
  return all.length > 0 ? [...all, end].join("/") : String(end)
}}"""
KEBAB = "import kebabcase from 'lodash.kebabcase'; export const slugifyStr = s => kebabcase(str);"
MIXED = f"{KEBAB} if (latin) return slugify(str, {{ lower: true }})"
SLUGGER = "import { slug } from 'github-slugger'; export const slugifyStr = str => slug(str);"


def site(folder: Path, code: str, slugs: str, files: dict[str, str]) -> Site:
    configured = {
        "astro.config.mjs": "defineConfig({ site: 'https://e.org', i18n: {defaultLocale: 'de'} })",
        "src/content.config.ts": "const blog = defineCollection({ loader: glob({base: 'blog'}) })",
        "src/pages/posts/[...slug]/index.astro": "getCollection('blog')",
        "src/pages/rss.xml.ts": "getCollection('blog'); import { getPath } from '../path';",
        "src/path.ts": f"import {{ slugifyStr }} from './slugify';{code}",
        "src/slugify.ts": slugs,
    }
    return read_site(write(folder, configured | files))


def addresses(found: Site) -> list[str]:
    return [post.permalink.removeprefix("https://e.org") for post in found.posts.values()]


@pytest.mark.parametrize("code", [WHOLE, PARTED])
@pytest.mark.parametrize(
    ("slugs", "spelt"), [(KEBAB, "web-2-zeros"), (MIXED, "web-2-zeros"), (SLUGGER, "web2_zéros")]
)
def test_astropapers_function_keeps_folders_as_the_site_spells_them(
    tmp_path: Path, code: str, slugs: str, spelt: str
) -> None:
    name = "blog/_old/Web2_Zéros/A Post.md"
    found = site(tmp_path, code, slugs, {name: POST})
    assert addresses(found) == [f"/posts/{quote(spelt)}/a-post/"]
    assert found.configuration.findings == ()


def test_folders_in_ascii_are_spelt_by_another_package_where_the_site_has_both(
    tmp_path: Path,
) -> None:
    found = site(tmp_path, WHOLE, MIXED, {"blog/Web2_Zero/a.md": POST})
    assert addresses(found) == ["/posts/web2_zero/a/"]


@pytest.mark.parametrize("code", [WHOLE, PARTED])
def test_only_the_last_part_of_an_id_stands_behind_the_folders(tmp_path: Path, code: str) -> None:
    files = {"blog/x/index.md": POST, "blog/y/z.md": POST.replace("date", "slug: a/b\ndate")}
    assert addresses(site(tmp_path, code, KEBAB, files)) == ["/posts/x/x/", "/posts/y/b/"]


@pytest.mark.parametrize(
    ("code", "address"),
    [
        (WHOLE.replace("...folders, last", "...folders"), "/posts/de/x/a/"),
        (WHOLE.replace("const base", "if (slug) return slug; const base"), "/posts/de/x/a/"),
        (PARTED.replace("?? []", "?? [locale]"), "/posts/x/a/"),  # which is the site's own
    ],
)
def test_functions_that_differ_are_a_finding(tmp_path: Path, code: str, address: str) -> None:
    found = site(tmp_path, code, KEBAB, {"blog/de/x/a.md": POST})
    assert addresses(found) == [address]
    assert [(one.code, one.path) for one in found.configuration.findings] == [
        ("permalink-template", "src/path.ts")
    ]


def test_functions_that_know_of_languages_put_them_before_all_else(tmp_path: Path) -> None:
    code = PARTED.replace("?? []", "?? [locale]")
    assert addresses(site(tmp_path, code, KEBAB, {"blog/fr/x/a.md": POST})) == ["/fr/posts/x/a/"]


def test_ids_that_a_loader_makes_by_code_are_a_finding(tmp_path: Path) -> None:
    loader = "const blog = defineCollection({ loader: glob({ base: 'blog', generateId: f }) })"
    found = site(tmp_path, "", "", {"src/content.config.ts": loader, "blog/a.md": POST})
    assert [(one.code, one.path) for one in found.configuration.findings] == [
        ("permalink-template", "src/content.config.ts")
    ]


@pytest.mark.parametrize(
    ("name", "expected"),  # what lodash.kebabcase 4.1.1 makes of it
    [
        ("C++ & C#", "c-c"),
        ("TILThings", "til-things"),
        ("XMLHttpRequest", "xml-http-request"),
        ("a1B2", "a-1-b-2"),
        ("1st-post", "1-st-post"),
        ("don't", "dont"),
        ("été Noël", "ete-noel"),
        ("第3章 你好World", "第-3-章-你好-world"),
        ("русский Язык2", "русский-язык-2"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
    ],
)
def test_kebab_case_parts_words_at_capitals_and_digits(name: str, expected: str) -> None:
    assert kebab(name) == expected


@given(st.text(max_size=60))
def test_kebab_case_of_anything_has_no_blank_and_no_slash(text: str) -> None:
    assert not {" ", "/", "\\", "\n", "."} & set(kebab(text))
