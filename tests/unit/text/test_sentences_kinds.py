"""Kinds of sentence ends, each with cases in several languages; ` | ` is where a sentence ends."""

from __future__ import annotations

import pytest

from tui.text.sentences import split


def parts(text: str, language: str) -> list[str]:
    sentences = split(text, language)
    return [text[start:end] for start, end in zip(sentences.starts, sentences.ends, strict=True)]


def check(language: str, expected: str) -> None:
    assert parts(expected.replace(" | ", " "), language) == expected.split(" | ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "„Warum?“, fragte die Frau. | Niemand sprach."),
        ("de", "„Komm!“ rief er. | Sie blieb."),
        ("de", "»Warum denn?«, fragte der Mann. | Keiner antwortete."),
        ("de", "»Das geht nicht …« – so begann der Brief. | Er war lang."),
        ("de", "„Halt! Wer da?“, rief er. | Es blieb still.".replace("! Wer", "! | Wer")),
        ("de", "‚Wirklich?‘, fragte sie. | Ja."),
        ("de", "Der Ruf („Weiter so!“), den alle kennen, hilft nicht. | Das weiß jeder."),
        ("fr", "« Où vas-tu ? », demande la mère. | L’enfant se tait."),
        ("fr", "«\u00a0Jamais\u00a0!\u00a0» crie la foule. | Le maire sort."),
        ("fr", "« Je pars… », dit-elle. | Il reste."),
        ("fr", "Le film (Qui a peur ?), sorti hier, déçoit. | La salle était vide."),
        ("fr", "“Pourquoi ?”, demande-t-il. | On ne sait pas."),
        (
            "fr",
            "« Tu viens ? » – demanda Paul en riant, – « ou pas ? » | Elle rit.".replace(
                "– demanda", "– demanda"
            ),
        ),
        ("fr", "« Viens ! » ; « Non ! » : voilà tout. | Rien d’autre."),
        ("en", "“Why now?” she asked. | Nobody knew."),
        ("en", '"Stop!", he cried. | They ran.'),
        ("en", "“Really?!” – that was all. | She left."),
        ("en", "The song (What now?), a hit, is old. | I like it."),
        ("en", "‘Who is it?’ the boy said. | It was me."),
        ("it", "«Perché?», chiese la donna. | Nessuno rispose."),
        ("it", "“Davvero?” domandò lui. | Lei annuì."),
        ("it", '"Basta!", urlò il sindaco. | La sala tacque.'),
        ("it", "«Andiamo...» – disse piano. | Poi uscì."),
        ("it", "Lo slogan («Avanti!»), ormai vecchio, resta. | Piace ancora."),
        ("es", "—¿Por qué? —preguntó ella. | Nadie habló."),
        ("es", '"¡Jamás!", gritó el alcalde. | La plaza calló.'),
        ("es", "«¿Vienes?», dijo Ana. | Luis negó."),
        ("es", "El lema (¡Adelante!), ya viejo, gusta. | Sigue en pie."),
        ("pt", "“Porquê?”, perguntou ela. | Ninguém respondeu."),
        ("pt", "«Vamos!» – gritou o homem. | A rua ficou vazia."),
        ("pt", "— Quem é? — perguntou a mãe. | Era o vizinho."),
        ("nl", "“Waarom?”, vroeg ze. | Niemand wist het."),
        ("nl", "‘Kom mee!’ riep hij. | Zij bleef staan."),
        ("nl", '"Wie is daar?" klonk het. | Het bleef stil.'),
        ("pl", "„Dlaczego?”, zapytała. | Nikt nie odpowiedział."),
        ("pl", "„Nigdy!” – krzyknął tłum. | Burmistrz wyszedł."),
        ("pl", "— Kto tam? — zapytał chłopiec. | Cisza trwała."),
        ("ru", "«Почему?» — спросил он. | Никто не ответил."),
        ("ru", "«Мы уйдём...» – сказала она. | Дверь закрылась."),
        ("ru", "— Кто там? — крикнул мальчик. | Было тихо."),
        ("ru", "«Никогда!», кричала толпа. | Мэр вышел."),
        ("cs", "„Proč?“ zeptala se. | Nikdo neodpověděl."),
        ("cs", "„Pojď!“, zavolal. | Zůstala stát."),
        ("cs", "»Kdo je tam?« ptal se hlas. | Bylo ticho."),
        ("sv", "”Varför?”, frågade hon. | Ingen svarade."),
        ("sv", "”Kom!” ropade han. | Hon gick."),
        ("sv", "– Vem är det? – frågade pojken. | Det var tyst."),
        ("fi", "”Miksi?” hän kysyi. | Kukaan ei vastannut."),
        ("da", "»Hvorfor?« spurgte hun. | Ingen svarede."),
        ("uk", "«Чому?» — запитав він. | Ніхто не відповів."),
        ("ro", "„De ce?”, a întrebat ea. | Nimeni nu știa."),
        ("ca", "«Per què?», va preguntar. | Ningú no ho sabia."),
        ("el", "«Γιατί;», ρώτησε. | Κανείς δεν απάντησε."),
        ("tr", "“Neden?” diye sordu. | Kimse bilmiyordu."),
        ("hu", "„Miért?” – kérdezte. | Senki sem felelt."),
        ("de", "„Warum?“ – Paul schwieg. | Niemand sprach."),
        ("ru", "«Почему?» — Иван спросил это дважды. | Было тихо."),
        ("he", "”למה?” – שאל האיש. | איש לא ענה."),
    ],
)
def test_a_sentence_goes_on_after_a_closing_mark(language: str, expected: str) -> None:
    check(language, expected)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "„Er kommt.“ | Dann ging sie."),
        ("de", "„Kommst du?“ | – „Nein.“ | Er ging. | „Ich komme …“, sagte sie. | „… nicht.“"),
        ("de", "»Wohin?« | »Nach Hause!« | Er lief."),
        ("fr", "« Oui. » | Puis elle sortit. | (Rires.) | Il reprit."),
        ("fr", "« C’est fini ! » | « Non. » | On rit."),
        ("en", "“Go!” | He went. | (Nobody saw.) | “Why?” | Silence."),
        ("it", "«Basta.» | Poi tacque. | “Vieni!” | Lei rise."),
        ("es", "«¡Fuera!» | Nadie salió. | ¿Quién sabe? | ¡Nadie!"),
        ("pl", "„Idź.” | Poszedł. | „Wróć!” | Nie wrócił."),
        ("ru", "«Иди.» | Он ушёл. | «Стой!» | Она ждёт."),
        ("sv", "”Gå.” | Han gick. | ”Stanna!” | Hon log."),
        ("fr", "Il dort (enfin !). | Tout va bien (oui ?) | Non."),
        ("en", "He said (!) nothing. | It was odd (?) then. | I [...] agree."),
        ("en", "“It ends here.”[3] | Then it starts."),
    ],
)
def test_a_sentence_ends_after_all_closing_marks(language: str, expected: str) -> None:
    check(language, expected)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        # Months.
        ("fr", "Né le 12 janv. 1950 à Lyon, mort le 4 déc. 2019. | Il avait 69 ans."),
        (
            "en",
            "On 3 Sept. 2020 it rained. | By Dec. 5, 2021 it had not stopped. | It ended in Oct. | The sun came.",
        ),
        ("de", "Am 12. Okt. 2021 kam er. | Seit dem 3. Februar 2020 blieb er. | Im Dez. 2022 ging er."),
        ("es", "El 5 dic. 2019 llovía. | Desde ene. 2020 no. | El 3 de sept. de 2021 volvió."),
        ("it", "Dal 3 set. 2019 al 5 ott. 2020 nulla. | Il 7 gen. 2021 sì. | Poi basta."),
        ("pt", "Em 3 set. 2019 choveu. | De 5 dez. 2020 a 7 jan. 2021 não. | Depois sim."),
        ("nl", "Op 5 sept. 2019 regende het. | Tot 3 okt. 2020 bleef hij. | Daarna niet."),
        ("pl", "Od 5 sty. 2019 do 3 lut. 2020 padało. | Potem nie."),
        ("cs", "Dne 5. pros. 2019 přišel. | Od 3. ledna 2020 je tu."),
        ("fr", "Ils étaient sept. | Les autres dormaient."),
        # Titles and ranks.
        ("fr", "Le Dr. Petit, le Pr. Blanc, le col. Roy et le gén. Le Goff signent. | M. Le Pen non."),
        ("fr", "Mme. Roy et Me. Petit parlent. | L’adj. Blanc aussi."),
        (
            "en",
            "Dr. Reed, Prof. Hill, Sgt. Cole and Gen. Ray met Rev. Poe. | Mr. He left. | Mrs. Dow stayed.",
        ),
        ("de", "Hr. Braun und Fr. Klein trafen Dr. Groß. | Prof. Dr. Lang sprach mit Ing. Kurz."),
        (
            "it",
            "Il dott. Neri, l’avv. Bianchi, il sig. Verdi e la prof.ssa Gallo parlano. | L’on. De Luca no.",
        ),
        (
            "es",
            "El Sr. Gil, la Sra. Paz, el Dr. Ruiz y D. Luis hablan. | La Dra. Sanz calla. | El gral. Mora no.",
        ),
        ("pt", "O Sr. Silva, a Sra. Costa e o Dr. Melo falam. | O gen. Dias não. | A Profª. Lima sim."),
        ("nl", "Dhr. Smit, mevr. Bos, drs. Kok en prof. De Wit komen. | Ir. Pot niet. | Mr. Vos wel."),
        ("pl", "Płk. Nowak, gen. Lis i ks. Wilk z ul. Długiej przyszli. | Im. Kopernika nazwano szkołę."),
        ("pl", "Mieszka na ul. Polnej w pobliżu pl. Wolności. | Szkoła im. Chopina stoi obok."),
        ("cs", "Ing. Novák, Mgr. Malá a gen. Král přišli. | Ul. Dlouhá je blízko. | MUDr. Veselý ne."),
        ("ru", "Ген. Орлов и проф. Белов живут в г. Москва на ул. Ленина. | Завод им. Кирова рядом."),
        ("ru", "В 2019 г. Иванов уехал. | Это было в 2020 г. | Он вернулся."),
        ("sv", "Dr. Berg och prof. Lund kom. | St. Eriks gata är lång."),
        ("ro", "Dl. Pop și dna. Ionescu vin. | Dr. Luca nu."),
        ("ca", "El Sr. Pla i la Sra. Mas parlen. | El Dr. Roca no."),
        ("uk", "Ген. Бондар і проф. Коваль живуть у м. Київ на вул. Шевченка. | Це близько."),
        ("hi", "डॉ. शर्मा आए। | मि. राव नहीं आए।"),
        # Dates and streets.
        ("cs", "Dne 3. 5. 2019 přišel. | Bylo 5. května."),
        ("de", "Am 3. 10. 2020 kam er. | Sie wohnt Hauptstr. 5. | St. Pauli siegt."),
        ("es", "Av. Juárez 5, el 5 ene. 2020. | Nadie vino."),
        ("ru", "Ул. Мира, д. 5, г. Пермь. | Это далеко."),
        ("fr", "Le boul. Roy et l’av. Foch sont fermés. | Le pl. Bayle ouvre."),
        (
            "de",
            "Dr.-Ing. Kurz, Dipl.-Ing. Lang und Dr. med. Groß kamen aus Halle a. d. Saale. | Er ist 30. | Sie nicht.",
        ),
        ("es", "El Excmo. Sr. Gil, S. Juan y la Sta. Cruz. | Pepe y Cía. cierran. | Los JJ. OO. de 2020."),
        ("it", "Nel sec. XX costava 5 mln. di lire, ca. 3 kg. di pane. | Corso V. Emanuele."),
        ("nl", "Mr. dr. ing. Smit en jhr. Van Lennep, m.b.t. geld. | Aldus Jan. | Klaar."),
        (
            "ru",
            "В 90-х гг. Россия менялась. | До н. э. и в I в. н. э. | Они и др. пишут. | В XIX в. Россия росла.",
        ),
        ("pl", "W XIX w. Polska nie istniała. | Kpt. Lis i śp. Anna. | Nowak i in. mówią."),
        ("fr", "Selon Roy et al. | C’est faux. | Roy & Cie. gagne. | Il a 20 ans, max. 25. | Elle 30."),
        # Eras, years and decades: only a longer sentence ends before a name.
        (
            "pl",
            "W maju 2011 r. Nowak wyjechał. | W latach 60. Lem pisał. | Miasto nad rzeką istniało od około 1600 r. p.n.e. | Kupcy szli tędy.",
        ),
        (
            "ru",
            "Древний город на реке был разрушен около 1600 г. до н. э. | Купцы ушли. | Группа играла в 1970-х гг. | Иванов пел.",
        ),
        (
            "es",
            "El pueblo vivía en la costa desde el siglo V a. C. | Comerciantes griegos llegaron. | En el 44 a. C. César murió.",
        ),
        (
            "cs",
            "Město stálo na řece asi do roku 700 př. n. l. | Kupci odešli. | R. 44 př. n. l. Caesar zemřel.",
        ),
        ("it", "La città sul fiume esisteva già nel VII secolo a.C. | Mercanti greci arrivarono."),
        # Numbers.
        ("fr", "Voir art. 49 et p. 12, n. 3. | Le vol. IV manque."),
        ("de", "Siehe Art. 5, S. 12 und Nr. 7. | Abs. 2 gilt. | Bd. IV fehlt."),
        ("en", "See p. 12, fig. 3 and No. 5. | Vol. IV is lost. | He said no. | Nobody asked."),
        ("it", "Vedi art. 49, p. 12 e n. 3. | Il cap. IV manca. | La pag. 8 no."),
        ("es", "Véase art. 155, pág. 3 y núm. 7. | Falta el cap. IV."),
        ("pt", "Ver art. 5, pág. 3 e n. 7. | Falta o cap. IV."),
        ("nl", "Zie art. 5, blz. 3 en nr. 7. | Hfst. 4 ontbreekt."),
        ("pl", "Zob. art. 5, s. 3 i nr. 7. | Brak rozdz. 4."),
        ("cs", "Viz čl. 5, s. 3 a č. 7. | Chybí kap. 4."),
        ("ru", "См. ст. 5, с. 3 и рис. 7. | Нет гл. 4."),
        # Companies and eras.
        (
            "de",
            "Die Lang & Co. KG zahlt. | Der Verein Licht e. V. hilft. | Der Bund dankt dem Licht e. V. | Er zahlt.",
        ),
        ("de", "Im Jahr 44 v. Chr. Rom war groß.".replace("Chr. Rom", "Chr. | Das Reich") + " | Es fiel."),
        ("it", "La Fiat S.p.A. Il gruppo cresce.".replace("S.p.A. Il", "S.p.A. | Il")),
        ("it", "Nel 44 a.C. Cesare morì. | Era il 44 a.C. | Il senato tacque."),
        ("es", "Los EE. UU. y la S.A. Iberia pactan. | Viven en EE. UU. | Nadie lo duda."),
        ("es", "En el 44 a. C. César murió. | Fue en el 44 a. C. | El senado calló."),
        (
            "en",
            "Dow Inc. shares fell. | They sued Dow Inc. | The court agreed. | Smith et al. (2010) disagree.",
        ),
        ("en", "Reed et al. found more. | Nature printed Reed et al. | It was read."),
        ("fr", "En 44 av. J.-C. César meurt. | C’était en 44 av. J.-C. | Le sénat se tait."),
        ("pt", "A Silva & Cia. Ltda. cresce. | Foi em 44 a.C. | O senado calou."),
        ("nl", "De Bos N.V. groeit. | Hij leidt Bos B.V. | Zij niet."),
        ("pl", "Firma Lis S.A. rośnie. | To było w 44 r. p.n.e. | Nikt nie mówił."),
        ("cs", "Firma Lis a.s. roste. | Bylo to r. 44 př. n. l. | Nikdo nemluvil."),
        # Words that always go on.
        (
            "de",
            "Viele, z. B. Kinder, d. h. Junge, und u. a. Frauen kamen. | Es gab Äpfel, Birnen usw. | Alle aßen.",
        ),
        ("fr", "Certains, p. ex. Paul, c.-à-d. Petit, parlent. | Il vit des chats, etc. | Tous dorment."),
        ("en", "Some, e.g. Reed, i.e. Tom, came. | Cats, dogs, etc. | All slept. | Reed vs. Poe goes on."),
        ("it", "Alcuni, p. es. Neri, vennero. | Cani, gatti, ecc. | Tutti dormivano."),
        ("es", "Algunos, p. ej. Gil, vinieron. | Perros, gatos, etc. | Todos dormían."),
        ("nl", "Sommigen, bijv. Smit, o.a. Bos, kwamen. | Honden, katten enz. | Allen sliepen."),
        ("pl", "Niektórzy, np. Nowak, m.in. Lis i tzw. Wilk, przyszli. | Wzrost o 5 proc. | W maju spadek."),
        ("cs", "Někteří, např. Novák, tj. Jan, a tzv. Vlk přišli. | Psi, kočky atd. | Všichni spali."),
        ("ru", "Многие, т. е. все, и др. | Они спали. | Кошки, собаки и т. д. | Все спали."),
        ("pt", "Alguns, p. ex. Silva, vieram. | Cães, gatos, etc. | Todos dormiam."),
        # Initials.
        ("en", "J. K. Rowling met George W. Bush. | He liked J.R.R. Tolkien. | So did C. S. Lewis."),
        ("fr", "J.-M. Le Clézio et P. Roy parlent. | L’écrivain J. Verne aussi."),
        ("de", "Johann W. Goethe traf E. T. A. Hoffmann. | Der Dichter H. Heine kam."),
        ("ru", "А. С. Пушкин и Л. Толстой писали. | Читал В. И. Даль."),
        ("it", "G. La Malfa e P. P. Pasolini parlano. | Il poeta G. Leopardi no."),
        ("pl", "J. Kowalski i A. B. Nowak przyszli. | Poeta C. Norwid nie."),
    ],
)
def test_abbreviations_end_no_sentence(language: str, expected: str) -> None:
    check(language, expected)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "Le vent soufflait… | Rien ne bougeait. | Et puis... | Un cri ! | Il dit… rien."),
        ("de", "Es wurde dunkel … | Niemand kam. | Und dann... | Ein Schrei! | Er sagte … nichts."),
        ("en", "Night fell… | Nothing moved. | And then... | A cry! | He said… nothing. | Well . . . | Go."),
        ("it", "Scese la notte… | Nulla si muoveva. | E poi... | Un grido! | Disse... niente."),
        ("es", "Caía la noche… | Nada se movía. | Y luego... | ¡Un grito! | Dijo… nada."),
        ("pt", "Caía a noite… | Nada se mexia. | E depois... | Um grito! | Disse… nada."),
        ("nl", "Het werd nacht… | Niets bewoog. | En toen... | Een schreeuw!"),
        ("pl", "Zapadła noc… | Nic się nie ruszało. | A potem... | Krzyk!"),
        ("ru", "Наступила ночь… | Ничто не двигалось. | А потом... | Крик! | Он сказал… ничего."),
        ("cs", "Padla noc… | Nic se nehnulo. | A pak... | Výkřik!"),
        (
            "en",
            "It opens at 9 a.m. | Come early. | It shuts at 5 p.m. Monday. | We met at 3 p.m. EST. | Call us.",
        ),
        (
            "en",
            "She moved to the U.S. | He stayed. | The U.S. Senate met. | A U.S. President spoke in the U.K. | They left.",
        ),
        (
            "en",
            "There is no plan B. | Nobody has one. | Take vitamin C. | It helps. | Both got an A. | Data shows it.",
        ),
        ("fr", "Il n’y a pas de plan B. | Personne n’en a. | La vitamine C. | Elle aide."),
        ("de", "Es gibt keinen Plan B. | Niemand hat einen. | Sie braucht Vitamin C. | Orangen helfen."),
        ("it", "Non c’è un piano B. | Nessuno ce l’ha. | Serve la vitamina C. | Arance e limoni aiutano."),
        ("es", "No hay plan B. | Nadie tiene uno. | Falta vitamina C. | Naranjas, pues."),
        ("pt", "Não há plano B. | Ninguém tem."),
        ("nl", "Er is geen plan B. | Niemand heeft er een."),
        ("pl", "Nie ma planu B. | Nikt go nie ma."),
        (
            "en",
            "It fell to 20 °C. | Snow came. | It weighs 5 kg. | The box broke. | He ran 5 km. | Then he slept.",
        ),
        (
            "fr",
            "Il fait 20 °C. | Paris dort. | On part à 13 h. | Mais il pleut. | Il reste 5 km. | La route est longue.",
        ),
        ("ru", "Осталось 10 км. | Дорога длинная. | Скорость 19 км/ч. | Ураган слабеет."),
        ("pt", "Chove 10 mm. | Para hoje, sol."),
        ("it", "Fu nel V secolo a.C. | Probabilmente prima."),
        (
            "de",
            "Papst Paul VI. kam. | Ludwig XIV. Frankreich verließ er nie.".replace(
                ". Frankreich verließ", ". verließ Frankreich"
            ),
        ),
    ],
)
def test_ends_after_ellipses_letters_and_measures(language: str, expected: str) -> None:
    check(language, expected)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "The town grew.[12] | It shrank.[13][14] | Why?[a] | Nobody knows.[note 3] | So be it.[^1]"),
        ("en", "It grew.¹ | It shrank.²³ | “Why?”⁴ | Nobody knows."),
        ("en", "It grew. [12] | It shrank. [3–5] | “It did.” [6]: 12 | Done.".replace("]: 12", "]")),
        ("en", "It grew.[1]:12 | It shrank.* | It died.† | Done."),
        ("en", "It did[1]. | It grew [2]. | It shrank.[citation needed] | Done."),
        ("fr", "La ville grandit.[12] | Puis non.¹ | « Pourquoi ? »² | Nul ne sait.[réf. nécessaire] | Fin."),
        ("fr", "La ville grandit ![12] | Puis non ?[^x] | Fin."),
        ("de", "Die Stadt wuchs.[12] | Dann nicht.¹ | „Warum?“[3] | Keiner weiß es.[^2] | Ende."),
        ("it", "La città crebbe.[12] | Poi no.¹ | «Perché?»[3] | Nessuno lo sa."),
        ("es", "La ciudad creció.[12] | Luego no.¹ | «¿Por qué?»[3] | Nadie lo sabe."),
        ("ru", "Город рос.[12] | Потом нет.¹ | «Почему?»[3] | Никто не знает."),
        ("pl", "Miasto rosło.[12] | Potem nie.¹ | „Dlaczego?”[3] | Nikt nie wie."),
        ("en", "Is it **bold.** | Then *it is.* | Yes."),
        ("en", "He left.[1], he said. | She stayed.[2]"),
    ],
)
def test_reference_marks_begin_no_sentence(language: str, expected: str) -> None:
    check(language, expected)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ja", "「行きます。」と彼は言った。|彼女は待った。"),
        ("ja", "「なぜ？」と聞いた。|誰も答えなかった！|本当だ。"),
        ("ja", "「やめろ！」という声がした。|『もう終わりだ。』|でも続いた。"),
        ("ja", "町は育った。[12]|そして縮んだ。¹|終わり。"),
        ("ja", "彼は「はい。」って答えた。|以上。"),
        ("zh", "“我走了。”|他说完就走了。|真的吗？！|是的。"),
        ("zh", "“为什么？”，她问。|没有人回答……|夜深了。".replace("……|夜", "。|夜")),
        ("zh", "（完。）|他走了。"),
        ("zh", "太好了!他说。".replace("!他", "!|他")),
        ("hi", "वह आया।|वह गई॥|कौन है?".replace("|कौन", "|कौन")),
        ("ar", "هل جاء؟| لا أحد يعرف.| انتهى الأمر!| نعم."),
        ("fa", "آیا آمد؟| نه."),
        ("ur", "وہ آیا۔| وہ گئی۔| کون ہے؟| کوئی نہیں۔"),
        ("hy", "Նա եկավ։| Նա գնաց։"),
        ("am", "መጣ።| ሄደች።"),
        ("el", "Ποιος ήρθε;| Κανείς δεν ξέρει.| Τι έγινε;| Τίποτα."),
        ("ko", "그가 왔다.| 그녀가 갔다!| 누구야?| 몰라."),
        ("he", "הוא בא.| היא הלכה!| מי זה?| „איש לא יודע.”| כן."),
    ],
)
def test_terminators_of_scripts(language: str, expected: str) -> None:
    assert parts(expected.replace("|", ""), language) == [part.strip() for part in expected.split("|")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "See example.com. "),
        ("en", "It costs 3.14 dollars or 1,000.50 in all"),
        ("en", "Run postil.py --help or see v2.1.3 of Node.js today"),
        ("fr", "Écrivez à a.b@c.fr ou voyez www.x.fr/y.html?z=1 demain"),
        ("de", "Um 14.30 Uhr am 3.10.2020 kamen 1.000 Leute"),
        ("it", "Alle 14.30 del 3.10.2020 c’erano 1.000 persone"),
    ],
)
def test_a_mark_inside_a_word_ends_nothing(language: str, text: str) -> None:
    assert len(parts(text, language)) == 1
