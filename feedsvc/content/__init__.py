"""From a post's body to what a reader gets: safe, whole HTML with absolute links only."""

from feedsvc.content.rendered import Rendered
from feedsvc.content.rendering import render

__all__ = ["Rendered", "render"]
