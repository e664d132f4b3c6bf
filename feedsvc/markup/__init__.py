"""What bodies are written in: Markdown, and what each engine reads beside it or otherwise."""
