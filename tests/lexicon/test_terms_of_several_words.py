"""Terms of several words, typed as they stand in the lexicon, find the other languages' terms for the same concept."""

import random

import pytest

import searchkit
from searchkit import Document
from searchkit.lexicon import DATA, table

CONCEPTS = [concept for file in table.files(DATA) for concept in table.read(file)]
SEVERAL = [concept for concept in CONCEPTS if any(" " in words[0] for words in concept.words.values())]
SAMPLE = random.Random(11).sample(SEVERAL, 400)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The first term of each language of the sample, each a document."""
    with searchkit.open(tmp_path_factory.mktemp("terms") / "index", create=True) as index:
        index.add(
            Document(f"{number} {code}", words[0], language=code)
            for number, concept in enumerate(SAMPLE)
            for code, words in concept.words.items()
        )
        yield index


@pytest.mark.parametrize("query", ["{}", '"{}"'], ids=["words", "phrase"])
def test_they_find_the_terms_of_the_other_languages(index, query):
    found, missed = 0, []
    for number, concept in enumerate(SAMPLE):
        codes = [code for code, words in concept.words.items() if " " in words[0]]
        code = codes[number % len(codes)]
        hits = {hit.id for hit in index.search(query.format(concept.words[code][0]), limit=60, snippets=0)}
        for other, words in concept.words.items():
            if other != code and f"{number} {other}" in hits:
                found += 1
            elif other != code:
                missed.append((concept.words[code][0], words[0]))
    assert found >= 0.98 * (found + len(missed)), missed


TEXTS = {
    "ru": "Министр финансов открыл новую железную дорогу.",
    "kk": "Қаржы министрі жаңа теміржолды ашты.",
    "en": "The minister of finance opened a new railway.",
    "apart": "Финансы и министры: новая дорога из железной руды.",
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # inside a longer query, with or without quotes, where the literal words match as well
        ("министр железная дорога", {"ru", "kk", "en", "apart"}),
        ('"железная дорога" министр', {"ru", "kk", "en"}),
        ('"новая железная дорога"', {"ru", "kk", "en"}),
        ("railway minister", {"ru", "kk", "en"}),
        # its words keep their own sense, which phrases do not have
        ("железная дорога", {"ru", "kk", "en", "apart"}),
        ('"железная дорога"', {"ru", "kk", "en"}),
        # what must be exact, and what is asked for in the title, are not translated
        ('="железная дорога"', set()),
        ("=железная =дорога", set()),
        ("title:железная title:дорога", set()),
    ],
)
def test_terms_in_queries(tmp_path, query, found):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(Document(id, text) for id, text in TEXTS.items())
        results = index.search(query)
        assert {hit.id for hit in results[: results.complete]} == found
        if query == "железная дорога":
            assert results[3].id == "apart"


COMPOUND_VERBS = {
    "died uz": "Koʻp askarlar jangda halok boʻldi.",
    "died uz, participle": "Jangda halok boʻlgan askarlar xotirlandi.",
    "died uz, verbal noun": "Yigitning halok boʻlganligi maʼlum.",
    "died ru": "Много солдат погибло в боях.",
    "signed kk, passive": "Келісімге кеше қол қойылды.",
    "signed kk, participle": "Келісімге қол қойған министр кетті.",
    "signed kk, present": "Екі ел меморандумға қол қоюда.",
    "signed ru": "Министр подписал соглашение.",
    "signed en": "The minister signed the agreement.",
    "apart": "Қол қалады, қойма жабық.",
}


@pytest.fixture(scope="module")
def compounds(tmp_path_factory):
    with searchkit.open(tmp_path_factory.mktemp("index")) as index:
        index.add(Document(id, text) for id, text in COMPOUND_VERBS.items())
        yield index


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("halok boʻlmoq", "died"),
        ("halok boʻldi", "died"),
        ("halok boʻlgan", "died"),
        ("погибли", "died"),
        ("қол қою", "signed"),
        ("қол қойылды", "signed"),
        ("қол қойған", "signed"),
        ("signed", "signed"),
        ("подписали", "signed"),
    ],
)
def test_compound_verbs_meet_inflected_and_in_the_other_languages(compounds, query, meaning):
    results = compounds.search(query, limit=20)
    assert {hit.id for hit in results[: results.complete]} == {id for id in COMPOUND_VERBS if id.startswith(meaning)}
