"""Opening an index, what it takes for arguments, and its documents as a mapping by id."""

import threading

import pytest

import searchkit
from searchkit import Document

DOCUMENTS = [
    Document("a/one.pdf", "A memorandum of two libraries.", language="en", date="2025", source="a/one.pdf"),
    Document("a/two.txt", "Меморандумға қол қойылды.", language="kk", source="a/two.txt"),
    Document("b/three.txt", "Memorandum imzolandi.", language="uz", date="1937-05", source="b/three.txt"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with searchkit.open(tmp_path_factory.mktemp("opening") / "index", create=True) as index:
        index.add(DOCUMENTS)
        yield index


def test_a_mistyped_folder_is_not_made(tmp_path):
    with pytest.raises(searchkit.BrokenIndexError, match="There is no index"):
        searchkit.open(tmp_path / "idnex")
    assert not (tmp_path / "idnex").exists()


def test_an_index_is_made_in_an_empty_folder(tmp_path):
    (tmp_path / "index").mkdir()
    with searchkit.open(tmp_path / "index") as index:
        assert len(index) == 0


def test_documents_by_id(index):
    assert index["a/one.pdf"].text.startswith("A memorandum")
    assert "a/one.pdf" in index
    assert "a/none" not in index
    with pytest.raises(KeyError):
        index["a/none"]
    assert [document.id for document in index] == ["a/one.pdf", "a/two.txt", "b/three.txt"]
    assert [document.id for document in index.documents(language="kk")] == ["a/two.txt"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"type": "pdf"}, {"a/one.pdf"}),
        ({"type": ".TXT"}, {"a/two.txt", "b/three.txt"}),
        ({"type": "-txt"}, {"a/one.pdf"}),
        ({"type": "pdf,txt"}, {"a/one.pdf", "a/two.txt", "b/three.txt"}),
        ({"folder": "a"}, {"a/one.pdf", "a/two.txt"}),
        ({"folder": "-a"}, {"b/three.txt"}),
        ({"language": "-uz"}, {"a/one.pdf", "a/two.txt"}),
        ({"language": "kk,uz,-uz"}, {"a/two.txt"}),
        ({"date": "none"}, {"a/two.txt"}),
    ],
)
def test_filters_of_files_and_what_is_left_out(index, filters, found):
    assert {hit.id for hit in index.search("memorandum", **filters)} == found
    assert {place.document_id for place in index.concordance("memorandum", **filters)} == found


def test_undated_documents_in_a_query(index):
    assert {hit.id for hit in index.search("memorandum date:none")} == {"a/two.txt"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"order": "best"}, "There is no order “best”: choose one of score, newest, oldest, added."),
        ({"match": "fuzzy"}, "There is no match “fuzzy”: choose one of exact, forms, scripts, meanings."),
        ({"language": "zz"}, "There is no language “zz”"),
        ({"date": "yesterday"}, "“yesterday” is not a date"),
        ({"limit": -1}, "limit and offset count documents: give 0 or more."),
        ({"offset": -5}, "limit and offset count documents: give 0 or more."),
    ],
)
def test_arguments_are_checked(index, arguments, message):
    with pytest.raises(searchkit.QueryError) as raised:
        index.search("memorandum", **arguments)
    assert message in str(raised.value)


def test_a_closed_index_says_so(tmp_path):
    index = searchkit.open(tmp_path / "index", create=True)
    index.close()
    for use in (lambda: index.search("x"), lambda: len(index), lambda: index.add(DOCUMENTS)):
        with pytest.raises(searchkit.SearchkitError, match="is closed: open it again"):
            use()


def test_adding_from_several_threads_waits_its_turn(tmp_path):
    failed = []
    with searchkit.open(tmp_path / "index", create=True) as index:

        def add(number):
            try:
                for part in range(3):
                    index.add([Document(f"{number}-{part}", "A memorandum.")])
            except searchkit.SearchkitError as error:
                failed.append(error)

        threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failed
        assert index.search("memorandum").total == len(index) == 12


def test_whoever_does_not_wait_is_told(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        with index._storage.locked(), pytest.raises(searchkit.LockedIndexError):
            index.add(DOCUMENTS, wait=0)
        assert len(index) == 0


def test_a_text_is_known_wherever_it_stands(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([Document("here", "One text."), Document("copy", "One text."), Document("other", "Another.")])
        known = index.fingerprints()
        one = Document("anywhere", "One text.").fingerprint
        assert known.ids(one) == ("copy", "here")
        assert known.of("here") == one
        index.remove(["here"])
        index.add([Document("moved", "One text."), Document("other", "Changed.")])
        assert index.fingerprints().ids(one) == ("copy", "moved")
        assert known.of("here") == ""
        assert known.ids(Document("", "Another.").fingerprint) == ()
