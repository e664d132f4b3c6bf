"""A publication as files: the door for static hosts.

The package has the name of its one function; calling either does the same, so that
`from feedsvc import export` gives something to call however it was imported.
"""

import sys
from types import ModuleType

from feedsvc.export.exporter import export
from feedsvc.export.summary import Summary

__all__ = ["Summary", "export"]


class _Callable(ModuleType):
    __call__ = staticmethod(export)


sys.modules[__name__].__class__ = _Callable
