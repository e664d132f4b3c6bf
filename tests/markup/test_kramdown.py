"""What kramdown reads otherwise than CommonMark; kramdown 2.4 was asked for each of these."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.bodies import markdown


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
        ("- a\n\n    - b $$x_1$$c_d_", "b \\(x_1\\)c_d_"),
        ("a\n$$x_1$$\nb", "a\n\\(x_1\\)\nb"),
        ("$$\n\na_b\n\nc*d*\n\n$$", "\\[\na_b\nc*d*\n\\]"),
        (r"e $$a\,b^{c} & d/e \% &lt;$$", r"\(a\,b^{c} &amp; d/e \% &amp;lt;\)"),
        ("<table>\n<td>$$x_1$$</td>\n</table>", "<td>$$x_1$$</td>"),
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
        ("a | b | c\nd | e | f", "<td>e</td>"),
        ("a | b\nc | d\ne | f\n\ntext", "<td>e</td>\n<td>f</td>"),
        ("a | b\n--|--\n\t\t | c", "<td></td>\n<td>c</td>"),
        ("a | b\n--:-|-:-\n1 | 2", '<td align="right">1</td>\n<td>2</td>'),
        ("| a | b |\n|---+--:|\n| 1 | 2 |", '<td>1</td>\n<td align="right">2</td>'),
        ("| a | b |\n|---| | --: | --: |\n| 1 | 2 |", '<td>1</td>\n<td align="right">2</td>'),
        ("a | b\n--|--\n`||` | or", "<td><code>||</code></td>\n<td>or</td>"),
        ("| `|` | ``a|b`` |", "<td><code>|</code></td>\n<td><code>a|b</code></td>"),
        ("1. x\n\n   |a|b|\n   |:-:|-|\n   |c|d|\n\n   y", "<td>d</td>\n</tr>\n</tbody>"),
        ("- x\n\n  |a|b|\n  |c|d|\n\n  y", "<td>c</td>\n<td>d</td>\n</tr>\n</tbody>"),
        ("|a|b|\n|-|-|\n|c|d|\n|---\n|e|f|\n|====\n|g|h", "<td>d</td>\n</tr>\n<tr>\n<td>e</td>"),
        ("|a|b|\n|-|-|\n|c|d|\n|=+=|\n|g|h", "<td>d</td>\n</tr>\n<tr>\n<td>g</td>"),
        ("|a|b|\n|c|d|\n \t\ntext", "<td>c</td>\n<td>d</td>\n</tr>\n</tbody>"),
        ("|a|b|\n|-|-|\n| |x|\n|y=|-|", "<td></td>\n<td>x</td>\n</tr>\n<tr>\n<td>y=</td>\n<td>-"),
    ],
)
def test_tables_need_no_head_and_lose_no_cell(text: str, expected: str) -> None:
    assert expected in jekyll(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("````\na\n```\n*e*\n\n```\nb\n```", ["a\n", "b\n"]),
        ("```\na\n```\n`````x\n\nb\n```\n\n*e*", ["a\n", "\nb\n"]),
        ("````md\n```\na\n```\n````\n*e*", ["```\na\n```\n"]),
        ("~~~\n````\n~~~\n*e*", ["````\n"]),
    ],
)
def test_a_fence_that_none_of_its_length_ends_is_a_shorter_one(text: str, code: list[str]) -> None:
    made = jekyll(text)
    assert re.findall(r"<pre><code[^>]*>(.*?)</code>", made, re.DOTALL) == code
    assert "<em>e</em>" in made


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1. a\n   ```\nb *c*\n   ```\n2. d\n\n*e*", "b *c*\n"),
        ("- a\n\n  ```\nb\n   c\n\nf\n```\n- d\n\n*e*", "b\n c\n\nf\n"),
        ("- ```\nb\n```\n- d\n\n*e*", "b\n"),
        ("- a\n  - b\n\n    ~~~\n  c\n    ~~~\n- d\n\n*e*", "c\n"),
        ("a\n\n   ```\nb:\n  c\n```\n\n*e*", "b:\n  c\n"),
        ("- a\n\n      ```sh\n\nb\n\n```sh\nc\n```\n\n*e*", "c\n"),
    ],
)
def test_code_may_be_less_indented_than_its_fence(text: str, code: str) -> None:
    """The last of these has a fence that nothing ends in front of another."""
    made = jekyll(text)
    assert re.findall(r"<pre><code[^>]*>(.*?)</code>", made, re.DOTALL)[-1] == code
    assert made.endswith("<p><em>e</em></p>\n")


@pytest.mark.parametrize(
    "text",
    [
        "text | more\nand | more",
        "| one\nline",
        "`a | b`",
        "- a | b | c\n- d | e | f",
        "a | b | c\nd | e",
    ],
)
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
    made = jekyll("`code` [![x](a b.png)](/c (d) e.pdf 'T t')")
    assert 'href="https://example.org/c%20(d)%20e.pdf" title="T t"><img src=' in made
    assert "/a%20b.png" in made
    assert "(see e.g. b)" in jekyll("a[^1](see e.g. b)\n\n[^1]: Note")
    assert "<div>\n[a](/b c.png)\n</div>" in jekyll("<div>\n[a](/b c.png)\n</div>")


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
        ('<h2 id="a">a</h2>\n### *b*', "<em>b</em></h3>"),
        ("<ul>\n<li>a</li>\n</ul>\n<strong>c</strong> [b](/c)", ">b</a>"),
        ("<div>a</div><div>c</div> *b*", "<em>b</em>"),
        ("<div>\n<p>a</p> *b*\n</div>", "*b*"),
        ("<span>a<div>c</div> d</span>", "d"),
    ],
)
def test_text_right_behind_an_html_block_is_markdown(text: str, expected: str) -> None:
    assert expected in jekyll(text)


def test_text_within_an_html_block_is_not() -> None:
    assert "*b*" in jekyll("<div>\n<p>a</p>\n*b*\n</div>")


@pytest.mark.parametrize("tag", ["<br>", "  <br/>", "<span>", "</a>", '<img src="/a.png">'])
def test_a_tag_of_text_alone_on_its_line_begins_a_paragraph_of_markdown(tag: str) -> None:
    """For CommonMark it begins a block of HTML, which a blank line ends."""
    made = jekyll(f"a\n\n{tag}\n*b* [c](/c)")
    assert "<em>b</em>" in made
    assert ">c</a>" in made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <code>`</code> and <code>`</code>", "<code>`</code> and <code>`</code>"),
        ("a <code>``X``</code> b", "<code>``X``</code>"),
        ("a <kbd>\\<leader\\>i</kbd>", "<kbd>\\&lt;leader\\&gt;i</kbd>"),
        ("a <code>x*y*z &lt;b&gt; <b>q</b></code>", "<code>x*y*z &lt;b&gt; <b>q</b></code>"),
        ("`<code>` *a* `</code>`", "<code>&lt;code&gt;</code> <em>a</em>"),
        ("<div>\na <code>x*y*</code>\n</div>", "<code>x*y*</code>"),
        ("a <code>~/.ssh/id_a, x@y_z</code>", "<code>~/.ssh/id_a, x@y_z</code>"),
        ('<code><body class="a_b"></code>', '<code>&lt;body class="a_b"&gt;</code>'),
        ("<code><item></code> <kbd><p></kbd>", "<code>&lt;item&gt;</code> <kbd>&lt;p&gt;</kbd>"),
        ("<code><b>x</b> <em>y<br></code>", "<code><b>x</b> &lt;em&gt;y<br></code>"),
        ("<code>List<A<B>></code>", "<code>List&lt;A&lt;B&gt;&gt;</code>"),
    ],
)
def test_what_stands_in_code_written_as_html_is_no_markdown(text: str, expected: str) -> None:
    assert expected in jekyll(text)


def test_indented_tags_within_an_html_block_are_no_code() -> None:
    made = jekyll("<blockquote>\n\n    <p>a <b>b</b></p>\n\n</blockquote>\n\n    <c>\n")
    assert "<p>a <b>b</b></p>" in made
    assert "<code>&lt;c&gt;" in made


def test_a_pre_goes_on_behind_blank_lines_wherever_it_begins() -> None:
    code = "a\n\n    &quot;b&quot; *c*\n\n<d@e.org>\n"
    table = "<table>\n\t<td><pre>{}</pre>\n\t</td>\n\t<td>*</td>\n</table>"
    for around in ("<p>a</p>\n<pre>{}</pre>", "<div><pre>{}</pre></div>", table):
        assert 'a\n\n    "b" *c*\n\n&lt;d@e.org&gt;\n</pre>' in (
            made := jekyll(around.format(code))
        )
        assert "&lt;" not in made.replace("&lt;d@", "")


def test_what_follows_a_comment_in_its_line_is_markdown() -> None:
    assert "<em>b</em>" in jekyll("a\n\n<!-- more -->*b* c")
    assert "&lt;!-- a --&gt; *b*" in jekyll("```\n<!-- a --> *b*\n```")


def test_emphasis_of_a_comment_alone_is_nothing() -> None:
    assert "<li><strong>b</strong> c" in jekyll("- **<!--a-->****b** c")


def test_backslashes_before_signs_without_a_meaning_are_seen() -> None:
    made = jekyll(r"a \\( b\,c \\) \% `\^` \* [d](/e\&f)")
    assert made == (
        r"<p>a \( b\,c \) \% <code>\^</code> * "
        '<a href="https://example.org/e&amp;f">d</a></p>\n'
    )


def test_attributes_in_items_of_lists_are_no_code() -> None:
    made = jekyll('1. a\n\n    ![b](/c.png){: .x }{: width="5"}\n\n       {: .code}\n')
    assert made.count("{:") == 1
    assert "<code>{: .code}" in made


def test_an_escaped_parenthesis_in_an_address_closes_one_all_the_same() -> None:
    made = jekyll("[a](https://x.org/a_(b\\)#c) d `[a](b(c\\))`")
    assert '<a href="https://x.org/a_(b)#c">a</a> d' in made
    assert "<code>[a](b(c\\))</code>" in made


@given(st.text(alphabet="|$[]():<>-`~\n ab/p.\"'\\", max_size=60))
def test_other_text_makes_no_trouble(text: str) -> None:
    assert isinstance(jekyll(text), str)


def test_ids_of_headings_that_a_line_underscores_are_no_text() -> None:
    assert jekyll("Title {#id}\n---\n\nOther {:.a}\n=====\n\nno {#id}") == (
        '<h2 id="title">Title</h2>\n<h1 id="other">Other</h1>\n<p>no {#id}</p>\n'
    )


def test_a_pre_behind_another_in_its_line_goes_on_behind_blank_lines() -> None:
    text = (
        "<table><tr><td><pre>1\n2</pre></td><td><pre>a _b_\n\nc_d_</pre></td></tr></table>\n\n*e*"
    )
    made = jekyll(text)
    assert "a _b_\n\nc_d_</pre>" in made
    assert made.endswith("<p><em>e</em></p>\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`a``b` c", "<code>a</code><code>b</code> c"),
        ("`a```b`` c", "<code>a</code><code>b</code> c"),
        ("``a`b`` c `d`", "<code>a`b</code> c <code>d</code>"),
        ("a `` b `c`", "a `` b <code>c</code>"),
    ],
)
def test_code_ends_at_the_first_backtick_that_may_end_it(text: str, expected: str) -> None:
    assert jekyll(text) == f"<p>{expected}</p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the <body> of a `<div>`", "the &lt;body&gt; of a <code>&lt;div&gt;</code>"),
        ("before </body> and <iframe>-based", "before &lt;/body&gt; and &lt;iframe&gt;-based"),
        ("a <b>c</b> <section>d</section>", None),
        ("a<p>b", None),
        ("a <pre> *b*", "a &lt;pre&gt; <em>b</em>"),
        ("a <pre>\nb\n</pre>", None),
        ("`a\nb` is `<html>` now", "<code>a b</code> is <code>&lt;html&gt;</code> now"),
    ],
)
def test_tags_of_blocks_are_text_within_text(text: str, expected: str | None) -> None:
    shown = expected is not None
    assert ("&lt;" in jekyll(text)) == shown
    assert not shown or jekyll(text) == f"<p>{expected}</p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <?php echo 1; ?> b", "<p>a &lt;?php echo 1; ?&gt; b</p>\n"),
        ("<?php\n\n*a*", "<p>&lt;?php</p>\n<p><em>a</em></p>\n"),
        ("`<?php` <?= 1", "<p><code>&lt;?php</code> &lt;?= 1</p>\n"),
        ("<div>\n<?php ?>a\n</div>", "<div>\na\n</div>\n"),
        (">     <?php\n>     <b>", None),
        ("1) a\n\n    <?php\n    <b>", None),
    ],
)
def test_instructions_are_text_but_in_a_block_of_html(text: str, expected: str | None) -> None:
    expected = expected or "<pre><code>&lt;?php\n&lt;b&gt;\n</code></pre>"
    assert expected in jekyll(text)


def test_tags_within_a_block_of_html_are_tags() -> None:
    assert "&lt;" not in jekyll("<div>\na <li>b\n</div>\n\n- <ul><li>c</li></ul>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1) a\n2) b", "<p>1) a\n2) b</p>"),
        ("a\n1) b", "<p>a\n1) b</p>"),
        ("- 1) a", "<li>1) a</li>"),
        ("1. a\n2. b", "<li>a</li>"),
        ("<pre>\nb\n1) a\n</pre>", "b\n1) a\n</pre>"),
        ("<div>\n1) a\n</div>", "<div>\n1) a\n</div>"),
        ("    1) a", "<code>1) a\n</code>"),
        (">     1) a", "<code>1) a\n</code>"),
    ],
)
def test_a_number_before_a_parenthesis_begins_no_list(text: str, expected: str) -> None:
    assert expected in jekyll(text)


def test_it_does_where_the_site_has_commonmark() -> None:
    assert "<ol>" in markdown("1) a", engine="jekyll", options={"markdown": "CommonMarkGhPages"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**a:**b", "<strong>a:</strong>b"),
        ("a**(b)**c", "a<strong>(b)</strong>c"),
        ("a ** b ** c", "a ** b ** c"),
        ("**a\nb.**c *d,*e", "<strong>a\nb.</strong>c <em>d,</em>e"),
        ("**http://a.b/**를", '<strong><a href="http://a.b/">http://a.b/</a></strong>를'),
        ("[a](b/*c,*d)", '<a href="https://example.org/blog/2020/a/b/*c,*d">a</a>'),
        ("2**3 and (4)**5", "2<strong>3 and (4)</strong>5"),
        ("`a**(b)**c` **d.**e", "<code>a**(b)**c</code> <strong>d.</strong>e"),
    ],
)
def test_asterisks_emphasize_whatever_is_beside_them(text: str, expected: str) -> None:
    assert jekyll(text) == f"<p>{expected}</p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"a (\__proto__), \__my_func__", "a (__proto__), __my_func__"),
        (r"`\__a__` *\__b__*", r"<code>\__a__</code> <em>__b__</em>"),
        (r"\___a___ \__b__c", "_<strong>a</strong>_ __b__c"),
    ],
)
def test_one_underscore_is_not_closed_by_two(text: str, expected: str) -> None:
    assert jekyll(text) == f"<p>{expected}</p>\n"


def test_code_may_follow_a_heading_without_a_blank_line() -> None:
    assert "<code>a\\,b {:c}\n</code>" in jekyll("# Title\n    a\\,b {:c}\n")
    assert "<code>" not in jekyll("#title\n    a")


def test_types_in_a_pre_are_no_tags() -> None:
    assert "Map&lt;K, V&gt;()" in jekyll("<pre>\nMap<K, V>()\n</pre>")


def test_what_follows_a_pre_within_a_block_of_html_is_still_html() -> None:
    text = '<table>\n<td>a\n  <pre>b</pre>\n<code>c = ""</code>\n</td>\n</table>'
    assert '<code>c = ""</code>' in jekyll(text)


def test_an_address_goes_on_in_the_next_line() -> None:
    assert 'href="https://x.org/b"' in jekyll("[a](https://\nx.org/b)")
    assert 'href="https://x.org/b/c"' in jekyll("[a](htt\nps://x.org/\n  b/c)")
    assert 'title="b"' in jekyll('[a](https://x.org/\n"b")')
    assert "](b" in jekyll("[a](b\nc)")


def test_a_title_may_hold_quotes() -> None:
    expected = 'href="https://x.org" title="a &quot;b&quot; c"'
    assert expected in jekyll('[a](https://x.org "a "b" c") and "d" (e "f")')
    assert jekyll('[a](/b "c") [d](/e "f")').count("<a ") == 2


def test_text_right_behind_a_rule_in_html_is_markdown() -> None:
    assert "<em>a</em>" in jekyll("<hr>\n*a*")
    assert "*b*" in jekyll("<div>\n<hr>\n*b*\n</div>")


def test_no_sign_of_ours_is_left_in_an_address() -> None:
    assert "%EF%B7%92" not in jekyll("a.**http://x.org/**b and c.**d**e")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**a\xa0** b", "<p><strong>a&nbsp;</strong> b</p>"),
        ("a*\xa0b*, c", "<p>a<em>&nbsp;b</em>, c</p>"),
        ("**a\u3000**b", "<p><strong>a\u3000</strong>b</p>"),
        ("**a ** b", "<p>**a ** b</p>"),
        ("a*\u2019*b *-*c", "<p>a<em>\u2019</em>b <em>-</em>c</p>"),
        ("***a:***b *c*", "<p><em><strong>a:</strong></em>b <em>c</em></p>"),
        ("**a\n-**b", "<p><strong>a\n-</strong>b</p>"),
    ],
)
def test_wide_blanks_and_single_signs_may_be_beside_asterisks(text: str, expected: str) -> None:
    assert jekyll(text).replace("\xa0", "&nbsp;") == f"{expected}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```a``` b\n\n[c](/d){:.e}", "<code>a</code> b</p>"),
        ("~~~a b~~~\n\n[c](/d){:.e}", "<p>~<del>a b</del>~</p>"),
        ("~~~\n~~~a~~~\n~~~\n\n[c](/d){:.e}", "<pre><code>~~~a~~~\n</code></pre>"),
    ],
)
def test_code_and_strokes_that_begin_a_line_are_no_fence(text: str, expected: str) -> None:
    made = markdown(text, engine="jekyll", options={"lone_tildes": True})
    assert expected in made
    assert made.endswith('d">c</a></p>\n')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">     a\\%b $$x_1$$ {:.c}", "a\\%b $$x_1$$ {:.c}"),
        ("> a\n>\n> \tb *c*\n>\td", "b *c*\nd"),
    ],
)
def test_code_in_a_quote_is_code(text: str, expected: str) -> None:
    assert f"<pre><code>{expected}\n</code></pre>" in jekyll(text)


def test_shifts_in_code_are_no_quotes() -> None:
    options = {"typographer": True}
    made = markdown('<code>1 << 2 >> "3"</code> << a', engine="jekyll", options=options)
    assert made == '<p><code>1 &lt;&lt; 2 &gt;&gt; "3"</code> « a</p>\n'


@pytest.mark.parametrize("engine", ["jekyll", "pelican"])
@pytest.mark.parametrize("fence", ["```", "```ruby", "~~~", "````\n\n```\na\n```\n\n~~~"])
def test_a_fence_that_nothing_ends_is_none(engine: str, fence: str) -> None:
    made = markdown(f"{fence}\na\n\n[b][c]\n\n[c]: /d", engine=engine)
    assert made.endswith('<p><a href="https://example.org/d">b</a></p>\n')
    assert "<pre>" in markdown(f"{fence}\na", engine="hugo")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\\\\\nb", "<p>a<br />\nb</p>"),
        ("> a\\\\\n> b", "<p>a<br />\nb</p>"),
        ("a\\\\\n\nb", "<p>a\\</p>"),
        ("$$\na\\\\\nb\n$$", "\\[\na\\\\\nb\n\\]"),
        ("```\na\\\\\nb\n```", "a\\\\\nb"),
    ],
)
def test_two_backslashes_break_a_line(text: str, expected: str) -> None:
    assert expected in jekyll(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&lt;script>\n</script>\n\n*a*\n", "&lt;script&gt;\n&lt;/script&gt;\n\n*a*\n"),
        ("</style> </textarea>\n\n*a*\n", "&lt;/style&gt; &lt;/textarea&gt;\n\n*a*\n"),
        ("a <script>b\n</script>", "a "),
    ],
)
def test_the_end_of_another_element_ends_no_listing(text: str, expected: str) -> None:
    assert jekyll(f"<pre>{text}</pre>\n\nb *c*") == f"<pre>{expected}</pre>\n<p>b <em>c</em></p>\n"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("1. a\n2. b\n  - c\n  - d\n3. e", "ol(a b ul(c d) e)"),
        ("1. a\n- b\n- c\n2. d", "ol(a ul(b c) d)"),
        ("- a\n1. b\n2. c\n- d", "ul(a ol(b c) d)"),
        ("10. a\n  - b\n11. c", "ol(a ul(b) c)"),
        ("- a\n\n  1. b\n   - c\n- d", "ul(a ol(b ul(c)) d)"),
        ("1. a\n\n- b", "ol(a) ul(b)"),
        ("* a\n- b", "ul(a) ul(b)"),
    ],
)
def test_a_list_of_another_kind_right_below_an_item_is_in_it(text: str, shape: str) -> None:
    made = re.sub(r"<(ol|ul)[^>]*>", r"\1(", jekyll(text))
    made = re.sub(r"</?(?:li|p)>", " ", re.sub(r"</(?:ol|ul)>", ") ", made))
    assert re.sub(r"(?<=\() | (?=\))", "", " ".join(made.split())) == shape
