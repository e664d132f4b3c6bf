"""Addresses that become links by themselves are found as if comrak always looked for them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.markup import bare_addresses, markdown
from feedsvc.markup.bare_addresses import Presence, presence
from feedsvc.markup.extras import NONE, Extras

_SIGNS = (
    *(
        "www.",
        "://",
        "http",
        "https",
        "ftp",
        "@",
        "mailto:",
        "xmpp:",
        "/",
        "a.bc",
        "me@a.bc",
        "http://a.bc",
    ),
    *("&#64;", "&commat;", "&#58;", "[", "](", "]", ")", "]: ", "![", "<", ">", '="', ' href="'),
    *(
        "*",
        "_",
        "`",
        "~",
        "\\",
        "|",
        "[^1]",
        "\n",
        " ",
        "w",
        "a",
        ":",
        ".",
        '"',
        "é",
        "中",
        ":tada:",
    ),
    *("[x](http://a.bc)", "[www.a.bc](http://www.a.bc)", "![http://a.bc](http://a.bc)"),
)
_SITES = (
    NONE,
    Extras(smart=True, emoji=True, math=("$",), lone_tildes=True, alerts=True),
)


@example("xmpp:&#64;/a.bc", NONE)
@given(st.lists(st.sampled_from(_SIGNS), max_size=12).map("".join), st.sampled_from(_SITES))
def test_html_is_the_same_as_when_they_are_always_looked_for(text: str, extras: Extras) -> None:
    made = markdown.to_html(text, extras)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bare_addresses, "presence", lambda _text: Presence.BARE)
        assert made == markdown.to_html(text, extras)


@pytest.mark.parametrize(
    "text",
    [
        "see www.a.bc",
        "see https://a.bc/x",
        "to me@a.bc",
        "me&#64;a.bc",
        "xmpp:me@a.bc/x",
        "[x](http://a.bc y)",
    ],
)
def test_they_become_links(text: str) -> None:
    assert "<a href=" in markdown.to_html(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "no address: none",
        "[x](https://www.a.bc/@me)",
        "[x]\n\n[x]: http://a.bc",
        '<a href="http://a.bc">',
    ],
)
def test_they_are_not_looked_for_where_links_are_written_as_such(text: str) -> None:
    assert presence(text) is not Presence.BARE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("见http://a.bc/x，如果", '见<a href="http://a.bc/x">http://a.bc/x</a>，如果'),
        (
            "见http://a.bc/x，如[果](http://a.bc/y) z",
            '见<a href="http://a.bc/x">http://a.bc/x</a>，如<a href="http://a.bc/y">果</a> z',
        ),
        (
            "http://a.bc/x，如`果`",
            '<a href="http://a.bc/x">http://a.bc/x</a>，如<code>果</code>',
        ),
        ("`http://a.bc/x，[果](y)`", "<code>http://a.bc/x，[果](y)</code>"),
        (
            "（http://a.bc?d=1&e）。",
            '（<a href="http://a.bc?d=1&amp;e">http://a.bc?d=1&amp;e</a>）。',
        ),
        ("[http://a.bc/x。](http://d.ef)", '<a href="http://d.ef">http://a.bc/x。</a>'),
        ("http://a.bc/中", '<a href="http://a.bc/%E4%B8%AD">http://a.bc/中</a>'),
    ],
)
def test_they_end_before_punctuation_of_chinese_and_japanese(text: str, expected: str) -> None:
    assert markdown.to_html(text)[0] == f"<p>{expected}</p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**http://a.bc/x**，如果", "<strong>{}</strong>，如果"),
        ("*http://a.bc/x*如果 **b**", "<em>{}</em>如果 <strong>b</strong>"),
        ("(**http://a.bc/x**)。", "(<strong>{}</strong>)。"),
        ("`**http://a.bc/x**，`", "<code>**http://a.bc/x**，</code>"),
        ("**http://a.bc/x**, b", "<strong>{}</strong>, b"),
    ],
)
def test_emphasized_addresses_end_before_the_stars(text: str, expected: str) -> None:
    html, _ = markdown.to_html(text)
    assert html == f"<p>{expected}</p>\n".replace("{}", '<a href="http://a.bc/x">http://a.bc/x</a>')


def test_files_and_places_of_git_are_no_mail_addresses() -> None:
    text = "icon@2x.png b@3x.webp git@a.org:b/c.git me@a.org: [you](mailto:you@a.org):x"
    assert markdown.to_html(text)[0] == (
        "<p>icon@2x.png b@3x.webp git@a.org:b/c.git "
        '<a href="mailto:me@a.org">me@a.org</a>: <a href="mailto:you@a.org">you</a>:x</p>\n'
    )
