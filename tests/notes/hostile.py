"""What notes may not do to a reader, and what they are made of that tries."""

PIECES = [
    *["# ", "## ", "- ", "1. ", "  - ", "> ", "> [!def] ", "**", "__", "`", "```\n", "|", "| --- | --- |\n"],
    *[": ", "：", " - ", "——", "（", "）", "(", ")", "[", "](x)", "[[", "]]", "{#a}", "$", "$$", "\\", "<b>"],
    *["<!-- study: skip -->", "<!--", "-->", "::", "\n", "\n\n", "\t", "    ", "---\n", "title: x\n", "Q: "],
    *[
        "A: ",
        "是",
        "is a",
        "包括：",
        "types:",
        "什么是",
        "？",
        "Term",
        "术语",
        "定义",
        "Overview",
        "特点",
        "\r",
    ],
    *["\u200b", "\x1b[1m", "\x00", "&amp;", "等", "/", "<summary>", "</details>", ":   "],
]
"""Of any Markdown."""

UNSAFE = "\x1b\x00\x07\u202e\u200b"
"""What no terminal is given."""

DISPLAYED = {
    "escapes": "\x1b[31mred\x1b[0m \x1b]0;owned\x07 \u202egnihtemos\u202c",
    "entities": "&#x202e;flip &#27;[31m &#x200b; `&#27;` [a&#x202e;b](x)",
    "links": "[a](javascript:x) ![b](javascript:y) <javascript:z> [c]: file:///etc\n\n[c] <a href='x'>d</a>",
    "image in link": "[![alt](x.png)](https://example.org)",
    "script": "<script>alert(1)</script>\n\n<div onclick=x>\n\n<unknown>",
    "markup": "[red]not red[/red] [@click=app.quit]quit[/] [/b] [link=x]y[/link]",
    "placeholders": "\ue0000\ue001 `a` \ue0005\ue001",
    "fence in formula": "$$\n```\nx\n```\n$$",
    "info": "```\x1b[31m; rm -rf /\ncode\n```",
    "unclosed": "**a `b $c [d](e ![f](g <b> ``` ~~~",
    "deep": "> " * 500 + "x",
    "stars": "**a" * 2000,
    "cells": "|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n" + ("|" + "a|" * 500 + "\n") * 4,
}
"""By name: text that means harm where it is displayed."""
