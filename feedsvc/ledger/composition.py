"""Whether UTF-8 is in Unicode normalisation form C, told by its bytes.

The quick check of UAX #15 asks of every character; here the bytes are searched for those that begin
one which the answer could depend on, and most texts hold none. That takes a fifth of the time.
"""

from __future__ import annotations

import re
from typing import Final

# Characters that are combined with others, or never in form C, by the bytes that they begin with:
# the first, and what may follow it (a test holds them against the Unicode of this Python).
_OPEN: Final = {
    0xCC: b"",  # combining diacritical marks
    0xCD: rb"[\x80-\xaf\xb4\xbe]",
    0xCE: rb"\x87",
    0xD2: rb"[\x83-\x87]",  # Cyrillic
    0xD6: rb"[\x91-\xbf]",  # Hebrew
    0xD7: rb"[\x81-\x87]",
    0xD8: rb"[\x90-\x9a]",  # Arabic, Syriac, N'Ko
    0xD9: rb"[\x8b-\x9f\xb0]",
    0xDB: rb"[\x96-\xad]",
    0xDC: rb"[\x91\xb0-\xbf]",
    0xDD: rb"[\x80-\x8a]",
    0xDF: rb"[\xab-\xbd]",
    0xE0: b"",  # scripts of India, Thai, Lao, Tibetan
    0xE1: rb"[\x80\x82\x85-\x87\x8d\x9c\x9f\xa2\xa4\xa8-\xb0\xb3\xb7\xbd-\xbf]",
    # (but quotes, dashes and most symbols)
    0xE2: rb"(?:\x80[\x80\x81]|\x83[\x90-\xbf]|\x84[\xa6\xaa\xab]|[\x8c\xab\xb3\xb5\xb7])",
    0xE3: rb"(?:\x80[\xaa-\xaf]|\x82[\x99\x9a])",  # but kana and the punctuation of CJK
    0xEA: rb"[\x99-\x9b\xa0\xa3-\xa7\xaa\xab\xaf]",
    0xEF: rb"(?:[\xa4-\xad]|\xb8[\xa0-\xaf])",  # but full-width forms
    0xF0: rb"[\x90-\x9e\xaf]",  # but emoji and ideographs
}
_SEARCHES: Final = [
    (lead, re.compile(re.escape(bytes([lead])) + rest).search) for lead, rest in _OPEN.items()
]


def is_composed(data: bytes) -> bool:
    """Whether `data` (UTF-8) is in form C for certain; it may be where this is false, too."""
    # (a search for one byte takes next to nothing)
    return not any(lead in data and search(data) for lead, search in _SEARCHES)
