"""Which engines take `yes` for a word, as YAML 1.2 does."""

from __future__ import annotations

import pytest
from hypothesis import given
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
