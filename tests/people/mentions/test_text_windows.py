"""Windows hold whole words on either side of a place, stand apart from one another, and end within no run of capitals."""

from searchkit.people.mentions.text_windows import REACH, windows

SMALL = "сөз " * 100
CAPITALS = "Асқар " * 100


def test_a_window_has_whole_words_as_far_as_it_reaches():
    text = f"{SMALL}Мамин {SMALL}"
    place = text.index("Мамин"), text.index("Мамин") + 5
    ((start, end),) = windows(text, [place])
    assert place[0] - start >= REACH
    assert end - place[1] >= REACH
    assert end - start < 2 * REACH + 20
    assert text[start - 1] == text[end] == " "


def test_windows_that_meet_are_one():
    text = f"{SMALL}Мамин сөз Мамин {SMALL}Мамин"
    places = [(at, at + 5) for at in range(len(text)) if text.startswith("Мамин", at)]
    found = windows(text, places)
    assert len(found) == 2
    assert found[0][0] < places[0][0]
    assert places[1][1] < found[0][1] < found[1][0] < places[2][0]
    assert found[1][1] == len(text)


def test_a_window_goes_on_to_a_small_letter():
    run = "Асқар " * 6
    text = f"{SMALL}{run}{'а' * (REACH - len(run))} Мамин {SMALL}"
    ((start, _),) = windows(text, [(text.index("Мамин"), text.index("Мамин") + 5)])
    assert text[:start].endswith("сөз ") or text[start:].startswith("сөз")


def test_it_does_not_go_on_for_ever():
    text = f"{CAPITALS}Мамин {CAPITALS}"
    ((start, end),) = windows(text, [(text.index("Мамин"), text.index("Мамин") + 5)])
    assert start > 0
    assert end < len(text)


def test_a_text_without_blanks_is_read_whole():
    text = "а" * 500
    assert windows(text, [(200, 210)]) == [(0, 500)]


def test_whole_lines():
    text = f"{SMALL}\nжол Мамин жол\n{SMALL}"
    at = text.index("Мамин")
    assert windows(text, [(at, at + 5)], whole_lines=True) == [(0, len(text))]
    lines = f"{SMALL}\n{'жол ' * 80}Мамин {'жол ' * 80}\n{SMALL}"
    at = lines.index("Мамин")
    ((start, end),) = windows(lines, [(at, at + 5)], whole_lines=True)
    assert (start, end) == (lines.index("\n") + 1, lines.rindex("\n"))
