"""MDX and remark directives in bodies of Astro, Next.js and Gatsby."""

from __future__ import annotations

import pytest

from .bodies import markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>\n    ![a](/x.png)\n</div>", '<img src="https://example.org/x.png" alt="a">'),
        ("<Box a={1}>\n  **b**\n</Box>", "<strong>b</strong>"),
        ("<div>\n  - a\n    - b\n</div>", "<li>a\n<ul>\n<li>b</li>"),
        ("```\n<div>\n    a\n```", "&lt;div&gt;\n    a"),
    ],
)
def test_tags_alone_in_their_lines_are_about_markdown(text: str, expected: str) -> None:
    assert expected in markdown(text, engine="astro", path="a.mdx")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":::note\nWords.\n:::", "<p><strong>Note</strong></p>\n<p>Words.</p>"),
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
