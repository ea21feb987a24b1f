"""Analysis with made-up languages, so that a changed stemmer changes nothing here; the last tests take the real ones.

`entries` and `vocabulary` are tested here, through the tokens and terms that they make.
"""

# Tests as well, in searchkit/: analysis: column_stream entries version vocabulary

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import languages
from searchkit.analysis import analyse, entries, vocabulary
from searchkit.errors import SearchkitError
from searchkit.languages.base import Step
from searchkit.model import Document
from searchkit.terms.fields import FIELDS, TEXT_FIELDS
from searchkit.terms.wire import TermStreams


class Made:
    """A language whose stem is its code and the first four letters, and that counts what it is asked."""

    stop_words = frozenset()

    def __init__(self, code, *scripts):
        self.code = self.name = code
        self.scripts = frozenset(scripts)
        self.asked = []

    def normalise(self, word):
        return word.replace("ё", "е")

    def stem(self, word):
        self.asked.append(word)
        return f"{self.code}:{word[:4]}"

    def steps(self, word):
        return (Step("stem", "four letters", word, self.stem(word)),)


@pytest.fixture
def made(monkeypatch):
    found = {
        "en": Made("en", "Latn"),
        "kk": Made("kk", "Cyrl", "Latn"),
        "uz": Made("uz", "Latn", "Cyrl"),
        "ru": Made("ru", "Cyrl"),
        "tr": Made("tr", "Latn"),
        "hu": Made("hu", "Latn"),
    }
    monkeypatch.setattr(languages, "_loaded", dict(found))
    for module in (entries, vocabulary):
        monkeypatch.setattr(
            module, "key", lambda surface, word, language: "" if surface.islower() else f"{language}={word}"
        )
    vocabulary._vocabulary.cache_clear()
    yield found
    vocabulary._vocabulary.cache_clear()


def brief(tokens):
    return [(token.text, token.language, token.word, token.stem) for token in tokens]


def test_a_token(made):
    (token,) = analyse.analyze("  Кітапханасында.", language="kk")
    assert token == ("Кітапханасында", 2, 16, "kk", "кітапханасында", "kk:кіта", "kk=кітапханасында")


def test_passages_are_found(made):
    tokens = analyse.analyze("The end of the day.\nҚұтадғу білік әлемге әйгілі.\nИ вот что было потом.")
    assert [token.language for token in tokens] == ["en"] * 5 + ["kk"] * 4 + ["ru"] * 5


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Cерік", "kk", ("Cерік", "kk", "серік", "kk:сері")),  # Latin C
        ("Ёлка", "ru", ("Ёлка", "ru", "елка", "ru:елка")),  # the language's own normalisation
        ("mem-\norandum", "en", ("mem-\norandum", "en", "memorandum", "en:memo")),
        ("tog'", "uz", ("tog'", "uz", "togʻ", "uz:togʻ")),
        ("2025", "kk", ("2025", "kk", "2025", "2025")),
        ("10,000", "en", ("10,000", "en", "10000", "10000")),
        ("3,5", "ru", ("3,5", "ru", "3.5", "3.5")),
        ("IRMAK", "tr", ("IRMAK", "tr", "ırmak", "tr:ırma")),
        ("İzmir", "tr", ("İzmir", "tr", "izmir", "tr:izmi")),
        ("Irak", "uz", ("Irak", "uz", "irak", "uz:irak")),
        ("Iılım", "kk", ("Iılım", "kk", "ıılım", "kk:ıılı")),
        ("Qazaqstan", "kk", ("Qazaqstan", "kk", "qazaqstan", "kk:qaza")),
        ("ΑΘΗΝΑ", "en", ("ΑΘΗΝΑ", "en", "αθηνα", "αθηνα")),  # a script of no language: no stem
        ("日本語", "ru", ("日本語", "ru", "日本語", "日本語")),
    ],
)
def test_words(made, text, language, expected):
    assert brief(analyse.analyze(text, language=language)) == [expected]


@pytest.mark.parametrize(
    ("passage", "word", "language"),
    [
        (("компания Apple объявила", "ru"), "Apple", "en"),
        (("компаниясы Apple хабарлады", "kk"), "Apple", "en"),
        (("қадимги Oʻzbek матбуоти", "uz"), "Oʻzbek", "uz"),
        (("газета Oʻzbek вышла", "ru"), "Oʻzbek", "uz"),
        (("Тоқаев подписал указ", "ru"), "Тоқаев", "kk"),
        (("Ўзбек поэт", "ru"), "Ўзбек", "uz"),
        (("the novel Қан и", "en"), "Қан", "kk"),
        (("the novel Қан и", "en"), "и", "ru"),
        (("kitob Навоий haqida", "uz"), "Навоий", "uz"),
        (("жас Ўзбек ақыны", "kk"), "Ўзбек", "uz"),
    ],
)
def test_words_of_another_language(made, passage, word, language):
    text, code = passage
    tokens = analyse.analyze(text, passages=[(0, len(text), code)])
    assert {token.text: token.language for token in tokens}[word] == language


def test_names(made):
    tokens = analyse.analyze("Marat went 2025", language="en")
    assert [token.name for token in tokens] == ["en=marat", "", ""]


def test_each_distinct_word_is_stemmed_once(made):
    text = "кітап пен кітап және кітап " * 3
    for _ in range(2):
        analyse.analyze(text, language="kk")
        analyse.stream(text, [(0, len(text), "kk")])
    assert sorted(made["kk"].asked) == sorted({"кітап", "пен", "және"})


@pytest.mark.parametrize("script", ["Latn", "Cyrl"])
@pytest.mark.parametrize("code", ["en", "kk", "uz", "ru", "tr"])
def test_the_short_way_for_plain_words_leads_to_the_same(made, code, script):
    found = vocabulary.vocabulary_of(code, script)
    for word in ("Irak", "IRAK", "кітап", "Кітап", "Ўзбек", "ХІХ", "ХХ", "Хан", "ІІМ", "ёлка", "Qazaq", "A", "я", "І"):
        assert found[word] == entries.entry(word, code, script), word


def test_memory_is_bounded(made, monkeypatch):
    monkeypatch.setattr(vocabulary, "REMEMBERED", 10)
    text = " ".join(f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(100))
    tokens = analyse.analyze(text, language="en")
    assert len(tokens) == 100
    assert len(vocabulary.vocabulary_of("en", "Latn")) <= 10
    analyse.analyze("a" * 100_000, language="en")
    assert not any(len(word) > entries.LONGEST for word in vocabulary.vocabulary_of("en", "Latn"))


def test_long_words_are_cut(made):
    (token,) = analyse.analyze("A" * 1000, language="en")
    assert (token.word, token.stem, token.name) == ("a" * 64, "a" * 64, "")
    assert token.end == 1000


def test_an_unknown_language_is_an_error(made):
    with pytest.raises(SearchkitError, match="xx"):
        analyse.analyze("text", language="xx")


# ------------------------------------------------------------------ documents


def test_a_document(made):
    document = Document("1", "Жиында кітап туралы әңгіме болды. Ол 2025 жылы өтті.", title="Астана")
    analysed = analyse.analyse_document(document)
    assert set(analysed.fields) == set(FIELDS)
    assert analysed.fields["word"] == ["жиында", "кітап", "туралы", "әңгіме", "болды", "ол", "2025", "жылы", "өтті"]
    assert analysed.fields["stem"][:2] == ["kk:жиын", "kk:кіта"]
    assert analysed.fields["stem"][6] == "2025"
    assert analysed.fields["name"][:2] == ["kk=жиында", ""]
    assert analysed.fields["title_stem"] == ["kk:аста"]  # a title that does not tell is in the text's language
    assert analysed.passages == [(0, len(document.text), "kk")]
    assert analysed.title_passages == [(0, 6, "kk")]
    assert analysed.languages == ("kk",)


def test_an_empty_document(made):
    analysed = analyse.analyse_document(Document("1", ""))
    assert all(terms == [] for terms in analysed.fields.values())
    assert analysed.passages == analysed.title_passages == []
    assert analysed.languages == ()


def test_a_title_alone_has_a_language(made):
    assert analyse.analyse_document(Document("1", "", title="Ұлттық кітапхана")).languages == ("kk",)


def test_languages_main_first_and_a_tenth_counts(made):
    english = "The end of the day was good for all of us and them. "
    kazakh = "Құтадғу білік әлемге әйгілі. "
    text = english + kazakh + english
    assert analyse.analyse_document(Document("1", text)).languages == ("en", "kk")
    text = english * 10 + kazakh
    assert analyse.analyse_document(Document("1", text)).languages == ("en",)


def test_a_stated_language_decides_what_the_text_leaves_open(made):
    assert analyse.analyse_document(Document("1", "Ташкент Самарканд", language="uz")).languages == ("uz",)
    assert analyse.analyse_document(Document("1", "И вот что было потом", language="uz")).languages == ("ru",)
    assert analyse.analyse_document(Document("1", "И вот что было потом", language="xx")).languages == ("ru",)


def test_stored_passages_give_the_same_tokens(made):
    text = "The end of «Құтадғу білік» is near.\nMilliy kutubxona va uning xodimlari tog' haqida."
    analysed = analyse.analyse_document(Document("1", text))
    tokens = analyse.analyze(text, passages=analysed.passages)
    assert tokens == analyse.analyze(text)
    assert [token.word for token in tokens] == analysed.fields["word"]


# ------------------------------------------------------------------ explanations


def test_explain(made):
    (found,) = analyse.explain("Cе\u00adрік", language="kk")
    assert found.token.stem == "kk:сері"
    assert found.steps == (
        Step("letters repaired", "apostrophes, hyphenation, marks", "Cе\u00adрік", "Cерік"),
        Step("letters repaired", "look-alikes of another script", "Cерік", "Серік"),
        Step("normalised", "small letters", "Серік", "серік"),
        Step("stem", "four letters", "серік", "kk:сері"),
    )


def test_explain_numbers_and_other_scripts(made):
    year, thousands, japanese = analyse.explain("2025 10,000 日本", language="en")
    assert year.steps == ()
    assert [step.after for step in thousands.steps] == ["10000"]
    assert japanese.steps == ()


# ------------------------------------------------------------------ any text

ANY = (
    st.text()
    | st.text(alphabet="aоқiіI'ʻ‘’ -\n.,1\u00ad\u0301\ud800\x00«»", max_size=50)
    | st.lists(
        st.sampled_from(
            [
                "Құтадғу білік",
                "the end of",
                "и в том",
                "Apple",
                "«",
                "»",
                "\n",
                ". ",
                "tog'",
                "10,000",
                "\ud800",
                "日本",
            ]
        )
    ).map("".join)
)


@settings(suppress_health_check=["function_scoped_fixture"])
@given(text=ANY, language=st.sampled_from([None, "en", "kk", "uz", "ru", "tr"]))
def test_any_text(made, text, language):
    passages = analyse.find_passages(text, language, main=None if language else "kk")
    tokens = analyse.analyze(text, passages=passages)
    end = 0
    for token in tokens:
        assert text[token.start : token.end] == token.text
        assert end <= token.start < token.end
        assert token.language in languages.codes()
        assert token.word
        assert token.stem
        end = token.end
    terms = TermStreams(analyse.stream(text, passages), "")
    assert [(token.word, token.stem, token.name) for token in tokens] == list(
        zip(*map(terms.get, TEXT_FIELDS), strict=True)
    )


@settings(suppress_health_check=["function_scoped_fixture"])
@given(text=ANY)
def test_without_stems_everything_else_is_the_same(made, text):
    with_stems, without = analyse.analyze(text), analyse.analyze(text, stems=False)
    assert without == [token._replace(stem=token.word) for token in with_stems]


def test_analysis_loads_no_model_with_stored_passages():
    script = (
        "import sys\n"
        "from searchkit.analysis import analyse\n"
        "analyse.analyze('The library of the embassy', passages=[(0, 26, 'en')])\n"
        "heavy = {'numpy', 'py3langid', 'transliterate', 'whoosh', 'searchkit.analysis.passages'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


# ------------------------------------------------------------------ the real languages


@pytest.mark.parametrize("code", languages.codes())
def test_real_languages_fulfil_the_protocol(code):
    language = languages.get(code)
    assert language.code == code
    assert {script for script in ("Latn", "Cyrl") if code in languages.for_script(script)} == language.scripts
    for text in ("memorandum", "Меморандумға", "Oʻzbekiston", "don't", "x", "ь", "ʼ", "и\u0301", "COVID19"):
        for token in analyse.analyze(text, language=code):
            assert token.word
            assert token.stem


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("memorandum", "en"),
        ("меморандум", "ru"),
        ("меморандумы", "ru"),
        ("меморандумға", "kk"),
        ("memorandumlar", "uz"),
        ("меморандумлар", "uz"),
    ],
)
def test_a_loan_has_one_stem_in_all_languages(text, language):
    assert [token.stem for token in analyse.analyze(text, language=language)] == ["memorandum"]


@pytest.mark.parametrize(
    ("text", "word", "language"),
    [
        ("Қўлёзмалар кўргазмасида «Көне дәуір» альманахи ҳам бор эди.", "дәуір", "kk"),  # a Kazakh word in Uzbek
        ("Kitobda Сыр өңірі haqida yozilgan va u nashr qilindi.", "өңірі", "kk"),
        ("Қўлёзмалар орасида «Тері» китоби ҳам бор эди.", "Тері", "kk"),  # though Uzbek has тери as well
        ("Мірской судья решил дело о наследстве и имении.", "Мірской", "ru"),  # before 1918
        ("Бұл туралы Ўзбек газеті де жазған болатын.", "Ўзбек", "uz"),
    ],
)
def test_a_word_with_another_language_s_own_letters(text, word, language):
    assert {token.text: token.language for token in analyse.analyze(text)}[word] == language


def test_parts_of_a_text_are_read_alone():
    text = "Асан келді. Library books. Үсен кетті."
    passages = [(0, 12, "kk"), (12, 27, "en"), (27, len(text), "kk")]
    tokens = analyse.analyze(text, passages=passages, within=[(5, 19), (32, len(text))])
    assert [(token.text, token.language) for token in tokens] == [("келді", "kk"), ("Library", "en"), ("кетті", "kk")]
    whole = analyse.analyze(text, passages=passages)
    assert all(token in whole for token in tokens)
    assert analyse.analyze(text, passages=passages, within=[]) == []
