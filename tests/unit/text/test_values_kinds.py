"""Kinds of values, in several languages each: what is found, with which bounds, and what is not a value."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.long import long_or_short
from tui.text import values
from tui.text.values.words import LANGUAGES


def found(text: str, language: str) -> list[str]:
    return [f"{e.label} {text[e.start : e.end]}" for e in values.find(text, language)]


AMOUNTS = [
    ("fr", "1,5 M€ puis 6,5 Mds€", ["MONEY 1,5 M€", "MONEY 6,5 Mds€"]),
    ("fr", "50 000 dollars US", ["MONEY 50 000 dollars US"]),
    ("fr", "20 centimes d'euro", ["MONEY 20 centimes d'euro"]),
    ("en", "between $5 million and $10 million", ["MONEY $5 million", "MONEY $10 million"]),
    ("en", "a $10-million fine and a 5-million-dollar home", ["MONEY $10-million", "MONEY 5-million-dollar"]),
    ("en", "HK$10bn, C$5, US$ 3.5 billion", ["MONEY HK$10bn", "MONEY C$5", "MONEY US$ 3.5 billion"]),
    ("en", "USD 20m or 20m USD", ["MONEY USD 20m", "MONEY 20m USD"]),
    ("en", "Rs. 5,000, ₹5 lakh, Rs 500 crore", ["MONEY Rs. 5,000", "MONEY ₹5 lakh", "MONEY Rs 500 crore"]),
    ("en", "5 CFP francs, 3 US dollars", ["MONEY 5 CFP francs", "MONEY 3 US dollars"]),
    ("en", "past the 40 million mark", ["NUMBER 40 million"]),
    ("en", "5 trillion won was spent", ["MONEY 5 trillion won"]),
    ("de", "500’000 Franken, 1,5 Mio. Euro, 2 Mrd. €", ["MONEY 500’000 Franken", "MONEY 1,5 Mio. Euro", "MONEY 2 Mrd. €"]),
    ("de", "das 49-Euro-Ticket", ["MONEY 49-Euro"]),
    ("es", "5 mil millones de pesos, S/ 500, ₡500", ["MONEY 5 mil millones de pesos", "MONEY S/ 500", "MONEY ₡500"]),
    ("it", "300mila euro, 2 mld", ["MONEY 300mila euro", "NUMBER 2 mld"]),
    ("pt", "R$ 1,5 mi e R$ 3.000,00", ["MONEY R$ 1,5 mi", "MONEY R$ 3.000,00"]),
    ("ru", "3 тыс. руб. или 10 000 р.", ["MONEY 3 тыс. руб.", "MONEY 10 000 р."]),
    ("ru", "3 млн 200 тыс. рублей", ["MONEY 3 млн 200 тыс. рублей"]),
    ("fr", "1 million et demi de dollars", ["MONEY 1 million et demi de dollars"]),
    ("it", "2 milioni e mezzo di euro", ["MONEY 2 milioni e mezzo di euro"]),
    ("es", "2 millones y medio de dólares", ["MONEY 2 millones y medio de dólares"]),
    ("de", "US-$ 500", ["MONEY US-$ 500"]),
    ("cs", "5 miliardů korun", ["MONEY 5 miliardů korun"]),
    ("ro", "20 de milioane de lei", ["MONEY 20 de milioane de lei"]),
    ("hi", "₹12,34,567 और 5 करोड़ रुपये", ["MONEY ₹12,34,567", "MONEY 5 करोड़ रुपये"]),
    ("ar", "٣٫٥ مليار دولار", ["MONEY ٣٫٥ مليار دولار"]),
    ("th", "๕ ล้านบาท", ["MONEY ๕ ล้านบาท"]),
    ("ja", "約1兆2345億円、５００万円", ["MONEY 1兆2345億円", "MONEY ５００万円"]),
    ("zh", "1.5万亿元和5億美元", ["MONEY 1.5万亿元", "MONEY 5億美元"]),
    ("ko", "1억 2000만 원과 400억원", ["MONEY 1억 2000만 원", "MONEY 400억원"]),
    ("und", "$5m, EUR5, 5 €, CN¥5", ["MONEY $5m", "MONEY EUR5", "MONEY 5 €", "MONEY CN¥5"]),
]  # fmt: skip

PERCENTAGES = [
    ("fr", "5 pour cent, 5 %, 2 ‰", ["PERCENT 5 pour cent", "PERCENT 5 %", "PERCENT 2 ‰"]),
    ("en", "2.5 per cent, 3 percent, 5-10%", ["PERCENT 2.5 per cent", "PERCENT 3 percent", "PERCENT 10%"]),
    ("de", "12 Prozent", ["PERCENT 12 Prozent"]),
    ("sv", "5–10 procent", ["PERCENT 10 procent"]),
    ("pl", "5 proc.", ["PERCENT 5 proc."]),
    ("ru", "5 процентов, 1 процент", ["PERCENT 5 процентов", "PERCENT 1 процент"]),
    ("tr", "%5'lik, yüzde 12,5, % 8", ["PERCENT %5", "PERCENT yüzde 12,5", "PERCENT % 8"]),
    ("ar", "٥٪ و5 بالمئة", ["PERCENT ٥٪", "PERCENT 5 بالمئة"]),
    ("ro", "12 la sută", ["PERCENT 12 la sută"]),
    ("el", "5 τοις εκατό", ["PERCENT 5 τοις εκατό"]),
    ("zh", "百分之5，12％", ["PERCENT 百分之5", "PERCENT 12％"]),
    ("th", "ร้อยละ 5", ["PERCENT ร้อยละ 5"]),
]  # fmt: skip

DATES = [
    ("fr", "le 5 MAI 2024, MAI 1968", ["DATE 5 MAI 2024", "DATE MAI 1968"]),
    ("fr", "le 2 janv. 2020", ["DATE 2 janv. 2020"]),
    ("en", "Sept. 11, 2001, 14th July, Dec 2023", ["DATE Sept. 11, 2001", "DATE 14th July", "DATE Dec 2023"]),
    ("en", "in March, by May, 7/18/24, the 1990s", ["DATE March", "DATE May", "DATE 7/18/24", "DATE 1990s"]),
    ("de", "Montag, den 5. Mai", ["DATE Montag, den 5. Mai"]),
    ("nl", "03-05-2024", ["DATE 03-05-2024"]),
    ("cs", "3. 5. 2024", ["DATE 3. 5. 2024"]),
    ("es", "mayo 5 de 2019, 5 de mayo del 2019", ["DATE mayo 5 de 2019", "DATE 5 de mayo del 2019"]),
    ("ca", "3 d’abril del 2024", ["DATE 3 d’abril del 2024"]),
    ("pt", "sexta-feira, 5 de maio", ["DATE sexta-feira, 5 de maio"]),
    ("pl", "w środę 5 maja 2024 r.", ["DATE środę 5 maja 2024 r."]),
    ("ru", "5-го мая, в 1990-х, 5 янв. 2024", ["DATE 5-го мая", "DATE 1990-х", "DATE 5 янв. 2024"]),
    ("uk", "п'ятниця, п’ятницю, пʼятниця", ["DATE п'ятниця", "DATE п’ятницю", "DATE пʼятниця"]),
    ("sv", "lördagen den 5:e maj", ["DATE lördagen den 5:e maj"]),
    ("tr", "3 Aralık 2024 Salı", ["DATE 3 Aralık 2024 Salı"]),
    ("he", "5 במאי 2024", ["DATE 5 במאי 2024"]),
    ("ar", "٥ مايو ٢٠٢٤", ["DATE ٥ مايو ٢٠٢٤"]),
    ("th", "วันจันทร์ที่ 5 พ.ค. 2567", ["DATE วันจันทร์ที่ 5 พ.ค. 2567"]),
    ("zh", "2024年5月3日星期五，5日上午", ["DATE 2024年5月3日星期五", "DATE 5日"]),
    ("ja", "令和6年5月3日（金）", ["DATE 令和6年5月3日"]),
    ("ko", "2024년 5월 3일 금요일", ["DATE 2024년 5월 3일 금요일"]),
]  # fmt: skip

TIMES = [
    ("fr", "12h-14h, 18 heures 30, 20 h", ["TIME 12h", "TIME 14h", "TIME 18 heures 30", "TIME 20 h"]),
    ("en", "3pm-5pm, 9 a.m. to 10:30 PM", ["TIME 3pm", "TIME 5pm", "TIME 9 a.m.", "TIME 10:30 PM"]),
    ("de", "9.00 bis 17.00 Uhr, 8 Uhr 30", ["TIME 17.00 Uhr", "TIME 8 Uhr 30"]),
    ("it", "alle 9.30, ore 21", ["TIME 9.30", "TIME ore 21"]),
    ("es", "a las 5 p. m.", ["TIME 5 p. m."]),
    ("pt", "às 15 horas, 9h da manhã", ["TIME 15 horas", "TIME 9h da manhã"]),
    ("nl", "om 9 uur, 14.30 uur", ["TIME 9 uur", "TIME 14.30 uur"]),
    ("pl", "o 14.30, o godz. 9", ["TIME 14.30", "TIME godz. 9"]),
    ("sv", "kl. 14.30, klockan 9", ["TIME kl. 14.30", "TIME klockan 9"]),
    ("ru", "в 14 часов 30 минут, в 9 утра", ["TIME 14 часов 30 минут", "TIME 9 утра"]),
    ("tr", "saat 20.30'da", ["TIME saat 20.30"]),
    ("ar", "الساعة 5 مساءً", ["TIME الساعة 5 مساءً"]),
    ("hi", "शाम 5 बजे", ["TIME शाम 5 बजे"]),
    ("th", "14.30 น.", ["TIME 14.30 น."]),
    ("zh", "下午3点30分，3点半", ["TIME 下午3点30分", "TIME 3点半"]),
    ("ja", "午後3時半、9時15分", ["TIME 午後3時半", "TIME 9時15分"]),
    ("ko", "오후 3시 30분, 밤 11시", ["TIME 오후 3시 30분", "TIME 밤 11시"]),
]

NOTHING = [
    ("en", "It may march on. iPhone 15, COVID-19, F-16, G20, Route 66, RFC 2822"),
    ("en", "3-2, 21-14, 24/7, 10.2.1, ISO 9001:2015, 2000 people, 12,000 homes"),
    ("en", "the TOP 10, COP 28, 5 eurozone countries"),
    ("it", "alle 9 persone, alle 12 imprese"),
    ("fr", "25 h, 24:30, 12:75"),
    ("de", "31 Uhr"),
    ("es", "Santo Domingo ganó a Vicente Abril"),
    ("pt", "choveram 25 mm"),
    ("en", "2.5 percentage points; 5 m of rope; m 5; k 5"),
    ("fr", "A380, RN 20, n° 12, art. 4.3, 2000 personnes, 1,75 m, 70 kg, 3,5 points"),
    ("fr", "06 12 34 56 78 et 01.42.34.56.78"),
    ("de", "§ 5 Abs. 3; 1. FC; 3,5 Prozentpunkte; 3 am Tag"),
    ("es", "el 11-M, la página 12, 3-2"),
    ("pt", "a segunda vez, na segunda vez"),
    ("pl", "500+ i 800 plus"),
    ("ru", "№ 5, ст. 12, среда обитания, 3:2"),
    ("ro", "sunt mai multe și în mai multe"),
    ("tr", "pazar yeri, mart kedisi"),
    ("ja", "3日間、5日後、3時間、第4条、3.2.1"),
    ("ko", "제4조, 3시간, 02-123-4567"),
    ("zh", "第3条，3小时，3.2.1"),
    ("xx", "5 million, 5 May, 5 euros"),
]


@pytest.mark.parametrize(("language", "text", "expected"), [*AMOUNTS, *PERCENTAGES, *DATES, *TIMES])
def test_every_kind_has_its_bounds(language: str, text: str, expected: list[str]) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_what_only_looks_like_a_value_is_none(language: str, text: str) -> None:
    assert found(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "le 5 février à 500 000 €", 2),
        ("es", "el sábado, 3 millones de dólares", 2),
        ("pl", "5 września o godz. 14.30", 2),
        ("cs", "5. května, 3 koruny", 2),
        ("ro", "sâmbătă, 5 procente", 2),
        ("uk", "5 травня, 3 мільйони гривень", 2),
        ("el", "5 Μαΐου, 3 εκατομμύρια ευρώ", 2),
        ("tr", "3 Ağustos, yüzde 5", 2),
        ("sv", "lördag, 5 öre", 2),
        ("ko", "5월 3일, 5만 원", 2),
    ],
)
def test_the_form_of_accents_and_blanks_does_not_matter(language: str, text: str, expected: int) -> None:
    labels = [value.label for value in values.find(text, language)]
    assert len(labels) == expected
    for form in ("NFC", "NFD"):
        for blank in (" ", "\u00a0", "\u202f"):
            written = unicodedata.normalize(form, text).replace(" ", blank)
            assert [value.label for value in values.find(written, language)] == labels, (form, blank)


@pytest.mark.parametrize("language", ["fr", "en", "de", "pl", "ru", "el", "ar", "zh"])
def test_no_value_crosses_a_line_end(language: str) -> None:
    for text in (
        "5\nmillions d'euros",
        "5 мая\n2024",
        "12\n%",
        "5.\nMai",
        "14:\n30",
        "$\n5",
        "5 maja\n2024 r.",
    ):
        for value in values.find(text, language):
            assert "\n" not in text[value.start : value.end]


@given(
    st.text(
        alphabet="0123456789٣３० .,:-/%€$hH\n\u00a0\u0301maideuroslionkj年月日万億円時억원만성สบาทмлнруб'’°"
    ),
    st.sampled_from([*LANGUAGES, "und"]),
)
def test_any_text_has_exact_bounds(text: str, language: str) -> None:
    end = 0
    for value in values.find(text, language):
        assert end <= value.start < value.end <= len(text)
        assert "\n" not in text[value.start : value.end]
        assert text[value.start : value.end].strip() == text[value.start : value.end]
        end = value.end


@pytest.mark.longer
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "unit", ["5 ", "%", "5", "1 000 ", "5-", "a", "e\u0301", "5 M", "mai ", "5 мая ", "万5", "5월 ", "$5 "]
)
def test_a_long_line_of_one_thing_is_read_once(language: str, unit: str) -> None:
    # Anything worse than linear would take minutes here.
    text = unit * (long_or_short(200_000, 10_000) // len(unit))
    for value in values.find(text, language):
        assert value.start < value.end
