"""What Nikola reads in bodies besides Markdown, reStructuredText and HTML."""
