from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.documents import layout
from tui.documents.document import DEFAULTS, Layout, ReadingOptions

SENTENCES = {
    "en": [
        "The mayor spoke to a large crowd near the town hall on Monday morning.",
        "Nobody answered him, and the meeting ended soon after without any decision.",
        "The council will meet again on Friday to vote on the new plan for the harbour.",
        "The opposition has called it a disgrace, but it has no plan of its own yet.",
        "Most shops in the old town stayed closed until the rain stopped at noon.",
        "A bus driver said that he had never seen the square so full before.",
    ],
    "fr": [
        "La maire a pris la parole lundi matin devant l’hôtel de ville de la commune.",
        "Personne ne lui a répondu, et la réunion s’est achevée sans aucune décision.",
        "« Le conseil se réunira vendredi », a-t-elle annoncé avant de quitter la place.",
        "L’opposition parle d’un scandale, mais elle ne propose encore rien de mieux.",
        "La plupart des magasins sont restés fermés jusqu’à la fin de la pluie.",
        "Un chauffeur de bus n’avait encore jamais vu autant de monde sur la place.",
    ],
    "de": [
        "Die Bürgermeisterin sprach am Montag vor dem Rathaus zu einer großen Menge.",
        "Niemand antwortete ihr, und die Versammlung endete ohne einen Beschluss.",
        "Der Gemeinderat tritt am Freitag wieder zusammen, um über den Plan abzustimmen.",
        "Die Opposition spricht von einer Schande, hat aber selbst noch keinen Vorschlag.",
        "Die meisten Geschäfte der Altstadt blieben bis zum Ende des Regens geschlossen.",
        "Ein Busfahrer sagte, er habe den Platz noch nie zuvor so voll gesehen.",
    ],
    "ru": [
        "Мэр города выступил в понедельник утром перед большой толпой у ратуши.",
        "Никто ему не ответил, и собрание вскоре закончилось без всякого решения.",
        "Совет снова соберётся в пятницу, чтобы проголосовать за новый план порта.",
        "Оппозиция называет его позором, но своего плана у неё пока тоже нет.",
        "Большинство магазинов старого города не открывались, пока не кончился дождь.",
        "Водитель автобуса сказал, что никогда не видел на площади столько людей.",
    ],
    "zh": [
        "市长星期一上午在市政厅前向许多居民发表了关于港口改建的讲话。",
        "没有人回答他的问题，会议不久之后就在没有作出任何决定的情况下结束了。",
        "市议会将于星期五再次开会，就新的港口计划进行表决并公布结果。",
        "反对党称这一计划是耻辱，但是他们自己到现在也还没有提出任何方案。",
        "老城区的大多数商店一直关着门，直到中午雨停了以后才重新开始营业。",
        "一位公共汽车司机说，他以前从来没有在广场上看见过这么多的人。",
    ],
    "ja": [
        "市長は月曜日の朝、市役所の前に集まった大勢の住民に向けて演説した。",
        "誰も答えず、集会はその後まもなく、何も決まらないまま終わってしまった。",
        "市議会は金曜日に再び開かれ、港の新しい計画について採決を行う予定だ。",
        "野党はこの計画を恥だと呼んでいるが、自分たちの案はまだ持っていない。",
        "旧市街のほとんどの店は、昼ごろに雨がやむまで閉まったままだった。",
        "バスの運転手は、広場にこれほど人がいるのを見たことがないと話した。",
    ],
    "ar": [
        "تحدث رئيس البلدية يوم الاثنين أمام حشد كبير من السكان قرب مبنى البلدية.",
        "لم يجبه أحد، وانتهى الاجتماع بعد ذلك بقليل من دون أي قرار بشأن الميزانية.",
        "سيجتمع المجلس مرة أخرى يوم الجمعة للتصويت على الخطة الجديدة للميناء.",
        "تصف المعارضة هذه الخطة بأنها عار، لكنها لا تملك حتى الآن خطة خاصة بها.",
        "بقيت معظم المتاجر في المدينة القديمة مغلقة حتى توقف المطر عند الظهر.",
        "قال سائق حافلة إنه لم ير الساحة ممتلئة بالناس إلى هذا الحد من قبل.",
    ],
    "hi": [
        "महापौर ने सोमवार की सुबह नगर भवन के पास जमा बड़ी भीड़ के सामने भाषण दिया।",
        "किसी ने उन्हें उत्तर नहीं दिया और बैठक बिना किसी निर्णय के समाप्त हो गई।",
        "परिषद शुक्रवार को फिर बैठेगी और बंदरगाह की नई योजना पर मतदान करेगी।",
        "विपक्ष ने इसे शर्मनाक बताया, लेकिन उसके पास अब तक अपनी कोई योजना नहीं है।",
        "पुराने शहर की अधिकतर दुकानें दोपहर में बारिश रुकने तक बंद ही रहीं।",
        "एक बस चालक ने कहा कि उसने चौक को पहले कभी इतना भरा हुआ नहीं देखा था।",
    ],
    "th": [
        "นายกเทศมนตรีกล่าวปราศรัยต่อฝูงชนจำนวนมากหน้าศาลากลางเมื่อเช้าวันจันทร์ที่ผ่านมา",
        "ไม่มีใครตอบคำถามของเขา และการประชุมก็จบลงหลังจากนั้นไม่นานโดยไม่มีข้อสรุปใด ๆ เกี่ยวกับงบประมาณของเมืองในปีหน้า",
        "สภาเมืองจะประชุมอีกครั้งในวันศุกร์เพื่อลงมติเกี่ยวกับแผนใหม่ของท่าเรือ",
        "ฝ่ายค้านเรียกแผนนี้ว่าเป็นเรื่องน่าอับอาย แต่พวกเขาเองก็ยังไม่มีแผนของตัวเองที่จะเสนอต่อประชาชนในเมืองนี้แต่อย่างใดทั้งสิ้น จนถึงวันนี้",
        "ร้านค้าส่วนใหญ่ในเมืองเก่ายังคงปิดอยู่จนกระทั่งฝนหยุดตกในตอนเที่ยง",
        "คนขับรถประจำทางคนหนึ่งบอกว่าเขาไม่เคยเห็นจัตุรัสมีคนมากมายขนาดนี้มาก่อนเลยตลอดเวลายี่สิบปีที่เขาทำงานอยู่ในเมือง และเขาก็ประหลาดใจมาก",
    ],
    "he": [
        "ראש העיר נאם ביום שני בבוקר בפני קהל גדול ליד בניין העירייה.",
        "איש לא ענה לו, והאסיפה הסתיימה זמן קצר לאחר מכן בלי שום החלטה.",
        "המועצה תתכנס שוב ביום שישי כדי להצביע על התוכנית החדשה לנמל.",
        "האופוזיציה קוראת לה בושה, אבל עדיין אין לה תוכנית משלה.",
        "רוב החנויות בעיר העתיקה נשארו סגורות עד שהגשם פסק בצהריים.",
        "נהג אוטובוס אמר שמעולם לא ראה את הכיכר מלאה כל כך.",
    ],
}
LANGUAGES = sorted(SENTENCES)


def detected(text: str) -> Layout:
    return layout.of(text, DEFAULTS)[0]


def paragraphs(language: str) -> list[str]:
    gap = "" if language in ("zh", "ja") else " "
    sentences = SENTENCES[language]
    return [gap.join(sentences), gap.join(reversed(sentences))]


def folded(text: str, width: int, measure: Callable[[str], int] = len) -> str:
    """As `fold -s` does it: blanks stay at the ends of lines, and what has no blank is cut."""
    lines: list[str] = []
    while measure(text) > width:
        end = next(end for end in range(len(text), 0, -1) if measure(text[:end]) <= width)
        blank = text.rfind(" ", 0, end)
        end = blank + 1 if blank > 0 else end
        lines.append(text[:end])
        text = text[end:]
    return "\n".join([*lines, text])


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_sentence_a_line_is_lines(language: str) -> None:
    assert detected("\n".join(SENTENCES[language])) == "lines"
    blocks = "\n\n".join(["\n".join(SENTENCES[language])] * 3)
    assert detected(blocks) == "lines"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_paragraph_a_line_is_paragraphs(language: str, gap: str) -> None:
    assert detected(gap.join(paragraphs(language) * 3)) == "paragraphs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_with_blank_lines_between_are_paragraphs(language: str) -> None:
    assert detected("\n\n".join(SENTENCES[language])) == "paragraphs"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 72, 80])
def test_wrapped_text_is_wrapped(language: str, width: int) -> None:
    assert detected("\n\n".join(textwrap.fill(p, width) for p in paragraphs(language))) == "wrapped"
    assert detected("\n\n".join(folded(p, width) for p in paragraphs(language))) == "wrapped"


@pytest.mark.parametrize("language", ["en", "fr", "de", "ru", "ar"])
def test_wrapped_text_may_be_counted_in_bytes_indented_quoted_or_without_blank_lines(language: str) -> None:
    whole = paragraphs(language)
    assert detected("\n\n".join(folded(p, 80, lambda text: len(text.encode())) for p in whole)) == "wrapped"
    assert detected("\n".join(textwrap.fill(p, 66, initial_indent="   ") for p in whole)) == "wrapped"
    assert detected("\n".join(textwrap.fill(p, 66) for p in whole)) == "wrapped"
    quoted = "\n>\n".join(textwrap.indent(textwrap.fill(p, 70), "> ") for p in whole)
    assert detected(f"On Monday Ann wrote:\n{quoted}\n") == "wrapped"


def test_lines_of_a_proportional_font_are_wrapped() -> None:
    words, lines = " ".join(SENTENCES["fr"]).split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > (70, 78, 83, 74)[len(lines) % 4]:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    assert detected("\n".join(lines)) == "wrapped"


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of the small town spoke to a large crowd on\nMonday near the town hall, where many people had\ngathered.",
        "La maire a pris la parole lundi matin devant l’hôtel de\nville de la commune.",
        "Мэр города выступил в понедельник утром перед большой\nтолпой у ратуши.",
        "市长星期一上午在市政厅前向许多居民发表了关于港口改建的讲话，没有人回答他的问题，会议不久\n之后就结束了。",
    ],
)
def test_a_paragraph_of_two_or_three_lines_is_wrapped_if_they_are_long(text: str) -> None:
    assert detected(text) == "wrapped"


@pytest.mark.parametrize(
    "text",
    [
        "A title of some length without any stop at its end\nThe mayor spoke to a large crowd on Monday.",
        "Dear Ann,\nwe have read your letter about the new harbour of the town with great interest.",
        "The mayor spoke to a large crowd on Monday.\nnobody answered him, and the meeting ended soon.",
    ],
)
def test_two_other_lines_are_paragraphs(text: str) -> None:
    assert detected(text) == "paragraphs"


VERSE = """Über den Hügeln
liegt noch der Schnee,
leise am Ufer
zittert der See.

Kommt dann der Morgen,
hell übers Land,
trägt er die Sonne
in seiner Hand."""

NOT_PROSE = {
    "a poem": VERSE,
    "a poem of equal lines": "\n".join(
        [
            "The evening falls upon the silent town,",
            "The lamps are lit along the narrow way,",
            "The weary workers put their hammers down,",
            "And children leave the corners of their play,",
            "The river carries all the colours down,",
            "The stars will keep what nobody can say,",
        ]
    ),
    "a list": "Milk.\nEggs.\nBread.\nButter.\nTea.\nSalt.",
    "a list of sentences": "\n".join(f"- {sentence}" for sentence in SENTENCES["en"]),
    "a numbered list": "\n".join(f"{n}. {s}" for n, s in enumerate(SENTENCES["de"], 1)),
    "a dialogue": "\n".join(f"– {sentence}" for sentence in SENTENCES["fr"]),
    "a table": "\n".join(f"2024-01-{day:02}  Paris   17.{day}  overcast, rain later" for day in range(1, 20)),
    "headings": "\n".join(["A Short Line of Words That Ends Without a Stop Here"] * 8),
    "few lines": "\n".join(SENTENCES["en"][:2]),
    "one line": " ".join(SENTENCES["en"]),
    "words": "alpha\nbeta\ngamma\ndelta\nepsilon\nzeta\neta\ntheta",
    "addresses": "Ann Miller\n12 Long Street\nSpringfield\n\nBob Brown\n3 High Road\nShelbyville",
    "names": "\n".join(f"Ministry of the Interior, Office {n}" for n in range(20)),
}


@pytest.mark.parametrize("text", NOT_PROSE.values(), ids=NOT_PROSE)
def test_what_is_no_prose_is_paragraphs(text: str) -> None:
    assert detected(text) == "paragraphs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_of_short_paragraphs_is_not_lines(language: str) -> None:
    first, second, *rest = SENTENCES[language]
    gap = "" if language in ("zh", "ja") else " "
    text = "\n".join([first + gap + second, *rest, second + gap + first, *rest])
    if language == "th":
        pytest.skip("Thai has no marks at the ends of sentences")
    assert detected(text) == "paragraphs"


@pytest.mark.parametrize(
    "line",
    [
        "The firm Smith & Co. Ltd. Closed its office in St. Petersburg on 3 May last year.",
        "Am 9. März sprach Dr. Meier mit Hrn. K. Müller über den neuen Bericht der Stadt.",
        "J. R. Ewing, Mr. Brown and Mrs. Green were there when the U.S. President spoke.",
        "« Pourquoi ? » demande-t-il, sans attendre la réponse que M. Dupont lui donnerait.",
    ],
)
def test_abbreviations_end_no_sentence(line: str) -> None:
    assert detected("\n".join([line] * 8)) == "lines"


def test_of_many_lines_some_may_hold_two_sentences() -> None:
    several = " ".join(SENTENCES["en"][:2])
    assert detected("\n".join((SENTENCES["en"][2:] * 5 + [several] * 3) * 3)) == "lines"
    assert detected("\n".join((SENTENCES["en"][2:] + [several] * 2) * 20)) == "paragraphs"


def test_the_user_decides() -> None:
    for stated in ("paragraphs", "wrapped", "lines"):
        assert layout.of("\n".join(SENTENCES["en"]), ReadingOptions(layout=stated)) == (stated, ())


def test_what_was_decided_is_said_with_the_option_that_overrides_it() -> None:
    _, (wrapped,) = layout.of(textwrap.fill(" ".join(SENTENCES["en"]), 72), DEFAULTS)
    assert wrapped.startswith("lines end at about 7")
    assert "--layout paragraphs" in wrapped
    _, (lines,) = layout.of("\n".join(SENTENCES["en"]), DEFAULTS)
    assert lines.startswith("each line is one sentence")
    assert "--layout paragraphs" in lines
    assert layout.of(" ".join(SENTENCES["en"]), DEFAULTS) == ("paragraphs", ())


@given(st.text(st.sampled_from("aB .!\n>-\t9é。　")))
def test_any_text_has_a_layout(text: str) -> None:
    assert detected(text) in ("paragraphs", "wrapped", "lines")


HEADERS = [
    "From: Ann <ann@example.org>\nTo: Bob <bob@example.org>\nSubject: The ferry\nDate: Tue, 3 Mar 2020 10:12\n\n",
    "Von: Anna\nAn: Bernd\nGesendet: 3. März\nBetreff: Die Fähre\n\n",
    "De : Anne\nÀ : Bob\nEnvoyé : mardi\nObjet : Le bac\n\n",
    "От: Анна\nКому: Борис\nДата: 3 марта\nТема: Паром\n\n",
]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("language", ["en", "fr", "de", "ru"])
def test_the_header_of_a_mail_says_nothing_about_its_lines(header: str, language: str) -> None:
    body = textwrap.fill(" ".join(SENTENCES[language]), 66)
    assert detected(header + body + "\n") == "wrapped"
    assert detected(header + "\n".join(SENTENCES[language]) + "\n") == "lines"


@pytest.mark.parametrize("language", sorted(SENTENCES.keys() - {"th"}))
def test_a_few_lines_of_one_sentence_each_are_recognised(language: str) -> None:
    few = SENTENCES[language][:4]
    assert detected("\n".join(few) + "\n") == "lines"
    joined = [few[0] + ("" if language in ("zh", "ja") else " ") + few[1], *few[2:]]
    assert detected("\n".join(joined) + "\n") == "paragraphs"


def test_a_short_wrapped_paragraph_is_known_by_lines_that_end_within_a_sentence_after_another() -> None:
    assert (
        detected(
            "Der Landkreis hatte angeboten, die Hälfte der Kosten zu übernehmen. Dieses\n"
            "Angebot wurde im Dezember ohne Begründung abgelehnt. Ein Sprecher der\n"
            "Reederei wollte sich nicht äußern.\n"
        )
        == "wrapped"
    )
    assert (
        detected(
            "Trajekt na ostrov přestane v březnu jezdit, oznámila v úterý loďařská\n"
            "společnost po šesti ztrátových letech. Celoročně tam žije asi 400 lidí.\n"
            "„Nikdo nám nic neřekl,“ stěžuje si Anna Morová, která vede jediný obchod.\n"
            "Dozvěděla se to z rádia.\n"
        )
        == "wrapped"
    )
