from searchkit import languages
from searchkit.languages.suppletive import suppletive_stems


def test_they_are_stems_of_words_whose_forms_begin_otherwise() -> None:
    for code, form in (("en", "went"), ("en", "people"), ("ru", "люди"), ("ru", "шел"), ("ru", "поймут")):
        stem = languages.get(code).stem(form)
        assert stem in suppletive_stems()
    assert languages.get("en").stem("books") not in suppletive_stems()
