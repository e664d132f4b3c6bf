"""What is understood in a plain folder's bodies: one thing, whoever reads it."""

from __future__ import annotations

import pytest

from feedsvc.content.references import references
from feedsvc.model import Markup
from feedsvc.posts.dialect import Dialect
from feedsvc.posts.references import FILE, WIKI, Reference, Shelf
from feedsvc.settings import Settings

from .bodies import PAGE, html, markdown

THERE = "https://example.org/blog/there/"


@pytest.mark.parametrize("text", ["[[toc]]", "[TOC]", "[[_TOC_]]", "  [toc]"])
def test_the_place_of_a_table_of_contents_is_empty(text: str) -> None:
    assert markdown(f"{text}\n\na") == "<p>a</p>\n"
    assert "toc" in markdown(f"a {text}").lower()
    assert markdown(f"```\n{text}\n```") == f"<pre><code>{text}\n</code></pre>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::: tip Read this\na\n:::", "<p><strong>Read this</strong></p>\n<p>a</p>\n"),
        ("::card{icon=x}\na\n::", "<p>a</p>\n"),
        ("a::b\n::", "<p>a::b</p>\n"),
        ("[a](/b){.big}", '<p><a href="https://example.org/b">a</a></p>\n'),
        ("[a](/b){: .big}", '<p><a href="https://example.org/b">a</a></p>\n'),
        ("[a](/b){target=_blank}", '<p><a href="https://example.org/b">a</a></p>\n'),
        ("## A {#b}", '<h2 id="a">A</h2>\n'),
        ("a{.h, .c}", "<p>a{.h, .c}</p>\n"),
        ("{{ a }} {% b %}", "<p>{{ a }} {% b %}</p>\n"),
    ],
)
def test_marks_that_mean_one_thing_are_read(text: str, expected: str) -> None:
    assert markdown(f"\n{text}") == expected
    assert html(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> [!info]- Why\n> a", "<p><strong>Why</strong></p>\n<p>a</p>"),
        ("> [!question]\n> a", "<p><strong>Question</strong></p>\n<p>a</p>"),
        ("> [!quote|left] Who\n> a", "<p><strong>Who</strong></p>\n<p>a</p>"),
        ("> [!tip] see [x](/y)\n> a", 'see <a href="https://example.org/y">x</a></strong>'),
        ("> [!tip] *B*\n> a", "<p><em>B</em></p>\n<p>a</p>"),
        ("> > [!info] B\n> > a", "<p><strong>B</strong></p>\n<p>a</p>"),
        ("> [!x](/y)", '<p><a href="https://example.org/y">!x</a></p>'),
    ],
)
def test_callouts_have_titles(text: str, expected: str) -> None:
    assert expected in markdown(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a %%b%% c", "<p>a  c</p>\n"),
        ("a %% b, c %%. d", "<p>a . d</p>\n"),
        ("a\n\n%%\nb\n\n```\nc\n```\n%%\n\nd", "<p>a</p>\n<p>d</p>\n"),
        ("a\n\n%% b\nc %%\n\nd", "<p>a</p>\n<p>d</p>\n"),
        ("%%\na\n%%b%%\nc\n%%\nd", "<p>d</p>\n"),
        ("> %% a %%\n> b", "<blockquote>\n<p>b</p>\n</blockquote>\n"),
        ("%%\na", "<p>%%\na</p>\n"),
        ("`%%a%%` 100%% b%%", "<p><code>%%a%%</code> 100%% b%%</p>\n"),
        ("for %%i in (*) do echo %%i", "<p>for %%i in (*) do echo %%i</p>\n"),
        ("```\n%%a%%\n```", "<pre><code>%%a%%\n</code></pre>\n"),
    ],
)
def test_comments_of_notes_are_for_nobody_else(text: str, expected: str) -> None:
    assert markdown(text) == expected
    assert "%%" in markdown(text, engine="jekyll")


@pytest.mark.parametrize("engine", ["", "pelican"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!!! note\n    a\nb", "<strong>Note</strong></p>\n<p>a</p>\n</blockquote>\n<p>b</p>"),
        ('!!! note inline end "T"\n\n    a\n\n    b', "T</strong></p>\n<p>a</p>\n<p>b</p>"),
        ('!!! note ""\n    a', "<blockquote>\n<p>a</p>"),
        ('??? "T"\n    a', "<strong>T</strong></p>\n<p>a</p>"),
        ("???+ tip\n    - a\n    - b", "<strong>Tip</strong></p>\n<ul>\n<li>a</li>"),
        ('=== "A"\n\n    a\n\n=== "B"\n\n    b', "</blockquote>\n<blockquote>\n<p><strong>B"),
        ("!!! note\n\ta", "<strong>Note</strong></p>\n<p>a</p>"),
        ("!!! note\n    !!! tip\n        a", "Tip</strong></p>\n<p>a</p>"),
        ("!!! note\n    ```py\n    a\n\n    b\n    ```\nc", "a\n\nb\n</code></pre>"),
        ("!!! note\n    ```py\n    a\n    ```\nc", "</blockquote>\n<p>c</p>"),
        ("1. x\n\n    !!! note\n        a", "<strong>Note</strong></p>\n<p>a</p>"),
        ('!!! note "T"\nb', "<strong>T</strong></p>\n</blockquote>\n<p>b</p>"),
        ("!!! wow\nb", "<p>!!! wow\nb</p>"),
        ("```\n!!! note\n    a\n```", "<pre><code>!!! note\n    a\n</code></pre>"),
    ],
)
def test_admonitions_and_tabs_are_quotes(text: str, expected: str, engine: str) -> None:
    assert expected in markdown(text, engine=engine)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[There]]", f'<a href="{THERE}">There</a>'),
        ("[[There|here]]", f'<a href="{THERE}">here</a>'),
        ("|a|\n|-|\n|[[There\\|here]]|", f'<a href="{THERE}">here</a>'),
        ("[[There#A part!]][^1]\n\n[^1]: b", f'<a href="{THERE}#a-part">There</a>'),
        ("![[There]]", f'<a href="{THERE}">There</a>'),
        ("[[#Here]]", f'<a href="{PAGE}#here">Here</a>'),
        ("[[Elsewhere|words]]", "<p>words"),
        ("`[[There]]`", "<code>[[There]]</code>"),
        ("[[1]]\n\n[1]: /x", '[<a href="https://example.org/x">1</a>]'),
        ("![[a b.png|a view]]", f'<img src="{PAGE}a%20b.png" alt="a view" />'),
        ("![[in/a.png|400]]", '<img src="https://example.org/in/a.png" alt="" />'),
    ],
)
def test_notes_are_linked_to_by_their_names(text: str, expected: str) -> None:
    links = {Reference(WIKI, "There"): THERE, Reference(WIKI, "Elsewhere"): None}
    assert expected in markdown(f"{text}\n\n[[There]]", links=links)


def test_brackets_stay_where_no_name_leads_anywhere() -> None:
    assert markdown("[[noreturn]] a|b") == "<p>[[noreturn]] a|b</p>\n"
    assert markdown("if [[ a | b ]]") == "<p>if [[ a | b ]]</p>\n"
    assert markdown("[[a|b]] [[c]]") == "<p>b c</p>\n"
    assert markdown("![[a.png]]") == f'<p><img src="{PAGE}a.png" alt="" /></p>\n'


def test_names_of_notes_are_references() -> None:
    settings = Settings(folder=None)  # type: ignore[arg-type]
    found = references("[[A]] [[b/C.md#d|e]] ![[x.png]] [[#f]]", settings)
    assert [one.name for one in found if one.kind == WIKI] == ["A", "b/C", "x.png"]


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        ("Note", "a.md", "Note.md"),
        ("note", "deep/a.md", "deep/Note.md"),
        ("deep/Note", "a.md", "deep/Note.md"),
        ("../Note", "deep/a.md", "Note.md"),
        ("v1.2", "a.md", "x/v1.2.md"),
        ("ote", "a.md", None),
        ("other/Note", "a.md", None),
    ],
)
def test_the_nearest_note_of_a_name_is_meant(name: str, path: str, expected: str | None) -> None:
    settings = Settings(folder=None)  # type: ignore[arg-type]
    shelf = Shelf(["Note.md", "deep/Note.md", "x/v1.2.md"])
    assert Dialect().find(Reference(WIKI, name), path, shelf, settings) == expected


@pytest.mark.parametrize(
    ("name", "engine", "expected"),
    [
        ("deep/note.md", "", "deep/deep/note.md"),
        ("deep/other.md", "", "deep/other.md"),
        ("deep/other.md", "astro", None),
    ],
)
def test_a_link_may_give_the_path_from_the_top(
    name: str, engine: str, expected: str | None
) -> None:
    settings = Settings(folder=None, engine=engine)  # type: ignore[arg-type]
    shelf = Shelf(["deep/a.md", "deep/note.md", "deep/deep/note.md", "deep/other.md"])
    assert Dialect().find(Reference(FILE, name), "deep/b.md", shelf, settings) == expected
    assert (
        Dialect().find(Reference(FILE, "top.md"), "deep/b.md", Shelf(["top.md"]), settings) is None
    )


def test_mdx_is_read_in_files_of_that_name() -> None:
    text = "import A from 'a'\n\n<A>b</A>"
    assert html(text, Markup.MARKDOWN, path="a.mdx") == "<p>b</p>\n"
    assert "import A" in html(text, Markup.MARKDOWN, path="a.md")


@pytest.mark.parametrize("text", ["> " * 60 + "x [!", "\n" + ">" * 500 + " [!x", "[[a|" * 5000])
def test_signs_that_lead_to_nothing_take_no_time(text: str) -> None:
    assert text.strip("> \n")[:2] in html(markdown(f"\n{text}"))
