"""Words that are truths in YAML 1.1 only: `yes`, `no`, `on`, `off` (YAML 1.2 §10.3.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.posts.matter import FrontMatter

# where one stands alone as a value
_WORD = re.compile(
    r"[:,\[{-][ \t]*(?:[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF)[ \t]*(?:[],}#\n]|\Z)"
)


def keep_words(front: FrontMatter, block: str) -> None:
    """Make `yes`, `no`, `on` and `off` text again, which YAML 1.1 reads as truths.

    `block` is the text of the front matter.
    """
    if not _may_hold_words(front.fields, block) or not _WORD.search(block):
        return
    import yaml

    from feedsvc.posts.yamltree import TooMuchError, TreeLoader

    try:
        loader = TreeLoader(block)
        node = loader.get_node() if loader.check_node() else None
    except (TooMuchError, yaml.YAMLError):
        return  # whoever read it has told of that
    front.fields = _spelled(front.fields, node)


def _may_hold_words(given: Mapping[str, object], block: str) -> bool:
    """Whether there are truths that do not stand as such behind a key: the usual ones do."""
    truths = 0
    for value in given.values():
        if value is True or value is False:
            truths += 1
        elif value.__class__ is dict or (isinstance(value, list) and set(map(type, value)) - {str}):
            return True
    return truths > 0 and truths != block.count(": true\n") + block.count(": false\n")


def _spelled(value: Any, node: Any) -> Any:
    """The value with the words of its node."""
    if isinstance(value, bool):
        word = str(getattr(node, "value", value))
        return value if word.lower() in ("true", "false") else word
    if isinstance(value, list) and isinstance(getattr(node, "value", None), list):
        return [_spelled(one, inner) for one, inner in zip(value, node.value, strict=False)]
    if isinstance(value, dict):
        pairs = getattr(node, "value", None)
        known = pairs if isinstance(pairs, list) else ()
        nodes = {key.value: inner for key, inner in known if isinstance(key.value, str)}
        return {key: _spelled(one, nodes.get(key)) for key, one in value.items()}
    return value
