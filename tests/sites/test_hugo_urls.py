"""Hugo's addresses: `permalinks` in all their forms, the paths of pages, sections and terms."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.feeds.values import FeedKey
from feedsvc.posts import permalinks
from feedsvc.sites.hugo import layout
from feedsvc.sites.hugo.paths import logical_segment, path_segment
from feedsvc.sites.hugo.patterns import Facts, expanded, made
from feedsvc.sites.hugo.times import laid_out
from tests.sites.reading import Site, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = "baseURL = 'https://e.org/'\n"
AT = datetime(2020, 2, 3, 7, 5, 9, tzinfo=timezone(timedelta(hours=8)))
FACTS = Facts(
    date=AT,
    title="A Title",
    base="My_Post",
    section="blog",
    sections=lambda: ["blog", "deep-one"],
    section_names=lambda: ["The Blog", "Deep"],
)

RULES = (
    "[[permalinks]]\npattern = '/n/:slug/'\n[permalinks.target]\npath = '/news/**'\n"
    "[[permalinks]]\npattern = '/p/:slug/'\n[permalinks.target]\nkind = 'page'\n"
)


def read(folder: Path, files: dict[str, str], config: str = "") -> Site:
    return read_site(write(folder, {"hugo.toml": CONFIG + config, **files}))


def page(folder: Path, name: str, config: str = "", front: str = "") -> str:
    """The path, decoded, of the page that a file of the content is."""
    text = f"---\ntitle: A Title\ndate: 2020-02-03\n{front}---\nBody\n"
    post = read(folder, {f"content/{name}": text}, config).posts[f"content/{name}"]
    return unquote(post.permalink.removeprefix("https://e.org"))


@pytest.mark.parametrize("blank", ["\u3000", "  ", "\u00a0"])
def test_an_address_that_a_page_or_its_section_gives_keeps_its_blanks(
    tmp_path: Path, blank: str
) -> None:
    assert (
        page(tmp_path / "a", "p/a.md", front=f'url: "x{blank}y{blank}"\n') == f"/x{blank}y{blank}/"
    )
    section = f'---\nurl: "/u{blank}v/"\n---\n'
    files = {"content/p/_index.md": section, "content/p/a.md": "---\ndate: 2020-02-03\n---\n"}
    assert read(tmp_path / "b", files).posts["content/p/a.md"].section == f"u{blank}v"


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/:year/:month/:monthname/:day", "/2020/02/february/03"),
        ("/:weekday/:weekdayname/:yearday", "/1/monday/34"),
        ("/:section/:slug/", "/blog/a-title"),
        ("/:sections/:title/", "/blog/deep-one/a-title"),
        ("/:sections[1:]/:contentbasename/", "/deep-one/my_post"),
        ("/:sections[0]/:sections[last]/", "/blog/deep-one"),
        ("/:sections[:last]/x", "/blog/x"),
        ("/:slugorfilename/:filename", "/my_post/my_post"),
        ("/:slugorcontentbasename", "/my_post"),
        ("/:sectionslug/:sectionslugs[1:]", "/the-blog/deep"),
        ("/:sectionslugs/x", "/the-blog/deep/x"),
        ("/:2006/:01/:Jan/:2/:06/:January", "/2020/02/feb/3/20/february"),
        ("/:15_04/:3PM", "/07_05/7am"),
        (r"/a\:b/:nothing/:year[1]", "/ab/nothing/year1"),
        ("/A Blog/C%2B%2B & more", "/a-blog/c++-more"),
    ],
)
def test_tokens_of_patterns(pattern: str, path: str) -> None:
    assert made(pattern, FACTS, {}) == path


def test_slug_goes_before_title_and_may_hold_escapes() -> None:
    facts = Facts(AT, title="T", slug="caf%c3%a9-%e2%80%93-x", base="b")
    assert made("/:slug/", facts, {}) == "/café--x"
    assert made("/:title/:slugorfilename", facts, {}) == "/t/café--x"


@pytest.mark.parametrize(("title", "path"), [("In C#", "/in-c"), ("C# and F#", "/c#-and-f#")])
def test_number_sign_that_ends_a_title_is_lost(title: str, path: str) -> None:
    assert made("/:title/", Facts(AT, title=title), {}) == path


def test_slash_in_a_title_makes_no_folder() -> None:
    assert made("/:title/", Facts(AT, title="x/y"), {}) == "/x-y"
    assert made("/:slug/", Facts(AT, slug="x/y"), {}) == "/x/y"


@pytest.mark.parametrize(
    ("layout", "shown"),
    [
        ("2006-01-02", "2020-02-03"),
        ("Monday Mon 2 Jan", "Monday Mon 3 Feb"),
        ("002", "034"),
        ("03:04:05 pm 3 4 5", "07:05:09 am 7 5 9"),
        ("Janet", ""),
        ("year", ""),
    ],
)
def test_dates_are_laid_out_as_go_does(layout: str, shown: str) -> None:
    assert laid_out(AT, layout) == shown


@pytest.mark.parametrize(
    ("text", "segment"),
    [("My Slug_Ü!", "my-slug_ü"), ("C/D", "c/d"), ("a  b", "a-b"), ("C++ & C#", "c++-c#")],
)
def test_blanks_and_signs_of_a_slug_make_one_hyphen(text: str, segment: str) -> None:
    assert path_segment(text, {}) == segment


def test_lower_case_is_gos_and_knows_no_words() -> None:
    assert path_segment("İletişim ΟΔΟΣ", {}) == "iletişim-οδοσ"
    assert path_segment("İletişim ΟΔΟΣ", {"keep_case": True}) == "İletişim-ΟΔΟΣ"


@pytest.mark.parametrize(
    ("text", "segment"),
    [("Role & Account", "role--account"), ("a  b", "a--b"), ("C++ & C#", "c++--c#")],
)
def test_every_blank_of_a_files_or_terms_name_is_a_hyphen(text: str, segment: str) -> None:
    assert logical_segment(text, {}) == segment
    assert logical_segment(text, {"keep_case": True}) == path_segment(text, {"keep_case": True})


@pytest.mark.parametrize(
    ("name", "config", "path"),
    [
        ("posts/Role & Co.md", "", "/posts/role--co/"),
        ("Röle & Co/x.md", "removePathAccents = true\n", "/role--co/x/"),
        ("posts/Role & Co.md", "disablePathToLower = true\n", "/posts/Role-Co/"),
        (
            "posts/x.md",
            "[permalinks]\nposts = '/The Blog/:year/:slug'\n",
            "/the-blog/2020/a-title/",
        ),
        (
            "posts/x.md",
            "disablePathToLower = true\n[permalinks]\nposts = '/Blog/:title/'\n",
            "/Blog/A-Title/",
        ),
        ("about.md", "[permalinks]\n'/' = '/p/:slug/'\n", "/p/a-title/"),
        ("posts/x.md", "[permalinks]\n'/' = '/p/:slug/'\n", "/posts/x/"),
        ("a/b/c/x.md", "[permalinks]\n'a/b' = '/ab/:filename/'\na = '/a-:filename/'\n", "/ab/x/"),
        ("a/c/x.md", "[permalinks]\n'a/b' = '/ab/:filename/'\na = '/a-:filename/'\n", "/a-x/"),
        ("a/b/x.md", "[permalinks]\na = '/:sections/:filename/'\n", "/a/x/"),
        ("posts/x.md", RULES, "/p/a-title/"),
        (
            "posts/x.md",
            "[[permalinks]]\npattern = '/s/'\n[permalinks.target]\nkind = 'section'\n",
            "/posts/x/",
        ),
    ],
)
def test_paths_of_pages(tmp_path: Path, name: str, config: str, path: str) -> None:
    assert page(tmp_path, name, config) == path


def test_accents_go_from_patterns_too(tmp_path: Path) -> None:
    config = "removePathAccents = true\n[permalinks]\nposts = '/été/:slug/'\n"
    assert page(tmp_path, "posts/x.md", config, "slug: Zoë & Co\n") == "/ete/zoe-co/"


def test_a_folder_is_a_section_of_its_own_only_with_an_index_file(tmp_path: Path) -> None:
    config = "[permalinks]\na = '/:sections/:filename/'\n"
    write(tmp_path, {"content/a/B c/_index.md": "---\ntitle: B\n---\n"})
    assert page(tmp_path, "a/B c/d/x.md", config) == "/a/b-c/x/"


def test_a_language_with_permalinks_has_none_of_the_sites(tmp_path: Path) -> None:
    config = (
        "[languages.en]\n[languages.fr]\n[languages.fr.permalinks]\nposts = '/:year/:slug/'\n"
        "[permalinks]\nposts = '/p/:slug/'\nnews = '/n/:slug/'\n"
    )
    assert page(tmp_path, "posts/x.md", config) == "/p/a-title/"
    assert page(tmp_path, "posts/x.fr.md", config) == "/fr/2020/a-title/"
    assert page(tmp_path, "news/x.fr.md", config) == "/fr/news/x/"


@pytest.mark.parametrize(
    ("config", "index", "section"),
    [
        ("", "title: N\n", "a/n"),
        ("", "slug: N ew\n", "a/n-ew"),
        ("", "url: /x/y/\n", "x/y"),
        ("[permalinks.section]\na = '/s/:slug/'\n", "title: Nn\n", "s/nn"),
        ("[permalinks.section]\na = '/s/:sections[1:]/'\n", "", "s/n"),
    ],
)
def test_paths_of_sections(tmp_path: Path, config: str, index: str, section: str) -> None:
    text = "---\ndate: 2020-01-01\n---\n"
    files = {"content/a/n/_index.md": f"---\n{index}---\n", "content/a/n/x.md": text}
    assert read(tmp_path, files, config).posts["content/a/n/x.md"].section == section


@pytest.mark.parametrize(
    ("slugs", "path", "section"),
    [
        ({"a": "slug: To p"}, "/to-p/n/x/", "to-p/n"),
        ({"a": "slug: Top", "a/N": "slug: In"}, "/top/in/x/", "top/in"),
        ({"a/N": "slug: b/c"}, "/a/b/c/x/", "a/b/c"),
        ({"a/N": "slug: ../y"}, "/y/x/", "y"),
        ({"a/N": "slug: -no-"}, "/a/no/x/", "a/no"),
        ({"a/N": "slug: no"}, "/a/no/x/", "a/no"),
        ({"a": "slug: top", "a/N": "url: /else/"}, "/top/n/x/", "else"),
        ({"a/N": "url: /:year/:title/\ntitle: T T"}, "/a/n/x/", "2020/t-t"),
        ({"": "slug: home"}, "/a/n/x/", "a/n"),
    ],
)
def test_slugs_of_sections_stand_in_the_addresses_of_their_pages(
    tmp_path: Path, slugs: dict[str, str], path: str, section: str
) -> None:
    files = {f"content/{folder}/_index.md": f"---\n{one}\n---\n" for folder, one in slugs.items()}
    files.setdefault("content/a/N/_index.md", "")
    write(tmp_path, files)
    assert page(tmp_path, "a/N/x.md") == path
    assert read(tmp_path, {}).posts["content/a/N/x.md"].section == section


def test_patterns_name_sections_by_their_folders(tmp_path: Path) -> None:
    write(tmp_path, {"content/a/_index.md": "---\nslug: top\n---\n"})
    assert page(tmp_path, "a/x.md", "[permalinks]\na = '/p/:sections/:slug/'\n") == "/p/a/a-title/"


def test_address_of_a_translated_section_may_name_its_language(tmp_path: Path) -> None:
    config = "defaultContentLanguage = 'en'\n[languages.en]\n[languages.de]\n"
    files = {
        "content/a/_index.de.md": "---\nurl: /de/beitraege/\n---\n",
        "content/a/x.de.md": "---\ntitle: t\n---\n",
    }
    (found,) = read(tmp_path, files, config).posts.values()
    assert (found.edition, found.section) == ("de", "beitraege")


def test_section_speaks_in_its_own_language_only(tmp_path: Path) -> None:
    config = "defaultContentLanguage = 'en'\n[languages.en]\n[languages.de]\n[languages.fr]\n"
    index = "---\nslug: {0}\ncascade: {{tags: [{0}]}}\n---\n".format
    folders = {"content/a/_index.md": index("top"), "content/a/_index.de.md": index("oben")}
    files = {f"content/a/n/x{name}.md": "---\ntitle: t\n---\n" for name in ("", ".de", ".fr")}
    found = read(tmp_path, {**folders, **files}, config).posts.values()
    assert {(one.permalink, one.section, *one.tags) for one in found} == {
        ("https://e.org/top/n/x/", "top", "top"),
        ("https://e.org/de/oben/n/x/", "oben", "oben"),
        ("https://e.org/fr/a/n/x/", "a"),
    }


@pytest.mark.parametrize(("index", "path"), [("title:", "/x/"), ("title: The As", "/the-as/x/")])
def test_page_or_section_without_a_title_has_none_in_patterns(
    tmp_path: Path, index: str, path: str
) -> None:
    files = {"content/a/_index.md": f"---\n{index}\n---\n", "content/a/x.md": "---\nk: v\n---\n"}
    found = read(tmp_path, files, "[permalinks]\na = '/:sectionslugs/:title/:slug/:filename/'\n")
    assert found.posts["content/a/x.md"].permalink == f"https://e.org{path}"


@pytest.mark.parametrize(
    ("config", "key", "path"),
    [
        ("", FeedKey("tags", "CI/CD"), "/tags/ci/cd/index.xml"),
        ("", FeedKey("tags", "Role & Account"), "/tags/role--account/index.xml"),
        ("[permalinks]\ntags = '/t/:slug/'\n", FeedKey("tags", "A & B"), "/t/a-b/index.xml"),
        ("[permalinks.term]\ntags = '/T/:title/'\n", FeedKey("tags", "x"), "/t/x/index.xml"),
        ("[permalinks.page]\ntags = '/t/:title/'\n", FeedKey("tags", "x"), "/tags/x/index.xml"),
        ("", FeedKey("authors", "Ada L"), None),
        ("[taxonomies]\nauthor = 'author'\n", FeedKey("authors", "A L"), "/author/a-l/index.xml"),
        ("[taxonomies]\nwriter = 'writers'\n", FeedKey("authors", "A L"), None),
        ("", FeedKey("tags", ".."), None),
        ("", FeedKey("tags", "a/../../b"), None),
    ],
)
def test_feeds_of_terms_are_where_hugo_has_the_terms(
    tmp_path: Path, config: str, key: FeedKey, path: str | None
) -> None:
    settings = read(tmp_path, {}, config).configuration.settings
    found = layout.HugoLayout().feed_paths(key, "rss", settings)
    assert found == ((path,) if path else ())


@given(st.text(max_size=40), st.text(max_size=20), st.booleans())
def test_any_pattern_and_page_make_a_safe_path(pattern: str, slug: str, keep: bool) -> None:
    facts = Facts(AT, slug, slug, slug, slug, lambda: [slug], lambda: [slug])
    options = {"keep_case": keep, "no_accents": not keep}
    for text in (pattern, f"/:sections/{pattern}:title/:slug/:2006/"):
        for raw in (made(text, facts, options), expanded(text, facts, options)):
            path = permalinks.finish(raw)
            assert path.startswith("/")
            assert not path.startswith("//")
            assert not {".", ".."} & set(unquote(path).split("/"))


def test_languages_with_hosts_of_their_own_are_there_without_a_folder(tmp_path: Path) -> None:
    config = """
[languages.en]
baseURL = 'https://en.e.org/'
[languages.fr]
baseURL = 'https://fr.e.org/sub/'
"""
    page = "---\ntitle: t\n---\n"
    files = {
        "content/a.md": page,
        "content/a.fr.md": page,
        "content/b.fr.md": "---\nurl: /x/\n---\n",
    }
    found = read(tmp_path, files, config).posts
    assert {name: one.permalink for name, one in found.items()} == {
        "content/a.md": "https://en.e.org/a/",
        "content/a.fr.md": "https://fr.e.org/sub/a/",
        "content/b.fr.md": "https://fr.e.org/sub/x/",
    }


def test_sections_of_any_script_are_named_as_hugo_names_their_folders(tmp_path: Path) -> None:
    files = {
        "content/Ein Teil/日本/_index.md": "",
        "content/Ein Teil/日本/a.md": "---\ntitle: a\n---\n",
    }
    site = read(tmp_path, files)
    (post,) = site.posts.values()
    assert post.section == "ein-teil/日本"
    key = FeedKey("sections", post.section)
    paths = layout.HugoLayout().feed_paths(key, "rss", site.configuration.settings)
    assert paths == ("/ein-teil/日本/index.xml",)


MOUNT = "[[module.mounts]]\nsource = 'content'\ntarget = 'content'\n"


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ('files = ["posts/**", "! posts/sub/**"]', {"a", "b"}),
        ('files = ["! Posts/sub/**", "posts/**"]', {"a"}),
        ('files = ["! posts/sub"]', {"a", "top"}),
        ('files = ["**/b.md", "! posts/**"]', {"b"}),
        ('files = ["posts"]', set[str]()),
        ('files = ["**.md"]', {"top"}),  # no folder leads there
        ('files = ["**/*.md"]', {"a", "b"}),
        ('files = ["! **.md"]', set[str]()),
        ('files = ["! **/*.md"]', {"top"}),
        ('files = ["*.{md,html}"]', {"top"}),
        ('files = ["{posts,x}/?.md"]', {"a"}),
        ('files = ["posts/s*/[!a].md"]', {"b"}),
        ('files = ["/posts/*"]', {"a"}),
        ('files = ["!posts/**"]', set[str]()),  # a name that begins with the sign
        ("files = ['posts/\\a.md']", {"a"}),
        ('includeFiles = "posts/*"', {"a"}),
        ('excludeFiles = "posts/**"', {"top"}),
        (f'files = ["top.md"]\n{MOUNT}files = ["posts/a*"]', {"top", "a"}),
        (f'files = ["top.md"]\n{MOUNT}', {"top", "a", "b"}),
    ],
)
def test_mounts_may_have_only_some_files(tmp_path: Path, files: str, names: set[str]) -> None:
    pages = ("posts/a.md", "posts/sub/b.md", "top.md")
    contents = {f"content/{name}": "---\ntitle: t\n---\n" for name in pages}
    site = read(tmp_path, contents, f"{MOUNT}{files}\n")
    assert {name.rpartition("/")[2].removesuffix(".md") for name in site.posts} == names
