"""Adding a language takes its package and one line of the registry: proved with a small made-up one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# Vela has a letter of its own (ɓ), one ending (-nu), two words of grammar, and writes an apostrophe after l.
MODULE = """
from searchkit.languages.base import QueryStem, Step
from searchkit.languages.wordlists import read_words


class Vela:
    code, name, scripts = "vl", "Vela", frozenset({"Latn"})
    stop_words = read_words("vl", "stop_words.txt")
    undoes_participles = False

    def normalise(self, word):
        return word.replace("ɓ", "b")

    def stem(self, word):
        return word.removesuffix("nu") or word

    def readings(self, word):
        return [QueryStem(self.stem(word), 1.0, "stem")]

    def steps(self, word):
        return [Step("ending", "case", word, self.stem(word))]


LANGUAGE = Vela()
"""
PROFILE = """# How Vela is written and recognised.
own	Latn	[ɓƁ]
letters	Latn	ɓƁ
telling	Latn	3 ɓ
words	Latn	ke ola
endings	Latn	nu
apostrophe	Latn	lL
"""
NAME_ENDINGS = "any\t*\tnu\t-\tgenitive\n"
PROGRAM = """
import sys
import searchkit
from searchkit import languages

languages.__path__.append(sys.argv[1])
languages.REGISTRY["vl"] = languages.Registered(("Latn",), asked=True)  # the line of the registry

tokens = searchkit.analyze("Ke ɓarunu ola tal' dorenu ke miɓa. The library is old and it was built for them.")
print([(token.text, token.language, token.stem) for token in tokens if token.language == "vl"])
with searchkit.open(sys.argv[2], create=True) as index:
    index.add([searchkit.Document("one", "Ke ɓarunu ola dorenu ke miɓa ola sarunu."), searchkit.Document("two", "The old library.")])
    print([hit.id for hit in index.search("ɓaru")], [hit.id for hit in index.search("dore language:vl")])
    print(index.search("ɓaru")[0].snippets[0].text)
    index.add([searchkit.Document("three", "Ke Tomar Belarnu ola ɓarunu ola miɓa. Ke ɓaru ola dore Tomar Belar ke.")])
    print([(mention.text, "Vela genitive" in mention.reason) for mention in index.mentions("Tomar Belar")])
"""


def test_a_package_and_a_line_make_a_language(tmp_path: Path) -> None:
    data = tmp_path / "languages" / "vl" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text(MODULE, encoding="utf-8")
    (data / "profile.tsv").write_text(PROFILE, encoding="utf-8")
    (data / "names.tsv").write_text("endings\tvl\n", encoding="utf-8")
    (data / "name_endings.tsv").write_text(NAME_ENDINGS, encoding="utf-8")
    (data / "stop_words.txt").write_text("ke ola\n", encoding="utf-8")
    program = [sys.executable, "-X", "utf8", "-c", PROGRAM, str(tmp_path / "languages"), str(tmp_path / "index")]
    output = subprocess.run(program, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    assert output[0] == str(
        [
            ("Ke", "vl", "ke"),
            ("ɓarunu", "vl", "baru"),
            ("ola", "vl", "ola"),
            ("tal'", "vl", "talʼ"),
            ("dorenu", "vl", "dore"),
            ("ke", "vl", "ke"),
            ("miɓa", "vl", "miba"),
        ]
    )
    assert output[1] == "['one'] ['one']"
    assert "ɓarunu" in output[2]
    assert output[3] == str([("Tomar Belarnu", True), ("Tomar Belar", False)])
