"""People of one name, told apart by patronymic and context."""

import pytest

import searchkit
from searchkit import Document
from searchkit.people import fathers

NAME = "Serik Akhmetov"
MINISTER = [
    "Еңбек министрі Серік Ахметов кеше келді. Кездесуге Кәрім Мәсімов пен Болат Жәмішев қатысты.",
    "Министр Серик Ахметов и Карим Масимов посетили завод. Ахметов открыл цех.",
    "Yesterday Serik Akhmetov met Bolat Zhamishev in Astana.",
]
FOOTBALLER = [
    "Футболист Серик Ахметов забил гол. Тренер Виктор Пасулько доволен.",
    "Serik Akhmetov was praised by Viktor Pasulko.",
]
OTHERS = [f"Президент Нұрсұлтан Назарбаев {i} мамырда сөз сөйледі. Министр Ерлан Сыдықов келді." for i in range(1, 31)]


@pytest.fixture
def told_apart(tmp_path):
    def run(*texts, others=(), name=NAME):
        with searchkit.open(tmp_path / "index", create=True) as index:
            named = [Document(f"a{number}", text) for number, text in enumerate(texts)]
            index.add([*named, *(Document(f"z{number}", text) for number, text in enumerate(others))])
            return index.namesakes(name)

    return run


def documents(namesakes):
    return [sorted({mention.document_id for mention in namesake.mentions}) for namesake in namesakes]


def test_documents_that_share_context_speak_of_one_person(told_apart):
    minister, footballer = told_apart(*MINISTER, *FOOTBALLER, others=OTHERS)
    assert documents([minister, footballer]) == [["a0", "a1", "a2"], ["a3", "a4"]]
    assert len(minister.mentions) == 4
    assert minister.context == (("Bolat Zhamishev", 2), ("Карим Масимов", 2))
    assert dict(minister.offices) == {"Министр": 2}
    assert footballer.context == (("Viktor Pasulko", 2),)
    assert dict(footballer.offices) == {"Футболист": 1}


def test_context_that_everybody_keeps_says_nothing(told_apart):
    texts = [f"{text} Президент Нұрсұлтан Назарбаев та болды." for text in (MINISTER[0], FOOTBALLER[0])]
    assert documents(told_apart(*texts, others=OTHERS)) == [["a0"], ["a1"]]


def test_the_same_context_counts_where_only_they_keep_it(told_apart):
    texts = [f"{text} Президент Нұрсұлтан Назарбаев та болды." for text in (MINISTER[0], FOOTBALLER[0])]
    assert documents(told_apart(*texts)) == [["a0", "a1"]]


def test_an_office_that_few_hold_is_context(told_apart):
    texts = ["Ғарышкер Серік Ахметов келді.", "Кеше ғарышкер Серік Ахметов сөйледі.", "Боксшы Серік Ахметов жеңді."]
    assert documents(told_apart(*texts, others=OTHERS)) == [["a0", "a1"], ["a2"]]


def test_patronymics_tell_people_apart_whatever_company_they_keep(told_apart):
    found = told_apart(
        "Ахметов Серік Болатұлы мен Асқар Мамин келді.",
        "Серік Нығметұлы Ахметов пен Асқар Мамин келді.",
        "Встреча с Сериком Нигметовичем Ахметовым.",
    )
    assert documents(found) == [["a1", "a2"], ["a0"]]
    assert found[1].name == "Ахметов Серік Болатұлы"


def test_two_people_of_one_document(told_apart):
    found = told_apart("Ахметов Серік Болатұлы келді. Ахметов Серік Нығметұлы кетті. Ахметов сөйледі.")
    assert [[mention.start for mention in each.mentions] for each in found] == [[30, 61], [0]]


def test_where_nothing_tells_each_document_stands_alone(told_apart):
    assert documents(told_apart("Серік Ахметов.", "Серик Ахметов.", "Serik Akhmetov.")) == [["a0"], ["a1"], ["a2"]]


def test_the_mentions_are_those_of_mentions(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([Document(f"a{number}", text) for number, text in enumerate(MINISTER + FOOTBALLER)])
        found = [mention for namesake in index.namesakes(NAME) for mention in namesake.mentions]
        assert sorted(found, key=lambda mention: (mention.document_id, mention.start)) == list(index.mentions(NAME))


@pytest.mark.parametrize(
    ("forms", "number"),
    [
        ([], 0),
        (["Serik Akhmetov"], 0),
        (["Ахметов Серік Болатұлы", "Serik Bolatovich Akhmetov"], 1),
        (["Ахметов Серік Болатұлы", "Серик Нигметович Ахметов", "С. Н. Ахметов"], 2),
    ],
)
def test_how_many_fathers_patronymics_name(forms, number):
    assert fathers(forms) == number


def test_the_office_is_the_persons_own_and_without_its_ending(told_apart):
    (found,) = told_apart(
        "Советник президента Серик Ахметов и Виктор Пасулько приехали.",
        "Встреча советника Серика Ахметова и Виктора Пасулько.",
    )
    assert dict(found.offices) == {"Советник": 2}


def test_an_organisation_that_few_name_is_context(told_apart):
    texts = [
        "Серик Ахметов преподаёт в Карагандинском горном институте.",
        "Вчера Серик Ахметов из Карагандинского горного института получил премию.",
        "Серик Ахметов играет за городской клуб «Шахтёр».",
    ]
    professor, footballer = told_apart(*texts, others=OTHERS)
    assert documents([professor, footballer]) == [["a0", "a1"], ["a2"]]
    assert professor.context == (("Карагандинском горном институте", 2),)
    assert footballer.context == (("клуб «Шахтёр»", 1),)


def test_an_organisation_that_everybody_names_says_nothing(told_apart):
    texts = [
        "Серик Ахметов пришёл в Министерство культуры.",
        "Министерство культуры пригласило, и Серик Ахметов пришёл.",
    ]
    others = [f"В Министерстве культуры прошло собрание номер {number}." for number in range(30)]
    assert documents(told_apart(*texts, others=others)) == [["a0"], ["a1"]]
