"""Closed classes of words, by language (ISO 639-1), in lower case with straight apostrophes."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """The words of a space-separated list."""
    return frozenset(listed.split())


def _lists(**words: str) -> dict[str, frozenset[str]]:
    return {language: frozenset(listed.split()) for language, listed in words.items()}


FUNCTION_WORDS = _lists(
    fr="""le la les l' un une des du de d' et que qu' qui dans pour avec sur par est en au aux à ce cet cette
        ces son sa ses il elle ils elles on je j' nous vous se s' ne n' pas mais ou où leur leurs y si""",
    it="""il lo la i gli le l' un uno una un' di d' del dello della dei degli delle dell' e ed che in nel nello
        nella nei nelle per con su sul sulla non è a al alla ai da dal dalla si ma o come più""",
    en="""the a an of and to in for on with is was that it as at by from this his her their not but or be
        are were which who has have had""",
    es="""el la los las un una de del y e que en por para con se no es al lo su sus a o u como más pero""",
    de="""der die das ein eine einen einem einer und in zu den dem des mit von für auf ist im nicht auch an als
        es sich er sie""",
)
"""The most frequent function words, by which the language of words is recognised."""

OPENERS = _lists(
    fr="""le la les l' un une des du de d' il elle ils elles on nous je j' ce c' cet cette ces et mais dans pour
        avec sur son sa ses leur leurs selon après depuis lorsque""",
    it="""il lo la i gli le l' un uno una del della dei delle degli di e ma nel nella per con che non è si
        secondo dopo""",
    en="the a an of and but in for with he she they it this that his their is was we after according",
    es="el la los las un una del de y pero en por para con se que según después",
    de="der die das ein eine und aber in mit von für nach er",
)
"""Words that often begin a sentence or a heading, but no names except titles of works."""

NEVER_NAMES = _lists(
    fr="""que qui dont quand comme si mais donc aussi ainsi encore déjà toujours jamais souvent très trop
        plus moins pas avec sans vers chez depuis pendant malgré pourtant cependant toutefois
        afin alors puis ensuite parce lorsque puisque cela ceci celui celle ceux celles leur leurs notre votre
        nous vous elles ils sont était étaient sera seront peut peuvent doit doivent""",
    it="""che chi cui dove quando come se anche ancora già mai sempre spesso molto troppo più meno poi così
        quindi dunque però ma perché mentre dopo senza sotto sopra verso entro durante
        oltre questo questa questi queste quello quella quelli quelle suo sua suoi sue loro nostro vostro
        noi voi egli essi è sono erano sarà saranno ha hanno aveva avevano avrà può possono deve devono
        dice dicono disse fa fanno viene vengono va vanno """,
    en="""that which who whom whose where when while because although though if unless until since before after
        than then thus also still already always never often very too much many more less most least only
        just even not about above below between against during without within toward towards despite
        however therefore moreover these those their theirs our ours your yours his hers him them she he they
        we you me it its is are was were be been being has have had having does did done could would should
        might must said says told asked added made makes went goes gone came comes took takes gave gives found
        known became becomes began wants wanted needs seems seemed of to from with by for at as into onto
        through there what how why""",
    es="""que quien quienes donde cuando como si también aún todavía ya siempre nunca muy más menos pero
        porque aunque mientras desde hasta hacia contra entre sin según durante ante tras esta
        estos estas ese esa esos esas aquel aquella su sus suyo nuestro nuestra vuestro ellos ellas nosotros
        es son era eran fue fueron será serán ha han había habían habrá puede pueden debe deben dijo dice dicen
        dicho hace hacen hizo tiene tienen tuvo está están estaba estaban va van""",
    de="""dass weil obwohl wenn als ob während nachdem bevor damit sondern denn und auch noch schon
        immer nie oft sehr zu mehr weniger nur nicht sogar selbst selber wieder dann hier dort dieser diese
        dieses diesem diesen jener jene seine seiner seinem seinen unser unsere euer mich mir dich dir
        uns euch sich man ist sind war wird werden wurde wurden hat haben hatte hatten kann können
        konnte muss müssen musste soll sollen sollte wollen wollte darf dürfen sagt sagte machte
        geht ging kommt kam gibt gab findet fand steht stand über unter mit ohne zwischen seit bei
        nach vor durch aus bis""",
)
"""Words with which no name begins: closed classes and the most frequent verbs."""

ABBREVIATIONS = words(
    """c-à-d i.e e.g etc cf av apr env ex p pp vol art m mm mme mlle mgr me dr st ste chap ed éd fig n no
    nos op al min max approx jr sr mr mrs ms vs inc ltd corp co bros prof gen sen rep gov dott sig sigg
    sig.ra ing avv on pag cap ca ecc es s sec mt mts km cm kg éq coll trad dir ap j-c c bd tél adj hab
    fr nb numéro num janv févr avr juil sept oct nov déc jan feb mar apr jun jul aug sep dec z b d u bzw
    usw nr str gest geb vgl evtl inkl bspw sog ggf zzgl abs aufl hrsg art tel ext dept est gr ok ave rd
    blvd univ assoc pres secr tit ord ej aprox pág págs ud uds sra srta av avda gral núm tlf dpto ntra
    hnos fdo ss a e i o x y r f g h j k l q t v w mio mrd tsd std mind max ehem urspr jh jhd lat engl
    frz dt verh"""
)
"""Words written with a full stop that does not end a sentence."""

TITLED = words(
    """film films roman romans journal album titre titres livre livres chanson chansons quotidien série
    magazine hebdomadaire revue intitulé intitulée intitulés émission programme opéra pièce tableau
    nouvelle poème single novel movie movies song songs book books series show play opera poem titled
    entitled called magazine newspaper film libro libri romanzo canzone giornale rivista settimanale
    quotidiano titolo intitolato intitolata programma trasmissione opera película novela canción
    periódico diario revista título titulado titulada libro obra programa roman buch zeitung zeitschrift
    lied serie titel oper stück groupe groupes band group gruppo grupo restaurant ristorante restaurante"""
)
"""Words followed by the title of a work, which has its own capitals."""
