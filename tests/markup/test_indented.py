"""Lines that are indented like code and are none: Eleventy 3 and MDX 3 were asked for each."""

from __future__ import annotations

import pytest

from tests.bounds import bounded
from tests.content.bodies import markdown


def eleventy(text: str) -> str:
    return markdown(text, engine="eleventy", options={"indented_text": True})


def mdx(text: str) -> str:
    return markdown(text, engine="astro", path="a.mdx")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n    b *c*\n\td\n\ne\n", "<p>a</p>\n<p>b <em>c</em>\nd</p>\n<p>e</p>\n"),
        ("    # b\n    - c\n    1. d\n    ---\n", "<p># b\n- c\n1. d\n---</p>\n"),
        ("    > b\n    ===\n    * * *\n", "<p>&gt; b\n===\n* * *</p>\n"),
        ("    **b** c\n    #d -e 1.f\n", "<p><strong>b</strong> c\n#d -e 1.f</p>\n"),
        ("- a\n\n      b\n", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>\n"),
        ("```\n\n    a\n```\n", "<pre><code>\n    a\n</code></pre>\n"),
        ("<pre>\n    a\n\n    b</pre>\n", "<pre>    a\n\n    b</pre>\n"),
    ],
)
def test_to_eleventy_such_lines_are_paragraphs(text: str, expected: str) -> None:
    assert eleventy(text) == expected


def test_elements_in_such_lines_are_no_source() -> None:
    made = eleventy("<details>\n\n    <i>a</i>\n    *b*\n\n    </details>\n\n*c*\n")
    assert "&lt;" not in made
    assert "<i>a</i>\n<em>b</em>" in made
    assert "</details>" in made.partition("<em>c")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n    b *c*\n\n        d\n", "<p>a</p>\n<p>b <em>c</em></p>\n<p>d</p>\n"),
        ("a\n\n    - b\n      - c\n", "<li>b\n<ul>\n<li>c</li>"),
        ("    ```js\n      x\n    ```\na\n", '<code class="language-js">  x\n</code></pre>\n<p>a'),
        (
            "<A>\n  <B>\n    ```\n    x\n    ```\n\n    *a*\n  </B>\n</A>\n",
            "x\n</code></pre>\n<p><em>",
        ),
        ("- a\n\n  ```\n    x\n  ```\n", "<pre><code>  x\n</code></pre>\n</li>"),
        ("a\n\t```\n\tx\n\t```\n", "<p>a</p>\n<pre><code>x\n</code></pre>"),
        ("# a\n    b\n", "a</h1>\n<p>b</p>"),
        ("<pre>\n\n    x\n</pre>\n\n    *b*\n", "    x\n</pre>\n<p><em>b</em></p>"),
    ],
)
def test_to_mdx_such_lines_are_what_they_are_without_blanks(text: str, expected: str) -> None:
    assert expected in mdx(text)


def test_elsewhere_they_are_code() -> None:
    for made in (markdown("    a\n", engine="eleventy"), markdown("    a\n", engine="astro")):
        assert made == "<pre><code>a\n</code></pre>\n"


@pytest.mark.parametrize(
    "line", [f"{'- ' * 50_000}a", f"-{' ' * 100_000}a", "1" * 100_000], ids=lambda line: line[:3]
)
def test_blanks_and_signs_in_their_thousands_take_no_time(line: str) -> None:
    assert bounded(eleventy, f"    {line}\n").startswith(f"<p>{line[:1]}")
