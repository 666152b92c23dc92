"""Text in old encodings comes out right, or is refused."""

from __future__ import annotations

import pytest

from tui.documents.decoding import UnreadableFileError, decode

FRENCH = (
    "L'été dernier, la ministre a signé le décret à Genève. Où sont passés les élèves ? Ça coûte très cher.\n"
)
GERMAN = "Der Bürgermeister erklärte, die Straße müsse für längere Zeit gesperrt bleiben. Die Gäste blieben höflich.\n"
SPANISH = "El niño preguntó por qué no había más pan. La señora contestó que mañana llegaría otro camión.\n"
ITALIAN = "La città è più bella di quanto si dica, perché lì c'è ancora libertà. Così finì l'attività.\n"
PORTUGUESE = "A população não quer mais impostos. O ministro não respondeu às questões da oposição.\n"
SWEDISH = "Många människor på gatan frågade var nästa tåg går. Det blir kallt i övermorgon, sade hon.\n"
POLISH = (
    "Zażółć gęślą jaźń. Sąd ogłosił, że śledztwo w sprawie pożaru będzie wznowione jeszcze w październiku.\n"
)
CZECH = (
    "Příliš žluťoučký kůň úpěl ďábelské ódy. Ministr řekl, že dálnice bude dokončena v září příštího roku.\n"
)
ROMANIAN = (
    "Primăria a anunţat că şcoala va fi închisă în această săptămână. Părinţii aşteaptă încă un răspuns.\n"
)
TURKISH = (
    "Başbakan dün açıkladı: yeni köprü gelecek yıl açılacak. İstanbul'da yağış bekleniyor, dışarı çıkmayın.\n"
)
GREEK = "Ο υπουργός δήλωσε ότι η κατάσταση παραμένει δύσκολη. Οι κάτοικοι ζητούν βοήθεια από την κυβέρνηση.\n"
RUSSIAN = (
    "Президент заявил, что ситуация остаётся сложной. Жители города просят помощи, а власти обещают меры.\n"
)
UKRAINIAN = (
    "Міністр повідомив, що нову лікарню відкриють восени. Мешканці міста чекають на її відкриття вже рік.\n"
)
HEBREW = "ראש העיר אמר אתמול כי הגשר החדש ייפתח בשנה הבאה. התושבים מבקשים עזרה מהממשלה.\n"
ARABIC = "قال رئيس البلدية إن الجسر الجديد سيفتح في العام القادم. يطلب السكان المساعدة من الحكومة.\n"
THAI = "นายกเทศมนตรีกล่าวว่าสะพานใหม่จะเปิดในปีหน้า ประชาชนขอความช่วยเหลือจากรัฐบาล\n"
JAPANESE = "首相は、状況は深刻だと述べた。住民は支援を求めた。新しい橋は来年の春に開通する予定である。\n"
CHINESE = "市长昨天表示，新桥将于明年春天通车。居民要求政府提供帮助，但是问题还没有解决。\n"
TAIWANESE = "市長昨天表示，新橋將於明年春天通車。居民要求政府提供幫助，但是問題還沒有解決。\n"
KOREAN = "시장은 어제 새 다리가 내년 봄에 개통된다고 말했다. 주민들은 정부에 도움을 요청하고 있다.\n"

CASES = {
    FRENCH: ("cp1252", "iso8859-1", "iso8859-15", "mac-roman", "cp850", "cp437", "cp858"),
    GERMAN: ("cp1252", "iso8859-1", "mac-roman", "cp850", "cp437", "iso8859-2", "cp1250"),
    SPANISH: ("cp1252", "mac-roman", "cp850", "cp437"),
    ITALIAN: ("cp1252", "mac-roman", "cp850"),
    PORTUGUESE: ("cp1252", "mac-roman", "cp850"),
    SWEDISH: ("cp1252", "mac-roman", "cp850", "cp437"),
    POLISH: ("cp1250", "iso8859-2", "cp852", "mac-latin2"),
    CZECH: ("cp1250", "iso8859-2", "cp852"),
    ROMANIAN: ("cp1250", "iso8859-2", "cp852"),
    TURKISH: ("cp1254", "iso8859-9", "cp857", "mac-turkish"),
    GREEK: ("cp1253", "iso8859-7", "cp737", "mac-greek"),
    RUSSIAN: ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "cp855"),
    UKRAINIAN: ("cp1251", "koi8-u", "cp1125", "iso8859-5", "mac-cyrillic"),
    HEBREW: ("cp1255", "iso8859-8", "cp862"),
    ARABIC: ("cp1256", "iso8859-6", "cp720"),
    THAI: ("cp874", "tis-620"),
    JAPANESE: ("shift_jis", "cp932", "euc_jp"),
    CHINESE: ("gbk", "gb18030", "gb2312"),
    TAIWANESE: ("big5", "cp950"),
    KOREAN: ("euc_kr", "cp949", "johab"),
}
OF_EACH = [
    pytest.param(text, encoding, id=f"{encoding} {text[:6]}")
    for text, encodings in CASES.items()
    for encoding in encodings
]


@pytest.mark.parametrize(("text", "encoding"), OF_EACH)
def test_two_sentences_in_an_old_encoding_are_read(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.is_guess
    assert decoded.warnings == (
        f"read as {decoded.encoding}, which is a guess: if letters look wrong, use --encoding NAME",
    )


@pytest.mark.parametrize(
    "text", [FRENCH, POLISH, RUSSIAN, JAPANESE, KOREAN, ARABIC, THAI, "Only English words.\n" * 2]
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_a_mark_are_read(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.is_guess) == (text, encoding, True)


@pytest.mark.parametrize(
    ("text", "encoding"), [(JAPANESE, "iso2022_jp"), (KOREAN, "iso2022_kr"), (CHINESE, "hz")]
)
def test_encodings_of_ascii_bytes_are_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "The café opens at nine. ",
        "Her fiancé did not come. ",
        "It was a cliché, he said. ",
        "She left without a résumé. ",
        "The firm’s lawyers spoke. ",
        "They paid £500 for it. ",
        "Die Straße war leer. ",
        "El niño no vino. ",
    ],
)
def test_one_place_among_two_thousand_bytes_is_enough_where_the_word_says_it(text: str) -> None:
    plain = {"D": "Der Hund lief schnell nach Hause. ", "E": "La casa es grande y bonita. "}
    long = text + plain.get(text[0], "Nobody on the street knew what to do about it. ") * 45
    assert decode(long.encode("cp1252")).text == long


@pytest.mark.parametrize(
    "data",
    [
        "The mayor said nothing at all about it yesterday.".encode("cp037"),
        "Der Bürgermeister sagte gestern gar nichts dazu, das war klar.".encode("cp500"),
        bytes(range(128, 256)) * 4,
        bytes(byte ^ 0x80 for byte in b"The mayor said nothing about it. "),
    ],
)
def test_what_is_in_no_known_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"use --encoding NAME|with --encoding NAME"):
        decode(data)


def test_utf_7_is_refused_with_its_name() -> None:
    with pytest.raises(UnreadableFileError, match="UTF-7: use --encoding utf-7"):
        decode(FRENCH.encode("utf-7"))
    assert decode(FRENCH.encode("utf-7"), stated="utf-7").text == FRENCH
    assert decode(b"1+1 and 2+2-3 are sums; a+b-c too.").encoding == "utf-8"


@pytest.mark.parametrize(
    ("text", "encoding", "other"),
    [
        ("Ya está.", "cp850", "cp1252"),
        ("Das Meer gehört uns.", "cp850", "cp1252"),
        ("Il a pris le café.", "cp437", "cp1252"),
        ("Não.", "cp850", "cp1250"),
    ],
)
def test_letters_that_fit_two_encodings_are_refused_with_both(text: str, encoding: str, other: str) -> None:
    with pytest.raises(
        UnreadableFileError, match=r"^could be in .+: choose one with --encoding NAME"
    ) as refused:
        decode(text.encode(encoding))
    assert other in str(refused.value)
    assert decode(text.encode(encoding), stated=encoding).text == text


# Declarations


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-2", "shift_jis", "nonsense", "rot13", "utf-16"])
def test_a_declaration_that_the_bytes_disprove_counts_for_nothing(declared: str) -> None:
    decoded = decode(RUSSIAN.encode("cp1251"), declared)
    assert (decoded.text, decoded.is_guess) == (RUSSIAN, True)


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (FRENCH, "cp1252", "ISO-8859-1"),
        (CZECH, "iso8859-2", "iso-8859-2"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (CHINESE, "gbk", "gb2312"),
        ("Xin chào các bạn\n".replace("ạ", "a"), "cp1258", "windows-1258"),
        ("Ça y est\n", "cp850", "cp850"),
    ],
)
def test_a_declaration_that_gives_text_is_no_guess(text: str, encoding: str, declared: str) -> None:
    decoded = decode(text.encode(encoding), declared)
    assert (decoded.text, decoded.is_guess, decoded.warnings) == (text, False, ())


def test_utf_8_wins_over_a_declaration() -> None:
    for text in (FRENCH, RUSSIAN, JAPANESE):
        decoded = decode(text.encode(), "windows-1252")
        assert (decoded.text, decoded.encoding, decoded.is_guess) == (text, "utf-8", False)


def test_letters_that_only_tags_have_are_judged_too() -> None:
    page = '<p title="Les élèves réunis près du théâtre ont salué l\'événement">Plain</p>\n'
    assert decode(page.encode("cp1252")).text == page
