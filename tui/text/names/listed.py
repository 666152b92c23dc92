"""Names in scripts without capitals, by lists: countries, large cities, people's names in a row or next to a title.
A name that is on no list and next to no title is not found.

The lists are those of the recogniser, in `data/without_capitals.txt`: a name, a tab and a letter a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tui.text.mentions import Mention
from tui.text.names.model_file import ModelFileError
from tui.text.names.tokens import COMBINING

_DATA = Path(__file__).parent / "data" / "without_capitals.txt"

LANGUAGES = frozenset(str.split("ar fa ur he yi hi mr ne bn th zh ja ko am"))
"""Languages whose names are looked for in the lists."""
_LONGEST = 16
"""Code points of a listed name."""
_MOST_WORDS = 4

_PREFIXES = {"ar": "وفبلك", "fa": "", "he": "והבלמשכ"}
"""Small words that are written together with the name after them."""
_PARTICLES = tuple(
    str.split(
        "에서는 에서도 에서 에게 으로 이라고 라고 까지 부터 에는 에도 은 는 이 가 을 를 의 에 도 와 과 로 만 시"
    )
)
"""What Korean writes after a name; longer ones first."""

_KOREAN_SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국"
_CHINESE_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文習习張劉陳楊趙黃吳孫馬羅鄭謝韓馮許鄧"

_TRANSLITERATING = (
    "阿埃艾安奥巴白拜班保鲍贝本比彼毕伯博布查川达大戴丹道德登邓迪蒂丁杜顿多厄恩尔法凡范菲费芬丰佛弗福富盖冈高戈格葛根"
    "古圭哈海汉翰豪赫黑亨胡华怀霍基吉季加贾简杰金京卡凯坎康考科克肯孔库夸奎拉莱赖兰朗劳勒雷黎里理丽利莉连列林琳龙隆卢鲁露路"
    "吕伦罗洛吗马玛迈麦曼芒梅门蒙孟米密明缪摩莫默姆木穆娜纳奈南内尼宁纽农努女诺欧帕潘庞佩彭皮珀蒲浦普齐奇契恰乔切琼丘让热日荣"
    "茹瑞若撒萨塞赛桑瑟森沙尚绍舍申什圣施石史斯苏索所塔泰坦汤唐陶特腾梯提廷通图托瓦万旺威韦维魏温文翁沃乌伍武西希锡席夏香肖"
    "谢辛欣兴休许雪逊雅亚延扬耶叶伊依易因殷英尤约赞泽曾扎詹章珍朱卓兹佐喬爾羅馬麥納諾蘭萊貝瑪維倫頓達內爾"
)
"""Letters with which Chinese writes the sounds of foreign names."""

_KOREAN_TITLES = "씨|대통령|총리|장관|차관|의원|대표|회장|사장|교수|감독|선수|시장|지사|총장|위원장|판사|검사|변호사|기자|박사"
_CHINESE_TITLES = "总统|主席|总理|总书记|书记|部长|外长|省长|市长|先生|女士|教授|博士|发言人|總統|總理|部長|市長|發言人|委員|议员|議員"
_JAPANESE_TITLES = "氏|さん|首相|大統領|総理|外相|財務相|防衛相|議員|知事|市長|社長|会長|教授|選手|監督|容疑者|被告|元首相|前首相|副大統領|国務長官|CEO|ＣＥＯ|監督|主席|書記長"
_TITLES_BEFORE = {
    "ar": "الرئيس|السيد|السيدة|الدكتور|الأمير|الملك|الوزير|الشيخ|النائب|رئيس الوزراء|وزير الخارجية",
    "fa": "آقای|خانم|دکتر|رئیس‌جمهور",
    "he": "מר|גברת|ד״ר|ד\"ר|פרופ׳|פרופ'|הנשיא|הנשיאה|השר|השרה|ראש הממשלה|השופט|השופטת|הרב",
    "hi": "श्री|श्रीमती|डॉ|डॉ.|डॉक्टर|प्रधानमंत्री|राष्ट्रपति|मुख्यमंत्री|राज्यपाल|सुश्री",
    "th": "นาย|นาง|นางสาว|ดร.|ดร|พล.อ.|พลเอก",
}
"""Titles that come before a person's name, with a blank or, in Thai, without."""

_WORD = re.compile(rf"[\w{COMBINING}]+")
_DOTTED = re.compile(rf"[{_TRANSLITERATING}]{{1,8}}(?:[·‧・][{_TRANSLITERATING}]{{1,8}}){{1,4}}")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]+(?:[・=＝][\u30a1-\u30fa\u30fc]+){0,4}")
_HAN = re.compile(r"[\u4e00-\u9fff\u3005]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_BEFORE_JAPANESE_TITLE = re.compile(rf"([\u4e00-\u9fff\u3005]{{2,5}})(?={_JAPANESE_TITLES})")
_JAPANESE_TITLE = re.compile(rf"[\u4e00-\u9fff]{{0,3}}?(?:{_JAPANESE_TITLES})")
_CHINESE_PERSON = re.compile(rf"[{_CHINESE_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?={_CHINESE_TITLES})")
_KOREAN_PERSON = re.compile(
    rf"(?<![\uac00-\ud7a3])[{_KOREAN_SURNAMES}][\uac00-\ud7a3]{{2}}(?=\s?(?:[\uac00-\ud7a3]{{1,4}} )?(?:{_KOREAN_TITLES}))"
)
_THAI_PERSON = re.compile(
    r"(?:นางสาว|นาย|นาง|ดร\.)\s?([\u0e01-\u0e4e]{2,20}(?: [\u0e01-\u0e4e]{2,20})?)(?![\u0e01-\u0e4e])"
)


class Lists(NamedTuple):
    letters: dict[str, str]
    """`y` a country or region, `c` a city, `f` a given name, `l` a family name."""


@cache
def shipped() -> Lists:
    """Raises ModelFileError."""
    try:
        content = _DATA.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ModelFileError(f"{_DATA.name} cannot be read ({reason}): reinstall postil") from error
    letters: dict[str, str] = {}
    for line in content.split("\n"):
        name, tab, letter = line.partition("\t")
        if tab:
            letters[name] = letter
    return Lists(letters)


def find(text: str, language: str, lists: Lists) -> list[Mention]:
    """The listed names in order, without overlaps; none crosses a line end. Takes time linear in the text."""
    kept: list[Mention] = []
    done = 0
    candidates = sorted(_candidates(text, language, lists), key=lambda m: (m.start, -m.end))
    for mention in candidates:
        if mention.start >= done:
            kept.append(mention)
            done = mention.end
    return kept


def _candidates(text: str, language: str, lists: Lists) -> Iterator[Mention]:
    letters = lists.letters
    if language == "ja":
        yield from _katakana(text, letters)
        for match in _BEFORE_JAPANESE_TITLE.finditer(text):
            yield from _japanese_person(match, letters)
    elif language == "zh":
        yield from (Mention(m.start(), m.end(), "PER") for m in _DOTTED.finditer(text))
        yield from (Mention(m.start(), m.end(), "PER") for m in _CHINESE_PERSON.finditer(text))
    elif language == "th":
        yield from (Mention(m.start(1), m.end(1), "PER") for m in _THAI_PERSON.finditer(text))
    if language in ("ja", "zh"):
        yield from _places_inside(text, _HAN, letters)
    elif language == "th":
        yield from _places_inside(text, _WORD, letters)
    elif language == "ko":
        yield from (Mention(m.start(), m.end(), "PER") for m in _KOREAN_PERSON.finditer(text))
        yield from _korean_places(text, letters)
    else:
        yield from _spaced(text, language, letters)


def _places_inside(text: str, runs: re.Pattern[str], letters: dict[str, str]) -> Iterator[Mention]:
    """Places anywhere in a run of letters, the longest at each position."""
    for run in runs.finditer(text):
        at, end = run.span()
        while at < end:
            length = next(
                (
                    length
                    for length in range(min(_LONGEST, end - at), 1, -1)
                    if letters.get(text[at : at + length], "") in ("c", "y")
                ),
                0,
            )
            if length:
                yield Mention(at, at + length, "LOC")
            at += length or 1


def _katakana(text: str, letters: dict[str, str]) -> Iterator[Mention]:
    """Words of katakana: a listed place, or a person's name of several words or with a title."""
    for run in _KATAKANA.finditer(text):
        start, end = run.span()
        name = run[0]
        parts = re.split("[・=＝]", name)
        if letters.get(name, "") in ("c", "y"):
            yield Mention(start, end, "LOC")
        elif _JAPANESE_TITLE.match(text, end) or any(
            letters.get(part, "") in ("f", "l") for part in parts[:-1]
        ):
            yield Mention(start, end, "PER")
        elif len(parts) > 1:
            yield Mention(start, end, "MISC")


def _japanese_person(match: re.Match[str], letters: dict[str, str]) -> Iterator[Mention]:
    """The longest end of the letters before a title that begins with a listed family name."""
    for skipped in range(len(match[1]) - 1):
        name = match[1][skipped:]
        if any(letters.get(name[:length], "") in ("l", "f") for length in (3, 2) if length <= len(name)):
            yield Mention(match.start(1) + skipped, match.end(1), "PER")
            return


def _korean_places(text: str, letters: dict[str, str]) -> Iterator[Mention]:
    for word in _HANGUL.finditer(text):
        bare = word[0][:_LONGEST]
        for name in (
            bare,
            *(bare.removesuffix(particle) for particle in _PARTICLES if bare.endswith(particle)),
        ):
            if len(name) > 1 and letters.get(name, "") in ("c", "y"):
                yield Mention(word.start(), word.start() + len(name), "LOC")
                break


def _spaced(text: str, language: str, letters: dict[str, str]) -> Iterator[Mention]:
    """Names in a language with blanks: the longest listed place at each word, and people's names."""
    words = _Words(text, language, letters)
    i = 0
    while i < len(words.bounds):
        taken = 1
        for begin in words.beginnings(i):
            as_person, as_place = words.person(i, begin), words.place_name(i, begin)
            if as_person or as_place:
                taken = max(as_person, as_place)
                yield Mention(
                    begin, words.bounds[i + taken - 1][1], "PER" if as_person >= as_place else "LOC"
                )
                break
        i += taken


_LINKS = frozenset(["بن", "بنت", "ابن", "أبو", "آل", "עבד", "בן", "בר"])
"""Join a person's names."""


class _Words:
    """The words of a text in a language that writes blanks."""

    def __init__(self, text: str, language: str, letters: dict[str, str]) -> None:
        self._text, self._letters = text, letters
        self.bounds = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        self._titles = frozenset(_TITLES_BEFORE.get(language, "").replace(" ", "|").split("|"))
        self._prefixes = _PREFIXES.get(language, "")

    def beginnings(self, i: int) -> Iterator[int]:
        """Where the name may begin in a word: at its start, or after one or two small words."""
        start, end = self.bounds[i]
        yield start
        for begin in (start + 1, start + 2):
            if end - begin < 3 or self._text[begin - 1] not in self._prefixes:
                return
            yield begin

    def place_name(self, i: int, begin: int) -> int:
        """How many words from word `i` on are a place; 0 if none."""
        for count in range(min(_MOST_WORDS, len(self.bounds) - i), 0, -1):
            end = self.bounds[i + count - 1][1]
            if 2 < end - begin < 3 * _LONGEST and self._letter(begin, end) in ("c", "y"):
                return count
        return 0

    def person(self, i: int, begin: int) -> int:
        """How many words from word `i` on are a person's name: listed ones, or one after a title and its neighbour."""
        has_title = i > 0 and self._is_title(i - 1)
        count = listed = 0
        for j in range(i, min(i + _MOST_WORDS, len(self.bounds))):
            start, end = self.bounds[j]
            if (j > i and self._text[self.bounds[j - 1][1] : start] not in (" ", "-")) or self._is_title(j):
                break
            is_listed = self._letter(begin if j == i else start, end) in ("f", "l")
            is_link = j > i and self._word(j) in _LINKS
            if not (is_listed or is_link or (has_title and listed and count == 1)):
                break
            count += 1
            listed += is_listed
        return count if listed > 1 or (listed and has_title) else 0

    def _word(self, i: int) -> str:
        start, end = self.bounds[i]
        return self._text[start : min(end, start + 3 * _LONGEST)]

    def _is_title(self, i: int) -> bool:
        return self._word(i) in self._titles

    def _letter(self, start: int, end: int) -> str:
        return self._letters.get(self._text[start : min(end, start + 3 * _LONGEST)], "")
