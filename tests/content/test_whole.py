"""Rules that hold for every body, whoever wrote it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from formats import validation
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from sites.reading import read_site

from feedsvc import sites
from feedsvc.content import leftovers
from feedsvc.content.rendering import render
from feedsvc.markup import remarks, urls
from feedsvc.markup.context import Context
from feedsvc.markup.remarks import Remarks
from feedsvc.model import Markup

from .bodies import codes, rendered

SITES = validation.sites()
ENGINES = ("", "jekyll", "hugo", "zola", "pelican", "nikola", "eleventy", "astro")
MARKUP = r"""
    <a href= <img src= srcset= " ' > < /> </p> <p> <div> </div> <pre> <code class="hljs x"> {{ }} {%
    %} {% raw %} {% endraw %} {% if a %} {% endif %} {{< >}} {{% %}} /* */ {: } [^1] ]( ) ![ ` ```
    ~~~ <!--more--> <script> </script> <style> <iframe src="//x"> <svg> <math> <table> <td> <form>
    data: javascript: # / // ? http: https:// & &#x0b; &lt; | -|- <noscript> data-src= onclick=
    id="fn1" <object data= <embed src= width=1 height=1 a é 字 😀
"""
PIECES = st.sampled_from([*MARKUP.split(), "\x0b", "\x85", "\ufdd0", "\ud800", "\n", "\n\n"])
BODIES = st.one_of(st.text(), st.lists(PIECES, max_size=30).map(" ".join))


@given(body=BODIES, markup=st.sampled_from(Markup), engine=st.sampled_from(ENGINES))
def test_any_body_is_safe_whole_and_absolute(body: str, markup: Markup, engine: str) -> None:
    made = rendered(body, markup, engine=engine, path="a.mdx").content
    for text in (made.html, made.summary):
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", text)
    tree = LexborHTMLParser(made.html, is_fragment=True)
    assert not tree.css("script, style, form, input, object, embed, svg, noscript")
    escaped = made.html.replace("&", "&amp;").replace("<", "&lt;")
    assert ElementTree.fromstring(f"<x>{escaped}</x>").text is not None or not made.html
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            if name in ("href", "src", "poster", "cite", "longdesc"):
                scheme = (value or "").strip().partition(":")[0].lower()
                assert scheme in urls.SCHEMES or urls.is_image_data(value or "")


@given(body=BODIES)
def test_cleaning_twice_changes_nothing(body: str) -> None:
    once = rendered(body).content.html
    if not re.search(r'id="[^"]*(?:fn|_edn|note|cite)|#(?:fn|_edn|note|cite|_ftn)', once):
        assert rendered(once).content.html == once


# Some engines make such signs of what is typed; others show what is typed.
TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "«": "<<", "»": ">>", "…": "..."})


def visible(html: str, *, but: str = "", links: int = 0) -> str:
    """The words of a body as they are typed, without white space and the signs of footnotes.

    Each renderer draws these in its own way. So many `links` are left out whose words are
    not in `but`.
    """
    tree = LexborHTMLParser(f"<body>{html}")
    for node in reversed(tree.css("script, style, sup.footnote-ref, a.footnote-backref")):
        node.decompose()
    for node in reversed(tree.css("a")):
        words = "".join(node.text().split()).strip("\ufe0e")
        if words == "↩":
            node.decompose()
        elif links and words not in but:
            links -= 1
            node.decompose()
    dropped = "[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufe0e\ufffe\uffff]"  # as XML forbids them
    text = re.sub(dropped, "", "".join(tree.body.text(deep=True).split()))
    return re.sub("[–—-]+", "-", text.translate(TYPED))


def independently(text: str) -> str:
    """HTML of a Markdown text by another renderer of CommonMark, with the same extensions."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    if re.search("^ {0,3}: ", text, re.MULTILINE):  # for it `~` begins a definition, too
        parser.use(deflist_plugin)
    return parser.render(text)


@pytest.mark.parametrize("name", SITES)
def test_the_visible_text_of_real_posts_stays_as_it_is(name: str) -> None:
    folder = SITES[name]
    site = read_site(folder)
    settings = site.configuration.settings
    dialect = sites.dialect(settings)
    for path, post in site.posts.items():
        data = (folder / path).read_bytes()
        body = dialect.body(data, site.readings[path].body_start).text
        made = render(post._replace(body=body), settings)
        # What the engine's own syntax stands for is another test's matter.
        around = Context(post, settings, Remarks(path, 1), {}, urls.Base(post.permalink))
        before = leftovers.render(body, around)
        if post.markup is Markup.MARKDOWN:
            before = independently(before)
        expected = visible(before)
        new = codes(made).count("frame-linked")  # frames have no words, links in their place have
        assert visible(made.content.html, but=expected, links=new) == expected, path


def test_every_finding_is_documented() -> None:
    text = (
        (validation.ROOT / "docs" / "content.md")
        .read_text(encoding="utf-8")
        .partition("## Findings")[2]
    )
    assert set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)) == set(remarks.KINDS)
