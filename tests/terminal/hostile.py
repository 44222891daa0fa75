"""Notes that try to break a terminal: each card is one attack, and an answer that is as bad."""

ESC, BELL = "\x1b", "\x07"
FAMILY = "👩\u200d👩\u200d👧\u200d👦"
MARKS = "".join(chr(0x300 + n) for n in range(40))

CARDS = {
    "[red]markup[/red]": ("[b]list[int][/b] and [link=x]this[/link] [/]", "[/b] [red]"),
    f"{ESC}[5mblink{ESC}[0m escapes": (f"it is {ESC}[5mblinking{ESC}[31;44m red on blue", "blinking red"),
    f"title{ESC}]0;owned{BELL} of the window": (f"set by {ESC}]2;owned{ESC}\\ an OSC sequence", "OSC"),
    f"{ESC}[2J{ESC}[H clears": (f"moves{ESC}[10;10H the{ESC}[1A cursor{ESC}c and resets", "moves the cursor"),
    "c1 \x9b5m controls \x9d0;owned\x9c": ("eight bits \x9b31m of them\x85 \x84", "eight bits"),
    "bells\x07 and\x08\x08 backspaces": ("ring\x07 and go\x0b\x0c back\x08\x08\x08\x7f", "they ring"),
    "right\u202eot tfel\u202c override": ("\u2067isolates\u2069 and \u202dembeddings\u202c", "isolates"),
    "zero\u200bwidth\u2060joined\ufeff": ("in\u00advisible \u200b\u200c\u200d letters", "invisible"),
    f"zalgo a{MARKS}b": (f"e{MARKS}v{MARKS}e{MARKS}r more marks", "marks"),
    f"family {FAMILY} emoji": (f"people {FAMILY * 12} joined", f"joined {FAMILY}"),
    "flags 🇨🇳🇩🇪 and 👍🏽 skin": ("🏴\U000e0067\U000e0062\U000e007f tags ❤️ ☎️ 1️⃣ keycaps", "👍🏽 1️⃣"),
    "tabs\tin\tterms": ("a\tb\tc and \t\t\t more", "a b c"),
    "שלום עולם": ("طويل من اليمين إلى اليسار مع English 123", "من اليمين"),
    "中文术语" * 12: ("一个很长的定义，" * 40 + "结束", "一个很长的定义"),
    "long " + "x" * 5000: ("y" * 5000, "z" * 300),
    "长" * 5000: ("短" * 300, "短" * 100),
    "latex $\\frac{a}{b}$": ("$$\\sum_{i=1}^{n} x_i^2$$ and \\(\\alpha\\)", "\\sum x"),
    "html <b onclick=x>bold</b>": ("<script>alert(1)</script> &amp; &#27;[5m <img src=x>", "<b>bold</b>"),
    "formats {} {0} %s %(x)s": ("${HOME} `id` $(id) {name!r:>{width}} %d%%", "{} %s"),
    "box ┌──┐ │ drawing": ("╔═══╗║▸●○✓✗║╚═══╝ ▊▎ ⏎", "▊▎"),
    "fullwidth ＡＢＣ ｶﾅ": ("한국어 テスト ﷽ 𒐫 ﷽﷽", "한국어"),
    "[@click=app.quit]quit[/]": ("[@click='app.bell']ring[/] [on red]colour", "[@click=app.quit]"),
}
"""Term -> definition, answer."""

NOTE = "# [red]Hostile[/red] \x1b[5mnotes\u202e\n\n" + "".join(
    f"Q: {term}\nA: {definition}\n\n" for term, (definition, _answer) in CARDS.items()
)
