"""What Python-Markdown reads otherwise than CommonMark; version 3.10 was asked for each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.bodies import markdown

_SMARTY = {"typographer": True, "guillemets": False}


def pelican(text: str) -> str:
    return markdown(text, engine="pelican")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n- b\n\n- c", "<p>a\n- b</p>\n<ul>\n<li>c</li>\n</ul>"),
        ("a\n+ b\n2. c * d", "<p>a\n+ b\n2. c * d</p>"),
        ("1) a (1) b", "<p>1) a (1) b</p>"),
        ("# a\n- b", "<li>b</li>"),
        ("- a\n- b", "<li>a</li>\n<li>b</li>"),
        ("- a\n    - b", "<li>b</li>"),
        ("$$\na =\n- b\n$$", "$$\na =\n- b\n$$"),
        ("<div>\na\n- b\n</div>", "<div>\na\n- b\n</div>"),
        ("    a\n    - b", "<code>a\n- b\n</code>"),
        ("a\n* * *\nb", "<p>a</p>\n<hr />\n<p>b</p>"),
        ("a\n- - -\n- b", "<p>a</p>\n<hr />\n<ul>\n<li>b</li>"),
    ],
)
def test_a_list_begins_behind_a_blank_line_only(text: str, expected: str) -> None:
    assert expected in pelican(text)


@pytest.mark.parametrize("text", ["##Title", "##\xa0Title", "## Title", "##  Title ##"])
def test_a_heading_needs_no_blank_behind_its_signs(text: str) -> None:
    assert pelican(text) == '<h2 id="title">Title</h2>\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$x\;y\,z$ \* \_", r"$x\;y\,z$ * _"),
        (r"`a\;b` \\;", r"<code>a\;b</code> \;"),
        (r"a\<b\>c", r"a\&lt;b&gt;c"),
        (r"can\'t \"", r"can\'t \&quot;"),
    ],
)
def test_backslashes_before_signs_without_a_meaning_are_seen(text: str, expected: str) -> None:
    assert pelican(text) == f"<p>{expected}</p>\n"


def test_the_language_of_code_is_told_behind_a_line_of_blanks_too() -> None:
    assert "<pre><code>b\n</code></pre>" in pelican("a\n    \n    :::bash\n    b\n")


def test_an_address_goes_on_in_the_next_line() -> None:
    assert 'href="https://x.org/b"' in pelican("[a](https://\nx.org/b)")


def test_blanks_in_an_address_belong_to_it() -> None:
    made = pelican('[a](https://x.org/b c.pdf "T") `[a](/b c)`')
    assert 'href="https://x.org/b%20c.pdf" title="T"' in made
    assert "<code>[a](/b c)</code>" in made


def test_text_right_behind_a_block_of_html_is_markdown() -> None:
    text = '<blockquote>a</blockquote> <script src="x"></script>\n*b*'
    assert "<p><em>b</em></p>" in pelican(text)


@pytest.mark.parametrize(
    "text",
    [
        "[a][b]\n[b]: http://x.org",
        "[a][b]\n\n[c]: is not\n[b]: http://x.org 'T'\n[d]: /e",
        "- [a][b]\n[b]: http://x.org (T)",
    ],
)
def test_labels_are_defined_right_below_text_too(text: str) -> None:
    made = pelican(text)
    assert '<a href="http://x.org"' in made
    assert "]: http" not in made


@pytest.mark.parametrize("before", ["", "<!-- c -->\n"])
def test_text_right_behind_a_tag_of_text_is_markdown(before: str) -> None:
    made = pelican(f'{before}<img src="/a.png">\n*b*')
    assert made.strip() == '<p><img src="https://example.org/a.png">\n<em>b</em></p>'


@given(st.text(st.sampled_from("a#-+*1.) \n\\`$<>&;\xa0|"), max_size=40))
def test_other_text_makes_no_trouble(text: str) -> None:
    pelican(text)


def test_smarty_sets_quotes_and_backslashes_protect_them() -> None:
    made = markdown(r"""can\'t don't "a" b << c""", engine="pelican", options=_SMARTY)
    assert made == "<p>can't don’t “a” b &lt;&lt; c</p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a -- b --- c...", "a \u2014 b \u2014 c…"),
        ("`a -- b` c -- d", "<code>a -- b</code> c \u2014 d"),
        ("1&ndash;2 -- 3", "1\u20132 \u2013 3"),
    ],
)
def test_typogrify_makes_a_long_dash_of_two_hyphens(text: str, expected: str) -> None:
    made = markdown(text, engine="pelican", options={**_SMARTY, "long_dashes": True})
    assert made == f"<p>{expected}</p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![a](b.png){.right #i} *c*{.d}", '<img src="https://example.org/blog/2020/a/b.png"'),
        ("[![a](/b.png){ .x }](/c)", '<img src="https://example.org/b.png" alt="a" /></a>'),
        ("`a`{.py} `{.py}`", "<code>a</code> <code>{.py}</code>"),
        ("[a](/b){target=_blank} c", '<a href="https://example.org/b">a</a> c'),
        ("a\n{.b}", "<p>a</p>"),
        ("## A {#b .c}", '<h2 id="a">A</h2>'),
        ("{.a}", "<p>{.a}</p>"),
        ("$\\sum_{i=1}^{n}$", "$\\sum_{i=1}^{n}$"),
        ("    *a*{.b}", "<code>*a*{.b}\n</code>"),
    ],
)
def test_lists_of_attributes_need_no_colon(text: str, expected: str) -> None:
    assert expected in pelican(text)
    assert ("{" in pelican(text)) == ("{" in expected)
