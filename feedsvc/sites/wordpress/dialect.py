"""Posts that came from WordPress: feedsvc's own dialect with WordPress's ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.posts import fields
from feedsvc.posts.dialect import Dialect

if TYPE_CHECKING:
    from feedsvc.posts.dialect import ReadingContext


class WordPressDialect(Dialect):
    """`wordpress_id` is what export tools keep of a post's number."""

    name = "wordpress"

    def mint_id(self, context: ReadingContext) -> str:
        """The guid of WordPress: `SITE/?p=NUMBER`, the permalink where no number is known."""
        number = fields.text(context.fields.get("wordpress_id")) or ""
        if number.isascii() and number.isdigit():
            return f"{context.settings.site.url}/?p={number}"
        return context.permalink
