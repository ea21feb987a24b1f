"""The command line speaks the user's language."""

import pytest

from searchkit.cli import main
from searchkit.locale import spoken


@pytest.fixture(autouse=True)
def english_again():
    yield
    spoken.speak("en")


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(language, *arguments):
        monkeypatch.setenv("SEARCHKIT_LANG", language)
        with pytest.raises(SystemExit):
            main(list(arguments))
        return capsys.readouterr()

    return run


def test_results_and_errors(command, tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text("Меморандумға Ғазиза Нұрғалиева қол қойды.", encoding="utf-8")
    (tmp_path / "papers" / "empty.txt").write_text("")
    assert "индексе 1 документ" in command("ru", "index", "papers").out
    assert command("kk", "search", "memorandum").out.startswith("1 құжат")
    assert command("uz", "search", "memorandum").out.startswith("1 hujjat")
    assert command("en", "search", "memorandum").out.startswith("1 document")
    assert "Нет языка «xx»" in command("ru", "search", "lang:xx").err
    assert "Ештеңе табылмады" in command("kk", "search", "zebra").out
    assert "пуст" in command("ru", "failures").out
    assert (
        "1 упоминание, документов с ними 1; просмотрено 1 документ"
        in command("ru", "mentions", "Gaziza Nurgalieva").out
    )


def test_a_document_and_persons(command, tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.csv").write_text("id,text,shelf\n7,Письмо Ахмета Сатова.,Б-14\n", encoding="utf-8")
    command("ru", "index", "papers")
    shown = command("ru", "show", "a.csv").out.splitlines()
    assert {"язык: ru", "источник: papers/a.csv", "формат: csv", "строка: 2", "shelf: Б-14"} <= set(shown)
    assert command("kk", "show", "a.csv").out.splitlines()[2] == "тіл: ru"
    assert command("ru", "people").out.startswith("      1 (1 документ)      Ахмет Сатов")


def test_words_on_its_own():
    spoken.speak("ru")
    assert spoken.say("Nothing found.") == "Ничего не найдено."
    assert spoken.count("%(num)s document", "%(num)s documents", 5) == "5 документов"
    assert spoken.sentence("is empty") == "пуст"
    assert spoken.spoken().code == "ru"


def test_why_a_file_is_passed_over_or_not_read_is_said_in_the_users_language(command, tmp_path):
    (tmp_path / "papers").mkdir()
    for name in ("scan.jpg", "letter.pages", "noname", "fake.docx"):
        (tmp_path / "papers" / name).write_text("x")
    said = command("ru", "index", "papers").err
    assert [word for word in ("which", "rename", "save it", "Word file", "damaged") if word in said] == []
    assert "такого файла или папки нет" in command("ru", "search", "--from", "absent").err
