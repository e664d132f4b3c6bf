"""reStructuredText bodies: HTML as Markdown would give it, and nothing of docutils in it."""

from __future__ import annotations

import pytest

from feedsvc.model import Markup

from .bodies import codes, html, rendered


def rst(text: str, **given: object) -> str:
    return html(text, Markup.RESTRUCTURED, **given)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** ``c``", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("Part\n----\n\nWords.", "<h2>Part</h2>\n<p>Words.</p>"),
        ("`a <../b.html>`_", 'href="https://example.org/blog/2020/b.html"'),
        (".. image:: /x.png", '<img alt="" src="https://example.org/x.png">'),
        (".. code-block:: python\n   :linenos:\n\n   x", '<pre><code class="language-python">x'),
        (".. sourcecode:: console\n\n   $ <x>", '<code class="language-console">$ &lt;x&gt;'),
        ("::\n\n  x", '<pre class="literal-block">x</pre>'),
        (".. youtube:: abc-1\n   :width: 9", 'src="https://www.youtube.com/embed/abc-1"'),
        (".. gist:: a/1", 'href="https://gist.github.com/a/1"'),
        (":abbr:`LWN (Linux Weekly News)`", "<abbr>LWN</abbr>"),
        (":doc:`words <elsewhere>`", "<p>words</p>"),
        (".. raw:: html\n\n   <b onclick='x'>raw</b><script>x</script>", "<b>raw</b>"),
        (".. note:: Words.", "<p>Note</p>\n<p>Words.</p>"),
        ("a\n\n.. PELICAN_END_SUMMARY\n\nb", "<p>a</p>\n\n<p>b</p>"),
    ],
)
def test_restructured_text_becomes_html(text: str, expected: str) -> None:
    assert expected in rst(text)


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        (".. chart:: x\n\n   y", "directive-removed", "chart"),
        ("Long title\n----\n", "restructured-text", "Title underline too short"),
        ("unknown_", "restructured-text", 'Unknown target name: "unknown"'),
        (".. include:: /etc/passwd", "restructured-text", '"include" directive disabled'),
        (".. raw:: html\n   :file: /etc/passwd", "restructured-text", "raw"),
        (".. csv-table::\n   :file: /etc/passwd", "restructured-text", "csv-table"),
        ("|d|\n\n.. |d| date::", "restructured-text", "the day of the build"),
        (".. youtube:: <x>", "restructured-text", "it names no video"),
    ],
)
def test_what_docutils_finds_fault_with_is_told_and_not_shown(
    text: str, code: str, named: str
) -> None:
    made = rendered(f"Words.\n\n{text}\n", Markup.RESTRUCTURED, first_line=4)
    finding = made.findings[0]
    assert finding.code == code
    assert named in finding.message
    assert finding.line >= 6
    assert "System Message" not in made.content.html
    assert "root:" not in made.content.html


def test_pictures_are_not_read_from_the_disk() -> None:
    assert "base64" not in rst(".. image:: file:///etc/passwd\n   :loading: embed\n")


def test_roles_of_one_text_are_unknown_to_the_next() -> None:
    own = ".. role:: red\n\n:red:`x`"
    assert codes(rendered(own, Markup.RESTRUCTURED)) == []
    assert codes(rendered(":red:`x`", Markup.RESTRUCTURED)) == ["restructured-text"]


@pytest.mark.parametrize(("lang", "word"), [("de", "Bemerkung"), ("pt-BR", "Nota"), ("os", "Note")])
def test_words_of_docutils_are_in_the_language_of_the_post(lang: str, word: str) -> None:
    assert word in rst(".. note:: x", lang=lang)


@pytest.mark.parametrize(
    "text",
    [
        "- " * 2_000 + "x",
        ("- " * 20 + "x\n") * 500,
        "* * 1. x\n\n" * 4_000,
        "* x\n\n" * 25_000,
        "- \n" * 150_000,
        "".join(f".. |a{n}| replace:: |a{n + 1}| |a{n + 1}|\n" for n in range(40)) + "\n|a0|",
        "x_\n" * 5_000,
        "+--" * 4_000,
        "*a\n\n" * 3_000,
        "x" * 1_000_001,
        ".. note::\n\n   " + "x_\n   " * 5_000,
        "- a::\n\n  " + "x_\n  " * 5_000,
        "  a::\n\n    b\n\n  " + "x_\n  " * 5_000,
    ],
)
def test_what_is_more_than_docutils_can_bear_is_shown_as_text(text: str) -> None:
    made = rendered(text, Markup.RESTRUCTURED)
    assert "body-too-complex" in codes(made)
    assert made.content.html.startswith("<pre>")


@pytest.mark.parametrize("before", ["a::", "- a:\n\n  b::", "1. a::"])
def test_a_literal_block_may_hold_any_number_of_signs(before: str) -> None:
    made = rendered(f"{before}\n\n    " + "_x\n    " * 5_000, Markup.RESTRUCTURED)
    assert codes(made) == []
    assert made.content.html.count("_x") == 5_000


def test_words_that_are_defined_by_others_are_put_in() -> None:
    text = ".. |a| replace:: *one* |b|\n.. |b| replace:: two\n\n" + "|a|, |b|\n\n" * 100
    assert rst(text).count("<em>one</em> two, two") == 100
