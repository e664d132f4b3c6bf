"""Hexo's reading of posts, rule by rule; Hexo 7.3 was asked for each of these."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from feedsvc import sites
from feedsvc.content.leftovers import references
from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.model import Post, State
from feedsvc.posts.references import TITLE, Reference, Shelf
from feedsvc.posts.undated import UNDATED
from feedsvc.settings import PostsSettings, Settings
from feedsvc.sites.hexo import fences
from feedsvc.sites.hexo.paths import slugize
from tests.bounds import bounded
from tests.content.bodies import codes, markdown, rendered
from tests.sites.reading import Site, at, read_site, write

SETTINGS = Settings(Path("/nowhere"), posts=PostsSettings(dialect="hexo"), engine="hexo")
CONFIG = """title: T
url: https://e.org/blog/
root: /blog/
timezone: Asia/Shanghai
new_post_name: :year-:month-:day-:title.md
permalink: :year/:month/:day/:hour:minute/:category/:title/
default_category: none
category_map:
  日本: jp
filename_case: 1
"""
PACKAGE = '{"dependencies": {"hexo": "^7.0.0"}}'


def read(folder: Path, files: dict[str, str], config: str = CONFIG) -> Site:
    made = {f"source/{name}": text for name, text in files.items()}
    return read_site(write(folder, {"_config.yml": config, "package.json": PACKAGE, **made}))


def post(folder: Path, front: str, name: str = "a.md", config: str = CONFIG) -> Post:
    path = f"_posts/{name}"
    return read(folder, {path: f"---\n{front}\n---\nBody\n"}, config).posts[f"source/{path}"]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2024-01-01 02:03:04", "2024-01-01T02:03:04+08:00"),
        ("2024-01-01 2:3:4", "2024-01-01T02:03:04+08:00"),
        ("2024-01-01", "2024-01-01T00:00:00+08:00"),
        ("2024/1/1 02:03", "2024-01-01T02:03:00+08:00"),
        ('"2024-01-01 02:03:04"', "2024-01-01T02:03:04+08:00"),
        ("2024-01-01 02:03:04 +0900", "2024-01-01T02:03:04+09:00"),
    ],
)
def test_dates_are_in_the_sites_zone(tmp_path: Path, written: str, instant: str) -> None:
    found = post(tmp_path, f"title: t\ndate: {written}")
    assert found.published == at(instant)
    assert found.findings == ()


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2024-01-01T02:03:04Z", "2024-01-01T02:03:04+08:00"),
        ("2024-01-01 02:03:04 +09:00", "2023-12-31T17:03:04+08:00"),
    ],
)
def test_the_digits_in_utc_of_a_timestamp_with_an_offset_are_the_sites_and_reported(
    tmp_path: Path, written: str, instant: str
) -> None:
    found = post(tmp_path, f"title: t\ndate: {written}")
    assert found.published == at(instant)
    assert [one.code for one in found.findings] == ["date-zone"]


@pytest.mark.parametrize(
    ("title", "told", "number"),
    [
        ("A title", "", "49750"),
        ("清晨 Crème 🎈", "alg: crc16, rep: hex", "7f82"),
        ("2024", "rep: hex", "1a"),
        ("Two  blanks", "", "22501"),
        ("A title", "alg: crc32", "2510826483"),
        ("清晨 Crème 🎈", "alg: crc32, rep: hex", "57d84b93"),
        ("A title\nabbrlink: 7c", "alg: crc32", "7c"),
        ("A title\nabbrlink: 7c", "force: true", "49750"),
    ],
)
def test_hexo_abbrlink_numbers_posts_by_their_titles(
    tmp_path: Path, title: str, told: str, number: str
) -> None:
    package = PACKAGE.replace("}}", ', "hexo-abbrlink": "^2.2.1"}}')
    config = f"url: https://e.org\npermalink: p/:abbrlink.html\nabbrlink: {{{told}}}\n"
    made = {"_config.yml": config, "source/_posts/a.md": f"---\ntitle: {title}\n---\n"}
    for asked, last in ((package, number), (PACKAGE, "7c" if "7c" in title else "undefined")):
        found = read_site(write(tmp_path, {"package.json": asked, **made})).posts
        assert found["source/_posts/a.md"].permalink == f"https://e.org/p/{last}.html"


@pytest.mark.parametrize(
    ("name", "instant", "path"),
    [
        ("2020-02-03-g.md", "2020-02-03T00:00:00+08:00", "2020/02/03/0000/none/g/"),
        ("2020-02-03-Ä ö 中.md", "2020-02-03T00:00:00+08:00", "2020/02/03/0000/none/%C3%84%20"),
    ],
)
def test_names_of_files_tell_the_day_and_the_title_as_new_post_name_says(
    tmp_path: Path, name: str, instant: str, path: str
) -> None:
    found = post(tmp_path, "title: t", name)
    assert found.published == at(instant)
    assert found.permalink.startswith(f"https://e.org/blog/{path}")


def test_a_name_that_does_not_fit_is_a_slug_with_its_folders_and_no_date(tmp_path: Path) -> None:
    found = post(tmp_path, "title: t", "sub/i.md")
    assert found.published == UNDATED
    assert found.permalink.endswith("/none/sub-i/")
    assert not found.in_feeds


@pytest.mark.parametrize(
    ("name", "instant"),
    [
        ("2020-02-03-i", "2020-02-03T00:00:00+08:00"),
        ("2020-02-03", "2020-02-03T00:00:00+08:00"),
        ("2020-02-30-i", None),
        ("2020-02-03rd", None),
        ("i-2020-02-03", None),
    ],
)
def test_a_day_that_a_name_begins_with_dates_a_post_without_a_date(
    tmp_path: Path, name: str, instant: str | None
) -> None:
    """Hexo takes the time of the file for its date, which differs from machine to machine."""
    found = post(tmp_path, "title: t", f"sub/{name}.md")
    assert found.published == (at(instant) if instant else UNDATED)
    assert found.permalink.endswith(f"/none/sub-{name}/")
    assert found.in_feeds is bool(instant)


@pytest.mark.parametrize(
    ("front", "path"),
    [
        ("categories: [B, C]", "2024/01/01/1000/b/c/a/"),
        ("categories:\n- [日本, D]\n- [E F]", "2024/01/01/1000/e-f/a/"),
        ("category: 日本", "2024/01/01/1000/jp/a/"),
        ("permalink: /x/k.html", "x/k.html"),
        ("permalink: y/l", "y/l"),
    ],
)
def test_addresses_follow_the_pattern_of_the_site_or_the_post(
    tmp_path: Path, front: str, path: str
) -> None:
    found = post(tmp_path, f"title: A\ndate: 2024-01-01 10:00\n{front}")
    assert found.permalink == found.id == f"https://e.org/blog/{path}"


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        (":year/:i_month/:i_day/:name.html", "2024/1/1/b.html"),
        ("p/:abbrlink/:post_title/", "p/4b2f/a-b/"),
        (":lang/:title/", "en/x/b/"),
        (":timestamp/:hash/", "1704074400/fdf3eb0d1e83/"),
    ],
)
def test_placeholders_are_facts_fields_of_the_post_and_defaults(
    tmp_path: Path, pattern: str, path: str
) -> None:
    config = f"url: https://e.org\ntimezone: Asia/Shanghai\npermalink: {pattern}\n"
    config += "permalink_defaults: {lang: en}\n"
    front = "title: A, B!\nabbrlink: 4b2f\ndate: 2024-01-01 10:00"
    assert post(tmp_path, front, "x/b.md", config).permalink == f"https://e.org/{path}"


@pytest.mark.parametrize(
    ("config", "given", "path"),
    [
        ("pretty_urls: {trailing_index: false}", "a/index.html", "a/"),
        ("pretty_urls: {trailing_html: false}", "a/b.html", "a/b"),
        ("post_asset_folder: true", "a/b", "a/b/"),
        ("post_asset_folder: true", "a/b.html", "a/b.html"),
    ],
)
def test_ends_of_addresses_are_the_configurations_matter(
    tmp_path: Path, config: str, given: str, path: str
) -> None:
    config = f"url: https://e.org\n{config}\n"
    found = post(tmp_path, f"title: a\ndate: 2024-01-01\npermalink: {given}", config=config)
    assert found.permalink == f"https://e.org/{path}"


def test_a_text_is_one_term_and_the_plural_wins(tmp_path: Path) -> None:
    found = post(tmp_path, "title: a\ndate: 2024-01-01\ntags: x, y\ntag: z\ncategories: b c")
    assert (found.tags, found.categories) == (("x, y",), ("b c",))
    found = post(tmp_path, "title: a\ndate: 2024-01-01\ntags:\ntag: [z, 3, true]\ncategory: b")
    assert (found.tags, found.categories) == (("z", "3", "true"), ("b",))


def test_states_are_those_of_published_draft_and_the_folder(tmp_path: Path) -> None:
    dated = "date: 2024-01-01\n"
    site = read(
        tmp_path,
        {
            "_posts/a.md": f"---\n{dated}title: a\npublished: false\n---\n",
            "_posts/b.md": f"---\n{dated}title: b\ndraft: true\n---\n",
            "_posts/c.md": f"---\n{dated}title: c\nhidden: true\nstatus: draft\n---\n",
            "_posts/d.md": "---\ndate: 2099-01-01\ntitle: d\n---\n",
            "_posts/_e.md": f"---\n{dated}title: e\n---\n",
            "_drafts/f.md": f"---\n{dated}title: f\n---\n",
            "about.md": f"---\n{dated}title: g\n---\n",
        },
    )
    now = at("2026-01-01T00:00:00Z")
    made = {path[7:]: (one.state(now), one.in_feeds) for path, one in site.posts.items()}
    assert made == {
        "_posts/a.md": (State.UNPUBLISHED, True),
        "_posts/b.md": (State.PUBLISHED, False),
        "_posts/c.md": (State.PUBLISHED, True),
        "_posts/d.md": (State.PUBLISHED, True),
        "_drafts/f.md": (State.DRAFT, True),
    }


def test_the_first_fence_may_be_missing(tmp_path: Path) -> None:
    text = "title: J\ndate: 2024-13-01\ndate: 2024-01-01\n---\nBody\n"
    site = read(tmp_path, {"_posts/j.md": text})
    found = site.posts["source/_posts/j.md"]
    assert (found.title, found.body, found.published) == ("J", "Body\n", at("2024-01-01T00+08:00"))
    assert [(one.code, one.line) for one in found.findings] == [("key-duplicate", 3)]
    plain = read(tmp_path, {"_posts/j.md": "Note: that\n\nBody\n"}).posts["source/_posts/j.md"]
    assert plain.body == "Note: that\n\nBody\n"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Crème Brûlée & Co.", "Creme-Brulee-Co"),
        ("  a/b_c  ", "a-b-c"),
        ("Łódź Ærø straße", "Lodz-AEro-strase"),
        ("中文 タイトル 한글", "中文-タイトル-한글"),
    ],
)
def test_slugs_keep_all_letters_but_the_marks_of_latin_ones(text: str, slug: str) -> None:
    assert slugize(text) == slug


@pytest.mark.parametrize(
    ("files", "engine"),
    [
        ({"_config.yml": "title: x\n", "package.json": PACKAGE}, "hexo"),
        ({"_config.yml": "new_post_name: :title.md\n"}, "hexo"),
        ({"_config.yml": "title: x\n", "package.json": "{}"}, "jekyll"),
        ({"_config.yml": "source: source\n", "source/_posts/a.md": ""}, "jekyll"),
        ({"_config.yml": "title: x\n", "package.json": PACKAGE, "hugo.toml": ""}, "hugo"),
        ({"_config.yml": "title: x\n", "package.json": "{"}, "jekyll"),
    ],
)
def test_a_configuration_is_hexos_where_it_or_the_package_says_so(
    tmp_path: Path, files: dict[str, str], engine: str
) -> None:
    found = sites.detect(write(tmp_path, files))
    assert found is not None
    assert found[0].name == engine


@pytest.mark.parametrize(
    ("config", "paths"),
    [
        ("", {"atom": ("/atom.xml",), "rss": ()}),
        ("feed: {type: rss2, path: rss}", {"atom": (), "rss": ("/rss.xml",)}),
        (
            "feed: {type: [atom, rss2], path: [a.xml, b.xml], limit: 5}",
            {"atom": ("/a.xml",), "rss": ("/b.xml",)},
        ),
        ("feed: {type: x, path: [a, b]}", {"atom": ("/atom.xml",), "rss": ()}),
    ],
)
def test_feeds_lie_where_the_generator_puts_them(
    tmp_path: Path, config: str, paths: dict[str, Any]
) -> None:
    site = read(tmp_path, {"_posts/a.md": ""}, f"url: https://e.org\n{config}\n")
    settings = site.configuration.settings
    layout, whole = sites.layout(settings), FeedKey(FeedKind.SITE)
    assert {form: layout.feed_paths(whole, form, settings) for form in paths} == paths
    assert settings.feeds.limit == (5 if "limit" in config else 20)


def hexo(text: str, **given: Any) -> str:
    return markdown(text, engine="hexo", **given)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`{% x %}`\n\n```\n{{ y }} {% raw %}\n```", "{{ y }} {% raw %}\n"),
        ("{% raw %}\n{{ a }} *b*\n{% endraw %}", "{{ a }} <em>b</em>"),
        ('{% asset_img left a.png 10 20 "b c" %}', 'src="https://example.org/blog/2020/a/a.png"'),
        ("{% asset_link a.zip The file %}", '/a/a.zip">The file</a>'),
        ("[a]({% asset_path b.pdf %})", 'href="https://example.org/blog/2020/a/b.pdf"'),
        ("{% link Go on https://x.org true %}", '<a href="https://x.org">Go on</a>'),
        ("{% codeblock lang:js T %}\nlet a_b\n{% endcodeblock %}", "<p>T</p>\n<pre><code"),
        ('{% codeblock "T u" https://e.org/x go on %}\na\n{% endcodeblock %}', ">go on</a></p>"),
        (
            "{% blockquote A, B %}\nc *d*\n{% endblockquote %}\n_e_",
            (
                "<em>d</em></p>\n<footer><strong>A</strong> <cite>B</cite></footer>\n"
                "</blockquote>\n<p><em>e</em></p>"
            ),
        ),
        (
            '{% blockquote "A" https://e.org/b/ %}\nc\n{% endblockquote %}',
            '<footer><strong>A</strong> <cite><a href="https://e.org/b/">e.org/b</a></cite></footer>',
        ),
        (
            "{% blockquote A https://e.org B C %}\nc\n{% endblockquote %}",
            '<cite><a href="https://e.org">B C</a></cite>',
        ),
        ("{% code lang:js %}\nx\n{% endcode %}", '<pre><code class="language-js">x'),
        ("{% quote A %}\nc\n{% endquote %}", "<footer><strong>A</strong></footer>"),
        ("a\n {% asset_img a.png %}\n## B", '</figure>\n<h2 id="b">B</h2>'),
        ("- a\n  {% asset_img a.png %}\n  *b*\n", "</figure>\n<p><em>b</em></p>\n</li>"),
        (
            "{% mermaid graph TD %}\nA-->B\n{% endmermaid %}",
            '<pre><code class="language-mermaid">graph TD\nA--&gt;B\n</code></pre>',
        ),
        ("{% note info %}\nx *y*\n{% endnote %}", "<em>y</em>"),
        (":::info\nx *y*\n:::", "<strong>Info</strong></p>\n<p>x <em>y</em></p>\n"),
    ],
)
def test_hexos_tags_are_rendered_but_in_code(text: str, expected: str) -> None:
    made = hexo(text)
    assert expected in made
    assert "\ufdd2" not in made


CODE = '<pre><code class="language-js">x\n</code></pre>'
LINK = '<p>T <a href="https://e.org/x">{}</a></p>'


@pytest.mark.parametrize(
    ("said", "caption"),
    [
        ("js", ""),
        ("js:T", ""),
        ("js  a title <b>", "<p>a title &lt;b&gt;</p>"),
        ("js T https://e.org/x", LINK.format("link")),
        ("js T https://e.org/x click  me", LINK.format("click  me")),
        ("js https://e.org/x", "<p>https://e.org/x</p>"),
        ("js T mark:1,3 first_line:2", "<p>T</p>"),
        ("js T=5", "<p>T</p>"),
        ("js T highlight:false", ""),
    ],
)
def test_what_the_line_of_a_fence_says_stands_above_the_code(said: str, caption: str) -> None:
    made = hexo(f"a\n```{said}\nx\n```\nb")
    assert made.replace(' class="language-js:T"', ' class="language-js"') == "\n".join(
        filter(None, ["<p>a</p>", caption, CODE, "<p>b</p>\n"])
    )


def test_captions_of_code_stand_where_the_code_does() -> None:
    made = hexo("> ```js T\n> x\n> ```\n\n- ```js U\n  x\n  ```\n")
    assert made == (
        f"<blockquote>\n<p>T</p>\n{CODE}\n</blockquote>\n"
        f"<ul>\n<li>\n<p>U</p>\n{CODE}\n</li>\n</ul>\n"
    )


def test_within_code_no_line_of_a_fence_says_anything() -> None:
    assert "<p>T" not in hexo("````md\n```js T\nx\n```\n````\n\n    ```js T\n")


def test_code_that_the_site_does_not_highlight_has_no_caption(tmp_path: Path) -> None:
    site = read(tmp_path, {"_posts/a.md": ""}, "url: https://e.org\nsyntax_highlighter: ''\n")
    options = site.configuration.settings.engine_options
    assert "<p>T" not in hexo("```js T\nx\n```", options=options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n  ```js\nx\n  ```\n  b\n", f"<li>a\n{CODE}\nb</li>"),  # less indented
        ("1. a\n\n    ```js\n    x\n```\n\n2. b\n", f"{CODE}\n</li>\n<li>\n<p>b</p>"),
        ("- ```js\n  x\n  ```\n- b\n", f"<li>\n{CODE}\n</li>\n<li>b</li>"),
        ("<br>\n```js\nx\n```\nb\n", f"<br>\n{CODE}\n<p>b</p>"),  # within HTML
        ("a\n\n      ```js\n      x\n      ```\nb\n", f"<p>a</p>\n{CODE}\n<p>b</p>"),
        ("- a\n```\ny\n```\n\n    ```js\n    x\n    ```\nb\n", f"</pre>\n{CODE}\n<p>b</p>"),
        ("````js\nx\n```\nb\n", f"{CODE}\n<p>b</p>"),  # a sign too many
        ("```js\nx\n ``` \nb\n", f"{CODE}\n<p>b</p>"),
        ("```js `T` u\nx\n```\n", f"<p>T u</p>\n{CODE}"),
        ("```\n````\nx\n```\nb\n", "<pre><code>````\nx\n</code></pre>\n<p>b</p>"),
        ("> ```\n>   x\n> ```\n", "<blockquote>\n<pre><code>  x\n</code></pre>"),
        ("-      ```js\n       x\n       ```\n", "<pre><code> ```js\n x\n ```\n"),
        ("```\n\tx\n\n\t\ty\n   \n```\n", "<pre><code>x\n\n\ty\n\n</code></pre>"),  # blanks go
        ("``` a ``` b\n", "<p><code>a</code> b</p>"),
        ("```js\nx\n", CODE),  # nothing ends it
        ("```\nx\n~~~\n```\nb\n", "<pre><code>x\n~~~\n</code></pre>\n<p>b</p>"),
    ],
)
def test_fenced_code_goes_to_the_next_line_of_the_same_signs(text: str, expected: str) -> None:
    assert expected in hexo(text)


def test_thousands_of_fences_of_other_lengths_take_no_time() -> None:
    text = "".join(f"{'`' * (number % 300 + 3)}js\n" for number in range(30_000))
    assert bounded(fences.aligned, text) == text


def test_code_that_the_site_does_not_highlight_is_as_commonmark_has_it() -> None:
    assert "  x\n</code>" in hexo("```\n  x\n```\n", options={"plain_code": True})


@pytest.mark.parametrize("name", ["b", "sub/b", "2020-02-03-b", "sub/2020-02-03-b"])
def test_post_link_means_the_post_of_that_name(name: str) -> None:
    (reference,) = references(f"{{% post_link {name} Go on %}}", SETTINGS)
    among = ("source/_posts/a.md", "source/_posts/sub/2020-02-03-b.md")
    found = sites.dialect(SETTINGS).find(reference, among[0], Shelf(among), SETTINGS)
    assert found == among[1]
    made = hexo(f"{{% post_link {name} Go on %}}", links={reference: "https://e.org/b/"})
    assert '<a href="https://e.org/b/">Go on</a>' in made


@pytest.mark.parametrize(
    ("tag", "asks"),
    [
        ("{% post_link b %}", True),
        ("{%- post_link 'b' false -%}", True),
        ("{% post_link b Go on %}", False),
        ("{% post_path b %}", False),
    ],
)
def test_a_post_link_without_words_asks_for_the_title(tag: str, asks: bool) -> None:
    found = tuple(references(tag, SETTINGS))
    assert (Reference(TITLE, "b") in found) is asks
    assert (">Title</a>" in hexo(tag, links=dict.fromkeys(found, "Title"))) is asks


def test_a_tag_of_a_theme_is_removed_with_a_finding() -> None:
    made = rendered("a {% aplayer x %} b", engine="hexo")
    assert "aplayer" not in made.content.html
    assert codes(made) == ["liquid-removed"]


def test_tabs_indent_the_configuration_too(tmp_path: Path) -> None:
    site = read(tmp_path, {"_posts/a.md": ""}, "title: t\nfeed:\n\tlimit: 5\n\tpath: f.xml\n")
    assert site.configuration.settings.feeds.limit == 5


def test_a_broken_list_of_packages_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"_config.yml": "new_post_name: x\n", "package.json": "{"})
    assert read_site(tmp_path).configuration.settings.engine == "hexo"


MARKED_3 = '"hexo-renderer-marked": "^3.0.0"'
MARKED_7 = '"hexo-renderer-marked": "^7.0.1"'
MARKDOWN_IT = '"hexo-renderer-markdown-it": "^7.0.0"'


@pytest.mark.parametrize(
    ("config", "packages", "expected"),
    [
        ("", "", ("all", True, True)),
        ("", MARKED_7, ("all", True, True)),
        ("", MARKED_3, (None, True, True)),
        ("marked: {prependRoot: true}", MARKED_3, ("all", True, True)),
        ("marked: {prependRoot: false}", MARKED_7, (None, True, True)),
        ("relative_link: true", MARKED_7, (None, True, True)),
        ("", f'{MARKED_7}, "hexo-asset-img": "1.0.0"', (None, True, True)),
        ("post_asset_folder: true", MARKED_7, ("all", True, True)),
        ("{post_asset_folder: true, marked: {postAsset: true}}", MARKED_7, ("above", True, True)),
        ("marked: {breaks: false, smartypants: false}", MARKED_7, ("all", None, False)),
        ("kramed: {breaks: false}", '"hexo-renderer-kramed": "*"', (None, None, True)),
        ("marked: {breaks: false}", MARKDOWN_IT, (None, True, True)),
        ("markdown: {render: {breaks: false, typographer: false}}", MARKDOWN_IT, (None,) * 2),
        ("", '"hexo-renderer-pandoc": "*"', (None, None, True)),
        ("", '"hexo-renderer-markdown-it-plus": "*"', (None, None, True)),
    ],
)
def test_text_is_rendered_as_the_sites_renderer_does(
    tmp_path: Path, config: str, packages: str, expected: tuple[object, ...]
) -> None:
    made = f'{{"dependencies": {{"hexo": "7"{", " if packages else ""}{packages}}}}}'
    write(tmp_path, {"_config.yml": f"{config}\n", "package.json": made})
    options: Any = read_site(tmp_path).configuration.settings.engine_options
    rooted, breaks, *smart = expected
    assert (options.get("rooted"), options.get("breaks") or None) == (rooted, breaks)
    assert options["typographer"] is (smart or [False])[0]
    assert options["guillemets"] is False


@pytest.mark.parametrize(
    ("config", "packages", "formulas"),
    [
        ("markdown: {plugins: ['@traptitech/markdown-it-katex']}", MARKDOWN_IT, ["$"]),
        ("markdown: {plugins: [x, {name: markdown-it-mathjax3}]}", MARKDOWN_IT, ["$"]),
        ("markdown: {plugins: [markdown-it-sub]}", MARKDOWN_IT, None),
        ("markdown: {plugins: markdown-it-katex}", MARKDOWN_IT, None),
        ("markdown: {plugins: [markdown-it-katex]}", MARKED_7, None),
        ("", '"hexo-renderer-markdown-it-plus": "*"', ["$"]),
        ("", '"hexo-renderer-pandoc": "*"', ["$"]),
        ("", '"hexo-renderer-markdown": "*"', None),
    ],
)
def test_formulas_stay_where_the_sites_renderer_knows_them(
    tmp_path: Path, config: str, packages: str, formulas: object
) -> None:
    write(
        tmp_path,
        {
            "_config.yml": f"{config}\n",
            "package.json": f'{{"dependencies": {{"hexo": "7", {packages}}}}}',
        },
    )
    assert read_site(tmp_path).configuration.settings.engine_options.get("math") == formulas


@pytest.mark.parametrize(
    ("rooted", "written", "address"),
    [
        ("all", "![a](x/y.png)", "https://example.org/blog/x/y.png"),
        ("all", '![a]( <../../y.png> "t")', "https://example.org/y.png"),
        ("all", "![a](/y.png)", "https://example.org/blog/y.png"),
        ("all", "![a](https://e.org/y.png)", "https://e.org/y.png"),
        ("all", "[![a](y.png)](z)", "https://example.org/blog/y.png"),
        ("above", "![a](y.png)", "https://example.org/blog/2020/a/y.png"),
        ("above", "![a](../../y.png)", "https://example.org/y.png"),
        ("", "![a](y.png)", "https://example.org/blog/2020/a/y.png"),
    ],
)
def test_images_begin_at_the_root_where_the_renderer_has_them_so(
    rooted: str, written: str, address: str
) -> None:
    assert f'src="{address}"' in hexo(written, options={"rooted": rooted})


def test_images_in_code_stay_as_they_are() -> None:
    text = "`![a](y.png)`\n\n```\n![a](y.png)\n```\n"
    assert hexo(text, options={"rooted": "all"}).count("![a](y.png)") == 2


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("false", State.UNPUBLISHED),
        ('"false"', State.UNPUBLISHED),
        ("0", State.UNPUBLISHED),
        ('""', State.UNPUBLISHED),
        ("no", State.PUBLISHED),
        ("", State.PUBLISHED),
    ],
)
def test_published_is_read_as_a_truth_value(tmp_path: Path, written: str, state: State) -> None:
    found = post(tmp_path, f"title: t\ndate: 2024-01-01\npublished: {written}")
    assert found.state(at("2026-01-01T00:00:00Z")) is state


@pytest.mark.parametrize("closing", ["---- ", "---text", "------"])
def test_a_line_that_begins_with_the_fence_closes_it(tmp_path: Path, closing: str) -> None:
    site = read(tmp_path, {"_posts/a.md": f"---\ntitle: t\ndate: 2024-01-01\n{closing}\nBody\n"})
    assert site.posts["source/_posts/a.md"].title == "t"
