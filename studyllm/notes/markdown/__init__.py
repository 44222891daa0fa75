"""The text of a note to blocks: what programs and hands write in their own way as Markdown, which is then read."""
