"""Word lists that users bring: TSV as `table` describes it, SKOS in Turtle or RDF/XML, TBX.

A concept without words in at least two of our languages carries nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from searchkit.errors import SearchkitError
from searchkit.lexicon import table
from searchkit.lexicon.table import LANGUAGES, Concept

LARGEST = 25_000_000
"""Bytes of a file. RDF takes up to seventy times its size in memory while it is read."""
MOST_CONCEPTS = 100_000
"""In a file, and in all files of an index: they take 400 MB while they are compiled."""
MOST_WORDS = 200
"""In a cell, or in a language of a concept."""
LONGEST_WORD = 500
"""Code points."""

_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read(file: Path) -> Iterator[Concept]:
    """The concepts of a file, by its extension. Raises SearchkitError, saying what to mend."""
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise SearchkitError(f"{file} is not a word list that can be read: use {', '.join(_READERS)}.")
    if not file.is_file():
        raise SearchkitError(f"There is no file {file}: check the spelling of the path.")
    if file.stat().st_size > LARGEST:
        raise SearchkitError(
            f"{file} is larger than {LARGEST // 1_000_000} MB: keep the words of {', '.join(LANGUAGES)} alone, or split it."
        )
    for number, concept in enumerate(reader(file), 1):
        if number > MOST_CONCEPTS:
            raise _too_many(file)
        for words in concept.words.values():
            if len(words) > MOST_WORDS or len(max(words, key=len)) > LONGEST_WORD:
                raise SearchkitError(
                    f"{file}, line {concept.line}: a cell holds up to {MOST_WORDS} words of up to {LONGEST_WORD} letters;"
                    " shorten it."
                )
        if len(concept.words) > 1:
            yield concept


def _too_many(file: Path) -> SearchkitError:
    return SearchkitError(f"{file} has more than {MOST_CONCEPTS:,} concepts: leave out what nobody searches for.")


def _skos(file: Path) -> Iterator[Concept]:
    """SKOS concepts: preferred labels first, then alternative and hidden ones."""
    import logging

    from rdflib.namespace import RDF, SKOS

    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    graph = _label_graph(file, RDF.type, SKOS.Concept, kinds)
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it warns of each odd address, in the file's own words
    turtle = file.suffix.lower() == ".ttl"
    try:
        with file.open("rb") as content:
            if not turtle:
                refuse_entities(file)
            graph.parse(file=content, format="turtle" if turtle else "xml")
    except (SearchkitError, MemoryError):
        raise
    except Exception as error:
        # The parsers raise many kinds, none of them with a common base.
        raise SearchkitError(f"{file} is not valid RDF: {' '.join(str(error).split())[:200]}") from None
    for number, concept in enumerate(sorted(graph.subjects(RDF.type, SKOS.Concept), key=str), 1):
        labels = [
            (str(getattr(label, "language", "") or ""), str(label))
            for kind in kinds
            for label in sorted(graph.objects(concept, kind), key=str)
        ]
        yield _concept(file, number, labels)


def _label_graph(file: Path, type: Any, concept: Any, kinds: Sequence[Any]) -> Any:
    """A graph that keeps what is read here alone, since most of a thesaurus is relations, notes and other languages."""
    from rdflib import Graph

    class LabelGraph(Graph):  # type: ignore[misc]
        concepts = labels = 0

        def add(self, triple: Any) -> Any:
            _, predicate, value = triple
            if predicate == type and value == concept:
                self.concepts += 1
            elif predicate in kinds and _code(str(getattr(value, "language", "") or "")):
                self.labels += 1
            else:
                return self
            if self.concepts > MOST_CONCEPTS or self.labels > MOST_CONCEPTS * len(LANGUAGES) * 2:
                raise _too_many(file)
            return super().add(triple)

    return LabelGraph()


def _tbx(file: Path) -> Iterator[Concept]:
    """The entries of a TBX file of either edition of the standard (ISO 30042:2008 and 2019)."""
    from lxml import etree

    refuse_entities(file)
    entries = etree.iterparse(
        str(file), tag=("{*}termEntry", "{*}conceptEntry"), resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for _, entry in entries:
            labels = [
                (section.get(_XML_LANGUAGE) or "", "".join(term.itertext()))
                for section in entry.iter("{*}langSet", "{*}langSec")
                for term in section.iter("{*}term")
            ]
            yield _concept(file, entry.sourceline or 0, labels)
            entry.clear()
    except etree.XMLSyntaxError as error:
        raise SearchkitError(f"{file} is not valid XML: {error.msg}") from None


def refuse_entities(file: Path) -> None:
    """Raise SearchkitError for an XML file that declares entities, before anything expands them.

    Few lines of entities within entities stand for gigabytes of text. The declarations come before the first element, so
    no more than that is read.
    """
    from xml.parsers import expat

    class Begun(Exception):
        """The first element: the declarations are over."""

    def begin(*_: Any) -> None:
        raise Begun

    def refuse(name: str, *_: Any) -> None:
        raise SearchkitError(
            f"{file} declares the entity {name}: write it out, or save the list as TSV or Turtle, which have none."
        )

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EntityDeclHandler = begin, refuse
    try:
        with file.open("rb") as content:
            parser.ParseFile(content)
    except Begun:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SearchkitError(f"{file} is not valid XML: {error}") from None


def _code(tag: str) -> str:
    """The language of ours that a tag names, such as kk-KZ or uz-Latn; "" for another."""
    code = tag.lower().replace("_", "-").partition("-")[0]
    return code if code in LANGUAGES else ""


def _concept(file: Path, line: int, labels: Iterable[tuple[str, str]]) -> Concept:
    """A concept from (language tag, label) pairs."""
    words: dict[str, list[str]] = {}
    for tag, label in labels:
        code, text = _code(tag), " ".join(label.split())
        if code and text and text not in words.setdefault(code, []):
            words[code].append(text)
    return Concept(file.stem, line, "n", {code: tuple(words[code]) for code in LANGUAGES if code in words})


_READERS: dict[str, Callable[[Path], Iterator[Concept]]] = {
    ".tsv": table.read,
    ".ttl": _skos,
    ".rdf": _skos,
    ".xml": _skos,
    ".tbx": _tbx,
}
