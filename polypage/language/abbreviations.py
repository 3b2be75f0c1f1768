"""The abbreviations of some languages: a full stop behind one of them ends no sentence.

    >>> abbreviations("en").always >= {"dr", "approx"}
    True

A language that is not here has what all languages have. To add one, write a table like those
below, without the full stops; every line is optional:

    always      what is never the last word of a sentence
    figures     what is not if a figure follows: `No. 5`, but also `Oh no.`
    letters     what a single letter ends: `vitamin C.`, while in `J. Doe` it is an initial
    ordinals    `yes` where a figure with a full stop is an ordinal: `am 3. Mai`

Words are matched without regard to case. What has full stops within needs no table: `e.g.`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The abbreviations of one language, in small letters and without their last full stop."""

    always: frozenset[str]
    figures: frozenset[str]
    letters: frozenset[str]
    ordinals: bool


def abbreviations(language: str) -> Abbreviations:
    """Return what is known of a language, by its code."""
    return _abbreviations(language if language in _TABLES else "")


@cache
def _abbreviations(language: str) -> Abbreviations:
    lines = [*_lines(_ALL), *_lines(_TABLES.get(language, ""))]

    def words(kind: str) -> frozenset[str]:
        return frozenset(word for name, line in lines if name == kind for word in line.split())

    return Abbreviations(
        always=words("always"),
        figures=words("figures"),
        letters=words("letters"),
        ordinals="yes" in words("ordinals"),
    )


def _lines(table: str) -> Iterator[tuple[str, str]]:
    for line in table.strip().splitlines():
        name, _, words = line.strip().partition(" ")
        yield name, words.casefold()


# the tables

_ALL = """
    always  dr prof mr mrs mt approx cf vs viz al figs vols nos pp ed eds
    figures fig no nr vol p art sec ch cap tab eq n min max ca c
"""

_TABLES = {
    "cs": """
        always  mudr mgr ing phdr doc např tzv tj resp popř příp vč kupř str
        figures č obr tab kap
        ordinals yes
    """,
    "da": """
        always  hr fru bl ca evt f.eks feks inkl jf kl mht pga nr
        figures s kap
        ordinals yes
    """,
    "de": """
        always  bzw ca evtl ggf inkl exkl sog vgl usf zzgl abzgl bspw allg insb insbes ehem
        always  hr fr frl dipl ing med str st nr mind mio mrd bd hrsg jh dgl mögl tägl hl hll eff pck
        figures abb tab kap abs s std min sek tel
        letters vitamin hepatitis typ gruppe faktor stufe
        ordinals yes
    """,
    "en": """
        always  ms messrs st jr sr rev hon gen col capt lt sgt gov sen rep pres supt
        always  ca circa est temp avg incl excl esp resp ext tel dept univ assn
        figures figs fig nos ref refs pg para ver
        letters vitamin vitamins hepatitis type types group factor plan stage class grade step phase
        letters category appendix table figure chart box option answer blood influenza strain
    """,
    "es": """
        always  dra sr sra srta ud uds vd lic ing prof profa gral aprox av avda ctra dpto ee uu ej
        always  máx mín tel s.a dcha izda excmo
        figures pág págs núm núms cap fig art apdo
        letters vitamina hepatitis tipo grupo factor
    """,
    "et": "ordinals yes",
    "fi": """
        always  esim ns mm ym yms nk ko ts eli synt prof
        figures s
        ordinals yes
    """,
    "fr": """
        always  m mm mgr pr me env éd av apr ex cf chap hab cie ste
        figures fig art vol p pp n no nos tél réf
        letters vitamine hépatite type groupe facteur
    """,
    "hi": "always डॉ श्री श्रीमती प्रो सं कं मि ग्रा ई",
    "hr": """
        always  npr tzv tj god str br sv dr
        ordinals yes
    """,
    "hu": """
        always  pl ill kb ún ld vö özv ifj
        ordinals yes
    """,
    "id": """
        always  dr drg drs dra ir hj tn ny sdr bpk jl gg kab kec kel prov yth sp mis a.n d.a
        always  st h k kh ust
        figures no hlm hal psl ay bab
        letters vitamin hepatitis tipe golongan kelompok faktor
    """,
    "is": "ordinals yes",
    "it": """
        always  dott dr.ssa dott.ssa sig sigg sig.ra sig.na prof prof.ssa avv ing geom arch es cfr
        always  ca circa spett egr gent sen on
        figures pag pagg fig art cap n nr vol
        letters vitamina epatite tipo gruppo fattore
    """,
    "lt": """
        always  pvz dr doc prof g gerb tūkst mln mlrd vad
        ordinals yes
    """,
    "lv": """
        always  piem dr doc prof t.i
        ordinals yes
    """,
    "ms": """
        always  dr en pn cik hj tn sdr jln kg
        figures no hlm
    """,
    "nb": """
        always  bl ca evt f.eks feks inkl jf kl pga nr hr fr
        figures s kap
        ordinals yes
    """,
    "nl": """
        always  dhr mevr mw drs ir ing bijv bv nl o.a m.b.t evt resp zgn ca plm incl excl gebr st
        figures blz afb nr hfst art
        letters vitamine hepatitis type groep factor
    """,
    "pl": """
        always  np tzw tj tzn ok ul pl al prof hab inż mgr św ks tys mln mld m.in wg ds godz
        figures nr str rys tab poz rozdz
        letters witamina hepatitis typ grupa
        ordinals yes
    """,
    "pt": """
        always  dra sr sra srta profa exmo exma av aprox eng ltda cia ex máx mín tel
        figures pág págs núm cap fig art vol
        letters vitamina hepatite tipo grupo fator
    """,
    "ro": """
        always  d-l dl dna dra ing prof str bd jud aprox max min
        figures nr pag fig art cap
    """,
    "ru": """
        always  т г гг д п е ул пр им акад проф доц св напр см ср пос обл тыс млн млрд руб коп тел
        always  жен муж рожд англ лат греч нем
        figures рис табл стр гл ст № илл
    """,
    "sk": """
        always  mudr mgr ing doc napr tzv tj resp popr príp vr
        figures č obr tab kap str
        ordinals yes
    """,
    "sl": """
        always  npr tj oz str št dr mag
        ordinals yes
    """,
    "sr": """
        always  npr tzv tj str br dr нпр тзв тј стр бр др
        ordinals yes
    """,
    "sv": """
        always  bl ca dvs eks ev fr.o.m t.ex inkl jfr kl m.a.o m.m o.d nr obs resp st
        figures s kap
    """,
    "tr": """
        always  doç yrd öğr gör uzm op av sn bkz örn vs yy cad sok sk mah apt tel max min
        figures no s sf şek
        ordinals yes
    """,
    "uk": """
        always  т р рр д п е вул пр ім акад проф доц св напр див пор обл тис млн млрд грн тел
        figures рис табл стор с гл ст №
    """,
    "ar": "always د أ م ا ص ج ت هـ ق",
    "th": "always ดร นพ พญ ทพ น ศ รศ ผศ พ.ศ ค.ศ จ.ศ ร.ศ กก มก ซม มม กม มล ก.ก ม.ก ซ.ม",
    "vi": """
        always  ts ths bs bscki bsckii gs pgs ds cn ks lm tp q p tx tt kts ncs cks mn th
        figures số tr
        letters vitamin nhóm loại tuýp típ
    """,
}
