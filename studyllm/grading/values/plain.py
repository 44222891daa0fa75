"""Text in plain notation for the readers of values (widths, raised digits, LaTeX), and where each letter came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from studyllm.grading.values.aloud import REWRITTEN

_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni", strict=True))
_SINGLE = {
    **dict.fromkeys("−–—‒―﹣－", "-"),
    **dict.fromkeys("✕✖∗＊⨯", "×"),
    **dict.fromkeys("⋅∙•・‧", "·"),
    **dict.fromkeys("≦⩽", "≤"),
    **dict.fromkeys("≧⩾", "≥"),
    **dict.fromkeys("∼〜～", "~"),
    **dict.fromkeys("≒≃≅", "≈"),
    **dict.fromkeys("∶：", ":"),
    "⁄": "/",
    "〇": "零",
    "，": "，",
    "；": "；",
    "！": "！",
    "？": "？",
}
"""What NFKC leaves alone or would change into a mark that means something in English numbers."""
_LATEX = {
    "times": "×", "cdot": "·", "ast": "×", "div": "/", "pm": "±", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥",
    "geq": "≥", "geqslant": "≥", "lt": "<", "gt": ">", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "~", "infty": "∞",
    "circ": "°", "degree": "°", "log": "log", "ln": "ln", "lg": "lg", "sin": "sin", "cos": "cos", "tan": "tan",
    "exp": "exp", "quad": " ", "left": "", "right": "", "displaystyle": "", "alpha": "α", "beta": "β", "gamma": "γ",
    "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "omega": "ω", "Delta": "Δ", "Omega": "Ω", "Theta": "Θ",
    "Sigma": "Σ", "hbar": "ħ", "nu": "ν",
}  # fmt: skip
_DOLLARS = re.compile(r"\$\$?(?=[^$\n]{0,200}[\\^_{}=])([^$\n]{1,200})\$\$?|\\[()\[\]]")
_INSIDE = r"\{([^{}]{0,80})\}"
_FRACTION = re.compile(rf"\\[dt]?frac\s*{_INSIDE}\s*{_INSIDE}")
_ROOT = re.compile(rf"\\sqrt\s*{_INSIDE}")
_WORDS = re.compile(rf"\\(?:text|mathrm|mathbf|mathit|operatorname|ce|rm)\s*{_INSIDE}")
_COMMAND = re.compile(r"\\([A-Za-z]{2,14})(?![A-Za-z])|\\([,;:! %])")
_BRACED = re.compile(r"([\^_])\s*\{([^{}]{0,40})\}")
_DOUBLED = re.compile(
    r"<=|=<|>=|!=|=/=|\*\*|==|(?<=[1-9])[xX](?=[0-9])|(?<=[A-Za-z0-9)] )[xX](?= [A-Za-z0-9(])|(?<=[0-9]0)[xX](?=[0-9])"
)
_CONCENTRATION = re.compile(
    r"(?:(?<=[=/*×·+(])|(?<=[=/*×·+] )|(?<=[A-Za-z])|(?=\[[^\]]{1,8}\]\^?[0-9]? ?[=/*×·+)]))"
    r"\[(?P<of>[A-Z][A-Za-z0-9]{0,4})(?P<charge>\^?[0-9]?[+-])?\]"
)
_SCALED_RANGE = re.compile(
    r"\((?P<low>[0-9.]+) ?[-~] ?(?P<high>[0-9.]+)\) ?(?P<times>[×x*·] ?10\^-?[0-9]{1,3})"
)
"""Two ends with one power of ten: (100~300)×10^9."""
_ARC = re.compile(r"(?P<degrees>[0-9]{1,3}) ?° ?(?P<minutes>[0-9]{1,2}(?:\.[0-9]+)?) ?[′'’]")
"""Degrees and minutes of arc: 23°26′."""
_SIGNED = re.compile(
    r"(?<![0-9A-Za-z])(?:正负|plus or minus|plus/minus|\+/-) ?(?=[0-9]|百分之)", re.IGNORECASE
)
_EACH = re.compile(
    r"(?<=每)(?:升高?|增加|上升|增高|提高|降低?|下降|减少|加深|加)?"
    r"1(?= ?(?:°|度|摄氏度|千?米|公里|厘米|毫米|秒|分钟|小时|天|岁|[km]?m\b|cm\b|kg\b|mol\b|h\b|min\b))"
)
"""What a rate is counted by: every 1 °C is every °C."""
_APART = re.compile(r"(?P<range>[0-9.]+ ?[-~–] ?[0-9.]+) +[/|] +(?=[0-9.]+ ?[-~–] ?[0-9])")
"""A bar between two ranges."""
_OPERAND = re.compile(r"[0-9A-Za-z()-]")
_WIDE_THOUSANDS = re.compile(r"[０-９]，[０-９]{3}(?![０-９])")
_BULLET = re.compile(r"^[ \t]{0,8}([-*+•·▪●–—])(?=[ \t])", re.M)
_DOUBLE = {"x": "×", "X": "×", "<=": "≤", "=<": "≤", ">=": "≥", "!=": "≠", "=/=": "≠", "==": "="}


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain notation; letter i of it stands for `source[starts[i]:ends[i]]`."""

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stands in the source."""
        return self.starts[start], self.ends[end - 1]


def plain(source: str) -> Plain:
    """The text in plain notation: 10⁻²³ and 10^{-23} become 10^-23, ½ 1/2, ℃ °C, \\times ×, H₂O H2O."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    raised = False
    bullets = {found.start(1) for found in _BULLET.finditer(source)}
    for place, letter in enumerate(source):
        if place in bullets or (letter.isspace() and letter != "\n"):
            letter = " "
        elif letter == "，" and place and _WIDE_THOUSANDS.match(source, place - 1):
            letter = ","
        new, raised = _letter(letter, raised, letters[-1] if letters else "")
        letters.extend(new)
        starts.extend([place] * len(new))
        ends.extend([place + 1] * len(new))
    read = Plain(source, "".join(letters), tuple(starts), tuple(ends))
    if "\\" in read.text or "{" in read.text or "$" in read.text:
        read = _latex(read)
    read = _rewritten(read, _CONCENTRATION, _concentration)
    for pattern, in_figures in REWRITTEN:
        read = _rewritten(read, pattern, in_figures)
    read = _rewritten(read, _ARC, lambda found: f"{found['degrees']} degrees {found['minutes']} min")
    read = _rewritten(read, _SCALED_RANGE, _scaled)
    read = _rewritten(read, _SIGNED, lambda _found: "±")
    read = _rewritten(read, _EACH, lambda _found: "")
    read = _rewritten(read, _APART, lambda found: f"{found['range']}; ")
    return _rewritten(read, _DOUBLED, _doubled)


def _concentration(found: re.Match[str]) -> str:
    """[S] beside a sign of a formula as a name with an index; [A^-] and [A] are two."""
    charge = (found["charge"] or "").strip("^").replace("+", "p").replace("-", "m")
    times = "·" if found.string[: found.start()][-1:].isalpha() else ""
    return f"{times}c_({found['of']}{charge})"


def _scaled(found: re.Match[str]) -> str:
    """Each end with its power of ten."""
    return f"{found['low']}{found['times']}~{found['high']}{found['times']}"


def _doubled(found: re.Match[str]) -> str:
    """The sign for two; ** is a power between a letter and another, elsewhere it is emphasis."""
    if found[0] != "**":
        return _DOUBLE[found[0]]
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return "^" if _OPERAND.match(before) and _OPERAND.match(after) else ""


def _letter(letter: str, raised: bool, before: str) -> tuple[str, bool]:
    """What stands for one letter, and whether it is raised."""
    if letter < "\x80":
        return letter, False
    if letter in _SUPERSCRIPTS:
        return ("" if raised else "^") + _SUPERSCRIPTS[letter], True
    if letter in _SINGLE:
        return _SINGLE[letter], False
    category = unicodedata.category(letter)
    if category == "Cf":
        return "", raised
    folded = unicodedata.normalize("NFKC", letter).replace("⁄", "/")
    if category == "No" and "/" not in folded and not "₀" <= letter <= "₉":
        return letter, False  # ① numbers a list
    if "/" in folded and before.isdigit():
        folded = " " + folded
    return folded, False


def _latex(read: Plain) -> Plain:
    """The commands of LaTeX replaced by signs."""
    read = _rewritten(read, _DOLLARS, lambda found: f" {found[1].strip()}" if found[1] else " ")
    read = _rewritten(read, _WORDS, lambda found: found[1])
    for _ in range(2):  # the exponent inside a fraction, then the fraction
        read = _rewritten(read, _BRACED, lambda found: found[1] + _grouped(found[2]))
        read = _rewritten(read, _FRACTION, lambda found: f"{_grouped(found[1])}/{_grouped(found[2])}")
        read = _rewritten(read, _ROOT, lambda found: f"√({found[1]})")
    return _rewritten(read, _COMMAND, lambda found: _sign(found[1]) if found[1] else found[2])


def _sign(command: str) -> str:
    """The sign for a command of LaTeX, or the command's name."""
    return _LATEX.get(command, command)


def _grouped(inside: str) -> str:
    """What stood in braces, in brackets where it is more than one sign or number."""
    inside = inside.strip()
    return inside if re.fullmatch(r"[-+]?\d*[-+]?|\w", inside) else f"({inside})"


def _rewritten(read: Plain, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Plain:
    """Each match replaced; all letters of what replaces it stand for the whole of it."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for found in pattern.finditer(read.text):
        letters.append(read.text[last : found.start()])
        starts.extend(read.starts[last : found.start()])
        ends.extend(read.ends[last : found.start()])
        made = new(found)
        letters.append(made)
        starts.extend([read.starts[found.start()]] * len(made))
        ends.extend([read.ends[found.end() - 1]] * len(made))
        last = found.end()
    if not last:
        return read
    letters.append(read.text[last:])
    return Plain(read.source, "".join(letters), (*starts, *read.starts[last:]), (*ends, *read.ends[last:]))
