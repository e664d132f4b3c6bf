"""A publication as files: the door for static hosts.

The package has the name of its one function; calling either does the same, so that
`from feedsvc import export` gives something to call however it was imported.
"""

import sys
from types import ModuleType

from feedsvc.export.contract import Progress, Summary
from feedsvc.export.exporter import export

__all__ = ["Progress", "Summary", "export"]


class _Callable(ModuleType):
    __call__ = staticmethod(export)


sys.modules[__name__].__class__ = _Callable
