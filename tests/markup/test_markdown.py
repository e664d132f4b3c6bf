"""Rules of Markdown bodies and of summaries and pictures."""

from __future__ import annotations

import re
from typing import Any

import comrak
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.content import summary
from feedsvc.markup.extras import Extras
from feedsvc.markup.markdown import to_html
from feedsvc.model import Markup
from tests.content.bodies import html, markdown, rendered

# The newest wheel for Windows is 0.0.12; docs/content.md says what it does not know.
NEWER = pytest.mark.skipif(
    not hasattr(comrak.ExtensionOptions(), "cjk_friendly_emphasis"), reason="an old comrak"
)


@NEWER
def test_quotes_that_begin_with_a_sign_are_notes_where_the_site_says_so() -> None:
    html = to_html("> [!NOTE]\n> Mind *this*.", Extras(alerts=True))[0]
    assert '-title"><strong>Note</strong></p>\n<p>Mind <em>this</em>.</p>' in html
    assert "[!NOTE]" in to_html("> [!NOTE]\n> Mind *this*.")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('1. a\n<img src="/i.png">\n2. b', "</li>\n<li>b</li>\n</ol>"),
        ("- a\n  b\n<br>\n<br />\n*c*\n- d", "<em>c</em></li>\n<li>d</li>"),
        ("- a\n\n  b\n<span>\n*c*\n</span>", "<em>c</em>\n</span></p>\n</li>"),
        ("> a\n<br>\n*c*", "<em>c</em></p>\n</blockquote>"),
        ("- a\n<div>\n*c*\n</div>", "</ul>\n<div>\n*c*\n</div>"),
        ("- # a\n<br>\n*c*", "</ul>\n<br>\n*c*"),
        ("- ```\n  a\n  ```\n<br>\n*c*", "</ul>\n<br>\n*c*"),
        ("- a\n\nb\n\n<span>\n*c*", "<span>\n*c*"),
        ("- a\n<!-- b -->\n<br>\n*c*", "<br>\n*c*"),
        ("```\n- a\n<br>\n```", "- a\n&lt;br&gt;\n"),
    ],
)
def test_tags_alone_in_a_line_go_on_with_the_paragraph_of_an_item(text: str, expected: str) -> None:
    assert expected in to_html(text)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|a|\n|-|\n|b|", "<td>b</td>"),
        ("~~gone~~", "<del>gone</del>"),
        ("www.example.org", '<a href="http://www.example.org">'),
        ("- [x] done\n- [ ] open", "☑ done"),
        ("- [x] done\n- [ ] open", "☐ open"),
        ("term\n\n: meaning", "<dd>"),
        pytest.param("**重要。**然后", "<strong>重要。</strong>", marks=NEWER),
        ("## A *b*", '<h2 id="a-b">A <em>b</em></h2>'),
        ("```python\na < b\n```", '<pre><code class="language-python">a &lt; b\n</code></pre>'),
        ("a <kbd>x</kbd>", "<kbd>x</kbd>"),
        ("`{{ x }}` {% y %}", "<code>{{ x }}</code> {% y %}"),
    ],
)
def test_markdown_extensions(text: str, expected: str) -> None:
    assert expected in markdown(text)


@pytest.mark.parametrize(
    ("options", "text", "expected"),
    [
        ({"typographer": True}, '"a" -- it\'s...', "“a” – it’s…"),
        ({}, '"a" -- it\'s...', "&quot;a&quot; -- it's..."),
        (
            {"word_tildes": True},
            "1~5, 1~10 H~2~O ~x~ `a~b`",
            "1~5, 1~10 H~2~O <del>x</del> <code>a~b</code>",
        ),
        pytest.param(
            {"spans": ["==", "^"]},
            "字==a *b*==字 x^2^ H~2~O ++c++ `==`",
            "字<mark>a <em>b</em></mark>字 x<sup>2</sup> H<del>2</del>O ++c++ <code>==</code>",
            marks=NEWER,
        ),
        pytest.param(
            {"spans": ["++", "~"]},
            "==a== x^2^ H~2~O ~~b~~ ++c++ C++",
            "==a== x^2^ H<sub>2</sub>O <del>b</del> <ins>c</ins> C++",
            marks=NEWER,
        ),
        ({}, "==a== x^2^ ++c++", "==a== x^2^ ++c++"),
        ({"typographer": True}, "1 << 2", "1 « 2"),
        ({"typographer": True, "guillemets": False}, "1 << 2 >> 1", "1 &lt;&lt; 2 &gt;&gt; 1"),
        ({"breaks": True}, "a\n*b*  \nc", "a<br />\n<em>b</em><br />\nc"),
        ({"breaks": True}, "a\n<!-- more -->\nb\nc", "a</p>\n<p>b<br />\nc"),
        ({}, "a\nb", "a\nb"),
        ({"description_lists": False}, "term\n: meaning", "term\n: meaning"),
        ({"emoji": True}, ":tada: `:tada:` 12:30:15", "🎉 <code>:tada:</code> 12:30:15"),
        ({}, ":tada:", ":tada:"),
        ({"math": ["$"]}, "$a_1*b*c_2$ costs $5", "$a_1*b*c_2$ costs $5"),
        ({"math": ["$"]}, "$$\na_1 \\\\ b_2\n$$", "$$\na_1 \\\\ b_2\n$$"),
        pytest.param(
            {"math": ["\\(", "\\["]}, r"\(a_1 < b_2\) \[c\]", r"\(a_1 &lt; b_2\) \[c\]", marks=NEWER
        ),
        pytest.param(
            {"math": ["\\(", "$"]}, r"\(a_1\) and $$b_1$$", r"\(a_1\) and $$b_1$$", marks=NEWER
        ),
        ({}, r"\(a\)", "(a)"),
        ({"lone_tildes": True}, "1~5, 1~10 ~~d~~ ~~~e~~~", "1~5, 1~10 <del>d</del> ~<del>e</del>~"),
        (
            {"lone_tildes": True},
            "`~a~` [~b~](https://x.org/~c~) \\~",
            '<code>~a~</code> <a href="https://x.org/~c~">~b~</a> ~',
        ),
        ({}, "1~5, 1~10", "1<del>5, 1</del>10"),
    ],
)
def test_what_the_sites_own_renderer_adds(
    options: dict[str, Any], text: str, expected: str
) -> None:
    made = markdown(text, engine="hugo", options=options)
    assert made == f"<p>{expected}</p>\n"


def test_a_home_folder_right_behind_a_sign_of_cjk_strikes_nothing_through() -> None:
    text = "放在~/.config/下，再改~/.bashrc ~~删~~ `字~/a`"
    assert markdown(text, engine="hugo") == (
        "<p>放在~/.config/下，再改~/.bashrc <del>删</del> <code>字~/a</code></p>\n"
    )


def test_signature_behind_a_tilde_explains_no_term() -> None:
    assert markdown("the end\n\n~ Ada") == "<p>the end</p>\n<p>~ Ada</p>\n"
    assert "<p>~ Ada</p>" in markdown("> the end\n>\n> ~ Ada")
    assert "<dd>" in markdown("term\n\n: meaning\n\n~ Ada")


def test_raw_html_in_markdown_is_made_safe() -> None:
    assert markdown("a <b onclick=x>b</b><script>x</script>") == "<p>a <b>b</b></p>\n"


def test_unsafe_markdown_links_lose_their_address() -> None:
    assert markdown("[a](javascript:x) [b](foo:x)") == "<p><a>a</a> <a>b</a></p>\n"


def test_quotes_in_text_are_not_taken_for_attributes() -> None:
    assert "href=&quot;/x&quot;" in markdown('`a href="/x"`')


@pytest.mark.parametrize(
    ("text", "summary", "expected"),
    [
        (
            "- a\n\n  ```\n  <!--more-->\n  ```\n\nb",
            "a",
            "<pre><code>&lt;!--more--&gt;\n</code></pre>\n</li>",
        ),
        (
            "~~~\n<!--more-->\n~~~\n\na\n\n<!--more-->\n\nb",
            "<!--more--> a",
            "</pre>\n<p>a</p>\n<p>b</p>",
        ),
        ("- a\n\n  <!--more-->\n\n  b", "a", "<p>a</p>\n<p>b</p>\n</li>"),
    ],
)
def test_the_end_of_the_summary_ends_no_item_and_is_none_in_code(
    text: str, summary: str, expected: str
) -> None:
    content = rendered(text, Markup.MARKDOWN).content
    assert expected in content.html
    assert content.summary == summary


@pytest.mark.parametrize("marker", ["<!--more-->", "<!-- more -->", "<!-- MORE please -->"])
def test_the_summary_ends_at_the_marker(marker: str) -> None:
    made = rendered(f"one *two*\n\n{marker}\n\nthree", Markup.MARKDOWN)
    assert made.content.summary == "one two"
    assert made.content.html == "<p>one <em>two</em></p>\n<p>three</p>\n"
    assert rendered(f"<p>one</p>{marker}<p>two</p>").content.summary == "one"


def test_a_marker_shown_in_code_stays() -> None:
    made = markdown("first\n\n```\n<!--more-->\n```\n")
    assert "&lt;!--more--&gt;" in made
    assert "\ufdd0" not in made


@pytest.mark.parametrize("separator", ["<!-- cut -->", "\n----\n"])
def test_the_sites_own_separator_ends_the_summary(separator: str) -> None:
    body = f"one\n\ntwo\n\n{separator}\n\nthree"
    made = rendered(body, Markup.MARKDOWN, options={"excerpt_separator": separator})
    assert made.content.summary == "one two"


def test_a_written_summary_comes_first_and_is_plain_text() -> None:
    made = rendered("body", summary="A *fine* [link](/x) & <b>more</b>")
    assert made.content.summary == "A fine link & more"
    assert rendered("body", summary="plain  words").content.summary == "plain words"


def test_without_a_marker_the_first_paragraph_is_the_summary() -> None:
    made = rendered("# T\n\nFirst[^1] w<b>or</b>d.\n\nSecond.\n\n[^1]: note", Markup.MARKDOWN)
    assert made.content.summary == "First word."
    assert rendered("just text").content.summary == "just text"


def test_a_long_summary_is_cut_behind_a_sentence_or_a_word() -> None:
    sentence = "Twenty words make this. "
    cut = rendered(f"<p>{sentence * 30}</p>").content.summary
    assert cut.endswith("this.")
    assert 100 <= len(cut) <= 300
    words = rendered(f"<p>{'word ' * 100}</p>").content.summary
    assert words.endswith("word…")
    assert len(rendered("<p>" + "字" * 400 + "</p>").content.summary) == 301


def test_the_picture_is_the_posts_own_else_the_first_that_is_no_icon() -> None:
    assert rendered("", image="/i.png").content.image == "https://example.org/i.png"
    body = '<img src="/icon.png" width="16"><img src="/big.png?a=1&amp;b">'
    assert rendered(body).content.image == "https://example.org/big.png?a=1&b"
    assert rendered("<p>none</p>").content.image is None
    assert (
        rendered('<img src="/中 1.png">').content.image == "https://example.org/%E4%B8%AD%201.png"
    )


_IMAGES = (
    *("<img", "<IMG ", "<image", "<svg>", "</svg>", "<noscript>", "</noscript>", "<picture>", "<"),
    *(" src=/a.png", ' src="/a.png"', " data-src='/b.png'", ">", "/>", " alt='<i>'", "<p>", "x"),
    *("<div>", "</div>", "<!--", "-->", "&lt;", '"', "'", "<form>", "</form>", "<title>"),
)


@given(st.lists(st.sampled_from(_IMAGES), max_size=14).map("".join))
@example("<p>x</p><image src=/a.png>")
@example("<noscript><img src=/a.png></noscript>")
@example("<img data-src=/a.png>")
def test_the_picture_is_found_wherever_the_html_has_one(body: str) -> None:
    content = rendered(body).content
    assert content.image == summary.picture(content.html)


def test_an_empty_body_is_empty() -> None:
    assert html("") == ""
    assert markdown("") == ""


@pytest.mark.parametrize(
    ("hyphens", "dashes"),
    [(1, "-"), (2, "–"), (3, "—"), (4, "—-"), (5, "—–"), (6, "——"), (7, "——-"), (8, "——–")],
)
def test_hyphens_in_a_row_are_set_as_goldmark_does(hyphens: int, dashes: str) -> None:
    text = f"a {'-' * hyphens} b `{'-' * hyphens}`"
    html, _ = to_html(text, Extras(smart=True))
    assert html == f"<p>a {dashes} b <code>{'-' * hyphens}</code></p>\n"


def test_dashes_that_the_author_wrote_stay() -> None:
    html, _ = to_html("a –– b ---- c", Extras(smart=True))
    assert html.startswith("<p>a –– b ")


def test_a_bare_address_written_with_entities_is_escaped_once():
    html = to_html("https://a.org/?a=1&amp;b=2&amp;c `&amp;` [x](https://a.org/?a&amp;amp;b)")[0]
    address = "https://a.org/?a=1&amp;b=2&amp;c"
    assert f'<a href="{address}">{address}</a> <code>&amp;amp;</code>' in html
    assert '<a href="https://a.org/?a&amp;amp;b">x</a>' in html


def test_an_apostrophe_behind_an_element_is_no_opening_quote() -> None:
    html = to_html("__A__'s, *b*'ll `c`'re 'so' __D__'so'", Extras(smart=True))[0]
    assert re.sub(r"<[^>]*>", "", html) == "A’s, b’ll c’re ‘so’ D‘so’\n"


@pytest.mark.parametrize(("engine", "expected"), [("", "<p>b</p>"), ("hugo", "[!TIP]")])
def test_githubs_notes_are_some_in_a_plain_folder(engine: str, expected: str) -> None:
    assert expected in markdown("> [!TIP]\n> b", engine=engine)


def test_an_apostrophe_behind_a_sign_is_no_opening_quote() -> None:
    html = to_html("C++'s Yahoo!'s (a)'s \"b\"'s AT&'s; ('s') x = 's'", Extras(smart=True))[0]
    assert html == "<p>C++’s Yahoo!’s (a)’s “b”’s AT&amp;’s; (‘s’) x = ‘s’</p>\n"
