"""Languages without a module: how a line of theirs is told, and that their endings are there."""

import pytest

from searchkit import languages
from searchkit.languages import names_only
from searchkit.languages.name_grammar import language_name, name_endings, name_grammar, tables_of_modules

LINES = [
    ("Книгу написала його сестра, є й переклад.", "Cyrl", "uk"),
    ("Лист передано Остапові Гнатюку.", "Cyrl", "uk"),
    ("Ліст напісаў брат, ён жыве ў Гродне.", "Cyrl", "be"),
    ("Китабы охуду, сонра ҝетди.", "Cyrl", "az"),
    ("Kitabı dünən oxudum, məktub gəlmədi.", "Latn", "az"),
    ("Grāmatu uzrakstīja viņa māsa.", "Latn", "lv"),
    ("Raamatu kirjutas tema õde.", "Latn", "et"),
    ("Кітапты Бейбіт Оспанов жазды.", "Cyrl", ""),
    ("Хатты інісі Әсет жазды, з деген әріп бар.", "Cyrl", ""),
    ("Книгу написала его сестра.", "Cyrl", ""),
    ("Китобни ўртоғи ёзган.", "Cyrl", ""),
    ("Das Buch schrieb ihre Schwester für Jörg.", "Latn", ""),
    ("The book of al-Fārābī was bought.", "Latn", ""),
    ("Kitapty dosy jazdy, söilem ūzaq.", "Latn", ""),
    ("Kitabı kız kardeşi yazdı, öğrenci değil.", "Latn", ""),
    ("", "Latn", ""),
]


@pytest.mark.parametrize(("line", "script", "code"), LINES)
def test_a_line_is_told_by_its_letters_and_words(line, script, code):
    assert names_only.told(line, script) == code
    assert names_only.may_be_told(line) or not code


def test_none_of_them_has_a_module():
    assert not names_only.NAMES.keys() & set(languages.codes())


@pytest.mark.parametrize("code", names_only.NAMES)
def test_each_declares_the_endings_it_asks_for(code):
    grammar = name_grammar(code)
    assert grammar.endings[0] == code
    assert {*grammar.endings, *grammar.given_name_endings} <= name_endings().keys()
    assert code not in tables_of_modules()
    assert language_name(code) == names_only.NAMES[code]
