"""Rules that hold for every body, whoever wrote it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedsvc.content import remarks, urls
from feedsvc.model import Markup

from .bodies import codes, rendered

SHARED = Path(__file__).parents[3] / "shared"
ENGINES = ("", "jekyll", "hugo", "zola", "pelican", "eleventy", "astro")
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


def corpus() -> list[Path]:
    places = ("corpora/*/_posts/*", "corpora/*/*/_posts/*", "corpora/twir/content/*", "seed/*")
    return sorted(path for place in places for path in SHARED.glob(place))


def words(html: str) -> str:
    tree = LexborHTMLParser(f"<body>{html}")
    for node in reversed(tree.css("script, style")):
        node.decompose()
    text = "".join(tree.body.text(deep=True).split())
    return re.sub("[☐☑\x00-\x1f\x7f-\x9f]", "", text)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared corpora")
def test_the_visible_text_of_real_posts_stays_as_it_is() -> None:
    import comrak

    extensions = comrak.ExtensionOptions()
    for name in "table strikethrough autolink tasklist footnotes description_lists".split():  # noqa: SIM905
        setattr(extensions, name, True)
    extensions.cjk_friendly_emphasis = True
    options = comrak.RenderOptions()
    options.unsafe_ = True
    compared = 0
    for path in corpus():
        source = path.read_text(encoding="utf-8")
        body = re.split(r"\n---\n|\n\n", source, maxsplit=1)[-1]
        markup = Markup.HTML if path.suffix == ".html" else Markup.MARKDOWN
        made = rendered(body, markup)
        if {"form-removed", "frame-linked", "code-flattened", "drawing-removed"} & {*codes(made)}:
            continue
        plain = body
        if markup is Markup.MARKDOWN:
            plain = comrak.render_markdown(body, extensions, None, options)
        assert words(made.content.html) == words(plain), path
        compared += 1
    assert compared > 250


def test_every_finding_is_documented() -> None:
    text = (
        (Path(__file__).parents[2] / "docs" / "content.md")
        .read_text(encoding="utf-8")
        .partition("## Findings")[2]
    )
    assert set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)) == set(remarks.KINDS)
