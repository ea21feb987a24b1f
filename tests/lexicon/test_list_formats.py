"""Word lists of users: TSV, SKOS and TBX, and what is said of bad ones."""

import pytest

from searchkit.errors import SearchkitError
from searchkit.lexicon import list_formats

TSV = "# Our words.\npos\ten\tkk\tru\nn\tlibrary; book house\tкітапхана\tбиблиотека\nn\tlonely\t\t\n"

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/1> a skos:Concept ;
    skos:prefLabel "library"@en, "кітапхана"@kk, "kutubxona"@uz-Latn, "bibliothèque"@fr ;
    skos:altLabel "book house"@en .
"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="http://example.org/1">
    <skos:prefLabel xml:lang="en">library</skos:prefLabel>
    <skos:altLabel xml:lang="en">book house</skos:altLabel>
    <skos:prefLabel xml:lang="kk">кітапхана</skos:prefLabel>
  </skos:Concept>
</rdf:RDF>
"""

TBX_2008 = """<?xml version="1.0"?>
<martif type="TBX"><text><body><termEntry id="1">
  <langSet xml:lang="en"><tig><term>library</term></tig><tig><term>book house</term></tig></langSet>
  <langSet xml:lang="kk-KZ"><tig><term>кітапхана</term></tig></langSet>
</termEntry></body></text></martif>
"""

TBX_2019 = """<?xml version="1.0"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic"><text><body><conceptEntry id="1">
  <langSec xml:lang="en"><termSec><term>library</term></termSec><termSec><term>book house</term></termSec></langSec>
  <langSec xml:lang="kk"><termSec><term>кітапхана</term></termSec></langSec>
</conceptEntry></body></text></tbx>
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.tsv", TSV), ("a.ttl", TURTLE), ("a.rdf", RDF), ("a.tbx", TBX_2008), ("b.tbx", TBX_2019)],
)
def test_every_format_gives_the_same_concept(tmp_path, name, content):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    (concept,) = list_formats.read(file)
    assert concept.words["en"] == ("library", "book house")
    assert concept.words["kk"] == ("кітапхана",)
    assert "fr" not in concept.words


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.tsv", "en\tfr\nlibrary\tbibliothèque\n", "line 1: unknown column 'fr'"),
        ("a.tsv", "en\tkk\na\tb\tc\n", "line 2: 3 cells under 2 columns"),
        ("a.ttl", "this is not turtle", "not valid RDF"),
        ("a.tbx", "<tbx>", "not valid XML"),
        ("a.xls", "", "use .tsv"),
        ("a.rdf", "no XML", "not valid XML"),
        ("a.rdf", "", "not valid XML"),
    ],
)
def test_bad_files_get_one_sentence(tmp_path, name, content, sentence):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SearchkitError, match=sentence.replace("(", r"\(")):
        list(list_formats.read(file))


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_a_table_in_another_encoding_gets_one_sentence(tmp_path, encoding):
    """Spreadsheets save so unless told otherwise."""
    (tmp_path / "a.tsv").write_text("en\tru\nlibrary\tбиблиотека\n", encoding=encoding)
    with pytest.raises(SearchkitError, match="is not in UTF-8: save it"):
        list(list_formats.read(tmp_path / "a.tsv"))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SearchkitError, match="There is no file"):
        list(list_formats.read(tmp_path / "absent.tsv"))


BOMBS = {
    # six levels of ten: a file of 1 kB that stands for a million words
    "levels": "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 7)),
    "one that is repeated": f'<!ENTITY big "{"a" * 1000}">',
    "a file of this computer": '<!ENTITY secret SYSTEM "file:///etc/hostname">',
    "a parameter": '<!ENTITY % more SYSTEM "more.dtd">',
}


@pytest.mark.parametrize("declared", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize(("name", "content"), [("a.rdf", RDF), ("a.xml", RDF), ("a.tbx", TBX_2008)])
def test_entities_are_refused_before_anything_expands_them(tmp_path, name, content, declared):
    file = tmp_path / name
    first, _, rest = content.partition("\n")
    used = "&l6;" * 10 if "l6" in declared else "&big;" if "big" in declared else ""
    root = "rdf:RDF" if "rdf:RDF" in content else "martif"
    file.write_text(f"{first}\n<!DOCTYPE {root} [{declared}]>\n{rest}".replace("library", f"library{used}"))
    with pytest.raises(SearchkitError, match="declares the entity"):
        list(list_formats.read(file))


def test_a_document_type_without_entities_is_read(tmp_path):
    file = tmp_path / "a.tbx"
    file.write_text(TBX_2008.replace("\n<martif", '\n<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n<martif'))
    assert len(list(list_formats.read(file))) == 1


def test_what_is_too_large_is_refused_before_it_takes_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(list_formats, "LARGEST", 1_000)
    file = tmp_path / "a.tsv"
    file.write_text("en\tkk\n" + "library\tкітапхана\n" * 100, encoding="utf-8")
    with pytest.raises(SearchkitError, match="larger than .* split it"):
        list(list_formats.read(file))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "en\tkk\n" + "library\tкітапхана\n" * 4),
        ("a.rdf", RDF.replace("</rdf:RDF>", RDF[RDF.index("<skos:Concept") : RDF.index("</rdf")] * 3 + "</rdf:RDF>")),
        ("a.ttl", TURTLE + "".join(f"<http://example.org/{n}> a skos:Concept .\n" for n in range(2, 5))),
        ("a.tbx", TBX_2019.replace("</body>", "<conceptEntry/>" * 3 + "</body>")),
    ],
)
def test_more_concepts_than_memory_allows_are_refused(tmp_path, monkeypatch, name, content):
    file = tmp_path / name
    file.write_text(content.replace("example.org/1", "example.org/x"), encoding="utf-8")
    monkeypatch.setattr(list_formats, "MOST_CONCEPTS", 3)
    with pytest.raises(SearchkitError, match="more than 3 concepts"):
        list(list_formats.read(file))


@pytest.mark.parametrize("cell", ["w" * 501, ";".join(f"word{n}" for n in range(201))], ids=["long", "many"])
def test_a_cell_that_is_no_list_of_terms_is_named(tmp_path, cell):
    file = tmp_path / "a.tsv"
    file.write_text(f"en\tkk\nlibrary\tкітапхана\n{cell}\tсөз\n", encoding="utf-8")
    with pytest.raises(SearchkitError, match="line 3: a cell holds up to 200 words"):
        list(list_formats.read(file))


def test_labels_of_other_languages_and_relations_take_no_memory(tmp_path):
    """They are most of a thesaurus."""
    file = tmp_path / "a.ttl"
    file.write_text(TURTLE + '<http://example.org/1> skos:prefLabel "x"@de ; skos:broader <http://example.org/2> .')
    (concept,) = list_formats.read(file)
    assert set(concept.words) == {"en", "kk", "uz"}
