"""Word lists of users: TSV, SKOS and TBX, and what is said of bad ones."""

import pytest

from searchkit.errors import SearchkitError
from searchkit.lexicon import formats

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
    (concept,) = formats.read(file)
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
    ],
)
def test_bad_files_get_one_sentence(tmp_path, name, content, sentence):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SearchkitError, match=sentence.replace("(", r"\(")):
        list(formats.read(file))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SearchkitError, match="There is no file"):
        list(formats.read(tmp_path / "absent.tsv"))


def test_entities_of_a_tbx_file_are_not_expanded(tmp_path):
    (tmp_path / "secret").write_text("SECRET")
    file = tmp_path / "a.tbx"
    file.write_text(
        f'<!DOCTYPE tbx [<!ENTITY s SYSTEM "{tmp_path}/secret">]><tbx><termEntry>'
        '<langSet xml:lang="en"><term>a&s;</term></langSet><langSet xml:lang="kk"><term>б</term></langSet>'
        "</termEntry></tbx>"
    )
    assert all(
        "SECRET" not in word for concept in formats.read(file) for words in concept.words.values() for word in words
    )
