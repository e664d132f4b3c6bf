"""What Eleventy's JavaScript and templates plainly say: folders, addresses, drafts, feeds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feedsvc import sites
from feedsvc.content import render
from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.model import State
from feedsvc.repository.reading import Batch, read_batch
from feedsvc.sites.eleventy import slugs
from tests.bounds import bounded
from tests.sites.reading import Site, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.index.rows import Row
    from feedsvc.model import Post

NOW = datetime(2026, 1, 1, tzinfo=UTC)
POST = "---\ntitle: T\ndate: 2020-02-03\n---\n"


def site(folder: Path, files: dict[str, str], code: str = "") -> Site:
    return read_site(write(folder, {"eleventy.config.js": code, **files}))


def page(folder: Path, name: str, files: dict[str, str] | None = None, code: str = "") -> Post:
    return site(folder, {name: POST, **(files or {})}, code).posts[name]


def path(found: Post) -> str:
    return found.permalink.removeprefix("http://localhost:8000")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", {"_posts/a.md", "parts/a.md", "layout/a.md", "_x.md"}),
        ("dir: { includes: 'parts', layouts: 'layout' }", {"_posts/a.md", "_x.md"}),
        ("setIncludesDirectory('parts')", {"_posts/a.md", "layout/a.md", "_x.md"}),
        ("templateFormats: ['njk', 'html']", set()),
        ("setTemplateFormats('md,njk')", {"_posts/a.md", "parts/a.md", "layout/a.md", "_x.md"}),
    ],
)
def test_folders_of_other_use_hold_no_pages(tmp_path: Path, code: str, expected: set[str]) -> None:
    names = ("_posts/a.md", "parts/a.md", "layout/a.md", "_x.md", "_includes/a.md", "_data/a.md")
    assert set(site(tmp_path, dict.fromkeys(names, POST), code).readings) == expected


def test_ignored_paths_begin_at_the_site_not_at_the_input_folder(tmp_path: Path) -> None:
    files = {".eleventyignore": "src/old/\nnew/\n", "src/old/a.md": POST, "src/new/a.md": POST}
    assert set(site(tmp_path, files, "dir: { input: 'src' }").readings) == {"src/new/a.md"}


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("blog/a/a.md", "/blog/a/"),
        ("blog/a/index.md", "/blog/a/"),
        ("blog/a/b.md", "/blog/a/b/"),
        ("a/2020-02-03-a.md", "/a/2020-02-03-a/"),
    ],
)
def test_a_file_that_is_named_like_its_folder_is_its_index(
    tmp_path: Path, name: str, url: str
) -> None:
    assert path(page(tmp_path, name)) == url


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("blog/a/2020-02-03-index.md", "a"),
        ("blog/2020-02-03-a/index.md", "a"),
        ("blog/2020-02-03-a.md", "a"),
    ],
)
def test_an_index_is_called_like_its_folder(tmp_path: Path, name: str, slug: str) -> None:
    assert page(tmp_path, name).slug == slug


@pytest.mark.parametrize(
    ("code", "url"),
    [
        ("permalink: 'x/{{ page.fileSlug }}/'", "/x/a/"),
        ("permalink: function({page}) { return `/y/${ page.fileSlug }/`; }", "/y/a/"),
        ("permalink: (data) => `/z/${data.page.fileSlug}/`", "/z/a/"),
        ("permalink({ page }) { return `/w/${page.fileSlug}/` }", "/w/a/"),
        ("permalink: (data) => (shown(data) ? data.permalink : false)", "/blog/a/"),
        ("permalink: " + " " * 400 + "made(x)", "/blog/a/"),
        ("// permalink: 'x/'", "/blog/a/"),
        ("permalink: '/{{ page.date | date(\"yyyy/MM\") }}/{{ page.fileSlug }}/'", "/2020/02/a/"),
        ("permalink: '/{{ page.date | toDatePath }}/{{ page.fileSlug }}/'", "/2020/02/03/a/"),
        ("permalink: '/{{ page.date | htmlDateString }}/'", "/2020-02-03/"),
        ("permalink: '{{ page.filePathStem }}.html'", "/blog/a.html"),
        ('permalink: \'{{ page.filePathStem | replace("/blog/", "/x/") }}/\'', "/x/a/"),
        ('permalink: \'{{ page.fileSlug | prepend: "/x/" | append: ".html" }}\'', "/x/a.html"),
    ],
)
@pytest.mark.parametrize("suffix", ["js", "cjs", "mjs"])
def test_addresses_that_data_files_in_javascript_plainly_give(
    tmp_path: Path, code: str, url: str, suffix: str
) -> None:
    files = {f"blog/blog.11tydata.{suffix}": f"module.exports = {{ {code} }}"}
    name = "blog/2020-02-03-a.md"
    found = page(tmp_path, name, files)
    assert path(found) == url.replace("/blog/a/", "/blog/2020-02-03-a/")


@pytest.mark.parametrize(
    ("files", "code", "state"),
    [
        ({}, "", "published"),
        ({}, "addPreprocessor('drafts', '*', (data) => data.draft ? false : undefined)", "draft"),
        ({"eleventy.config.drafts.js": ""}, "", "draft"),
        ({"blog/blog.11tydata.js": "permalink: (data) => data.draft ? false : x"}, "", "draft"),
    ],
)
def test_draft_counts_where_the_sites_code_asks_for_it(
    tmp_path: Path, files: dict[str, str], code: str, state: str
) -> None:
    front = "---\ndate: 2020-02-03\ndraft: true\n---\n"
    found = site(tmp_path, {"blog/a.md": front, **files}, code).posts["blog/a.md"]
    assert found.state(NOW) == state


ATOM = "<feed>{% for post in collections.posts %}"
GLOB = "addCollection('posts', (api) => api.getFilteredByGlob("


@pytest.mark.parametrize(
    ("files", "code", "paths", "shown"),
    [
        ({"feed.njk": f"---\npermalink: feed.xml\n---\n{ATOM}"}, "", "/feed.xml", {"a", "b"}),
        (
            {"feed.njk": f"---\npermalink: /feed.xml\n---\n{ATOM}"},
            f"{GLOB}'./blog/*.md'))",
            "/feed.xml",
            {"a"},
        ),
        (
            {"x/feed/index.njk": f"---\npermalink: 'atom.xml'\n---\n{ATOM}"},
            f"const G = {{ posts: ['blog/**/*.{{md,njk}}', 'x'] }}\n{GLOB}G.posts))",
            "/atom.xml",
            {"a"},
        ),
        (
            {"blog/blog.json": '{"tags": "posts"}'},
            "addPlugin(feedPlugin, { outputPath: '/f.xml', collection: { name: 'posts' } })",
            "/f.xml",
            {"a"},
        ),
        (
            {},
            "addPlugin(feedPlugin, { outputPath: '/f.xml', collection: { name: 'posts' } })",
            "/f.xml",
            {"a", "b"},  # where the tag comes from is not to be seen
        ),
        ({"feed.njk": "---\npermalink: feed.xml\n---\n"}, "", "", {"a", "b"}),
        (
            {"feed.njk": f'---json\n{{"permalink": "/feed.xml"}}\n---\n{ATOM}'},
            "",
            "/feed.xml",
            {"a", "b"},
        ),
        (
            {
                "posts.njk": f"---\npermalink: '{{{{ site.feed.path }}}}'\n---\n{ATOM}",
                "_data/site.json": '{"feed": {"path": "/x/feed.xml"}}',
            },
            "",
            "/x/feed.xml",
            {"a", "b"},
        ),
        (
            {
                "posts.njk": f"---\npermalink: '{{{{ site.path | url }}}}'\n---\n{ATOM}",
                "_data/site.json": '{"path": "/feed.xml"}',
            },
            "",
            "/feed.xml",
            {"a", "b"},
        ),
        (
            {
                "posts.njk": f"---\npermalink: '{{{{ site.path|url }}}}'\n---\n{ATOM}",
                "_data/site.json": '{"path": "/feed.xml"}',
            },
            "module.exports = { pathPrefix: '/below/' }",
            "/below/feed.xml",
            {"a", "b"},
        ),
        (
            {
                "feed.njk": f"---\npermalink: /feed.xml\n---\n{ATOM}",
                "_11ty/posts.js": "module.exports = c => c.getFilteredByGlob('./blog/*.md')"
                ".concat(c.getFilteredByGlob('drafts/*.md'))",
            },
            "addCollection('posts', require('./_11ty/posts.js'))",
            "/feed.xml",
            {"a"},
        ),
    ],
)
def test_feeds_are_where_and_of_what_plugin_or_template_say(
    tmp_path: Path, files: dict[str, str], code: str, paths: str, shown: set[str]
) -> None:
    found = site(tmp_path, {"blog/a.md": POST, "notes/b.md": POST, **files}, code)
    settings = found.configuration.settings
    made = sites.layout(settings).feed_paths(FeedKey.site(), "atom", settings)
    assert made == ((paths,) if paths else ())
    posts = found.posts
    assert {name[-4] for name in ("blog/a.md", "notes/b.md") if posts[name].in_site_feed} == shown


def test_a_feed_of_another_tag_is_that_tags_not_the_sites(tmp_path: Path) -> None:
    files = {
        "feed.njk": f"---\npermalink: /feed.xml\n---\n{ATOM}",
        "links.njk": "---\npermalink: /links.xml\n---\n<rss>{% for one in collections.links %}",
        "links/links.json": '{"tags": "links"}',
    }
    settings = site(tmp_path, files).configuration.settings
    layout = sites.layout(settings)
    links = FeedKey(FeedKind.TAG, "links", "links")
    assert layout.feed_paths(links, "rss", settings) == ("/links.xml",)
    assert layout.feed_paths(FeedKey.site(), "rss", settings) == ()


ENTRY = (
    "---json\n{{\n"  # as the official starter had it
    '  "permalink": "feed.xml",\n'
    '  "metadata": {{"title": "S", "url": "https://e.org/sub/", "author": {{"name": "Ada"}}}}\n'
    "}}\n---\n<feed>{{% for post in collections.posts %}}{}"
    "<entry><id>{}</id></entry>{{% endfor %}}"
)


@pytest.mark.parametrize(
    ("before", "ids", "expected"),
    [  # as Eleventy 3.1 and its feed plugin write them
        ("", "{{ post.url | absoluteUrl(metadata.url) }}", "https://e.org/blog/a/"),
        (
            "{% set u %}{{ post.url | url | absoluteUrl(metadata.url) }}{% endset %}",
            "{{ u }}",
            "https://e.org/blog/a/",
        ),
        (
            "{%- set u = post.url | absoluteUrl(metadata.url) -%}",
            "{{ u | safe }}",
            "https://e.org/blog/a/",
        ),
        ("", "{{ metadata.url }}{{ post.url }}", "https://e.org/sub//blog/a/"),
        ("", "https://old.example{{ post.url }}", "https://old.example/blog/a/"),
        ("", "{{ 'urn:x:' + post.data.key }}", "urn:x:17"),
        ("{% if post.data.key %}", "urn:x:{{ post.data.key }}", "urn:x:17"),
        (
            "{% if post.data.key %}<entry><id>{{ post.data.key }}</id></entry>{% else %}",
            "{{ post.url }}</id></entry>{% endif %}",
            "17",
        ),
        (
            "",
            "tag:e.org,{{ post.date | date('%Y-%m-%d') }}:{{ post.fileSlug }}",
            "tag:e.org,2020-02-03:a",
        ),
    ],
)
def test_ids_of_an_eleventy_sites_own_template_are_kept(
    tmp_path: Path, before: str, ids: str, expected: str
) -> None:
    post = "---\ntitle: T\ndate: 2020-02-03\nkey: 17\n---\n"
    files = {"feed.njk": ENTRY.format(before, ids), "blog/a.md": post}
    found = site(tmp_path, files)
    assert found.posts["blog/a.md"].id == expected
    assert found.configuration.findings == ()
    told = found.configuration.settings.site
    assert (told.title, told.url) == ("S", "https://e.org")
    assert told.author is not None
    assert told.author.name == "Ada"


def test_an_id_in_which_nothing_of_the_post_is_would_be_that_of_all(tmp_path: Path) -> None:
    found = site(
        tmp_path, {"feed.njk": ENTRY.format("", "{{ metadata.url }}{{ post.id }}"), "a.md": POST}
    )
    assert found.posts["a.md"].id == "https://e.org/a/"


def test_ids_that_an_eleventy_template_does_not_tell_are_the_addresses(tmp_path: Path) -> None:
    ids = "{{ post.url | absoluteUrl(metadata.url) | clean }}"
    found = site(tmp_path, {"feed.njk": ENTRY.format("", ids), "blog/a.md": POST})
    assert found.posts["blog/a.md"].id == "https://e.org/blog/a/"
    assert [(one.code, one.path) for one in found.configuration.findings] == [
        ("feed-template", "feed.njk")
    ]


@pytest.mark.parametrize(
    ("code", "package", "url"),
    [  # pages lie below the prefix, whatever path the address of the feed has
        ("", "{}", "https://e.org"),
        ("pathPrefix: '/sub/'", "{}", "https://e.org/sub"),
        ("", '{"scripts": {"build": "eleventy --pathprefix=/sub/"}}', "https://e.org/sub"),
    ],
)
def test_an_eleventy_site_is_at_its_host_and_prefix(
    tmp_path: Path, code: str, package: str, url: str
) -> None:
    files = {"_data/site.json": '{"url": "https://e.org/sub/"}', "package.json": package}
    assert site(tmp_path, files, code).configuration.settings.site.url == url


def test_a_site_whose_scripts_run_eleventy_is_one_and_may_name_its_configuration(
    tmp_path: Path,
) -> None:
    script = '{"scripts": {"build": "npx @11ty/eleventy --config=_build/eleventy.js --quiet"}}'
    code = "dir: { input: 'src' }"
    write(tmp_path, {"package.json": script, "_build/eleventy.js": code, "src/a.md": POST})
    found = read_site(tmp_path).configuration
    assert found.settings.engine == "eleventy"
    assert found.settings.posts.path == ("src",)


def test_a_filter_of_any_text_takes_no_long_time(tmp_path: Path) -> None:
    front = "permalink: '/{{ title | replace:" + '","' * 25_000 + "x }}/'"
    write(tmp_path, {".eleventy.js": "", "a.md": f"---\n{front}\n---\nA"})
    assert "permalink-template" in bounded(read_site, tmp_path).codes("a.md")


def test_a_script_of_any_text_takes_no_long_time(tmp_path: Path) -> None:
    script = "eleventy --config /" * 50_000
    write(tmp_path, {"package.json": f'{{"scripts": {{"a": "{script}"}}}}', "a.md": POST})
    assert bounded(read_site, tmp_path).configuration.settings.engine == "eleventy"


def test_what_looks_like_a_comment_in_a_text_is_none(tmp_path: Path) -> None:
    code = "glob('src/{a,b}/*.md');\n// no: { input: 'x' }\nreturn { dir: { input: 'src' } }; /* */"
    assert site(tmp_path, {"src/a.md": POST}, code).configuration.settings.posts.path == ("src",)


@pytest.mark.parametrize(
    ("title", "by_slug", "by_slugify"),
    [  # as Eleventy 3.1.2 writes them
        ("Unicode 6.2.0 is out!", "unicode-6.2.0-is-out!", "unicode-6-2-0-is-out"),
        ("Straße & Öl: don't", "strasse-and-ol:-don't", "strasse-and-oel-dont"),
        ("Привет, Ёж и Щука", "privet-yozh-i-shuka", "privet-yozh-i-schuka"),
        ("你好 a — b – c", "a-b-c", "a-b-c"),
        ("Đường x $5 <b>", "djuong-x-dollar5-lessbgreater", "duong-x-5-b"),
        ("Χαίρε θ", "xaire-8", "xaire-th"),
        ("“Quotes” … tail", '"quotes"-...-tail', "quotes-tail"),
    ],
)
def test_slug_and_slugify_write_names_as_their_packages_do(
    title: str, by_slug: str, by_slugify: str
) -> None:
    assert (slugs.slug(title), slugs.slugify(title)) == (by_slug, by_slugify)


def test_a_date_filter_is_what_the_sites_code_makes_it(tmp_path: Path) -> None:
    code = (
        "addFilter('other', x => x);\n"
        'addFilter("month", d => DateTime.fromJSDate(new Date(d)).toFormat("yyyy/MM"));\n'
        "addFilter('two', d => d ? d.toFormat('yyyy') : d.toFormat('MM'));\n"
    )
    files = {"blog/blog.json": '{"permalink": "/{{ page.date | month }}/{{ page.fileSlug }}/"}'}
    assert path(page(tmp_path, "blog/a.md", files, code)) == "/2020/02/a/"
    files = {"blog/blog.json": '{"permalink": "/{{ page.date | two }}/{{ page.fileSlug }}/"}'}
    assert path(page(tmp_path, "blog/a.md", files, code)) == "/blog/a/"


def test_folders_may_be_constants_of_other_files(tmp_path: Path) -> None:
    files = {"my.config.cjs": "module.exports = { dir: { src: 'src' } }", "src/a.md": POST}
    for code in ("dir: { input: config.dir.src }", "dir: folders"):
        more = "const config = require('./my.config.cjs'); const folders = { input: 'src' };"
        assert set(site(tmp_path, files, more + code).readings) == {"src/a.md"}


@pytest.mark.parametrize(
    ("extension", "name", "text"),
    [
        ("yml", "blog/a.yml", "title: Own\ndate: 2021-01-01"),
        ("yaml,yml", "blog/blog.yaml", "---\ntitle: Own\ndate: 2021-01-01\n"),
        ("toml", "blog/a.11tydata.toml", 'title = "Own"\ndate = 2021-01-01'),
        ("yml", "blog/a.yml", "title: [a"),
        ("csv", "blog/a.csv", "title: Own"),
    ],
)
def test_data_files_of_other_languages_count_where_the_site_adds_them(
    tmp_path: Path, extension: str, name: str, text: str
) -> None:
    code = f"addDataExtension('{extension}', read)"
    files = {"blog/a.md": "Body", name: text}
    found = site(tmp_path, files, code).posts["blog/a.md"]
    understood = extension != "csv" and "[" not in text
    assert (found.title, found.published.year) == (("Own", 2021) if understood else ("", 1))
    assert site(tmp_path, files).posts["blog/a.md"].title == ""


def test_code_may_say_that_a_folder_has_no_pages(tmp_path: Path) -> None:
    files = {"people/people.11tydata.js": "export default { permalink: false }"}
    assert page(tmp_path, "people/a.md", files).state(NOW) is State.UNPUBLISHED


@pytest.mark.parametrize(
    "code",
    [
        "permalink: (data) => (shown(data) ? data.permalink : false)",
        "permalink: data => shown(data) ? data.permalink : false",
        "tags: ['x'], permalink: (data) => data.tags == 'x' ? data.permalink : false,",
    ],
)
def test_code_that_asks_whether_there_is_a_page_makes_no_addresses(
    tmp_path: Path, code: str
) -> None:
    data = f"module.exports = () => {{ return {{ eleventyComputed: {{ {code} }} }} }}"
    found = site(tmp_path, {"blog/a.md": POST, "blog/blog.11tydata.js": data})
    post = found.posts["blog/a.md"]
    assert (post.state(NOW), path(post)) == (State.PUBLISHED, "/blog/a/")
    assert not found.readings["blog/a.md"].findings


def test_permalinks_that_code_makes_are_told(tmp_path: Path) -> None:
    made = "permalink: (data) => { const day = data.date; return `/${f(day)}/`; }"
    files = {"blog/blog.11tydata.js": f"export default {{ eleventyComputed: {{ {made} }} }}"}
    found = site(tmp_path, {"blog/a.md": POST, **files})
    assert "permalink-template" in found.codes("blog/a.md")
    assert path(found.posts["blog/a.md"]) == "/blog/a/"
    write(tmp_path, {"feedsvc.toml": "[posts]\npermalink = '/:year/:title/'"})
    assert "permalink-template" not in read_site(tmp_path).codes("blog/a.md")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_data/site.js", "module.exports = { paths: { site: 'https://e.org' } }"),
        ("_data/site.json", '{"baseUrl": "https://e.org/"}'),
        ("_data/global.json", '{"domain": "e.org"}'),
        ("_data/settings.mjs", "export const url = DEV ? 'http://localhost' : 'https://e.org'"),
        ("package.json", '{"homepage": "https://e.org"}'),
    ],
)
def test_the_sites_address_goes_by_many_names(tmp_path: Path, name: str, text: str) -> None:
    found = site(tmp_path, {name: text, "a.md": POST})
    assert found.configuration.settings.site.url == "https://e.org"


def test_the_page_of_a_forge_is_not_the_site(tmp_path: Path) -> None:
    files = {"package.json": '{"homepage": "https://github.com/a/b#readme"}', "a.md": POST}
    assert site(tmp_path, files).configuration.settings.site.url == "http://localhost:8000"


def test_collections_are_made_in_files_that_the_configuration_imports(tmp_path: Path) -> None:
    files = {
        "lib/collections.js": (
            "export default (c) => c.addCollection('articles', (api) => "
            "api.getFilteredByGlob('blog/*.md'))"
        ),
        "feed.njk": (
            "---\npermalink: /feed.xml\n---\n<feed>{% for p in collections.articles %}"
            "<entry><id>{{ p.url }}</id></entry>{% endfor %}</feed>"
        ),
        "podcast.njk": "---\npermalink: /podcast.xml\n---\n<rss>{{ list() }}</rss>",
        "blog/a.md": POST,
        "notes/b.md": POST,
    }
    found = site(tmp_path, files, "await import('./lib/collections.js')")
    assert [found.posts[name].in_site_feed for name in ("blog/a.md", "notes/b.md")] == [True, False]
    settings = found.configuration.settings
    assert settings.engine_options["feeds"] == {"/feed.xml": "atom"}


@pytest.mark.parametrize(
    ("code", "front", "expected"),
    [
        ("", "", ""),
        ("markdownTemplateEngine: false", "", "<p>{{ x }}</p>"),
        ("", "templateEngineOverride: md\n", "<p>{{ x }}</p>"),
        ("", "templateEngineOverride: false\n", "{{ x }}"),
    ],
)
def test_braces_are_text_where_markdown_holds_no_templates(
    tmp_path: Path, code: str, front: str, expected: str
) -> None:
    files = {"a.md": POST.replace("date", f"{front}date") + "{{ x }}"}
    found = site(tmp_path, files, code)
    made = render(found.posts["a.md"], found.configuration.settings).content.html
    assert made.strip() == expected


@pytest.mark.parametrize("layout", ["tip", "tip.njk", "named"])
def test_front_matter_of_layouts_counts_after_data_files(tmp_path: Path, layout: str) -> None:
    files = {
        "tips/tips.json": f'{{"layout": "{layout}", "level": "data"}}',
        "_includes/tip.njk": (
            "---\nlayout: base\npermalink: /t/{{ title | slug }}/\n"
            "level: layout\ntags: tip\n---\n<p>"
        ),
        "_includes/base.njk": "---\npermalink: /never/\nlow: base\n---\n",
    }
    code = "addLayoutAlias('named', 'tip.njk')"
    found = page(tmp_path, "tips/a.md", files, code)
    assert path(found) == "/t/t/"
    assert (found.extra["level"], found.extra["low"], found.tags) == ("data", "base", ("tip",))


@pytest.mark.parametrize("layout", ["../../secret", "", "7", "[a]", "self", "missing"])
def test_a_layout_that_is_none_says_nothing(tmp_path: Path, layout: str) -> None:
    files = {
        "_includes/self.njk": "---\nlayout: self\nslow: 1\n---\n",
        "secret.njk": "---\ntitle: S\n---\n",
        "blog/a.md": POST.replace("date", f"layout: {layout}\ndate"),
    }
    assert site(tmp_path, files).posts["blog/a.md"].title == "T"


def test_a_template_of_json_has_no_front_matter_unless_its_fence_says_so(tmp_path: Path) -> None:
    files = {
        "data.json.njk": '{\n\t"day": "{{ posts | first("x") }}"\n}',
        "a.md": '---json\n{"title": "J", "date": "2020-02-03"}\n---\n{"b": 1}',
    }
    found = site(tmp_path, files)
    assert found.codes("data.json.njk") == {"date-missing"}
    assert (found.posts["a.md"].title, found.posts["a.md"].body.strip()) == ("J", '{"b": 1}')


@pytest.mark.parametrize(
    ("code", "tags"),
    [
        ("", ("below", "own")),
        ("c.setDataDeepMerge(true)", ("below", "own")),
        ("c.setDataDeepMerge( false )", ("own",)),
    ],
)
def test_tags_of_a_page_replace_those_of_its_data_files_where_the_site_says_so(
    tmp_path: Path, code: str, tags: tuple[str, ...]
) -> None:
    files = {"blog/blog.json": '{"tags": ["below"]}', "blog/a.md": "---\ntags: own\n---\nx\n"}
    assert site(tmp_path, files, code).posts["blog/a.md"].tags == tags


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("/{{ title | downcase }}/", "/a%20b/"),
        ("/{{ title | lower | slugify }}/", "/a-b/"),
        ("/{{ title | upcase | strip }}.html", "/A%20B.html"),
    ],
)
def test_permalinks_may_change_the_case_of_what_they_name(
    tmp_path: Path, template: str, url: str
) -> None:
    text = f"---\ntitle: A b\npermalink: '{template}'\n---\nx\n"
    assert path(site(tmp_path, {"a.md": text}).posts["a.md"]) == url


@pytest.mark.parametrize(
    ("name", "front", "expected"),
    [
        ("a.md", "", "<p><strong>b</strong> T</p>"),
        ("a.njk", "", "**b** T"),
        ("a.liquid", "", "**b** T"),
        ("a.html", "", "**b** T"),
        ("a.md", "templateEngineOverride: njk\n", "**b** T"),
        ("a.md", "templateEngineOverride: ''\n", "**b** {{ title }}"),
        ("a.md", "templateEngineOverride: html\n", "**b** {{ title }}"),
        ("a.njk", "templateEngineOverride: liquid, md\n", "<p><strong>b</strong> T</p>"),
        ("a.html", "templateEngineOverride: md\n", "<p><strong>b</strong> {{ title }}</p>"),
    ],
)
def test_markdown_is_what_suffix_or_front_matter_call_so(
    tmp_path: Path, name: str, front: str, expected: str
) -> None:
    files = {name: POST.replace("date", f"{front}date") + "**b** {{ title }}"}
    found = site(tmp_path, files)
    made = render(found.posts[name], found.configuration.settings).content.html
    assert made.strip() == expected


@pytest.mark.parametrize(
    "code",
    [
        "import all from '../shared/all.js';\nexport default all;",
        "import all from '../shared/all.js'\nexport default { ...all, layout: 'x' }",
        "const all = require('../shared/all')\nmodule.exports = all",
        "module.exports = require('../shared/all')",
    ],
)
def test_data_files_in_javascript_hand_on_what_they_import(tmp_path: Path, code: str) -> None:
    files = {
        "blog/a.md": POST,
        "blog/blog.11tydata.js": code,
        "shared/all.js": "export default { tags: ['x'], permalink: '/b/{{ page.fileSlug }}/' }",
    }
    found = site(tmp_path, files)
    assert (path(found.posts["blog/a.md"]), found.posts["blog/a.md"].tags) == ("/b/a/", ("x",))
    assert "shared/all.js" in found.readings["blog/a.md"].depends


def test_what_a_post_is_made_from_does_not_depend_on_which_is_read_first(tmp_path: Path) -> None:
    """Another machine lists a folder in another order, and an edited post is read alone."""
    data = {"blog/blog.json": '{"tags": ["x"]}', "blog/blog.11tydata.js": "module.exports = {}"}
    names = ("blog/in/in.md", "blog/in/z.md")  # the first has those of its folder for its own
    settings = site(tmp_path, {**data, **dict.fromkeys(names, POST)}).configuration.settings
    files = [(name, "") for name in names]
    read = [
        [
            row
            for some in order
            for row in read_batch(Batch(settings, sites.dialect(settings), tuple(some)))
        ]
        for order in ((files,), (files[::-1],), ([one] for one in files))
    ]
    rows = [sorted(one, key=lambda row: row.path) for one in read]
    assert rows[0] == rows[1] == rows[2]
    assert all("blog/blog.json" in row.depends for row in rows[0])


def test_what_code_hands_down_counts_by_what_it_says_whatever_its_length_and_line_ends(
    tmp_path: Path,
) -> None:
    code = "module.exports = {\n  tags: ['a'],\n}\n"
    settings = site(tmp_path, {"blog/a.md": POST}).configuration.settings
    dialect = sites.dialect(settings)

    def read(said: str) -> Row:
        (tmp_path / "blog/blog.11tydata.js").write_bytes(said.encode())
        (row,) = read_batch(Batch(settings, dialect, (("blog/a.md", ""),)))
        return row

    before, edited, of_windows = map(
        read, (code, code.replace("'a'", "'b'"), code.replace("\n", "\r\n"))
    )
    assert before.digest != edited.digest
    assert before.origin == of_windows.origin != edited.origin


def test_code_beside_the_site_is_not_looked_for(tmp_path: Path) -> None:
    code = "import all from '../../all.js'\nexport default all"
    found = site(tmp_path, {"blog/a.md": POST, "blog/blog.11tydata.js": code})
    assert path(found.posts["blog/a.md"]) == "/blog/a/"


@pytest.mark.parametrize(
    "code",
    [
        "dir: { input: 'content', includes: '../parts', data: '../_data', output: '_site' }",
        (
            "setInputDirectory('content'); x.setIncludesDirectory('../parts/');"
            " x.setDataDirectory('./../_data')"
        ),
    ],
)
def test_data_and_includes_may_lie_beside_the_input_folder(tmp_path: Path, code: str) -> None:
    files = {
        "_data/metadata.js": "export default { title: 'Mine', url: 'https://e.org/' }",
        "parts/post.njk": "---\ntags: x\n---\n{{ content }}",
        "content/a.md": POST.replace("date", "layout: post.njk\ndate"),
    }
    found = site(tmp_path, files, code)
    about = found.configuration.settings.site
    assert (about.title, about.url) == ("Mine", "https://e.org")
    assert found.posts["content/a.md"].tags == ("x",)


@pytest.mark.parametrize(
    ("version", "code", "text"),
    [
        ("^2.0.1", "", True),
        ("4.0.0-alpha.10", "setLibrary('md', markdownIt({html: true}))", True),
        ("^3.0.0", "amendLibrary('md', (md) => md.enable('code'))", False),
        ("^3.0.0", "amendLibrary('md', (md) => md.enable(['linkify', \"code\"]))", False),
        ("~1.0.2", "", False),
        ("latest", "", False),
        (None, "", False),
    ],
)
def test_what_is_only_indented_is_text_since_a_release(
    tmp_path: Path, version: str | None, code: str, text: bool
) -> None:
    package = json.dumps({"devDependencies": {"@11ty/eleventy": version} if version else {}})
    found = site(tmp_path, {"a.md": POST, "package.json": package}, code)
    assert (found.configuration.settings.engine_options.get("indented_text") is True) is text
