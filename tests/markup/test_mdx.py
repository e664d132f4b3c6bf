"""MDX and remark directives in bodies of Astro, Next.js and Gatsby."""

from __future__ import annotations

import pytest

from feedsvc.model import Markup
from tests.bounds import bounded
from tests.content.bodies import codes, markdown, rendered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>\n    ![a](/x.png)\n</div>", '<img src="https://example.org/x.png" alt="a">'),
        ("<Box a={1}>\n  **b**\n</Box>", "<strong>b</strong>"),
        ("<note-box>\n\t**b**\n</note-box>", "<strong>b</strong>"),
        ("<div>\n  - a\n    - b\n</div>", "<li>a\n<ul>\n<li>b</li>"),
        ("```\n<div>\n    a\n```", "&lt;div&gt;\n    a"),
    ],
)
def test_tags_alone_in_their_lines_are_about_markdown(text: str, expected: str) -> None:
    assert expected in markdown(text, engine="astro", path="a.mdx")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {/* x */}b{/* y */}", "<p>a b</p>"),
        ("a\n\n{/*\nhidden\n\n<B>\n*/}\n\nb", "<p>a</p>\n<p>b</p>"),
        ("a {/* x\nimport y from 'z' */} b\n\nc", "<p>a\nb</p>\n<p>c</p>"),
        ("a {/* x\ny */}b{/* z\n*/}\nc", "<p>a\nb\nc</p>"),
        ("`{/* x */}` {/* y */}", "<p><code>{/* x */}</code></p>"),
        ("```\n{/* x\n*/}\n```", "{/* x\n*/}\n"),
        ("a {/* x\n\nb", "<p>a {/* x</p>\n<p>b</p>"),
        ("{/* x\n*/}\n\na {/* y", "<p>a {/* y</p>"),
    ],
)
def test_comments_are_removed_over_lines_too(text: str, expected: str) -> None:
    assert expected in markdown(text, engine="docusaurus", path="blog/a.md")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<Box information={`a > b.\\n*c*`}>\n\nb\n\n</Box>", "<p>b</p>\n"),
        ("<Box a={`b`} c={`${d}`} e />f", "<p>f</p>\n"),
        ("<Box\n  a={['b', 'c']}\n  d\n>\n\nb\n\n</Box>", "<p>b</p>\n"),
        ("<Box\n  a={`b`}\n  c={1}\n/>\n\nb", "<p>b</p>\n"),
        (
            "a <img src={`/x.png`} alt={`a ${b}`} /> c",
            '<p>a <img src="https://example.org/x.png"> c</p>\n',
        ),
        ("`<Box a={` b `}>`", "<p><code>&lt;Box a={</code> b <code>}&gt;</code></p>\n"),
        ("`` <Box a={`b`}> ``", "<p><code>&lt;Box a={`b`}&gt;</code></p>\n"),
        ("```\n<Box a={`b`}>\n```", "<pre><code>&lt;Box a={`b`}&gt;\n</code></pre>\n"),
    ],
)
def test_attributes_may_be_template_literals_and_tags_end_in_lines_of_their_own(
    text: str, expected: str
) -> None:
    assert markdown(text, engine="astro", path="a.mdx") == expected


@pytest.mark.parametrize(
    "text", ["<A b={`" * 20_000, "<A " + "b={`c`} " * 20_000, "<A\n" + "b={`\n" * 20_000]
)
def test_tags_without_an_end_take_no_long_time(text: str) -> None:
    bounded(markdown, text, engine="astro", path="a.mdx")


@pytest.mark.parametrize(
    "module",
    [
        "import A from 'a'\nimport 'b'",
        "import {\n  A,\n  B,\n} from 'x';",
        "import A, {\n  B } from 'x'\nexport {\n  B }",
        "export const x = {\n  a: 1,\n\n  b: [\n    2],\n};\nconst y = x",
        "export default () => (\n  <div>\n    *hidden*\n  </div>\n)",
    ],
)
@pytest.mark.parametrize("engine", ["astro", "docusaurus"])
def test_modules_are_code_to_the_next_blank_line(module: str, engine: str) -> None:
    made = markdown(f"{module}\n\n*words*\n\n{module}\n", engine=engine, path="blog/a.mdx")
    assert made == "<p><em>words</em></p>\n"


def test_code_without_an_end_takes_no_words_with_it() -> None:
    text = "export const sad = ':('\n\nOne.\n\n" + "export const a = [\n\n" * 10_000 + "Two."
    assert markdown(text, engine="astro", path="a.mdx") == "<p>One.</p>\n<p>Two.</p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":::note\nWords.\n:::", "<p><strong>Note</strong></p>\n<p>Words.</p>"),
        (":::tip Own *title*\nWords.\n:::", "<strong>Own <em>title</em></strong>"),
        (
            ":::tip[a [b](https://x.org)]\nc\n:::",
            '<strong>a <a href="https://x.org">b</a></strong>',
        ),
        ("``` x ```\n\n:::note\nWords.\n:::", "<strong>Note</strong>"),
        (":::tip[Own *title*]{.x}\nWords.\n:::", "<strong>Own <em>title</em></strong>"),
        ("a ::: b", "a ::: b"),
        ("```\n:::note\n```", ":::note"),
        ("<p style={{color: 'red'}} id=\"x\">a</p>", "a"),
    ],
)
def test_directives_and_objects_of_attributes_leave_their_words(text: str, expected: str) -> None:
    made = markdown(text, engine="astro")
    assert expected in made
    assert "{{" not in made


def test_objects_of_attributes_stay_in_code() -> None:
    made = markdown("`<A b={{c: 1}}>` <i style={{d: `e`}}>f</i>", engine="astro")
    assert made == "<p><code>&lt;A b={{c: 1}}&gt;</code> <i>f</i></p>\n"


@pytest.mark.parametrize("suffix", ["md", "mdx"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<iframe src="https://www.youtube.com/embed/x" />\n\n**b**', "<strong>b</strong>"),
        ('<video src="/a.mp4" controls />\n\n**b**', "</video></p>\n<p><strong>b</strong>"),
        ("a<br />*b*", "a<br><em>b</em>"),
        ("`<i />`", "<code>&lt;i /&gt;</code>"),
    ],
)
def test_elements_that_jsx_leaves_empty_swallow_nothing(
    text: str, expected: str, suffix: str
) -> None:
    assert expected in markdown(text, engine="astro", path=f"a.{suffix}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<img src='/a.png' width={28} alt={x} />",
            '<img src="https://example.org/a.png" width="28">',
        ),
        ('<a href={"https://x.org"} onClick={() => 1}>y</a>', '<a href="https://x.org">y</a>'),
        ("<img src={useBaseUrl('/a.png')} />", 'src="https://example.org/blog/a.png"'),
        ("<img src={require('./a.png').default} />", 'src="https://example.org/blog/2020/a/a.png"'),
        ("`<img width={28} />`", "<code>&lt;img width={28} /&gt;</code>"),
        ('<video\n  width={70}\n  src="/a.mp4"\n/>\n\n**b**', '<video width="70" src='),
        ("<Box\n  a={1}\n  b={(x) => y}\n/>\n\nb", "<p>b</p>"),
        ("<>\n*b*\n</>", "<em>b</em>"),
        ("<summary>**a** `b`</summary>", "<strong>a</strong> <code>b</code>"),
        ("<p>*a*</p>", "<p><em>a</em></p>"),
        ("<td>a</td>", "a"),
        ("<pre>\n   *a*\n     b\n</pre>", "   *a*\n     b\n"),
        ("```\n<Box\n  a={1}\n/>\n```", "&lt;Box\n  a={1}\n/&gt;"),
    ],
)
def test_elements_are_read_as_jsx(text: str, expected: str) -> None:
    for engine, path in (("astro", "a.mdx"), ("docusaurus", "a.md")):
        made = markdown(text, engine=engine, path=path)
        assert expected in made
        assert "&lt;/" not in made


def test_findings_name_the_line_in_which_a_component_begins() -> None:
    text = "\n\n<Box\n  a={1}\n/>\n\n:::note\nx\n:::\n\n<Bar/>"
    (found,) = rendered(text, Markup.MARKDOWN, engine="docusaurus").findings
    assert found.line == 3
    assert "Bar (line 11)" in found.message


def test_an_element_in_code_is_not_open() -> None:
    made = markdown("a `<pre>` b\n\n<Box />\n\nc", engine="docusaurus", path="a.mdx")
    assert made == "<p>a <code>&lt;pre&gt;</code> b</p>\n<p>c</p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::: code-group\na\n:::", "<p>a</p>\n"),
        ("::: {.column width=50%}\na\n:::", "<p>a</p>\n"),
        (":::tip\na\n:::\nb", "<p><strong>Tip</strong></p>\n<p>a</p>\n<p>b</p>\n"),
    ],
)
def test_containers_that_only_arrange_what_is_in_them_have_no_title(
    text: str, expected: str
) -> None:
    assert markdown(text, engine="astro", path="a.md") == expected


@pytest.mark.parametrize(
    ("text", "expected", "told"),
    [
        ('::github{repo="a/b"}', '<p><a href="https://github.com/a/b">a/b</a></p>\n', []),
        ("::github{repo=a/b}", '<p><a href="https://github.com/a/b">a/b</a></p>\n', []),
        ("::video[A *film*]{#x}", "<p>A <em>film</em></p>\n", ["component-removed"]),
        ("::video{#x}\n\na", "<p>a</p>\n", ["component-removed"]),
        ("::video", "<p>::video</p>\n", []),
        ("a ::b{c}", "<p>a ::b{c}</p>\n", []),
        ("```\n::b{c}\n```", "<pre><code>::b{c}\n</code></pre>\n", []),
    ],
)
def test_directives_of_one_line_leave_their_words(
    text: str, expected: str, told: list[str]
) -> None:
    made = rendered(f"\n{text}", Markup.MARKDOWN, engine="astro", path="a.md")
    assert (made.content.html, codes(made)) == (expected, told)
