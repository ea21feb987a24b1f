"""Words that nothing explains find the words of the index that sound like them."""

import pytest

import searchkit
from searchkit import Document

TEXTS = {
    "james": "Актёр Джеймс Бонд приехал в четверг.",
    "trump": "Дональд Трамп выступил перед сенатом.",
    "pompeo": "Госсекретарь Майк Помпео вернулся домой.",
    "petersburg": "The train from Petersburg was late.",
    "smith": "Кеше Смит мырза келді.",
    "book": "Старый бук растёт у дороги.",
    "dinosaur": "Трицератопс питался травой.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with searchkit.open(tmp_path_factory.mktemp("near") / "index", create=True) as index:
        index.add(Document(id, text) for id, text in TEXTS.items())
        yield index


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("James", {"james"}),
        ("james", {"james"}),
        ("Trump", {"trump"}),
        ("Pompeo", {"pompeo"}),
        ("Петербург", {"petersburg"}),
        ("Smith", {"smith"}),
        ("triseratops", {"dinosaur"}),
        # a word of the lexicon in small letters is that word
        ("book", set()),
        # as are beginnings, exact words and searches without other spellings
        ("=Pompeo", set()),
        ("Pompej*", set()),
        # other words
        ("Jones", set()),
        ("Tramway", set()),
        ("Pompadour", set()),
        ("smi", set()),
    ],
)
def test_search(index, query, found):
    assert {hit.id for hit in index.search(query)} == found


def test_they_are_no_words_of_other_alphabets_where_those_are_turned_off(index):
    assert not index.search("Pompeo", transliterate=False).total


def test_what_is_written_as_asked_comes_first(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(
            [
                Document("long", "A letter that James wrote, among many other things told here at length."),
                Document("sound", "Джеймс писал, что Джеймс вернулся домой ещё в среду, о чём здесь сказано коротко."),
            ]
        )
        assert [hit.id for hit in index.search("James")] == ["long", "sound"]
        # the index is asked anew once it has changed
        index.add([Document("new", "Жеймс келді.")])
        assert {hit.id for hit in index.search("James")} == {"long", "sound", "new"}


@pytest.mark.parametrize(
    ("texts", "query", "found"),
    [
        # what a document has as typed is not looked for in other spellings of its own alphabet
        ({"es": "El registro electrónico del archivo.", "en": "The electronic register."}, "electrónico", {"es"}),
        # nor, with a capital, as another common word
        ({"es": "El registro electrónico del archivo.", "en": "The electronic register."}, "Electrónico", {"es"}),
        # nor what it has in another form
        ({"a": "Мы видели триптихи.", "b": "Триптих.", "c": "Сказал Триптех."}, "триптиха", {"a", "b"}),
        # in the other alphabet it still is
        ({"a": "the johnsonite mineral", "b": "Джонсонит найден в горах."}, "johnsonite", {"a", "b"}),
        # a name is respelt by other languages of its alphabet
        ({"a": "Trump spoke.", "b": "Трамп выступил.", "c": "Tramp soʻzladi."}, "Trump", {"a", "b", "c"}),
        # what no document has is found by its sound in any
        ({"b": "Трамп выступил.", "c": "Tramp soʻzladi."}, "trump", {"b", "c"}),
    ],
)
def test_what_the_index_has_itself_is_looked_for_in_other_alphabets_alone(tmp_path, texts, query, found):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(Document(id, text) for id, text in texts.items())
        assert {hit.id for hit in index.search(query)} == found
