"""What is said of the places found: offsets, kinds, scores, reasons, forms; and that no text is too odd to be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st


def one_of(all_found, *question):
    (found,) = all_found(*question)
    return found


def test_a_full_name_scores_more_than_initials_and_these_more_than_a_part_alone(all_found):
    text = "Серік Ахметов келді. С. Ахметов айтты. Ахметов кетті. Кейін Серік қайтты."
    found = all_found("Серік Ахметов", text)
    assert [each.kind for each in found] == ["full name", "initials", "surname alone", "given name alone"]
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_an_exact_spelling_scores_more_than_a_remote_one(all_found):
    exact = one_of(all_found, "Болат Сәтбаев", "Болат Сәтбаев")
    remote = one_of(all_found, "Болат Сәтбаев", "Bulat Satpayev", "en")
    assert exact.score == 1.0 > remote.score > 0.9


@pytest.mark.parametrize(
    ("name", "language", "text", "reason"),
    [
        ("Қасым-Жомарт Тоқаев", "kk", "Қ.Тоқаевтың сөзі", "given name by initial; Kazakh genitive; Cyrillic"),
        ("Shavkat Mirziyoyev", "uz", "Shavkat Mirziyoyevga", "full name; Uzbek dative; Latin"),
        ("Сергей Иванов", "ru", "Сергеем Ивановым", "full name; Russian instrumental; Cyrillic"),
        ("Serik Akhmetov", "en", "Serik Akhmetov’s", "full name; English possessive; Latin"),
        ("Recep Erdogan", "tr", "Recep Erdoğan'ın", "full name; Turkish genitive; Latin"),
        ("Болат Нұрғалиев", "kk", "Болат Нұрғали", "full name; surname without -ov or -ev; Cyrillic"),
        ("Болат Нұрғали", "kk", "Болат Нұрғалиев", "full name; surname with -ov or -ev; Cyrillic"),
        ("Hubert Gijzen", "en", "Huberta Gizena", "full name; Russian genitive left in the transliteration; Latin"),
        ("Абай Құнанбаев", "kk", "Абай Құнанбаев атындағы театр", "full name; named after the person; Cyrillic"),
        (
            "Антон Чехов",
            "en",
            "the library named after A. Chekhov",
            "given name by initial; named after the person; Latin",
        ),
    ],
)
def test_reasons(all_found, name, language, text, reason):
    assert one_of(all_found, name, text, language).reason == reason


@pytest.mark.parametrize(
    ("name", "language", "text", "form"),
    [
        ("Қасым-Жомарт Тоқаев", "kk", "Қасым-Жомарт Тоқаевтың", "Қасым-Жомарт Тоқаев"),
        ("Касым-Жомарт Токаев", "ru", "Касым-Жомарту  Кемелевичу\nТокаеву", "Касым-Жомарт Кемелевич Токаев"),
        ("Дариға Назарбаева", "ru", "Дариге Нурсултановне Назарбаевой", "Дарига Нурсултановна Назарбаева"),
        ("Владимир Зеленский", "ru", "Владимиру Зеленскому", "Владимир Зеленский"),
        ("Майя Плисецкая", "ru", "ПЛИСЕЦКОЙ МАЙИ", "ПЛИСЕЦКАЯ МАЙЯ"),
        ("Асан Қайғы", "kk", "Асанның", None),
        ("Қасым-Жомарт Тоқаев", "kk", "Тоқаевтың Қ.К.", "Тоқаев Қ.К."),
        ("Абай Құнанбаев", "ru", "Абаем Кунанбаевым", "Абай Кунанбаев"),
    ],
)
def test_forms_are_without_endings(all_found, name, language, text, form):
    assert [each.form for each in all_found(name, text, language)] == ([form] if form else [])


def test_the_dot_of_a_last_initial_belongs_to_the_name(all_found):
    text = "Келген: Тоқаев Қ.К., Мамин А."
    found = one_of(all_found, "Қасым-Жомарт Тоқаев", text)
    assert text[found.start : found.end] == "Тоқаев Қ.К."


def test_titles_stay_outside_and_patronymics_inside(all_found):
    text = "Президент мырза Қасым-Жомарт Кемелұлы Тоқаевтың сөзі"
    found = one_of(all_found, "Қасым-Жомарт Тоқаев", text)
    assert text[found.start : found.end] == "Қасым-Жомарт Кемелұлы Тоқаевтың"


def test_a_family_is_not_the_person(all_found):
    assert [each.kind for each in all_found("Серік Ахметов", "Серік Ахметов келді. Ахметовтар кетті.")] == ["full name"]


def test_a_town_is_not_the_person(all_found):
    text = "Нұр-Сұлтан қаласы. Нұр-Сұлтанның көшесі. Нұрсұлтан Назарбаев. Нұрсұлтанға айтты."
    found = [text[each.start : each.end] for each in all_found("Нұрсұлтан Назарбаев", text)]
    assert found == ["Нұрсұлтан Назарбаев", "Нұрсұлтанға"]


def test_names_on_lines_of_their_own_do_not_run_together(all_found):
    text = "Асан Серік\nАхметов Болат\n"
    assert all_found("Серік Ахметов", text) == []
    assert len(all_found("Серік Ахметов", "келген Серік\nАхметов айтты")) == 1


def test_a_paragraph_ends_a_name(all_found):
    assert all_found("Серік Ахметов", "Келген: Серік\n\nАхметов айтты") == []


def test_initials_asked_for_find_full_names(all_found):
    text = "Қасым-Жомарт Тоқаев пен Асан Тоқаев"
    found = one_of(all_found, "Қ. Тоқаев", text)
    assert text[found.start : found.end] == "Қасым-Жомарт Тоқаев"


def test_a_name_without_parts_is_nowhere(all_found):
    assert all_found("...", "Асан Үсенов") == []


TEXT = st.text(alphabet=st.sampled_from("АСсаеқҚрің тоТOoKk.,-\n'’ʻжZhов"), max_size=120)


@given(text=TEXT, name=st.sampled_from(["Асқар Тоқаев", "Қ. Тоқаев", "Асан", "Тоқаев Асқар Сериков", "Ок Ко"]))
def test_places_are_in_order_and_apart(all_found, text, name):
    end = 0
    for place in all_found(name, text):
        assert end <= place.start < place.end <= len(text)
        assert 0 <= place.score <= 1
        end = place.end


@given(name=st.text(max_size=60))
def test_any_name_can_be_asked_for(all_found, name):
    all_found(name, "Асан Үсенов пен А. Үсенов")


def test_a_word_of_a_hundred_thousand_letters_is_passed_over(all_found):
    assert all_found("Асан Асанов", "Асан" * 25_000 + " Асанов") == []
