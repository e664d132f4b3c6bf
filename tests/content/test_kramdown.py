"""What kramdown reads otherwise than CommonMark; kramdown 2.4 was asked for each of these."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .bodies import markdown


def jekyll(text: str) -> str:
    return markdown(text, engine="jekyll")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a $$x_1 \\\\ y_2$$ b", "a \\(x_1 \\\\ y_2\\) b"),
        ("$$\n- a*b* \\\\\n= <c>\n$$", "\\[\n- a*b* \\\\\n= &lt;c&gt;\n\\]"),
        ("`$$` $$a_b_c$$ `$$x_1$$`", "<code>$$</code> \\(a_b_c\\) <code>$$x_1$$</code>"),
        ("costs $$ and\n\nnot *this*$$", "costs $$ and"),
        ("```\n$$a_b$$\n```", "$$a_b$$"),
        ("    ##$$$$%3(%%$$$###", "##$$$$%3(%%$$$###"),
    ],
)
def test_formulas_keep_their_signs(text: str, expected: str) -> None:
    assert expected in jekyll(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a | b |\n| c | d |", "<td>a</td>\n<td>b</td>"),
        ("|---|---|\n| a | b |", "<td>a</td>\n<td>b</td>"),
        ("a | b | c\n--|--\n1 | 2 | 3", "<td>3</td>"),
        ("| a |\n|---|\n| 1 | 2 |", "<td>2</td>"),
        ("| a | b |\n|---|--:|\n| 1 | 2 |", '<td align="right">2</td>'),
    ],
)
def test_tables_need_no_head_and_lose_no_cell(text: str, expected: str) -> None:
    assert expected in jekyll(text)


@pytest.mark.parametrize("text", ["text | more\nand | more", "| one\nline", "`a | b`"])
def test_bars_in_text_make_no_table(text: str) -> None:
    """The first is one to kramdown, to its authors' surprise."""
    assert "<table>" not in jekyll(text)


@pytest.mark.parametrize(
    ("definition", "href"),
    [
        ("\n[b]: https://x.org/b)\n[a]: https://x.org/a", "https://x.org/a"),
        ("\n[a]: https://x.org/a)", "https://x.org/a)"),
        ("\n[a]: https://x.org/a b.png", "https://x.org/a%20b.png"),
        ('\n[a]: https://x.org/a "Title"', "https://x.org/a"),
    ],
)
def test_definitions_of_links_do_not_spoil_each_other(definition: str, href: str) -> None:
    assert f'href="{href}"' in jekyll(f"[see][a]\n{definition}")


def test_definition_does_not_end_a_paragraph() -> None:
    assert "<a" not in jekyll("[see][a]\nText right above.\n[a]: /a(")


def test_escapes_in_a_bare_address_are_no_part_of_it() -> None:
    assert 'href="https://x.org/a_b_c"' in jekyll("https://x.org/a\\_b\\_c")
    assert "https://x.org/a\\_b" in jekyll("`https://x.org/a\\_b`")


def test_definitions_of_footnotes_and_in_code_are_left_alone() -> None:
    assert "<p>Note" in jekyll("a[^1]\n\n[^1]: Note (x)")
    assert "[a]: https://x.org/a)\n" in jekyll("```\ntext\n[a]: https://x.org/a)\n```")


def test_blanks_in_an_address_belong_to_it() -> None:
    assert 'src="https://example.org/a%20b.png"' in jekyll("![x](/a b.png)")
    assert "f[T](x: y)" in jekyll("def f[T](x: y)")
    assert "[a](/b c.png)" in jekyll("`[a](/b c.png)`")


def test_what_follows_a_footnote_without_an_indent_is_not_in_it() -> None:
    made = jekyll("[b] a[^1]\n\n[^1]: Note\n[b]: /c\n[^2]: Other")
    assert '<a href="https://example.org/c">b</a>' in made
    assert "<p>Note <a" in made
    made = jekyll("a[^1]\n\n[^1]: Note\n    goes on\nText")
    assert "<p>Note\ngoes on" in made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>a</p>\n[b](/c)", ">b</a>"),
        ("<div>\n<p>a</p>\n</div>\n*b*", "<em>b</em>"),
        ("<div>\na\n\n</div>\n*b*", "<em>b</em>"),
    ],
)
def test_text_right_behind_an_html_block_is_markdown(text: str, expected: str) -> None:
    assert expected in jekyll(text)


def test_text_within_an_html_block_is_not() -> None:
    assert "*b*" in jekyll("<div>\n<p>a</p>\n*b*\n</div>")


@given(st.text(alphabet="|$[]():<>-`\n ab/p.\"'\\", max_size=60))
def test_other_text_makes_no_trouble(text: str) -> None:
    assert isinstance(jekyll(text), str)
