"""searchkit lexicon: words looked up and brought."""


def test_words_of_the_user_are_used_at_once(indexed, tmp_path):
    (tmp_path / "papers" / "three.txt").write_text("Тұғырнама жарияланды.")
    indexed("index", "papers")
    assert indexed("search", "frobnicator").exit_code == 1
    (tmp_path / "words.tsv").write_text("en\tkk\nfrobnicator\tтұғырнама\n")
    assert indexed("lexicon", "check", "words.tsv").exit_code == 0
    assert indexed("lexicon", "import", "words.tsv").output == "1 concept imported.\n"
    assert "**Тұғырнама**" in indexed("search", "frobnicator").output
    assert "тұғырнама" in indexed("lexicon", "lookup", "frobnicator").output
    assert indexed("lexicon", "lookup", "xyzzy").exit_code == 1
