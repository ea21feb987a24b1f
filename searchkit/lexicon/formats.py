"""Word lists that users bring: TSV as `table` describes it, SKOS in Turtle or RDF/XML, TBX.

A concept without words in at least two of our languages carries nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from searchkit.errors import SearchkitError
from searchkit.lexicon import table
from searchkit.lexicon.table import LANGUAGES, Concept

_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read(file: Path) -> Iterator[Concept]:
    """The concepts of a file, by its extension. Raises SearchkitError, saying what to mend."""
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise SearchkitError(f"{file} is not a word list that can be read: use {', '.join(_READERS)}.")
    if not file.is_file():
        raise SearchkitError(f"There is no file {file}: check the spelling of the path.")
    for concept in reader(file):
        if len(concept.words) > 1:
            yield concept


def _skos(file: Path) -> Iterator[Concept]:
    """SKOS concepts: preferred labels first, then alternative and hidden ones."""
    from rdflib import Graph
    from rdflib.namespace import RDF, SKOS

    graph = Graph()
    try:
        graph.parse(str(file), format="turtle" if file.suffix.lower() == ".ttl" else "xml")
    except Exception as error:
        # The parsers raise many kinds, none of them with a common base.
        raise SearchkitError(f"{file} is not valid RDF: {' '.join(str(error).split())[:200]}") from None
    for number, concept in enumerate(sorted(graph.subjects(RDF.type, SKOS.Concept), key=str), 1):
        labels = [
            (str(getattr(label, "language", "") or ""), str(label))
            for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
            for label in sorted(graph.objects(concept, kind), key=str)
        ]
        yield _concept(file, number, labels)


def _tbx(file: Path) -> Iterator[Concept]:
    """The entries of a TBX file of either edition of the standard (ISO 30042:2008 and 2019)."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    try:
        root = etree.parse(str(file), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise SearchkitError(f"{file} is not valid XML: {error.msg}") from None
    for entry in root.iter("{*}termEntry", "{*}conceptEntry"):
        labels = [
            (section.get(_XML_LANGUAGE) or "", "".join(term.itertext()))
            for section in entry.iter("{*}langSet", "{*}langSec")
            for term in section.iter("{*}term")
        ]
        yield _concept(file, entry.sourceline or 0, labels)


def _concept(file: Path, line: int, labels: Iterable[tuple[str, str]]) -> Concept:
    """A concept from (language tag, label) pairs; tags such as kk-KZ or uz-Latn count as kk and uz."""
    words: dict[str, list[str]] = {}
    for tag, label in labels:
        code = tag.lower().replace("_", "-").partition("-")[0]
        text = " ".join(label.split())
        if code in LANGUAGES and text and text not in words.setdefault(code, []):
            words[code].append(text)
    return Concept(file.stem, line, "n", {code: tuple(words[code]) for code in LANGUAGES if code in words})


_READERS: dict[str, Callable[[Path], Iterator[Concept]]] = {
    ".tsv": table.read,
    ".ttl": _skos,
    ".rdf": _skos,
    ".xml": _skos,
    ".tbx": _tbx,
}
