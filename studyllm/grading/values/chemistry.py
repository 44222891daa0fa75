"""Chemical formulas and charges in plain text: H2O, CO, Fe^3+, SO4^2-."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studyllm.grading.values.numerals import number_at
from studyllm.grading.values.value import Sign, ValueKind

_ELEMENTS = frozenset(
    """H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb
    Mo Ag Cd In Sn Sb Te I Xe Cs Ba La Ce W Pt Au Hg Tl Pb Bi U""".split()  # noqa: SIM905
)
_ELEMENTARY = frozenset(("H2", "N2", "O2", "O3", "F2", "Cl2", "Br2", "I2", "S8", "P4", "D2"))
"""Formulas of a single element that are read as such: B12 is a vitamin, F1 a measure."""
_UNNUMBERED = frozenset(
    ("CO", "NO", "HF", "HI", "KI", "KF", "HBr", "HCl", "HCN", "KCN", "KOH", "NaOH", "NaCl", "KCl", "KBr")
)
_BARE_IONS = frozenset(("H", "Li", "Na", "K", "Ag", "Cu", "F", "Cl", "Br", "I", "O", "S", "N"))
"""Elements after which a sign alone is a charge."""
_ABBREVIATION = re.compile(
    r"(?:BF|FP|UI|IP|PS|CS|OS|PI|HF|CU|HIV|USB|PCI|IOS|CNN|VPN|SIP|KV|CV|PC|BIOS|PCB)[0-9]+"
    r"|(?!H2O|H2S|N2O|K2O)[A-Z]2[A-Z]|W3C|NaN|CoS|PoC|CoP|InS"
)
_ATOMS = r"(?:[A-Z][a-z]?[0-9]{0,2}|\((?:[A-Z][a-z]?[0-9]{0,2}){1,6}\)[0-9]{0,2})"
_FORMULA = re.compile(
    rf"(?<![A-Za-z0-9_.^\\`])(?P<times>[0-9]{{0,2}})(?P<body>{_ATOMS}{{1,10}})"
    r"(?P<sign>\^\(?[0-9]?[+-]\)?|(?: ?[0-9])?[+-](?=[\s，。、；,.;)]|[\u2e80-\uffef]|$))?(?![A-Za-z0-9_^])"
)
_WORDS = {
    "hydrogen": "H", "carbon": "C", "nitrogen": "N", "oxygen": "O", "sulfur": "S", "sulphur": "S", "phosphoru": "P",
    "chlorine": "Cl", "sodium": "Na", "potassium": "K", "calcium": "Ca", "iron": "Fe", "copper": "Cu",
    "magnesium": "Mg",
    "氢": "H", "碳": "C", "氮": "N", "氧": "O", "硫": "S", "磷": "P", "氯": "Cl", "钠": "Na", "钾": "K", "钙": "Ca",
    "铁": "Fe", "铜": "Cu", "镁": "Mg", "铝": "Al", "锌": "Zn", "锰": "Mn", "银": "Ag",
}  # fmt: skip
"""Elements as they are called, without an s at the end."""
_NAMED = "|".join(_WORDS)
_COUNT = (
    r"(?:\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|[0-9]{1,2}"
    r"|[一两二三四五六七八九十]{1,3})"
)
_ATOM_IN_WORDS = rf"{_COUNT} ?[个颗]? ?(?:{_NAMED})s?(?:原子| atoms?)?"
_COMPOSED = re.compile(
    rf"{_ATOM_IN_WORDS}(?:[, 、和与加]{{0,2}}(?:and |plus )?{_ATOM_IN_WORDS}){{1,5}}", re.I | re.A
)
_COUNTED = re.compile(rf"({_COUNT}) ?[个颗]? ?({_NAMED})", re.I | re.A)
_ORBITAL = re.compile(r"(?<![A-Za-z0-9.])(?P<shell>[1-7][spdf])\^?(?P<electrons>1[0-4]|[1-9])(?![0-9A-Za-z])")
_ARROW = re.compile(r"→|->|⇌|<=>|⟶|⇄|\+[^=\n]{1,40}=|=[^=\n]{1,40}\+")
_EQUATED = re.compile(r" ?(?:=(?!>)|[×*] ?[0-9(])")
_GROUP = re.compile(r"\(([^()]*)\)([0-9]{0,2})|([A-Z][a-z]?[0-9]{0,2})")
_ATOM = re.compile(r"([A-Z][a-z]?)([0-9]{0,2})")


def composed(text: str) -> Iterator[Sign]:
    """Two hydrogens and an oxygen, 六个碳六个氢: formulas by how many atoms of which element."""
    for found in _COMPOSED.finditer(text):
        atoms: dict[str, float] = {}
        for count, word in _COUNTED.findall(found[0]):
            number, element = number_at(count.lower(), 0), _WORDS[word.lower().removesuffix("s")]
            atoms[element] = atoms.get(element, 0.0) + (number.value if number else 1.0)
        form = "".join(f"{element}{atoms[element]:g}" for element in sorted(atoms))
        yield Sign(ValueKind.FORMULA, found.start(), found.end(), form, " ".join(sorted(atoms)))


def orbitals(text: str) -> Iterator[Sign]:
    """3p^5: five electrons in 3p."""
    for found in _ORBITAL.finditer(text):
        number = float(found["electrons"])
        yield Sign(
            ValueKind.NAMED, found.start(), found.end(), found["electrons"], found["shell"], number, number
        )


def reaction(side: str) -> bool:
    """Whether it is one side of a reaction: formulas with plus signs between."""
    parts = [part.strip() for part in re.split(r"\+(?= ?[0-9A-Z(])", side.strip(" ↑↓"))]
    found = [_FORMULA.fullmatch(part) for part in parts]
    bodies = [match["body"] for match in found if match]
    return (
        len(bodies) == len(parts)
        and any(re.search(r"[0-9]|[a-z]|[A-Z].*[A-Z]", b) for b in bodies)
        and all(element in _ELEMENTS for body in bodies for element in _atoms(body))
    )


def formulas(text: str) -> Iterator[Sign]:
    """Every formula; its form lists the atoms and the charge, its name the elements, its number how many there are."""
    reaction = _ARROW.search(text) is not None
    for found in _FORMULA.finditer(text):
        body, charge = _charged(found["body"], found["sign"] or "")
        atoms = _atoms(body)
        if any(element not in _ELEMENTS for element in atoms) or _ABBREVIATION.fullmatch(body):
            continue
        if not charge and not re.search("[0-9]", body) and not reaction and _in_equation(text, found):
            continue
        if charge and not _ion(body, atoms, charge, found["sign"]):
            body, charge = found["body"], ""
            atoms = _atoms(body)
        if not charge and not _qualifies(body, atoms):
            continue
        end = found.end() if charge else found.end("body")
        counted = "".join(f"{element}{atoms[element]:g}" for element in sorted(atoms))
        form = f"{counted} {charge[-1]}{charge[:-1] or 1}" if charge else counted
        hydrate = text[max(0, found.start() - 2) : found.start()].rstrip().endswith("·")
        times = float(found["times"] or 1) if reaction or hydrate else 0.0
        yield Sign(ValueKind.FORMULA, found.start(), end, form, " ".join(sorted(atoms)), times, times)


def _in_equation(text: str, found: re.Match[str]) -> bool:
    """Whether letters stand beside a sign of an equation: SCr in CrCl = 72 × SCr is no substance."""
    return _EQUATED.match(text, found.end()) is not None or text[: found.start()].endswith(
        ("=", "= ", "×", "× ", "*", "* ")
    )


def _charged(body: str, sign: str) -> tuple[str, str]:
    """The atoms and the charge ("2+"): in Fe2+ the 2 belongs to the charge, in NH4+ the 4 does not; SO42- is SO4 2-."""
    charge, last = sign.strip(" ^()"), re.search(r"[0-9]+$", body)
    if charge not in ("+", "-") or not last or sign.startswith("^"):
        return body, charge
    alone = len(_atoms(body)) == 1
    if alone and body not in _ELEMENTARY:
        return body[: last.start()], last[0] + charge
    if not alone and len(last[0]) == 2:
        return body[:-1], last[0][1] + charge
    return body, charge


def _qualifies(body: str, atoms: dict[str, float]) -> bool:
    """Whether it is a formula even without a charge, and no abbreviation such as CPU or FP16."""
    if len(atoms) == 1:
        return body in _ELEMENTARY
    two_letters = re.search(r"[a-z]", body) is not None
    return body in _UNNUMBERED or re.search(r"[0-9]", body) is not None or (two_letters and len(body) <= 6)


def _ion(body: str, atoms: dict[str, float], charge: str, sign: str) -> bool:
    """Whether a sign after it is a charge: not the + of C++ or B+, nor a hyphen."""
    if len(atoms) > 1 or body in _BARE_IONS:
        return True
    return (sign.startswith("^") or charge[0].isdigit()) and body in _ELEMENTS | _ELEMENTARY


def _atoms(body: str) -> dict[str, float]:
    """How many atoms of each element a formula has."""
    counts: dict[str, float] = {}
    for group in _GROUP.finditer(body):
        times = float(group[2] or 1) if group[1] else 1.0
        for element, number in _ATOM.findall(group[1] or group[3]):
            counts[element] = counts.get(element, 0.0) + times * float(number or 1)
    return counts
