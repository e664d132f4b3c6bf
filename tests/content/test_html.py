"""Rules of reader-safe HTML."""

from __future__ import annotations

import re
import resource
from typing import TYPE_CHECKING, Any

import pytest

import feedsvc
from feedsvc.content import sanitizer
from feedsvc.errors import InterpreterError
from feedsvc.markup import markdown as markdown_module
from feedsvc.markup.urls import Base
from feedsvc.model import Markup, Severity
from tests.bounds import bounded

from .bodies import NOTE, PAGE, codes, html, markdown, rendered

if TYPE_CHECKING:
    from tests.conftest import SiteFactory


@pytest.mark.parametrize(
    ("reference", "absolute"),
    [
        ("/x", "https://example.org/x"),
        ("x.html", PAGE + "x.html"),
        ("../b/?q=1", "https://example.org/blog/2020/b/?q=1"),
        ("/a/../b", "https://example.org/b"),
        ("//cdn.example.net/x", "https://cdn.example.net/x"),
        ("?page=2", PAGE + "?page=2"),
        ("#part", PAGE + "#part"),
        ("http://other.example/", "http://other.example/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_references_of_every_form_are_absolute_against_the_permalink(
    reference: str, absolute: str
) -> None:
    assert html(f'<a href="{reference}">x</a>') == f'<a href="{absolute}">x</a>'
    assert f'<a href="{absolute}">x</a>' in markdown(f"[x]({reference})")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JAVA&#10;SCRIPT:x", "vbscript:x", "data:text/html,x", "//[x", ""],
)
def test_a_link_that_is_not_safe_loses_its_address_and_keeps_its_text(url: str) -> None:
    assert "script" not in html(f'<a href="{url}">text</a>').lower()
    assert "data:" not in html(f'<a href="{url}">text</a>')
    assert ">text</a>" in html(f'<a href="{url}">text</a>')


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<img srcset="a.png 1x, /b.png 2x">', f"{PAGE}a.png 1x, https://example.org/b.png 2x"),
        ('<img SRCSET="/a.png">', "https://example.org/a.png"),
        ('<video poster="/p.jpg"></video>', "https://example.org/p.jpg"),
        ('<blockquote cite="/q">x</blockquote>', "https://example.org/q"),
        ('<img longdesc="/d" src="/x.png">', "https://example.org/d"),
        ('<source src="/x.mp3">', "https://example.org/x.mp3"),
        ('<img src="/wait.gif" data-src="/real.png">', 'src="https://example.org/real.png"'),
        ('<img data-srcset="/r.png 2x">', 'srcset="https://example.org/r.png 2x"'),
        ('<img data-original="/o.png">', 'src="https://example.org/o.png"'),
        ('<object data="/x.pdf"></object>', 'href="https://example.org/x.pdf"'),
    ],
)
def test_every_attribute_that_holds_urls_is_absolute(source: str, expected: str) -> None:
    assert expected in html(source)


def test_images_written_as_data_are_kept_and_other_data_is_not() -> None:
    image = '<img src="data:image/png;base64,AA==">'
    assert html(image) == image
    assert "data:" not in html('<img src="data:text/html,x"><a href="data:image/png,x">x</a>')
    assert "data:" not in html('<video poster="data:text/html,x" src="/v.mp4"></video>')
    for hidden in ("da&#10;ta:text/html,x", "&#1;data:text/html,x", "data&#9;:image/png,x"):
        links = f'<b id="fn1"></b><img src="{hidden}"><a href="{hidden}">x</a>'
        assert html(links) == f'<b id="fn1{NOTE}"></b><img><a>x</a>'
    assert "data:image/png;base64,AA==" in markdown("![x](data:image/png;base64,AA==)")


def test_active_content_is_removed() -> None:
    made = rendered(
        "<p onclick='x()' style='color:red'>a<script>alert(1)</script><style>p{}</style></p>"
        "<form>Mail <input><button>Go</button></form>"
    )
    assert made.content.html == "<p>a</p>"
    assert codes(made) == ["script-removed", "form-removed", "handler-removed", "style-removed"]
    assert {finding.severity for finding in made.findings} == {Severity.NOTE}


@pytest.mark.parametrize(
    "address", [" JavaScript:go()", "file:///etc/passwd", "data:text/html,x", "vbscript:x"]
)
def test_a_link_that_is_not_safe_is_told_of(address: str) -> None:
    made = rendered(f'<p><a href="{address}">words</a></p>')
    assert made.content.html == "<p><a>words</a></p>"
    assert [finding.code for finding in made.findings] == ["unsafe-link-removed"]
    made = rendered(f"[words](<{address.strip()}>) [more][x]\n\n[x]: {address}", Markup.MARKDOWN)
    assert made.content.html == "<p><a>words</a> <a>more</a></p>\n"
    assert [finding.code for finding in made.findings] == ["unsafe-link-removed"]


@pytest.mark.parametrize(
    "text", ["![x](data:image/png;base64,AA==)", "[x]() `<a href=javascript:x>`", "[x](/data:x)"]
)
def test_what_stays_or_was_empty_is_not_told_of(text: str) -> None:
    assert rendered(text, Markup.MARKDOWN).findings == ()


def test_a_page_wrapped_in_a_form_keeps_its_text() -> None:
    assert "long" in html(f"<form><p>{'long ' * 200}</p></form>")


def test_frames_of_video_hosts_stay_with_https_and_others_become_links() -> None:
    made = rendered(
        '<iframe src="//www.youtube.com/embed/a"></iframe>'
        '<iframe src="http://player.vimeo.com/video/1"></iframe>'
        '<iframe src="https://maps.example/?a=1&amp;b" title="A map"></iframe>'
        '<iframe src="javascript:x"></iframe><embed src="http://[x">'
        '<object data="x.swf"><a href="/y">instead</a></object>'
    )
    assert made.content.html == (
        '<iframe src="https://www.youtube.com/embed/a"></iframe>'
        '<iframe src="https://player.vimeo.com/video/1"></iframe>'
        '<a href="https://maps.example/?a=1&amp;b">A map</a>'
        '<a href="https://example.org/y">instead</a>'
    )
    assert codes(made) == ["frame-linked"]


@pytest.mark.parametrize(
    "address",
    [
        "https://other.example\\@www.youtube.com/embed/a",
        "https:\\\\other.example/www.youtube.com",
        "https:///other.example/",
        "http:other.example\\\\www.youtube.com",
        "\\\\other.example\\@www.youtube.com/embed/a",
    ],
)
def test_a_frame_is_of_the_host_that_browsers_take_it_from(address: str) -> None:
    made = html(f'<iframe src="{address}"></iframe>')
    assert re.match(r'<a href="https?://other\.example/[^\\]*">other\.example</a>$', made)


@pytest.mark.parametrize(
    ("reference", "absolute"),
    [
        ("http:/a//b", "http://a//b"),
        ("https:x.html", PAGE + "x.html"),
        ("https:/x?a//b", "https://example.org/x?a//b"),
        ("https:", PAGE),
        ("https://a/b?c=\\", "https://a/b?c=\\"),
    ],
)
def test_a_web_address_without_two_slashes_means_what_it_means_to_browsers(
    reference: str, absolute: str
) -> None:
    assert Base(PAGE).absolute(reference) == absolute


@pytest.mark.parametrize(
    "name",
    [
        *("src", "original", "lazy-src", "lazy", "url", "lazyload", "actualsrc", "cfsrc"),
        *("orig-src", "flickity-lazyload", "ll-src", "pagespeed-lazy-src", "echo"),
    ],
)
def test_an_image_waits_under_the_name_of_any_common_script(name: str) -> None:
    assert html(f'<img src="/wait.gif" data-{name}="/a.png" alt="">') == (
        '<img src="https://example.org/a.png" alt="">'
    )


def test_an_image_waiting_for_a_script_is_shown_once() -> None:
    made = html('<img data-src="/a.png"><noscript><img src="/a.png"></noscript>')
    assert made.count("<img") == 1
    assert (
        html('<noscript><img src="/a.png"></noscript>') == '<img src="https://example.org/a.png">'
    )


@pytest.mark.parametrize(
    "pixel",
    [
        '<img src="https://t.example/p" width=1 height=1>',
        '<img src="https://t.example/p" width="0" height="1px">',
        '<img src="https://t.example/p" style="width:1px; height:1px">',
        '<img src="https://t.example/p" style="border:0; display: none">',
    ],
)
def test_tracking_pixels_are_dropped(pixel: str) -> None:
    made = rendered(f"a{pixel}<img src='/b.png' width=1 height=20>")
    assert "t.example" not in made.content.html
    assert "b.png" in made.content.html
    assert codes(made) == ["pixel-removed"]


def test_drawings_go_and_formulas_stay() -> None:
    formula = '<math display="block"><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>'
    assert html(f"<svg><text>label</text></svg>{formula}") == formula


HIGHLIGHTED = {
    "rouge": (
        '<div class="language-py highlighter-rouge"><div class="highlight"><pre class="hi'
        'ghlight"><code><span class="k">if</span> a &lt; b\n</code></pre></div></div>'
    ),
    "rouge-lines": (
        '<figure class="highlight"><pre><code class="language-py" data-lang="py"><table c'
        'lass="rouge-table"><tr><td class="gutter gl"><pre class="lineno">1\n</pre></td><t'
        'd class="code"><pre><span class="k">if</span> a &lt; b\n</pre></td></tr></table><'
        "/code></pre></figure>"
    ),
    "chroma-lines": (
        '<div class="highlight"><div class="chroma"><table class="lntable"><tr><td class='
        '"lntd"><pre class="chroma"><code><span class="lnt">1\n</span></code></pre></td><t'
        'd class="lntd"><pre class="chroma"><code class="language-py" data-lang="py"><spa'
        'n class="line">if a &lt; b\n</span></code></pre></td></tr></table></div></div>'
    ),
    "chroma-inline": (
        '<div class="highlight"><pre class="chroma"><code class="language-py"><span class'
        '="line"><span class="ln">1</span><span class="cl">if a &lt; b\n</span></span></co'
        "de></pre></div>"
    ),
    "pygments-lines": (
        '<table class="highlighttable"><tr><td class="linenos"><pre>1</pre></td><td class'
        '="code"><pre class="highlight language-py">if a &lt; b\n</pre></td></tr></table>'
    ),
    "highlightjs": (
        '<pre><code class="hljs py"><span class="hljs-keyword">if</span> a &lt; b\n</code></pre>'
    ),
    "prism": (
        '<pre class="language-py"><code class="language-py"><span class="token keyword">i'
        'f</span> a &lt; b\n<span class="line-numbers-rows"><span></span></span></code></p'
        "re>"
    ),
    "syntaxhighlighter": ('<pre class="brush: py">if a &lt; b\n</pre>'),
}


@pytest.mark.parametrize("block", HIGHLIGHTED.values(), ids=HIGHLIGHTED)
def test_highlighter_markup_becomes_plain_code_with_its_language(block: str) -> None:
    made = rendered(f"<p>before</p>{block}<p>after</p>")
    assert made.content.html == (
        '<p>before</p><pre><code class="language-py">if a &lt; b\n</code></pre><p>after</p>'
    )
    assert codes(made) == ["code-flattened"]


def test_links_in_highlighted_code_stay() -> None:
    made = html(
        '<pre class="chroma"><code class="language-r"><a href="#1">1</a><span><span><a href="/f">'
        "f</a></span>(<span>a &lt; b</span>)</span>\n</code></pre>"
    )
    link = '<a href="https://example.org/f">f</a>'
    assert f'<pre><code class="language-r">1{link}(a &lt; b)\n</code></pre>' in made


def test_a_picture_beside_highlighted_code_stays() -> None:
    made = html('<div class="highlight"><pre class="chroma">x</pre><img src="/a.png"></div>')
    assert "<pre><code>x</code></pre>" in made
    assert 'src="https://example.org/a.png"' in made


def test_a_caption_beside_highlighted_code_stays() -> None:
    made = html('<div class="highlight"><p>File a.py</p><pre class="highlight">x</pre></div>')
    assert "File a.py" in made
    assert "<pre><code>x</code></pre>" in made


def test_an_authors_own_markup_in_code_stays() -> None:
    assert html("<pre>a <b>highlight</b></pre>") == "<pre>a <b>highlight</b></pre>"


def test_footnotes_are_unique_to_the_entry_and_point_into_its_page() -> None:
    made = markdown("a[^n]\n\n[^n]: note\n")
    assert f'<a href="{PAGE}#fn-n{NOTE}" id="fnref-n{NOTE}">1</a>' in made
    assert f'<li id="fn-n{NOTE}">' in made
    assert f'href="{PAGE}#fnref-n{NOTE}"' in made
    raw = html('<sup id="fnref:1"><a href="#fn:1">1</a></sup><p id="fn:1">x</p><h2 id="top">t</h2>')
    assert f'id="fnref:1{NOTE}"' in raw
    assert f'href="{PAGE}#fn:1{NOTE}"' in raw
    assert '<h2 id="top">' in raw


NOTED = """A[^1] b[^note] again[^1] c[^日本] third[^1] and[^note].

[^1]: One.
[^note]: Two.
[^日本]: Three.
"""
JAPAN = "%E6%97%A5%E6%9C%AC"


@pytest.mark.parametrize("quote", ['"', "'", ""])
@pytest.mark.parametrize(
    "name",
    [
        *("fn1", "fn:1", "fnref-1", "user-content-fn-1", "footnote-2", "footnote-ref-2"),
        *("_ftn3", "_ftnref3", "_edn4", "_ednref4", "cite_note-5", "cite_ref-5"),
    ],
)
def test_ids_of_footnotes_are_known_however_they_are_written(name: str, quote: str) -> None:
    for written in (name, f"&#{ord(name[0])};{name[1:]}", f"{name[:-1]}&#{ord(name[-1])};"):
        assert html(f"<p ID={quote}{written}{quote}>a</p>") == f'<p id="{name}{NOTE}">a</p>'


def test_what_is_no_id_may_be_named_like_a_footnote() -> None:
    assert html('<sup id="fn1" class="footnote-ref" title="fn1">1</sup>') == (
        f'<sup id="fn1{NOTE}" class="footnote-ref" title="fn1">1</sup>'
    )


# What kramdown 2.4, Hugo 0.168, Python-Markdown 3.11, markdown-it-footnote 4 and remark-gfm 4 make
# of it; Zola as in its source.
@pytest.mark.parametrize(
    ("engine", "options", "texts", "references"),
    [
        (
            "jekyll",
            {},
            ["fn:1", "fn:note", f"fn:{JAPAN}"],
            ["fnref:1", "fnref:1:1", "fnref:1:2", "fnref:note", "fnref:note:1", f"fnref:{JAPAN}"],
        ),
        (
            "jekyll",
            {"markdown": "CommonMarkGhPages"},
            ["fn-1", "fn-note", f"fn-{JAPAN}"],
            ["fnref-1", "fnref-1-2", "fnref-1-3", "fnref-note", "fnref-note-2", f"fnref-{JAPAN}"],
        ),
        (
            "hugo",
            {},
            ["fn:1", "fn:2", "fn:3"],
            ["fnref:1", "fnref1:1", "fnref2:1", "fnref:2", "fnref1:2", "fnref:3"],
        ),
        (
            "pelican",
            {},
            ["fn:1", "fn:note", f"fn:{JAPAN}"],
            ["fnref:1", "fnref2:1", "fnref3:1", "fnref:note", "fnref2:note", f"fnref:{JAPAN}"],
        ),
        (
            "eleventy",
            {},
            ["fn1", "fn2", "fn3"],
            ["fnref1", "fnref1:1", "fnref1:2", "fnref2", "fnref2:1", "fnref3"],
        ),
        (
            "astro",
            {},
            [f"user-content-fn-{name}" for name in ("1", "note", JAPAN)],
            [f"user-content-fnref-{name}" for name in ("1", "1-2", "1-3", "note", "note-2", JAPAN)],
        ),
        ("zola", {}, ["1", "note", JAPAN], [""] * 6),
        (
            "zola",
            {"bottom_footnotes": True},
            ["fn-1", "fn-note", f"fn-{JAPAN}"],
            ["fr-1-1", "fr-1-2", "fr-1-3", "fr-note-1", "fr-note-2", f"fr-{JAPAN}-1"],
        ),
    ],
)
@pytest.mark.parametrize("around", ["", "<b>raw</b>\n\n"])
def test_footnotes_lead_to_the_anchors_of_the_engine_that_makes_the_page(
    engine: str, options: dict[str, Any], texts: list[str], references: list[str], around: str
) -> None:
    made = markdown(around + NOTED, engine=engine, options=options)
    links = re.findall(r'href="([^"]*)"', made)
    first, note, japan = texts
    assert links[:6] == [f"{PAGE}#{text}" for text in (first, note, first, japan, first, note)]
    assert links[6:] == [f"{PAGE}#{text}" if text else PAGE for text in references]
    ids = re.findall(r'id="([^"]*)"', made)
    assert len(ids) == len(set(ids)) == 9
    assert all(one.endswith(NOTE) for one in ids)
    assert rendered(around + NOTED, Markup.MARKDOWN, engine=engine, options=options).content.summary


def test_footnotes_that_an_author_wrote_as_html_keep_their_anchors_on_anothers_page() -> None:
    raw = '<sup id="fnref:1"><a href="#fn:1">1</a></sup><p id="fn:1">x</p>'
    assert html(raw, engine="jekyll") == (
        f'<sup id="fnref:1{NOTE}"><a href="{PAGE}#fn:1">1</a></sup><p id="fn:1{NOTE}">x</p>'
    )


@pytest.mark.parametrize("engine", ["", "jekyll", "zola"])
def test_footnote_marks_are_no_words_of_a_summary(engine: str) -> None:
    made = rendered("Fish[^1] and chips.\n\n[^1]: x", Markup.MARKDOWN, engine=engine)
    assert made.content.summary == "Fish and chips."


def test_malformed_html_comes_out_well_formed() -> None:
    assert html("<p>a<b>b<p>c</i> & <") == "<p>a<b>b</b></p><p><b>c &amp; &lt;</b></p>"


def test_forbidden_characters_are_dropped_with_the_place_of_the_first() -> None:
    made = rendered("a\n\x0bb\x85c\ufdd0d\ud800", first_line=10)
    assert made.content.html == "a\nbcd"
    [finding] = made.findings
    assert (finding.code, finding.line) == ("control-character", 11)
    assert "U+000B" in finding.message


@pytest.mark.parametrize("reference", ["&#11;", "&#0;", "&#xD800;", "&#x110000;", "&#65534;"])
@pytest.mark.parametrize("markup", [Markup.HTML, Markup.MARKDOWN])
def test_a_reference_to_a_forbidden_character_leaves_nothing_behind(
    reference: str, markup: Markup
) -> None:
    made = rendered(f"<p>a{reference}b</p>", markup)
    assert made.content.html.strip() == "<p>ab</p>"
    assert made.content.summary == "ab"
    assert codes(made) == ["control-character"]


def test_a_sign_of_replacement_that_an_author_wrote_stays() -> None:
    assert (
        markdown("a \ufffd b and `&#0;`").strip() == "<p>a \ufffd b and <code>&amp;#0;</code></p>"
    )


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        ("<div>" * 100_000, Markup.HTML),
        ("<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">", Markup.HTML),
        ("&amp" * 200_001, Markup.HTML),
        ("a" * 10_000_001, Markup.HTML),
        ("a" * 10_000_001, Markup.MARKDOWN),
        ("[^a]" * 5_000 + "\n\n[^a]: x", Markup.MARKDOWN),
        ("|a" * 2_500 + "\n" + "|-" * 2_500 + "\n", Markup.MARKDOWN),
        ("a\n: b\n\n" * 10_001, Markup.MARKDOWN),
    ],
    ids=[
        "nested",
        "attributes",
        "references",
        "long",
        "long-markdown",
        "notes",
        "columns",
        "terms",
    ],
)
def test_what_would_take_the_parsers_too_long_is_shown_as_text(body: str, markup: Markup) -> None:
    made = rendered(body, markup)
    assert codes(made) == ["body-too-complex"]
    assert made.content.html.startswith("<pre>")


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        (">" * 100_000 + "a", Markup.MARKDOWN),
        (">" * 100_000 + "<svg>", Markup.MARKDOWN),
        ("[^1]:" + " " * 100_000, Markup.MARKDOWN),
        ("- " * 100_000 + "a", Markup.MARKDOWN),
        ("# a\n" * 50_000, Markup.MARKDOWN),
        ("[" * 100_000, Markup.MARKDOWN),
        ("{% if %}" * 50_000 + "{{" * 50_000, Markup.MARKDOWN),
        ("{% raw %}" * 50_000, Markup.MARKDOWN),
        ("<b><p>" * 50_000, Markup.HTML),
        ("<!--" * 100_000, Markup.HTML),
        ("a" * 5_000_000, Markup.HTML),
        ("# a" + " " * 200_000 + "{#b", Markup.MARKDOWN),
        ("`" * 200_000 + " <body> x**.y", Markup.MARKDOWN),
        ('](a "b"' * 30_000, Markup.MARKDOWN),
        ("a | b\n" + "-:" * 100_000, Markup.MARKDOWN),
        ("a*." * 100_000, Markup.MARKDOWN),
        ("<math>" * 30_000 + "<int>" * 30_000 + "<button>" * 30_000, Markup.HTML),
        ("<int><" + "a" * 200_000, Markup.HTML),
        ('<pre class="highlight">' * 3_900 + "a" * 5_000_000, Markup.HTML),
        ('<table class="highlighttable"><tr><td>' * 1_900 + "<pre>" + "a" * 5_000_000, Markup.HTML),
        ('<div class="highlight">' + "<pre>a</pre>" * 40_000, Markup.HTML),
        ("<object>" * 3_900 + "a" * 5_000_000, Markup.HTML),
        (f"<a {'id=' * 50_000}>x</a>", Markup.HTML),
        (f'<a href={" " * 50_000}x title="data:">x</a>', Markup.HTML),
        ('<sup><a href="#fn1">1</a>x</sup>' * 20_000 + "<!--more-->", Markup.HTML),
        (f":abbr:`{('a(' * 4_000 + chr(10)) * 20}`", Markup.RESTRUCTURED),
        ("<code>" * 150_000 + "</kbd>", Markup.MARKDOWN),
        ("{:toc}\n- " + " " * 300_000, Markup.MARKDOWN),
        ("- x\n{:toc\n" * 90_000, Markup.MARKDOWN),
        ("a\\_b " + "http://" * 30_000, Markup.MARKDOWN),
        ("[a]: a" + " " * 100_000 + "x", Markup.MARKDOWN),
        ("<a markdown=" + "a" * 100_000, Markup.MARKDOWN),
        ("<a" + " " * 100_000 + "markdown", Markup.MARKDOWN),
        ("{{ site.pages }}" + "[a][" * 50_000 + "[a][b]" * 10_000, Markup.MARKDOWN),
        ("> " * 60 + "x\n\n>\tb", Markup.MARKDOWN),
        ("|a|b|\n|-" + "|  " * 40 + "x", Markup.MARKDOWN),
        ("|a|b|\n\n" + "a|b\n \n" * 33_000, Markup.MARKDOWN),
        ("\\)" + "`" * 200_000, Markup.MARKDOWN),
        ("\\%" + "`" * 200_000, Markup.MARKDOWN),
        ("````a\n```\n" * 30_000, Markup.MARKDOWN),
        ("````a\n`````\n" * 30_000 + "````", Markup.MARKDOWN),
        ("<code>`*</code>" + "`" * 200_000, Markup.MARKDOWN),
        ("<!-- a --> x\n\n" + "**<!--" * 40_000, Markup.MARKDOWN),
        ("</div>" + " " * 100_000 + "\n\nx", Markup.MARKDOWN),
        ("<div>\n" + "<pre>a</pre>\n" * 40_000, Markup.MARKDOWN),
        ("x <td> " + "<td>" * 80_000, Markup.MARKDOWN),
        ("x <td>\n\na" + " " * 100_000 + ")", Markup.MARKDOWN),
        ("# a {#b}" + " " * 100_000 + "x", Markup.MARKDOWN),
        (" " * 100_000 + '[a]:"]:' * 40_000, Markup.MARKDOWN),
        ("[a]: /x\n\n" + "> " * 50_000 + "- [x] [a]" + "[b] [a]" * 12_000, Markup.MARKDOWN),
        (f'<img srcset="{"," * 100_000}">', Markup.HTML),
        (f'<img srcset="{"a" * 100_000} b c">', Markup.HTML),
        (f'<img srcset="a{" " * 100_000}b c d">', Markup.HTML),
    ],
)
def test_hostile_bodies_neither_crash_nor_hang(body: str, markup: Markup) -> None:
    bounded(rendered, body, markup, engine="jekyll")


@pytest.mark.parametrize(
    ("body", "engine", "options"),
    [
        ("# a" + " " * 100_000 + "x {.b} y", "pelican", {}),
        ("`" * 200_000 + "{% asset_img x.png %}", "hexo", {}),
        ("```js a" + " " * 100_000 + "b\nx\n```", "hexo", {}),
        ("![[a.png]]" * 30_000 + " [[b]]" * 20_000 + "[", "", {}),
        ("%%a" * 100_000 + "\n%%\n" * 50_000 + "%% b%%\n" * 50_000, "", {}),
        ("{{< a x" + '"' + '\\"' * 100_000 + " >}}", "hugo", {}),
        (('{{ a(b="' + '\\"' * 4_900 + ")}}") * 40, "zola", {}),
        (("{{a(b=" * 1_600 + "}}") * 200, "zola", {}),
        ("\\(" * 200_000, "hugo", {"math": ["\\("]}),
        ("\\)\n\n" + "\\[" * 200_000, "hugo", {"math": ["\\["]}),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_hostile_bodies_of_other_engines_do_not_hang(
    body: str, engine: str, options: dict[str, Any]
) -> None:
    bounded(rendered, body, Markup.MARKDOWN, engine=engine, options=options)


@pytest.mark.parametrize("at", ["@", "&#64;"])
def test_mail_addresses_become_links_unless_a_line_has_too_many(at: str) -> None:
    """comrak takes memory for the square of what such a line holds: 3 GB for this one."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    line = f"me{at}example.org " * 25_000
    assert 'href="mailto:' not in markdown(line)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_000_000  # kilobytes
    assert markdown(line[:5_000] + "\n\nnext").count('href="mailto:') > 200


@pytest.mark.parametrize("row", ["-" * 100_000, "---" * 50_000 + "a"], ids=len)
def test_rows_of_hyphens_do_not_hang_where_they_become_dashes(row: str) -> None:
    bounded(rendered, row, Markup.MARKDOWN, engine="hugo", options={"typographer": True})


def test_a_defect_in_rendering_costs_one_post_its_form_and_the_others_nothing(
    make_site: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = markdown_module.to_html

    def broken(text: str, *given: Any) -> tuple[str, bool]:
        if "odd" in text:
            raise IndexError("tuple index out of range")
        return whole(text, *given)

    monkeypatch.setattr(markdown_module, "to_html", broken)
    made = rendered("An <odd> one.", Markup.MARKDOWN)
    assert made.content.html == "<pre>An &lt;odd&gt; one.</pre>"
    assert codes(made) == ["body-too-complex"]
    assert "IndexError: tuple index out of range" in made.findings[0].message
    post = "---\ntitle: {0}\ndate: 2026-05-01 10:00 +0800\n---\nBody of {0}.\n"
    folder = make_site({"a.md": post.format("odd"), "b.md": post.format("B")})
    feed = feedsvc.publish(folder).get("/feed.json")
    assert feed is not None
    assert b"<pre>Body of odd." in feed.body
    assert b"<p>Body of B." in feed.body


def test_a_sanitiser_that_cannot_ask_about_links_is_refused(monkeypatch):
    """As in the second interpreter of a process, where the calls of nh3 go astray."""

    class Deaf:
        def __init__(self, **_):
            pass

        def clean(self, html):
            return html

    monkeypatch.setattr("nh3.Cleaner", Deaf)
    sanitizer._cleaner.cache_clear()
    with pytest.raises(InterpreterError, match="WSGIApplicationGroup"):
        sanitizer.sanitize("<p>x", Base("https://example.org/"))
    monkeypatch.undo()
    assert sanitizer.sanitize("<p>x", Base("https://example.org/")) == "<p>x</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <title>b\n\nc", "<p>a b</p>\n<p>c</p>"),
        ("use <script> and <style> here\n\nc", "<p>use  and  here</p>\n<p>c</p>"),
        ('drop <script src="b.js"> here\n\nc', "<p>drop  here</p>\n<p>c</p>"),
        ("a <button> b <select>\n\nc", "<p>a  b </p>\n<p>c</p>"),
        ("a <TEXTAREA>\n\nc", "<p>c</p>"),
        ("a <title>b</title> c <title> d", "<p>a  c  d</p>"),
        ("a <button>b</button> c", "<p>a  c</p>"),
        ("a <template> b <option> c <form>\n\nd", "<p>a  b  c </p>\n<p>d</p>"),
        ("a <template>b</template> c", "<p>a  c</p>"),
        ("a <svg> b\n\n<polyline> c *d*\n", "<p>a  b</p>\n<p> c <em>d</em></p>"),
        ("a <svg><path d='M0'/>x</svg> b <math>\n\nc", "<p>a  b </p>\n<p>c</p>"),
        ("`<title>` b\n\n    <title>\n", "<p><code>&lt;title&gt;</code> b</p>"),
    ],
)
def test_an_element_that_nothing_ends_swallows_no_text(text: str, expected: str) -> None:
    assert expected in markdown(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a vector<int> b\n\nc", "<p>a vector b</p>\n<p>c</p>"),
        ("to <domain>/<path> and <name>", "<p>to / and </p>"),
        ("<b>a <set>b</set></b> <List>c", "<p><b>a b</b> c</p>"),
        ("<math><mi>x</mi></math> <mi>y", "<p><math><mi>x</mi></math> y</p>"),
        ("a <svg><path d='x'/><text>b</text></svg> <path> c", "<p>a   c</p>"),
    ],
)
def test_words_in_angle_brackets_swallow_no_text(text: str, expected: str) -> None:
    """To the sanitiser some of them are SVG or MathML out of place."""
    assert expected in markdown(text)


def test_code_of_a_script_that_lost_its_end_is_not_shown() -> None:
    assert "var" not in markdown('a\n\n<script src="b.js">\nvar c = 1;\n')
