"""The ids and addresses that a site's own feed templates give, each rule against its engine's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc import sites
from feedsvc.config import load_settings
from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.sites.templates import entries
from tests.bounds import bounded
from tests.sites.reading import read_site, write

if TYPE_CHECKING:
    from pathlib import Path

POST = "_posts/2020-02-03-Käse a.md"
MATTER = "---\ntitle: T U\ndate: 2020-02-03 23:30:00 -0700\nguid: '17'\n---\nBody.\n"
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><id>{{{{ site.url }}}}</id>{{% for post in "
    "site.posts limit:7 %}}<entry><id>{}</id></entry>{{% endfor %}}</feed>"
)


def jekyll(folder: Path, ids: str, config: str = "", **files: str) -> str:
    """The id of the post where the site's own `atom.xml` has these."""
    site = {
        "_config.yml": f"url: https://e.org\nbaseurl: /b\n{config}",
        "atom.xml": f"---\nlayout: null\n---\n{ATOM.format(ids)}",
        POST: MATTER,
        **files,
    }
    return read_site(write(folder, site)).posts[POST].id


@pytest.mark.parametrize(
    ("ids", "expected"),
    [  # as Jekyll 4.3.1 writes them
        ("{{ site.url }}{{ post.id }}", "https://e.org/2020/02/04/Käse a"),
        ("{{ post.id | absolute_url }}", "https://e.org/b/2020/02/04/K%C3%A4se%20a"),
        ("{{ post.url | absolute_url }}", "https://e.org/b/2020/02/04/K%C3%A4se-a.html"),
        (
            "{{ site.url }}{{ site.baseurl }}{{ post.url }}",
            "https://e.org/b/2020/02/04/K%C3%A4se-a.html",
        ),
        (
            "{{ post.url | prepend: site.baseurl | prepend: site.url }}",
            "https://e.org/b/2020/02/04/K%C3%A4se-a.html",
        ),
        (
            "http://old.example{{ post.url | relative_url }}",
            "http://old.example/b/2020/02/04/K%C3%A4se-a.html",
        ),
        ("urn:x:{{ post.guid }}", "urn:x:17"),
        ("{{ post.guid | default: post.id }}", "17"),
        ("{% if post.nothing %}{{ post.nothing }}{% else %}{{ post.guid }}{% endif %}", "17"),
        ("{% unless post.guid %}x{% else %}y{% endunless %}", "y"),
        (
            "tag:{{ site.host }},{{ post.date | date: '%Y-%m-%d' }}:{{ post.guid | remove: '1' }}",
            "tag:old.example,2020-02-04:7",
        ),
        (
            "{% capture x %}{{ site.url }}/{{ post.title | downcase }}{% endcapture %}{{ x }}",
            "https://e.org/t u",
        ),
        (
            "{% assign y = post.url | append: '#' %}{{ y | xml_escape }}",
            "/2020/02/04/K%C3%A4se-a.html#",
        ),
        ("<![CDATA[{{ site.url }}{{ post.id }}]]>", "https://e.org/2020/02/04/Käse a"),
        ("{{- post.date | date_to_xmlschema -}}", "2020-02-04T06:30:00+00:00"),
        ("&lt;{{ post.guid }}&gt; &amp;amp;", "<17> &amp;"),
    ],
)
def test_ids_of_a_jekyll_sites_own_template_are_kept(
    tmp_path: Path, ids: str, expected: str
) -> None:
    assert jekyll(tmp_path, ids, "host: old.example\ntimezone: UTC\n") == expected


@pytest.mark.parametrize(
    ("ids", "expected"),
    [  # as Jekyll 4.3.1 writes them
        ("{{ post.id | absolute_url }}", "https://e.org//b/2020/02/04/K%C3%A4se%20a"),
        ("{{ post.url | absolute_url }}", "https://e.org//b/2020/02/04/K%C3%A4se-a.html"),
        ("{{ site.url }}{{ site.baseurl }}{{ post.id }}", "https://e.org//b//2020/02/04/Käse a"),
    ],
)
def test_slashes_that_end_a_jekyll_sites_addresses_stay_in_its_ids(
    tmp_path: Path, ids: str, expected: str
) -> None:
    config = {"_config.yml": "url: https://e.org/\nbaseurl: /b/\n"}
    assert jekyll(tmp_path, ids, **config) == expected
    (tmp_path / "atom.xml").unlink()
    assert read_site(tmp_path).posts[POST].id == "https://e.org//b/2020/02/04/K%C3%A4se%20a"


@pytest.mark.parametrize(
    ("config", "ids", "expected"),
    [  # as Jekyll 4.3.1 writes them
        ("url: https://e.org/u", "{{ site.url }}{{ post.id }}", "/u/2020/02/04/Käse a"),
        (
            "url: https://e.org/u",
            "{{ site.url }}{{ site.baseurl }}{{ post.id }}",
            "/u/2020/02/04/Käse a",
        ),
        ("url: https://e.org/u/", "{{ site.url }}{{ post.id }}", "/u//2020/02/04/Käse a"),
        (
            "url: https://e.org/u\nbaseurl: /b",
            "{{ site.url }}{{ post.id }}",
            "/u/2020/02/04/Käse a",
        ),
        (
            "url: https://e.org/u\nbaseurl: /b",
            "{{ post.url | prepend: site.baseurl | prepend: site.url }}",
            "/u/b/2020/02/04/K%C3%A4se-a.html",
        ),
    ],
)
def test_a_path_that_stands_in_a_jekyll_sites_url_is_part_of_its_ids(
    tmp_path: Path, config: str, ids: str, expected: str
) -> None:
    assert jekyll(tmp_path, ids, **{"_config.yml": config}) == f"https://e.org{expected}"


def test_a_path_in_url_with_a_slash_behind_it_is_one_that_jekyll_feed_doubles(
    tmp_path: Path,
) -> None:
    site = {"_config.yml": "url: https://e.org/u/\nplugins: [jekyll-feed]\n", POST: MATTER}
    found = read_site(write(tmp_path, site)).posts[POST].id
    assert found == "https://e.org/u//2020/02/04/K%C3%A4se%20a"


@pytest.mark.parametrize(
    "ids", ["{{ post.id | sha1 }}", "{{ nobody.knows }}", "{% include id.xml %}", ""]
)
def test_ids_that_are_not_certain_are_those_of_jekyll_feed_and_reported(
    tmp_path: Path, ids: str
) -> None:
    assert jekyll(tmp_path, ids) == "https://e.org/b/2020/02/04/K%C3%A4se%20a"
    site = read_site(tmp_path)
    assert [(one.code, one.path) for one in site.configuration.findings] == [
        ("feed-template", "atom.xml")
    ]
    write(tmp_path, {"feedsvc.lock": ""})  # once a ledger holds the ids
    assert read_site(tmp_path).configuration.findings == ()


@pytest.mark.parametrize(
    ("config", "gemfile"),
    [
        ("plugins: [jekyll-feed]", ""),
        ("gems: [jekyll-feed]", ""),
        ("theme: minima", ""),
        ("", "group :jekyll_plugins do\n  gem 'jekyll-feed', '~> 0.17'\nend\n"),
    ],
)
def test_ids_of_jekyll_feed_win_over_those_of_other_feeds(
    tmp_path: Path, config: str, gemfile: str
) -> None:
    expected = "https://e.org/b/2020/02/04/K%C3%A4se%20a"
    assert jekyll(tmp_path, "{{ post.url }}", config, Gemfile=gemfile) == expected
    assert [one.code for one in read_site(tmp_path).configuration.findings] == ["feed-template"]


@pytest.mark.parametrize(
    "theme",
    ["theme: jekyll-theme-chirpy", "remote_theme: cotes2020/jekyll-theme-chirpy@v7.2.4"],
)
def test_chirpy_makes_a_feed_with_addresses_for_ids(tmp_path: Path, theme: str) -> None:
    config = f"url: https://e.org\npermalink: /posts/:title/\n{theme}\n"
    site = read_site(write(tmp_path, {"_config.yml": config, POST: MATTER}))
    assert site.posts[POST].id == site.posts[POST].permalink
    settings = site.configuration.settings
    layout = sites.layout(settings)
    assert layout.feed_paths(FeedKey(FeedKind.SITE), "atom", settings) == ("/feed.xml",)
    assert (settings.feeds.limit, site.configuration.findings) == (5, ())


def test_a_feed_may_be_captured_as_a_whole(tmp_path: Path) -> None:
    entry = "{% assign x = post.url | absolute_url %}<entry><id>{{ x }}</id></entry>"
    loop = f"<feed>{{% for post in site.posts limit: 5 %}}{entry}{{% endfor %}}</feed>"
    text = f"{{% capture source %}}\n{loop}\n{{% endcapture %}}{{{{ source | strip }}}}"
    page = "---\nlayout: compress\npermalink: /feed.xml\n---\n"
    config = "url: https://e.org\npermalink: /posts/:title/\n"
    files = {"_config.yml": config, "assets/feed.xml": page + text, POST: MATTER}
    site = read_site(write(tmp_path, files))
    assert site.posts[POST].id == site.posts[POST].permalink
    assert site.configuration.settings.feeds.limit == 5


def test_jekyll_feed_makes_no_feed_where_the_site_has_one_there(tmp_path: Path) -> None:
    feed = f"---\n---\n{ATOM.format('{{ post.guid }}')}"
    files = {"atom.xml": "", "feed.xml": feed}
    assert jekyll(tmp_path, "", "plugins: [jekyll-feed]", **files) == "17"


def served(folder: Path, kind: FeedKind, name: str = "") -> dict[str, tuple[str, ...]]:
    settings = load_settings(folder, {}, {}).settings
    layout, key = sites.layout(settings), FeedKey(kind, name, name and "slug")
    made = {form: layout.feed_paths(key, form, settings) for form in ("atom", "rss")}
    return {form: paths for form, paths in made.items() if paths}


def test_a_jekyll_sites_own_feeds_are_served_where_it_puts_them(tmp_path: Path) -> None:
    rss = "<rss><channel>{{% for p in {} %}}<item><guid>{{{{ p.id }}}}</guid></item>{{% endfor %}}"
    layout = f"---\n---\n{rss.format('site.categories[page.lang]')}"
    files = {
        "_config.yml": "exclude: [old]\ninclude: [_pages]\n",
        "feed/index.xml": f"---\n---\n{ATOM.format('{{ post.id }}')}",
        "news.xml": f"---\npermalink: /news/rss.xml\n---\n{rss.format('site.tags.news')}",
        "en/feeds/news.rss": "---\nlayout: news\nlang: en\n---\n",
        "_layouts/news.rss": layout,
        "_pages/all.xml": "---\n---\n{% assign all = site.posts | sort: 'date' %}"
        + rss.format("all"),
        "old/feed.xml": f"---\n---\n{ATOM.format('{{ post.id }}')}",
        "shop.xml": f"---\n---\n{rss.format('site.wares')}",
        "plain.xml": ATOM.format("{{ post.id }}"),
    }
    write(tmp_path, files)
    assert served(tmp_path, FeedKind.SITE) == {
        "atom": ("/feed/index.xml",),
        "rss": ("/_pages/all.xml",),
    }
    assert served(tmp_path, FeedKind.TAG, "news") == {"rss": ("/news/rss.xml",)}
    assert served(tmp_path, FeedKind.CATEGORY, "en") == {"rss": ("/en/feeds/news.rss",)}
    assert load_settings(tmp_path, {}, {}).settings.feeds.limit == 7


PIECES = (
    *("{{", "}}", "{%", "%}", "{#", "#}", "-", "if x", "else", "elsif y", "end", "endif", "endset"),
    *("for p in q", "endfor", "with .A", "range .B", "set x = ", "set x", "|", "'", '"', "`", "("),
    *(")", ":", "=", ",", "p.id", ".Permalink", "<entry>", "<id>", "</id>", "<item>", "<guid>"),
    *("</guid>", "~", "default", "printf", "date", "\x00", "\x000\x00", "/*", "*/", "$x := "),
)


@pytest.mark.parametrize("go", [False, True])
@given(pieces=st.lists(st.sampled_from(PIECES)))
def test_no_template_is_too_broken_to_be_looked_at(go: bool, pieces: list[str]) -> None:
    found = entries.of_template(" ".join(pieces), lambda name: [{"value": name}], go=go)
    assert found is None or found.pattern is None or isinstance(found.pattern, list)


@pytest.mark.parametrize("text", ["<id>", "<id", "<link>"])
def test_elements_without_an_end_take_no_long_time(tmp_path: Path, text: str) -> None:
    template = f"---\n---\n<feed>{{% for post in site.posts %}}<entry><id>{text * 20_000}"
    feeds = {f"feed-{number}.xml": template for number in range(20)}
    write(tmp_path, {"_config.yml": "", "_posts/2020-01-01-a.md": "A", **feeds})
    assert bounded(load_settings, tmp_path, None, {}).settings.engine == "jekyll"


HUGO = (
    "<rss><channel><title>{{{{ .Title }}}}</title>{{{{ range first 15 .Site.RegularPages }}}}{}"
    "<item><guid>{}</guid></item>{{{{ end }}}}</channel></rss>"
)
PAGE = "---\ntitle: T\ndate: 2020-02-03T23:30:00-07:00\nguid: '17'\nslug: s\n---\n"


@pytest.mark.parametrize(
    ("before", "ids", "expected"),
    [  # as Hugo 0.168 writes them
        ("", "{{ .Permalink }}", "https://e.org/b/post/s/"),
        ("", '{{ .Permalink | strings.TrimSuffix "/" }}', "https://e.org/b/post/s"),
        ("", "http://old.example{{ .RelPermalink }}", "http://old.example/b/post/s/"),
        ("", "{{ with .Params.guid }}urn:{{ . }}{{ else }}{{ .Permalink }}{{ end }}", "urn:17"),
        ("", "{{ with .Params.none }}urn:{{ . }}{{ else }}{{ .Title }}{{ end }}", "T"),
        ("", "{{ or .Params.guid .Permalink }}", "17"),
        ("", "{{ .Params.guid | default .Permalink }}", "17"),
        ("", "{{ if .Params.none }}a{{ else if .Params.guid }}b{{ else }}c{{ end }}", "b"),
        (
            "",
            'tag:e.org,{{ .Date.Format "2006-01-02" }}:{{ .RelPermalink }}',
            "tag:e.org,2020-02-03:/b/post/s/",
        ),
        ("", '{{ printf "%s#%s" .Permalink .Params.guid }}', "https://e.org/b/post/s/#17"),
        ("{{ $id := .Permalink }}", "{{ $id | safeHTML }}", "https://e.org/b/post/s/"),
        (
            "{{- $p := .Params.guid -}}{{/* why */}}",
            "{{ .Site.BaseURL }}?p={{ $p }}",
            "https://e.org/b/?p=17",
        ),
        ("", "{{ .File.UniqueID }}", "640ff214765be9c32e2df2a432254d40"),
    ],
)
def test_ids_of_a_hugo_sites_own_template_are_kept(
    tmp_path: Path, before: str, ids: str, expected: str
) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://e.org/b/"\ntimeZone = "UTC"\n',
        "layouts/_default/rss.xml": HUGO.format(before, ids),
        "content/post/a.md": PAGE,
    }
    site = read_site(write(tmp_path, files))
    assert site.posts["content/post/a.md"].id == expected
    assert site.configuration.findings == ()
    assert site.configuration.settings.feeds.limit == 15


def test_ids_that_a_hugo_themes_template_does_not_tell_are_the_addresses(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://e.org/"\ntheme = "x"\n',
        "themes/x/layouts/index.rss.xml": HUGO.format("", "{{ partial `id` . }}"),
        "content/post/a.md": PAGE,
    }
    site = read_site(write(tmp_path, files))
    assert site.posts["content/post/a.md"].id == "https://e.org/post/s/"
    assert [(one.code, one.path) for one in site.configuration.findings] == [
        ("feed-template", "themes/x/layouts/index.rss.xml")
    ]


ZOLA = (
    "<feed><id>{{{{ feed_url | safe }}}}</id>{{%- for page in pages %}}<entry><id>{}</id></entry>"
    "{{%- endfor %}}</feed>"
)


@pytest.mark.parametrize(
    ("ids", "expected", "told"),
    [
        ("{{ page.permalink | safe }}", "https://e.org/b/blog/a/", False),
        ("{{ page.permalink | escape_xml | safe }}", "https://e.org/b/blog/a/", False),
        ("https://old.example{{ page.path | safe }}", "https://old.example/blog/a/", False),
        ("{{ config.base_url }}?p={{ page.extra.number }}", "https://e.org/b?p=7", False),
        ('{{ page.permalink | trim_end_matches(pat="/") }}', "https://e.org/b/blog/a", False),
        (
            'tag:e.org,{{ page.date | date(format="%Y") }}:{{ page.slug }}',
            "tag:e.org,2020:a",
            False,
        ),
        ("{{ macros::id(page=page) }}", "https://e.org/b/blog/a/", True),
        ("{% if page.extra.number %}n{% else %}{{ page.permalink }}{% endif %}", "n", False),
    ],
)
def test_ids_of_a_zola_sites_own_template_are_kept(
    tmp_path: Path, ids: str, expected: str, told: bool
) -> None:
    files = {
        "config.toml": 'base_url = "https://e.org/b"\n',
        "templates/atom.xml": ZOLA.format(ids),
        "content/blog/a.md": "+++\ndate = 2020-02-03\n[extra]\nnumber = 7\n+++\n",
    }
    site = read_site(write(tmp_path, files))
    assert site.posts["content/blog/a.md"].id == expected
    assert bool(site.configuration.findings) is told
