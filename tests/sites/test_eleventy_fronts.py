"""What Eleventy's front matter in JavaScript, ids and code for dates plainly say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.model import State
from feedsvc.sites import jsfront
from tests.bounds import bounded
from tests.sites.reading import Site, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

POST = "---\ntitle: T\ndate: 2020-02-03\n---\n"
DECLARED = """---js
// const title = "No";
const title = "It's T";
let date = '2020-02-03';
const tags = ["a", 'b'];
const draft = true;
const weight = 3;
const rating = -1.5;
const pagination = {
  size: 1,
};
const permalink = `/x/${made}/`;
function url() { return 1; }
---
Body
"""
OBJECT = """\ufeff---javascript
{
  title: "It's T", // T
  "date": '2020-02-03',
  tags: ["a", 'b'],
  draft: true,
  weight: 3,
  rating: -1.5,
  eleventyComputed: {
    permalink: (data) => data.x,
  },
}
---
Body
"""


def site(folder: Path, files: dict[str, str], code: str = "") -> Site:
    return read_site(write(folder, {"eleventy.config.js": code, **files}))


@pytest.mark.parametrize("text", [DECLARED, OBJECT])
def test_plain_values_of_front_matter_in_javascript_are_read(tmp_path: Path, text: str) -> None:
    (post,) = site(tmp_path, {"a.md": text}, "if (data.draft) {}").posts.values()
    assert (post.title, post.tags) == ("It's T", ("a", "b"))
    assert (post.published.isoformat(), post.withheld) == ("2020-02-03T00:00:00+00:00", State.DRAFT)
    assert (post.extra["weight"], post.extra["rating"]) == (3, -1.5)
    assert post.body.strip() == "Body"
    assert post.permalink.endswith("/a/")


@pytest.mark.parametrize(
    "text", ["---js\nconst a = 1;\n", "---json\n{}\n---\n", "---\na: 1\n---\n"]
)
def test_other_front_matter_is_none_in_javascript(text: str) -> None:
    assert jsfront.read(text) is None


def test_front_matter_in_javascript_takes_linear_time() -> None:
    assert bounded(jsfront.read, "---js\nconst a = [" + '"" ' * 60_000 + "x]\n---\n")
    assert bounded(jsfront.read, "---js\n{\na: 1" + " " * 100_000 + "x\n}\n---\n")
    many = "".join(f"a{number}:1,\n" for number in range(25_000))
    front = bounded(jsfront.read, f"---js\n{{\n{many}}}\n---\n")
    assert front
    assert front.lines["a24999"] == 25_002


@given(st.text(alphabet="ab1.'\"`[],={}\n$ :;/*-", max_size=200))
def test_front_matter_in_javascript_may_hold_anything(text: str) -> None:
    front = jsfront.read(f"---js\n{text}\n---\nBody")
    assert front is not None
    assert all(isinstance(name, str) and name for name in front.fields)


@pytest.mark.parametrize(
    ("front", "identity"),
    [
        ("id: 13", "https://e.org/a/"),
        ("guid: some-words", "https://e.org/a/"),
        ("guid: 'https://old.org/?p=13'", "https://old.org/?p=13"),
        (
            "uuid: 6f6aef2e-6fb2-4d1e-9d8b-1a5b1d3bd1a0",
            "urn:uuid:6f6aef2e-6fb2-4d1e-9d8b-1a5b1d3bd1a0",
        ),
    ],
)
@pytest.mark.parametrize("engine", ["eleventy.config.js", "astro.config.mjs"])
def test_words_under_id_that_are_no_uri_are_the_themes_affair(
    tmp_path: Path, engine: str, front: str, identity: str
) -> None:
    files = {
        engine: "export default { site: 'https://e.org' }",
        "_data/site.json": '{"url": "https://e.org"}',
        "posts/a.md": POST.replace("title", f"{front}\npermalink: /a/\ntitle"),
    }
    (post,) = read_site(write(tmp_path, files)).posts.values()
    assert post.id == identity.replace("/a/", "/posts/a/" if "astro" in engine else "/a/")


@pytest.mark.parametrize(
    ("body", "address"),
    [
        (
            (
                "(d) => { const y = d.getFullYear(); const m = String(d.getMonth() + 1)"
                ".padStart(2, '0');\nconst day = d.getDate(); return `${y}/${m}/${day}`; }"
            ),
            "/2020/02/3/a/",
        ),
        (
            "d => `${d.getUTCFullYear()}-${String(d.getUTCDate()).padStart(2, '0')}`",
            "/2020-03/a/",
        ),
        ("d => `${d.getFullYear()}/${words(d)}`", "/p/2020-02-03-a/"),
        ("d => `year`", "/p/2020-02-03-a/"),
    ],
)
def test_a_date_filter_may_put_the_parts_of_a_date_together(
    tmp_path: Path, body: str, address: str
) -> None:
    template = "---\ntitle: T\npermalink: '/{{ page.date | own }}/{{ page.fileSlug }}/'\n---\n"
    code = f"eleventyConfig.addFilter('own', {body}); addFilter('other', x)"
    (post,) = site(tmp_path, {"p/2020-02-03-a.md": template}, code).posts.values()
    found = post.permalink.removeprefix("http://localhost:8000")
    assert found == address
    assert ("permalink-template" in {one.code for one in post.findings}) == address.startswith("/p")


def test_the_code_may_ignore_files(tmp_path: Path) -> None:
    files = {"README.md": POST, "old/a.md": POST, "b.md": POST}
    code = "eleventyConfig.ignores.add('./README.md'); eleventyConfig.ignores.add(\"old\")"
    assert set(site(tmp_path, files, code).readings) == {"b.md"}


def test_what_the_feed_says_of_the_site_counts_more_than_data_files(tmp_path: Path) -> None:
    feed = (
        '---json\n{"permalink": "feed.xml", "metadata": {"url": "https://feed.org/"}}\n---\n'
        "<feed>{% for post in collections.posts %}{{ post.url }}{% endfor %}</feed>"
    )
    files = {"_data/site.json": '{"url": "https://e.org", "title": "T"}', "feed.njk": feed}
    about = site(tmp_path, files).configuration.settings.site
    assert (about.url, about.title) == ("https://feed.org", "T")


@pytest.mark.parametrize(
    ("options", "made"),
    [
        ("{ lower: true, strict: true }", "c-40-its-and-so"),
        (r"{ lower: true, remove: /[#,+()$~%.'\":*{}]/g }", "c-40-its-and-so!"),
        ("{ lower: true }", "c++-4.0:-it's-and-so!"),
    ],
)
@pytest.mark.parametrize("call", ["slugify(s, %s)", "{ const o = %s; return slugify(s, o); }"])
def test_a_site_may_define_slugify_by_the_other_package(
    tmp_path: Path, options: str, made: str, call: str
) -> None:
    template = POST.replace(
        "T\n", "\"C++ 4.0: it's & so!\"\npermalink: '/{{ title | slugify }}/'\n"
    )
    files = {
        "eleventy.config.js": "import f from './a.js'; c.addFilter('slugify', f.one)",
        "a.js": "import {one} from './b.js'; export default { one }",
        "b.js": f"import slugify from 'slugify'; export const one = s => {call % options}",
        "a.md": template,
    }
    (post,) = read_site(write(tmp_path, files)).posts.values()
    assert post.permalink.removeprefix("http://localhost:8000") == f"/{made}/"
