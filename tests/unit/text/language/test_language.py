from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.language import LANGUAGES, SURE, UNDETERMINED, detect, identify, language_of

ROOT = Path(__file__).parents[4]

PARAGRAPHS = {
    "ar": "قال رئيس البلدية يوم الاثنين إن المدينة ستبني جسرا جديدا فوق النهر. ولم يعرف أحد من سيدفع ثمنه.",
    "ca": "L’alcalde va dir dilluns que la ciutat construirà un pont nou sobre el riu. Ningú no sap qui el pagarà.",
    "cs": "Starosta v pondělí řekl, že město postaví nový most přes řeku. Nikdo ale neví, kdo ho zaplatí.",
    "de": "Der Bürgermeister sagte am Montag, die Stadt werde eine neue Brücke bauen. Wer sie bezahlt, weiß niemand.",
    "el": "Ο δήμαρχος είπε τη Δευτέρα ότι η πόλη θα χτίσει μια νέα γέφυρα. Κανείς δεν ξέρει ποιος θα πληρώσει.",
    "en": "The mayor said on Monday that the town would build a new bridge. Nobody knows who is going to pay for it.",
    "es": "El alcalde dijo el lunes que la ciudad construirá un puente nuevo sobre el río. Nadie sabe quién lo pagará.",
    "fr": "Le maire a dit lundi que la ville construirait un nouveau pont sur le fleuve. Personne ne sait qui paiera.",
    "he": "ראש העיר אמר ביום שני כי העיר תבנה גשר חדש מעל הנהר. איש אינו יודע מי ישלם עליו.",
    "hi": "महापौर ने सोमवार को कहा कि शहर नदी पर एक नया पुल बनाएगा। कोई नहीं जानता कि इसका पैसा कौन देगा।",
    "it": "Il sindaco ha detto lunedì che la città costruirà un nuovo ponte sul fiume. Nessuno sa chi lo pagherà.",
    "ja": "市長は月曜日、川に新しい橋を架けると述べた。誰が費用を払うのかは分かっていない。",
    "ko": "시장은 월요일 시가 강 위에 새 다리를 놓겠다고 말했다. 누가 비용을 낼지는 아무도 모른다.",
    "nl": "De burgemeester zei maandag dat de stad een nieuwe brug gaat bouwen. Niemand weet wie ervoor betaalt.",
    "pl": "Burmistrz powiedział w poniedziałek, że miasto zbuduje nowy most. Nikt nie wie, kto za niego zapłaci.",
    "pt": "O presidente da câmara disse na segunda-feira que a cidade vai construir uma ponte nova. Ninguém sabe quem a pagará.",
    "ro": "Primarul a spus luni că orașul va construi un pod nou peste râu. Nimeni nu știe cine îl va plăti.",
    "ru": "Мэр сказал в понедельник, что город построит новый мост через реку. Никто не знает, кто за него заплатит.",
    "sv": "Borgmästaren sade i måndags att staden ska bygga en ny bro över floden. Ingen vet vem som ska betala.",
    "th": "นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าเมืองจะสร้างสะพานใหม่ข้ามแม่น้ำ ไม่มีใครรู้ว่าใครจะจ่าย",
    "tr": "Belediye başkanı pazartesi günü kentin nehre yeni bir köprü yapacağını söyledi. Parayı kimin vereceğini kimse bilmiyor.",
    "uk": "Мер сказав у понеділок, що місто збудує новий міст через річку. Ніхто не знає, хто за нього заплатить.",
    "zh": "市长星期一说，这座城市将在河上修建一座新桥。没有人知道谁来付钱。",
}

OTHERS = {
    "af": "Die burgemeester het Maandag gesê dat hulle ’n nuwe brug gaan bou. Hy wou nie sê wie daarvoor moet betaal nie.",
    "be": "Мэр сказаў у панядзелак, што горад пабудуе новы мост праз раку. Ніхто не ведае, хто за яго заплаціць.",
    "bg": "Кметът каза в понеделник, че градът ще построи нов мост над реката. Никой не знае кой ще го плати.",
    "da": "Borgmesteren sagde mandag, at byen vil bygge en ny bro over floden. Ingen ved, hvem der skal betale.",
    "fa": "شهردار روز دوشنبه گفت که شهر پل تازه‌ای روی رودخانه خواهد ساخت. هیچ کس نمی‌داند چه کسی پول آن را می‌دهد.",
    "fi": "Kaupunginjohtaja sanoi maanantaina, että kaupunki rakentaa uuden sillan joen yli. Kukaan ei tiedä, kuka maksaa.",
    "gl": "O alcalde dixo o luns que a cidade vai construír unha ponte nova sobre o río. Ninguén sabe quen a vai pagar.",
    "hr": "Gradonačelnik je u ponedjeljak rekao da će grad sagraditi novi most preko rijeke. Nitko ne zna tko će ga platiti.",
    "hu": "A polgármester hétfőn azt mondta, hogy a város új hidat épít a folyón. Senki sem tudja, ki fizeti.",
    "id": "Wali kota mengatakan pada hari Senin bahwa kota itu akan membangun jembatan baru. Tidak ada yang tahu siapa yang membayar.",
    "ka": "მერმა ორშაბათს თქვა, რომ ქალაქი მდინარეზე ახალ ხიდს ააშენებს. არავინ იცის, ვინ გადაიხდის.",
    "mk": "Градоначалникот во понеделникот рече дека градот ќе изгради нов мост. Никој не знае кој ќе го плати.",
    "mr": "महापौरांनी सोमवारी सांगितले की शहर नदीवर नवीन पूल बांधणार आहे. त्याचे पैसे कोण देणार हे कोणालाच माहीत नाही.",
    "nb": "Ordføreren sa mandag at byen vil bygge en ny bro over elven. Ingen vet hvem som skal betale for den.",
    "sk": "Starosta v pondelok povedal, že mesto postaví nový most cez rieku. Nikto však nevie, kto ho zaplatí.",
    "sl": "Župan je v ponedeljek povedal, da bo mesto zgradilo nov most čez reko. Nihče ne ve, kdo ga bo plačal.",
    "sr": "Градоначелник је у понедељак рекао да ће град изградити нови мост. Нико не зна ко ће га платити.",
    "ur": "میئر نے پیر کو کہا کہ شہر دریا پر ایک نیا پل بنائے گا۔ کوئی نہیں جانتا کہ اس کے پیسے کون دے گا۔",
}

NO_WORDS = {
    "empty": "",
    "digits": "12 34 … 5,6 %\n" * 200,
    "emojis": "😀👍🏽 " * 3000,
    "one letter": "a" * 100_000,
    "one Cyrillic letter": "ж" * 100_000,
    "one Han letter": "字" * 100_000,
    "combining marks": "\u0301" * 50_000,
    "addresses": "https://example.com/news/the-mayor www.example.org ana@example.com\n" * 300,
    "codes": "ab12 x86 c3po " * 3000,
    "placeholder text": "lorem ipsum dolor sit amet consectetur adipiscing elit",
    "few frequent words": "der die das " + "lorem ipsum dolor " * 20,
    "mixed scripts": "жaжb כa日xλ ख़q กz " * 300,
    "invented words": "zxqv wqpf kjhg bnmx " * 100,
}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_language_is_detected_and_sure(language: str) -> None:
    found = identify(PARAGRAPHS[language])
    assert found.language == language
    assert found.confidence > SURE


@pytest.mark.parametrize("language", sorted(OTHERS))
def test_other_languages_are_undetermined(language: str) -> None:
    assert detect(OTHERS[language]) == UNDETERMINED == "und"


@pytest.mark.parametrize("kind", sorted(NO_WORDS))
def test_without_words_it_is_undetermined_and_unsure(kind: str) -> None:
    found = identify(NO_WORDS[kind])
    assert found.language == UNDETERMINED
    assert found.confidence < 0.5


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it"])
def test_paragraphs_of_the_gold_sets(language: str) -> None:
    lines = (ROOT / "tests/gold" / f"{language}_pud.sent.jsonl").read_text(encoding="utf-8").splitlines()
    found = [detect(json.loads(line)["text"]) for line in lines]
    assert found.count(language) >= 0.99 * len(found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("L’ÉTÉ EST LÀ ET LES GENS SONT DANS LES RUES.", "fr"),
        ("Nikt nie wie, kto zapłaci za most.", "pl"),
        ("Ingen vet vem som ska betala för bron.", "sv"),
        ("Kimse bilmiyor.", "tr"),
        ("Primarul a spus că știe.".replace("ș", "ş"), "ro"),
        ("Le comité de la re\u0301gion s’est re\u0301uni apre\u0300s la fe\u0302te.", "fr"),
        ("قال الرئيس إنه لا يعرف شيئا عن هذا الأمر".replace("ي", "ی"), "ar"),
        ("Primarul orasului a spus ca nimeni nu stie cine va plati podul.", "ro"),
        (
            "Nikdo nevi, kdo ten most zaplati, rekl starosta mesta, ktere chce stavet uz pristi rok na jare.",
            "cs",
        ),
        ("首相は会見で「知らない」と答えた。", "ja"),
        ("Пресс-служба не ответила на вопросы.", "ru"),
        ("Επίσης το μοντέλο Tesla Model S της Tesla Motors", "el"),
        ("โดย Daniel Sturridge ทีม Liverpool ทำคะแนนเสมอ Chelsea", "th"),
    ],
)
def test_short_texts_and_spellings(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("main", ["fr", "de", "cs", "ja", "ru"])
@pytest.mark.parametrize("boilerplate", ["first", "last"])
def test_english_boilerplate_does_not_win(main: str, boilerplate: str) -> None:
    english = "Skip to content. Sign in to your account. We use cookies to make this site work for all of our readers."
    parts = [english, english, *[PARAGRAPHS[main]] * 4]
    assert detect("\n\n".join(parts if boilerplate == "first" else reversed(parts))) == main


@pytest.mark.parametrize("main", ["it", "pl", "en", "ar"])
def test_a_long_text_with_a_foreign_beginning(main: str) -> None:
    text = f"{PARAGRAPHS['es']}\n" * 30 + f"{PARAGRAPHS[main]}\n" * 400
    assert detect(text) == main


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (PARAGRAPHS["de"], "en", "de"),
        (PARAGRAPHS["de"], None, "de"),
        (PARAGRAPHS["pt"], "pt", "pt"),
        ("Anna Nowak, Jan Kowalski: 3:2", "pl", "pl"),
        ("12.04.2026", "sv", "sv"),
        ("", "fr", "fr"),
        ("", None, "und"),
        ("OK", "it", "it"),
        (OTHERS["sk"], "sk", "sk"),
        (OTHERS["sk"], None, "und"),
        (OTHERS["da"], "da", "da"),
        (OTHERS["da"], "sv", "und"),
        (OTHERS["gl"], "gl", "gl"),
        (OTHERS["ka"], "ka", "ka"),
        (PARAGRAPHS["cs"], "sk", "cs"),
        (PARAGRAPHS["fr"], "eo", "fr"),
        ("Es regnet.", "de", "de"),
    ],
)
def test_a_declared_language_counts_where_the_text_leaves_doubt(
    text: str, declared: str | None, language: str
) -> None:
    assert language_of(text, declared) == language


@given(st.text(), st.sampled_from(["fr", "sk", None]))
def test_any_text_has_an_answer(text: str, declared: str | None) -> None:
    found = identify(text)
    assert found.language in {*LANGUAGES, UNDETERMINED}
    assert 0 <= found.confidence <= 1
    assert language_of(text, declared) in {found.language, declared}
