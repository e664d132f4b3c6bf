"""Names in kebab case as the package lodash.kebabcase writes them."""

from __future__ import annotations

import re
import unicodedata

_SPELT = str.maketrans(
    {
        "ß": "ss", "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe", "Ø": "O", "ø": "o", "Đ": "D",
        "đ": "d", "Ð": "D", "ð": "d", "Þ": "Th", "þ": "th", "Ł": "L", "ł": "l", "ı": "i",
        "'": None, "\u2019": None,
    }
)  # fmt: skip
_LATIN = re.compile("[\xc0-\u017f]")
_MARKS = re.compile("[\u0300-\u036f\ufe20-\ufe23]")
_BREAKS = r"\x00-/:-@\[-`{-\xbf\xd7\xf7\u2000-\u206f\s"
_OTHER = rf"[^A-Za-z0-9{_BREAKS}\u2700-\u27bf]"  # letters without case, as far as it knows
_LOWER, _UPPER = rf"(?:[a-z]|{_OTHER})", rf"(?:[A-Z]|{_OTHER})"
_WORD = re.compile(
    rf"[A-Z]?[a-z]+(?=[{_BREAKS}A-Z]|\Z)"
    rf"|{_UPPER}+(?=[{_BREAKS}]|[A-Z]{_LOWER}|\Z)"
    rf"|[A-Z]?{_LOWER}+"
    r"|[A-Z]+|[0-9]+"
)


def kebab(text: str) -> str:
    """Words in lower case with hyphens between them; `k8s` is three, and so is `aB2`."""
    if not text.isascii():
        text = _LATIN.sub(lambda sign: _MARKS.sub("", _decomposed(sign[0])), text)
    text = _MARKS.sub("", text.translate(_SPELT))
    return "-".join(word.lower() for word in _WORD.findall(text))


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)
