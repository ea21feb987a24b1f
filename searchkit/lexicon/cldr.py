"""Makes `data/countries.tsv` from Unicode CLDR: python -m searchkit.lexicon.cldr

Needs Babel, which carries CLDR; searchkit itself does not. Steps for a country or territory:
1. CLDR's name in each language is written as the lexicon writes words: no abbreviations, Uzbek apostrophes of one kind.
2. Where usage has other words, or better ones, the cell of USAGE takes its place; "=" there stands for CLDR's name.

It leaves out uninhabited and very small territories, and what is no country (the European Union, pseudo-locales).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from searchkit.lexicon import DATA
from searchkit.lexicon.table import HEADER, LANGUAGES

FILE = DATA / "countries.tsv"
COMMENT = (
    "# Countries and territories. Names from Unicode CLDR by way of Babel, Unicode licence (unicode.org/license.txt);"
    " usage added by hand. Made by searchkit/lexicon/cldr.py: mend it there."
)
LEFT_OUT = "AC AQ BL BQ BV CC CP CQ CX DG EA EU EZ GS HM IC IO MF NF PM PN QO SX TA TF TK UM UN WF XA XB ZZ"
PLAIN = {
    "en": {" & ": " and "},
    "kk": {"’": "'"},
    "uz": {"o‘": "oʻ", "O‘": "Oʻ", "g‘": "gʻ", "G‘": "Gʻ", "‘": "ʻ", "’": "ʼ", " – ": "-"},
    "ru": {"о-ва": "острова", "о-в ": "остров ", "Соединенн": "Соединённ", "Объединенн": "Объединённ", "’": "'"},
}

# Code | English | Kazakh | Uzbek | Russian. A Russian name whose stem changes in declension is given in both forms;
# a name with the stem of a common word (Дания and данные, Судан and су) is given with the word for republic or kingdom.
USAGE = """
AE | =; UAE | БАӘ; = | BAA; = | ОАЭ; Объединённые Арабские Эмираты; Эмираты
AF | = | Ауғанстан; Ауғаныстан; Афганистан | = | =
AG | =; Antigua | = | = | =
AM | = | =; Әрменстан | = | =
AT | = | Аустрия; Австрия | = | =
AU | = | Аустралия; Австралия | = | =
AX | =; Aland Islands | = | = | =
AZ | = | Әзербайжан; Әзірбайжан | = | =
BA | =; Bosnia-Herzegovina; Bosnia | =; Босния | Bosniya va Gersegovina; =; Bosniya | =; Босния
BI | = | = | Burundi Respublikasi | =
BM | = | =; Бермуд | =; Bermud | Бермудские острова; Бермуды
BS | = | = | Bagam orollari; = | Багамы; Багамские острова
BY | =; Belorussia; Byelorussia | Беларусь; Белоруссия; Беларусия | Belarus; Belorussiya | Белоруссия; Беларусь
CD | Democratic Republic of the Congo; DR Congo; DRC | Конго Демократиялық Республикасы; Конго ДР | Kongo Demokratik Respublikasi; Kongo DR | Демократическая Республика Конго; ДР Конго; ДРК
CG | Congo; Republic of the Congo; Congo-Brazzaville | Конго; Конго Республикасы | Kongo; Kongo Respublikasi | Конго; Республика Конго
CI | Ivory Coast; Côte d'Ivoire | = | = | =; Берег Слоновой Кости
CN | China; People's Republic of China; PRC | Қытай; Қытай Халық Республикасы; ҚХР | Xitoy; Xitoy Xalq Respublikasi; XXR | Китай; Китая; КНР; Китайская Народная Республика
CV | =; Cabo Verde | = | = | =
CY | = | = | =; Qibris | =
CZ | Czech Republic; Czechia | Чехия; Чех Республикасы | Chexiya; Chexiya Respublikasi | Чехия; Чешская Республика
DE | Germany; Federal Republic of Germany; FRG | Германия; ГФР | Germaniya; GFR; Olmoniya | Германия; ФРГ
DK | = | = | = | Королевство Дания
EG | = | Мысыр; Египет | = | Египет; Египта
EH | = | = | Gʻarbiy Sahroi Kabir; Gʻarbiy Sahara | =
FK | =; Falklands; Malvinas | =; Мальвин аралдары | =; Malvin orollari | Фолклендские острова; Фолкленды; Мальвинские острова
FM | =; Federated States of Micronesia | = | = | Микронезия; Федеративные Штаты Микронезии
GB | United Kingdom; Britain; UK; U.K.; Great Britain | Ұлыбритания; Британия; Біріккен Корольдік | Buyuk Britaniya; Britaniya; Birlashgan Qirollik | Великобритания; Британия; Соединённое Королевство
GE | = | =; Гүржістан | =; Gurjiston | =
GP | = | = | Gvadelupa | =
GR | = | = | Gretsiya; Yunoniston; Gresiya | =
GU | = | = | = | =; Гуама
HK | Hong Kong | Гонконг; Сянган | Gonkong | Гонконг
HU | = | Венгрия; Мажарстан | =; Majoriston | =
IM | = | = | = | остров Мэн
KG | Kyrgyzstan; Kyrgyz Republic; Kirghizia | Қырғызстан; Қырғыз Республикасы | Qirgʻiziston; Qirgʻiz Respublikasi | Киргизия; Кыргызстан; Кыргызская Республика
KM | = | = | = | Коморы; Коморские острова
KN | =; Saint Kitts and Nevis | = | = | =
KP | North Korea; DPRK | Солтүстік Корея; КХДР | Shimoliy Koreya; KXDR | Северная Корея; КНДР
KR | South Korea; Republic of Korea | Оңтүстік Корея; Корея Республикасы | Janubiy Koreya; Koreya Respublikasi | Южная Корея; Республика Корея
KW | = | = | Quvayt; Kuvayt | =
KZ | Kazakhstan; Republic of Kazakhstan | Қазақстан; Қазақстан Республикасы; ҚР | Qozogʻiston; Qozogʻiston Respublikasi | Казахстан; Республика Казахстан; РК
LC | =; Saint Lucia | = | = | =
LK | =; Ceylon | =; Цейлон | =; Seylon | =; Цейлон
MA | = | = | Marokash; Marokko | =
MD | Moldova; Moldavia | Молдова; Молдавия | Moldova; Moldaviya | Молдавия; Молдова
MK | North Macedonia; Macedonia | Солтүстік Македония; Македония | Shimoliy Makedoniya; Makedoniya | Северная Македония; Македония
MM | Myanmar; Burma | Мьянма | Myanma; Birma | Мьянма; Бирма
ML | = | = | = | Республика Мали
MN | = | Моңғолия | Mongoliya; Moʻgʻuliston | =
MO | Macau; Macao | Макао | Makao | Макао
MV | = | Мальдив аралдары; Мальдив | Maldiv orollari; Maldiv | Мальдивы; Мальдивские острова
NE | = | = | = | Республика Нигер
NL | Netherlands; Holland | Нидерланд; Голландия; Нидерландия | Niderlandiya; Gollandiya; Niderlandlar | Нидерланды; Голландия
OM | = | = | Ummon; Oman | =
PG | = | Папуа-Жаңа Гвинея | Papua-Yangi Gvineya | Папуа-Новая Гвинея
PH | = | Филиппин; Филиппин аралдары | Filippin; Filippin orollari | =
PK | = | Пәкістан; Пакистан | = | =
PS | Palestine; Palestinian territories | Палестина | Falastin; Palestina | Палестина
PW | = | Палау Республикасы | = | =
RU | Russia; Russian Federation | Ресей; Ресей Федерациясы; РФ | Rossiya; Rossiya Federatsiyasi; RF | Россия; Российская Федерация; РФ
SA | = | Сауд Арабиясы; Сауд Арабия | Saudiya Arabistoni; Saudiya | =
SC | = | = | = | Сейшельские острова; Сейшелы
SD | = | Судан Республикасы; Судан мемлекеті | = | =
SH | Saint Helena; St. Helena | = | Muqaddas Yelena oroli; Avliyo Yelena oroli | остров Святой Елены
SJ | Svalbard; Spitsbergen | Шпицберген | Shpitsbergen | Шпицберген; Шпицбергена; Свальбард
SR | = | = | = | =; Суринама
ST | =; Sao Tome and Principe | = | = | =
SV | = | Сальвадор; Эль-Сальвадор | Salvador; El-Salvador | Сальвадор; Эль-Сальвадор
SZ | Eswatini; Swaziland | Эсватини; Свазиленд | Esvatini; Svazilend | Эсватини; Свазиленд
TO | = | Тонга Корольдігі | = | =
TG | = | Того | Togo | Тоголезская Республика; Республика Того
TL | East Timor; Timor-Leste | Шығыс Тимор; Тимор-Лесте | Sharqiy Timor; Timor-Leste | Восточный Тимор; Тимор-Лесте
TM | Turkmenistan; Turkmenia | Түрікменстан | Turkmaniston | Туркменистан; Туркмения
TR | Turkey; Türkiye | Түркия | Turkiya | Турция
US | United States; USA; U.S.; America; United States of America | АҚШ; Америка; Америка Құрама Штаттары | AQSh; Amerika; Amerika Qoʻshma Shtatlari | США; Америка; Соединённые Штаты Америки; Соединённые Штаты
UZ | Uzbekistan; Republic of Uzbekistan | Өзбекстан; Өзбекстан Республикасы | Oʻzbekiston; Oʻzbekiston Respublikasi | Узбекистан; Республика Узбекистан
VA | Vatican; Vatican City | Ватикан | Vatikan | Ватикан
VC | =; Saint Vincent and the Grenadines | = | Sent-Vinsent va Grenadin orollari | =
VG | = | Британ Виргин аралдары | Britaniya Virgin orollari | Британские Виргинские острова
VI | U.S. Virgin Islands; US Virgin Islands | Америка Виргин аралдары; АҚШ Виргин аралдары | Amerika Virgin orollari; AQSh Virgin orollari | Американские Виргинские острова
VN | Vietnam; Viet Nam | = | = | Вьетнам; Вьетнама
ZA | South Africa; Republic of South Africa | ОАР; Оңтүстік Африка Республикасы; Оңтүстік Африка | JAR; Janubiy Afrika Respublikasi; Janubiy Afrika | ЮАР; Южно-Африканская Республика; Южная Африка
"""


def lines() -> Iterator[str]:
    """The lines of the file, as CLDR and USAGE now make them."""
    from babel import Locale  # type: ignore[import-untyped, import-not-found, unused-ignore]  # at build time alone

    names: dict[str, Mapping[str, str]] = {code: Locale.parse(code).territories for code in LANGUAGES}
    usage = _usage()
    left_out = LEFT_OUT.split()
    yield COMMENT
    yield "\t".join(HEADER)
    for territory in sorted(code for code in names["en"] if len(code) == 2 and code not in left_out):
        plain = [_plain(names[code][territory], code) for code in LANGUAGES]
        cells = usage.get(territory, ["="] * len(LANGUAGES))
        yield "\t".join(["p", *(cell.replace("=", name) for cell, name in zip(cells, plain, strict=True))])


def _usage() -> dict[str, list[str]]:
    rows = ([cell.strip() for cell in line.split("|")] for line in USAGE.split("\n") if line)
    return {row[0]: row[1:] for row in rows}


def _plain(name: str, code: str) -> str:
    for odd, usual in PLAIN[code].items():
        name = name.replace(odd, usual)
    return name


def main() -> None:
    FILE.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
