"""The style sheet and the script: contrast, size, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "searchkit" / "web" / "static"
STYLE = (STATIC / "style.css").read_text(encoding="utf-8")

# what stands on what, and how much they must differ (WCAG 2.2, 1.4.3 and 1.4.11)
PAIRS = [
    *((text, ground, 4.5) for text in ("text", "quiet", "link") for ground in ("ground", "soft", "note")),
    ("mark-text", "mark", 4.5),
    ("ground", "link", 4.5),  # a button
    *((line, "ground", 3) for line in ("line", "bar", "focus")),
    ("line", "soft", 3),
]


def colours():
    """The colours of each scheme by name."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in blocks]


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("one", "other", "least"), PAIRS)
def test_contrast(scheme, one, other, least):
    named = colours()[scheme]
    assert contrast(named[one], named[other]) >= least


def test_every_colour_has_a_name_in_both_schemes():
    light, dark = colours()
    assert light.keys() == dark.keys()
    assert set(re.findall(r"var\(--([a-z-]+)\)", STYLE)) <= light.keys()


def test_sizes_and_nothing_from_elsewhere():
    assert len(STYLE.encode()) <= 20_000
    script = (STATIC / "script.js").read_bytes()
    assert len(script) <= 15_000
    for content in (STYLE, script.decode()):
        assert not re.search(r"https?:|//[a-z]|@import|url\(", re.sub(r"^\s*//.*$", "", content, flags=re.MULTILINE))
    assert ".innerHTML" not in script.decode()
