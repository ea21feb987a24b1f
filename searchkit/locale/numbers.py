"""Numbers, dates and sizes as each language of the interface writes them (data/formats.tsv).

A date is no more exact than it is known.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "formats.tsv"


@cache
def formats() -> dict[str, dict[str, str]]:
    """By language, the language of the source first: what the table says of it."""
    lines = [line for line in FILE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    _, *codes = lines[0].split("\t")
    found: dict[str, dict[str, str]] = {code: {} for code in codes}
    for line in lines[1:]:
        key, *values = line.split("\t")
        for code, value in zip(codes, values, strict=True):
            found[code][key] = value
    return found


def number(value: float, code: str) -> str:
    """A number with its thousands parted; of one that is not whole, one digit after the point or comma."""
    signs = formats()[code]
    whole, _, part = (f"{value:,.1f}" if isinstance(value, float) else f"{value:,}").partition(".")
    return whole.replace(",", signs["thousands"]) + (signs["decimals"] + part if part else "")


def size(value: int, code: str) -> str:
    """Bytes in the largest unit of which there is one, by thousands."""
    units = formats()[code]["units"].split()
    amount, unit = float(value), 0
    while amount >= 1000 and unit < len(units) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{number(amount if unit > 1 else round(amount), code)}\u00a0{units[unit]}"


def date(iso: str, code: str) -> str:
    """A date such as 2025, 2025-06 or 2025-06-25 in words; anything else as it is."""
    parts = iso.split("-")
    if not (1 < len(parts) <= 3 and all(part.isdecimal() for part in parts) and 1 <= int(parts[1]) <= 12):
        return iso
    signs = formats()[code]
    if len(parts) == 2:
        return signs["month and year"].format(month=month(int(parts[1]), code), year=parts[0])
    name = signs["months of days"].split()[int(parts[1]) - 1]
    return signs["day, month and year"].format(day=int(parts[2]), month=name, year=parts[0])


def month(number: int, code: str) -> str:
    """The name of a month, counted from 1."""
    return formats()[code]["months"].split()[number - 1]
