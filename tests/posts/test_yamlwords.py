"""Which engines take `yes` for a word, as YAML 1.2 does."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.posts import frontmatter, yamlwords
from feedsvc.sites import engines

TEXT = """---
title: Yes
tags: [no, "on", Off, yes it is]
deep:
  - {on: true}
draft: no
real: true
---
"""
NEW = ("astro", "docusaurus", "eleventy", "hexo", "hugo", "zola")


@pytest.mark.parametrize("name", NEW)
def test_words_that_are_truths_in_older_yaml_are_text(name: str) -> None:
    assert engines()[name].dialect.written(TEXT.encode(), "a.md") == {
        "title": "Yes",
        "tags": ["no", "on", "Off", "yes it is"],
        "deep": [{"on": True}],
        "draft": "no",
        "real": True,
    }


def test_to_jekyll_they_are_truths() -> None:
    assert engines()["jekyll"].dialect.written(TEXT.encode(), "a.md") == {
        "title": True,
        "tags": [False, "on", False, "yes it is"],
        "deep": [{"on": True}],
        "draft": False,
        "real": True,
    }


ROWS = st.tuples(
    st.sampled_from(["a: ", "b: ", "c:", "- ", "  - ", "d: [", "e: {"]),
    st.sampled_from(["yes", "No", "ON", "off", "true", "oN", "null", '"yes"', "[no, x]", "2020"]),
    st.sampled_from(["", "]", ", off]", " # yes", " ", "}", ": no", ", 'on']"]),
).map("".join)


@given(st.one_of(st.lists(ROWS, max_size=4).map("\n".join), st.text("yesnoff:[]{},- \n\"'a")))
@example("a: yes\nb: [No, x, off]\nc:\n- ON\n- true\n")
@example("e: {[no, x]}")
def test_words_are_the_same_whether_kept_at_once_or_made_words_again(block: str) -> None:
    text = f"---\n{block}\n---\n"
    at_once = frontmatter.read(text, ("yaml",), yes_is_text=True)
    again = frontmatter.read(text, ("yaml",))
    yamlwords.keep_words(again, text[: again.body])
    assert repr(at_once.fields) == repr(again.fields)
    assert (at_once.lines, at_once.problems) == (again.lines, again.problems)


@given(st.text("yesnofYNO:[]{},- \n\"'&*a", max_size=60))
def test_whatever_a_block_holds_only_truths_become_text(block: str) -> None:
    text = f"---\n{block}\n---\n"
    before, after = (frontmatter.read(text, ("yaml",)) for _ in range(2))
    yamlwords.keep_words(after, text[: after.body])
    for key, value in before.fields.items():
        if not isinstance(value, (bool, list, dict)):
            assert after.fields[key] == value
        elif isinstance(value, bool):
            assert after.fields[key] is value or str(after.fields[key]).lower() in {
                *("yes", "no", "on", "off"),
            }
