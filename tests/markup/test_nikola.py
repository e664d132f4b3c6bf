"""Nikola's shortcodes, directives and links in bodies."""

from __future__ import annotations

import pytest

from feedsvc.model import Markup
from feedsvc.posts.references import TITLE, Reference
from tests.bounds import bounded
from tests.content.bodies import codes, html, markdown, rendered

MARKUPS = [Markup.MARKDOWN, Markup.RESTRUCTURED, Markup.HTML]


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{% raw %}}<i>{{% x %}}</i>{{% /raw %}}", "<i>{{% x %}}</i>"),
        ("{{% media https://e.org/a?b=1 %}}", 'href="https://e.org/a?b=1"'),
        ('{{% media url="https://vimeo.com/12" %}}', "https://player.vimeo.com/video/12"),
        ("{{% youtube a_b-c %}}", "https://www.youtube.com/embed/a_b-c"),
        ("{{% gist 12 %}}", 'href="https://gist.github.com/12"'),
        ("{{% thumbnail /i/a.jpg alt='A \\'b\\'' %}}C{{% /thumbnail %}}", 'src="https://example.org/i/a.thumbnail.jpg"'),
        ("{{% thumbnail /i/a.jpg %}}", 'href="https://example.org/i/a.jpg"'),
    ],
)  # fmt: skip
def test_shortcodes_are_rendered_in_every_markup(text: str, expected: str, markup: Markup) -> None:
    made = rendered(f"Some words.\n\n{text}\n\nMore.", markup, engine="nikola")
    assert expected in made.content.html
    assert made.findings == ()


def test_unknown_shortcodes_are_removed_and_what_they_enclose_stays() -> None:
    made = rendered("a {{% chart Bar %}}data{{% /chart %}} b", Markup.MARKDOWN, engine="nikola")
    assert made.content.html == "<p>a data b</p>\n"
    assert codes(made) == ["shortcode-removed"]


@pytest.mark.parametrize(
    "text",
    ["{{% x " * 50_000, '{{% x "' * 50_000 + "%}}", "{{% a %}}" * 50_000, '\\"' * 200_000 + "%}}"],
    ids=range(4),
)  # fmt: skip
def test_shortcodes_of_any_text_take_no_long_time(text: str) -> None:
    bounded(rendered, text, Markup.MARKDOWN, engine="nikola")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. media:: https://youtu.be/abc", "https://www.youtube.com/embed/abc"),
        (".. soundcloud:: 12\n   :height: 4", "https://api.soundcloud.com/tracks/12"),
        (".. gist:: 12\n   :file: a.py", 'href="https://gist.github.com/12"'),
        (".. gist:: https://gist.github.com/x/12", 'href="https://gist.github.com/12"'),
        (".. thumbnail:: /i/a.jpg\n   :alt: A", 'src="https://example.org/i/a.thumbnail.jpg"'),
        (".. thumbnail:: /i/a.jpg\n\n   Words", "Words"),
        ("H\\ :raw-html:`<sub>2</sub>`\\ O", "H<sub>2</sub>O"),
        ("``:raw-html:`x```", ":raw-html:`x`"),
        ("Code::\n\n  .. media:: https://youtu.be/abc", ".. media:: https://youtu.be/abc"),
    ],
)
def test_directives_and_roles_are_rendered(text: str, expected: str) -> None:
    made = rendered(f"Words.\n\n{text}\n", Markup.RESTRUCTURED, engine="nikola")
    assert expected in made.content.html
    assert made.findings == ()


def test_charts_are_removed_and_told() -> None:
    made = rendered(".. chart:: Bar\n\n   'x', [1]\n", Markup.RESTRUCTURED, engine="nikola")
    assert codes(made) == ["directive-removed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~gone~~ a~b~c", "<del>gone</del> a~b~c"),
        ("[:gist: 12 a.py]", 'href="https://gist.github.com/12"'),
        ("[podcast]https://e.org/a.mp3[/podcast]", 'href="https://e.org/a.mp3"'),
    ],
)
def test_markdown_has_what_nikola_adds_to_it(text: str, expected: str) -> None:
    assert expected in markdown(text, engine="nikola", options={"lone_tildes": True})


@pytest.mark.parametrize(
    "text",
    [".. TEASER_END", ".. TEASER_END: Go on", "<!-- TEASER_END -->", "<!-- END_TEASER: x -->"],
)
def test_the_summary_ends_at_the_teaser(text: str) -> None:
    markup = Markup.RESTRUCTURED if text[0] == "." else Markup.MARKDOWN
    content = rendered(f"One.\n\nTwo.\n\n{text}\n\nThree.\n", markup, engine="nikola").content
    assert content.summary == "One. Two."
    assert "Three." in content.html


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("link://tag/A b".replace(" ", "%20"), "/categories/a-b/"),
        ("link://category/x", "/categories/cat_x/"),
        ("link://author/Ann", "/authors/ann/"),
        ("link://root", "/"),
        ("link://rss", "/rss.xml"),
        ("link://archive/2014", "/2014/"),
        ("link://listing/a.py", "/listings/a.py.html"),
        ("link:/files/a.pdf", "/files/a.pdf"),
    ],
)
def test_links_by_name_become_addresses(link: str, expected: str) -> None:
    made = html(f"`words <{link}>`_", Markup.RESTRUCTURED, engine="nikola")
    top = "https://example.org" if link.startswith("link:/f") else "https://example.org/blog"
    assert f'href="{top}{expected}"' in made


def test_text_that_shows_how_links_are_written_stays() -> None:
    text = "Write ``link://slug/x`` there."
    assert "link://slug/x" in html(text, Markup.RESTRUCTURED, engine="nikola")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (":doc:`there`", "The title"),
        (":doc:`words <there>`", "words"),
        ("{{% doc %}}there{{% /doc %}}", "The title"),
        ("{{% doc %}}words <there>{{% /doc %}}", "words"),
    ],
)
def test_documents_are_linked_by_their_slugs(text: str, words: str) -> None:
    links = {Reference("slug", "there"): "https://e.org/t/", Reference(TITLE, "there"): "The title"}
    made = html(text, Markup.RESTRUCTURED, engine="nikola", links=links)
    assert f'<a href="https://e.org/t/">{words}</a>' in made
