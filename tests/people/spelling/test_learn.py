"""The groups of letters that are learned from names in two alphabets."""

from searchkit.people.spelling.learn import best_groups, learn, pairs_of

# sh is ш in all of them, and the other letters are those that the general rules know.
NAMES = [
    f"{a}{b}{c}{d}\t{к}{л}{м}{н}\t9"
    for a, к in zip("mdpsnt", "мдпснт", strict=True)
    for b, л in zip("aou", "аоу", strict=True)
    for c, м in (("sh", "ш"), ("l", "л"), ("r", "р"))
    for d, н in zip("aou", "аоу", strict=True)
]


def test_a_pair_that_one_person_bears_is_left_out():
    assert list(pairs_of(["Shan\tШан\t1"])) == []
    assert [pair for pair, _ in pairs_of(["Shan\tШан\t2"])] == [("<shan>", "šan")]


def test_letters_that_are_one_sound_together_stand_in_one_group(capsys):
    groups = {letters: sounds for letters, sounds, _, _ in learn(list(pairs_of(NAMES)))}
    with_sh = [sounds for letters, sounds in groups.items() if "sh" in letters]
    assert with_sh
    assert all("š" in sounds for sounds in with_sh)
    assert not any(letters.startswith("h") or letters.endswith("s") for letters in groups if letters != "<s")


def test_the_cheapest_groups_are_chosen():
    costs = {("s", "s"): 1.0, ("h", ""): 1.0, ("sh", "š"): 0.5, ("a", "a"): 0.1}
    assert list(best_groups("sha", "ša", costs)) == [("sh", "š"), ("a", "a")]
    assert not best_groups("sha", "x", costs)
