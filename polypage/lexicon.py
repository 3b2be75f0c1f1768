"""The words of some languages that checks know: negations, numerals, units of measurement.

    >>> lexicon("fr").numerals["deux"]
    2

A language that is not here is checked without: its figures are compared all the same, its words
are not. To add one, write a table like those below; every line is optional but for its name.

    numerals    from 0 on, other spellings behind a slash; twenty and on in `tens`; where they are words
                of their own, 21 to 29 in `twenties`, 100 to 900 in `hundreds`; `glued` for German
    joined      those of the other spellings that can be part of a larger numeral
    half        what stands for one half, or for `1/2`
    quarter     what stands for quarters
    third_part  what stands for thirds
    scales      what makes thousands and millions of a figure
    negations   what denies or forbids; a hyphen stands for the rest of a word
    harmless    what only looks like one of them
    more, less  what says of a figure that it is a bound
    minus       what makes a temperature one below zero
    months      in order, if they are words
    UNIT        what the unit is called, beside its symbol

Words are matched without regard to case. Languages that put no blanks between words are
searched for the letters alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

UNITS = {
    # name: dimension, size, symbols
    "ng": ("mass", "1e-9", "ng"),
    "mcg": ("mass", "1e-6", "mcg µg μg ug"),
    "mg": ("mass", "1e-3", "mg"),
    "g": ("mass", "1", "g gr"),
    "kg": ("mass", "1e3", "kg"),
    "ml": ("volume", "1e-3", "ml cc"),
    "cl": ("volume", "1e-2", "cl"),
    "dl": ("volume", "1e-1", "dl"),
    "l": ("volume", "1", "l"),
    "mm": ("length", "1e-3", "mm"),
    "cm": ("length", "1e-2", "cm"),
    "m": ("length", "1", "m"),
    "km": ("length", "1e3", "km"),
    "second": ("time", "1", "s sec"),
    "minute": ("time", "60", "min"),
    "hour": ("time", "3600", "h hr hrs"),
    "day": ("time", "86400", "d"),
    "week": ("time", "604800", "wk"),
    "month": ("months", "1", ""),
    "year": ("months", "12", ""),
    "percent": ("share", "0.01", "% ٪ ％"),
    "permille": ("share", "0.001", "‰"),
    "iu": ("activity", "1", "iu"),
    "mmol": ("amount", "1e-3", "mmol"),
    "mmhg": ("pressure", "1", "mmhg"),
    "kcal": ("energy", "1", "kcal"),
    "tablet": ("tablets", "1", ""),
    "celsius": ("celsius", "1", "°c ℃ ºc"),
    "fahrenheit": ("fahrenheit", "1", "°f ℉ ºf"),
}
"""The dimension of each unit, its size there, and the symbols that all languages have for it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    numerals: Mapping[str, int]
    cardinals: frozenset[str]
    """Those of the numerals that count something, and nothing else."""
    half: frozenset[str]
    quarter: frozenset[str]
    third: frozenset[str]
    minus: frozenset[str]
    scales: Mapping[str, int]
    months: Mapping[str, int]
    units: Mapping[str, str]
    """What each unit is called, and its symbols: words to the name in `UNITS`."""
    denials: re.Pattern[str] | None
    harmless: re.Pattern[str] | None
    """What only looks like a denial."""
    more: re.Pattern[str] | None
    less: re.Pattern[str] | None


def lexicon(language: str) -> Lexicon:
    """Return what is known of a language, by its code: nothing but symbols of units for most."""
    return _lexicon(language if language in _TABLES else "")


def folded(text: str) -> str:
    """Return a text as its words are compared: no capitals, no vowel marks, one shape per letter."""
    # ß and the like stay one letter, so that positions stay true: `lower`, not `casefold`.
    return _ARABIC_MARKS.sub("", text).lower().translate(_SHAPES)


# Arabic is written with or without these, as taste and keyboard have it.
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_SHAPES = str.maketrans("أإآٱىة’", "اااايه'")


@cache
def _lexicon(language: str) -> Lexicon:
    lines = dict(_lines(_TABLES.get(language, "")))
    return Lexicon(
        numerals=dict(_numerals(lines)),
        cardinals=frozenset(_cardinals(lines)),
        half=_words(lines.get("half", "")),
        quarter=_words(lines.get("quarter", "")),
        third=_words(lines.get("third_part", "")),
        minus=_words(lines.get("minus", "")),
        scales=dict(_scales(lines.get("scales", ""))),
        months={word: n for n, word in _listed(lines.get("months", ""), start=1)},
        units=dict(_units(lines)),
        denials=_pattern(lines.get("negations", ""), language),
        harmless=_pattern(lines.get("harmless", ""), language),
        more=_pattern(lines.get("more", ""), language),
        less=_pattern(lines.get("less", ""), language),
    )


def _lines(table: str) -> Iterator[tuple[str, str]]:
    for line in table.strip().splitlines():
        name, _, words = line.strip().partition(" ")
        yield name, folded(words)


def _numerals(lines: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    yield from ((word, n) for n, word in _listed(lines.get("numerals", ""), start=0))
    yield from ((word, n * 10) for n, word in _listed(lines.get("tens", ""), start=2))
    yield from ((word, n) for n, word in _listed(lines.get("ordinals", ""), start=1))
    yield from ((word, n * 100) for n, word in _listed(lines.get("hundreds", ""), start=1))
    yield from ((word, n) for n, word in _listed(lines.get("twenties", ""), start=21))
    if "glued" in lines:
        yield from _glued(lines)


def _glued(lines: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Put together what German writes as one word, up to 999."""
    first = [spellings.split("/")[0] for spellings in lines["numerals"].split()]
    tens = [spellings.split("/")[0] for spellings in lines["tens"].split()][:8]
    below = dict(enumerate(first))
    for n, ten in enumerate(tens, 2):
        below |= {10 * n: ten} | {10 * n + m: f"{first[m]}und{ten}" for m in range(1, 10)}
    yield from ((word, n) for n, word in below.items() if n > _GLUED)
    for n in range(1, 10):
        yield f"{first[n]}hundert", 100 * n
        yield from ((f"{first[n]}hundert{word}", 100 * n + m) for m, word in below.items() if m)


_GLUED = 20
"""The numerals up to here are in the table."""


def _cardinals(lines: Mapping[str, str]) -> Iterator[str]:
    for spellings in f"{lines.get('numerals', '')} {lines.get('joined', '')}".split():
        yield spellings.split("/")[0].replace("_", " ")
    for name in ("tens", "hundreds", "twenties"):
        yield from (word for _, word in _listed(lines.get(name, ""), start=0))
    if "glued" in lines:
        yield from (word for word, _ in _glued(lines))


def _words(line: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in line.split())


def _listed(words: str, *, start: int) -> Iterator[tuple[int, str]]:
    for n, spellings in enumerate(words.split(), start):
        yield from ((n, spelling.replace("_", " ")) for spelling in spellings.split("/"))


def _scales(words: str) -> Iterator[tuple[str, int]]:
    for item in words.split():
        word, _, zeros = item.partition("=")
        yield word.replace("_", " "), 10 ** int(zeros)


def _units(lines: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, (_, _, symbols) in UNITS.items():
        words = f"{symbols} {lines.get(name, '')}".split()
        yield from ((word.replace("_", " "), name) for word in words)


_UNSPACED = {"th", "zh"}


def _pattern(words: str, language: str) -> re.Pattern[str] | None:
    """Find any of some words; a hyphen stands for the rest of a word."""
    if not words:
        return None
    alternatives = "|".join(map(_alternative, _longest_first(words.split())))
    if language in _UNSPACED:
        return re.compile(alternatives)
    before = r"\b(?:[وف]?[بلك]?(?:ال)?)?" if language == "ar" else r"\b"
    return re.compile(rf"{before}(?:{alternatives})(?!\w)")


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _alternative(word: str) -> str:
    stem = re.escape(word.strip("-").replace("_", " "))
    return f"{_REST * word.startswith('-')}{stem}{_REST * word.endswith('-')}"


_REST = r"\w*"

_TABLES = {
    "en": """
        numerals zero one/once/a/an/single two/twice/both/double/pair/couple three/thrice/triple four five six seven eight nine ten eleven twelve/dozen thirteen fourteen fifteen sixteen seventeen eighteen nineteen
        tens twenty thirty forty fifty sixty seventy eighty ninety hundred
        ordinals first/daily/every/each/per second/twofold third fourth fifth sixth seventh eighth ninth tenth
        minus minus
        quarter quarter quarters
        third_part third thirds
        tablet tablet tablets pill pills capsule capsules
        half half halves
        scales hundred=2 thousand=3 million=6 billion=9
        months january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec
        negations not no never none nor neither without cannot nothing nobody nowhere -n't
        harmless no. not_only not_just not_to_mention whether_or_not or_not no_matter no_doubt nothing_but not_uncommon not_unusual not_uncommonly not_infrequently no_sooner last_but_not_least
        more more_than over above greater_than at_least exceeding
        less less_than under below fewer_than at_most up_to
        mcg microgram micrograms
        mg milligram milligrams
        g gram grams
        kg kilogram kilograms kilo kilos
        ml milliliter milliliters millilitre millilitres
        l liter liters litre litres
        mm millimeter millimeters millimetre millimetres
        cm centimeter centimeters centimetre centimetres
        m meter meters metre metres
        km kilometer kilometers kilometre kilometres
        second second seconds
        minute minute minutes mins
        hour hour hours am pm a.m. p.m. o'clock
        day day days
        week week weeks
        month month months
        year year years
        percent percent per_cent
        iu units_international international_units
        kcal calories kilocalories
        celsius degrees_celsius degrees_centigrade
        fahrenheit degrees_fahrenheit
        """,
    "vi": """
        numerals không một/mốt/đơn hai/đôi/cặp ba bốn/tư năm/lăm sáu bảy/bẩy tám chín mười mười_một mười_hai/tá mười_ba mười_bốn mười_lăm mười_sáu mười_bảy mười_tám mười_chín
        tens hai_mươi ba_mươi bốn_mươi năm_mươi sáu_mươi bảy_mươi tám_mươi chín_mươi một_trăm
        ordinals nhất/mỗi nhì
        joined mốt tư lăm bẩy
        minus âm trừ
        quarter phần_tư
        third_part phần_ba
        tablet viên viên_nén viên_nang viên_thuốc
        half nửa rưỡi
        scales trăm=2 nghìn=3 ngàn=3 triệu=6 tỷ=9 tỉ=9
        negations không phủ_định chẳng chớ đừng chưa cấm tránh thiếu ngưng ngừng vô phi
        harmless không_khí không_gian vô_cùng vô_số hay_không phải_không
        more trên hơn vượt ít_nhất tối_thiểu quá
        less dưới kém ít_hơn nhỏ_hơn thấp_hơn tối_đa
        mcg microgam micrôgam
        mg miligam mi-li-gam
        g gam gram
        kg kilôgam kilogam ký cân
        ml mililit mililít
        l lít
        mm milimet milimét
        cm xentimet centimet xăng-ti-mét
        m mét
        km kilomet kilômét cây_số
        second giây
        minute phút
        hour giờ tiếng
        day ngày
        week tuần
        month tháng
        year năm tuổi
        percent phần_trăm
        iu đơn_vị_quốc_tế
        kcal calo kilocalo
        celsius độ_c
        fahrenheit độ_f
        """,
    "id": """
        numerals nol satu/sekali/sebuah/seorang dua/kedua/ganda/sepasang tiga/ketiga empat/keempat lima/kelima enam/keenam tujuh/ketujuh delapan/kedelapan sembilan/kesembilan sepuluh/kesepuluh sebelas dua_belas/selusin tiga_belas empat_belas lima_belas enam_belas tujuh_belas delapan_belas sembilan_belas
        tens dua_puluh tiga_puluh empat_puluh lima_puluh enam_puluh tujuh_puluh delapan_puluh sembilan_puluh seratus
        ordinals pertama/setiap/tiap/sehari/harian/seminggu/sebulan
        minus minus min
        quarter seperempat perempat
        third_part sepertiga pertiga
        tablet tablet pil kapsul butir
        half setengah separuh
        scales ratus=2 ribu=3 seribu=3 juta=6 miliar=9
        months januari februari maret april mei juni juli agustus september oktober november desember
        negations tidak tak bukan bukanlah jangan janganlah tanpa belum dilarang hindari hindarilah menghindari dihindari non- tidaklah tiada
        more lebih_dari di_atas melebihi minimal setidaknya
        less kurang_dari di_bawah maksimal paling_banyak
        mcg mikrogram
        mg miligram
        g gram
        kg kilogram kilo
        ml mililiter
        l liter
        mm milimeter
        cm sentimeter senti
        m meter
        km kilometer
        second detik
        minute menit
        hour jam
        day hari
        week minggu pekan
        month bulan
        year tahun
        percent persen
        kcal kalori kilokalori
        celsius derajat_celsius derajat_celcius
        fahrenheit derajat_fahrenheit
        """,
    "th": """
        numerals ศูนย์ หนึ่ง/เอ็ด/เดียว/แรก/ละ สอง/คู่ สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ สิบเอ็ด สิบสอง/โหล สิบสาม สิบสี่ สิบห้า สิบหก สิบเจ็ด สิบแปด สิบเก้า
        tens ยี่สิบ สามสิบ สี่สิบ ห้าสิบ หกสิบ เจ็ดสิบ แปดสิบ เก้าสิบ ร้อย
        joined เอ็ด
        minus ลบ
        quarter ส่วนสี่
        third_part ส่วนสาม
        tablet เม็ด แคปซูล
        half ครึ่ง
        scales ร้อย=2 พัน=3 หมื่น=4 แสน=5 ล้าน=6
        harmless ไม่ว่า
        negations ไม่ อย่า ห้าม ไร้ ปราศจาก งด เลี่ยง ปลอด เว้น หยุด
        more มากกว่า สูงกว่า เกิน อย่างน้อย เหนือ
        less น้อยกว่า ต่ำกว่า ไม่เกิน ไม่ถึง
        mcg มคก ไมโครกรัม
        mg มก มิลลิกรัม
        g กรัม
        kg กก กิโลกรัม กิโล
        ml มล มิลลิลิตร ซีซี
        l ลิตร
        mm มม มิลลิเมตร
        cm ซม เซนติเมตร
        m เมตร
        km กม กิโลเมตร
        second วินาที
        minute นาที
        hour ชั่วโมง ชม โมง นาฬิกา น.
        day วัน
        week สัปดาห์ อาทิตย์
        month เดือน
        year ปี
        percent เปอร์เซ็นต์ เปอร์เซนต์
        iu หน่วยสากล
        mmhg มิลลิเมตรปรอท
        kcal กิโลแคลอรี แคลอรี
        celsius องศาเซลเซียส
        fahrenheit องศาฟาเรนไฮต์
        """,
    "ar": """
        numerals صفر واحد/واحدة/مرة/الأول/الأولى/كل/يوميا/أسبوعيا/شهريا/يومية اثنان/اثنين/اثنتان/اثنتين/مرتين/مرتان/الثاني/الثانية/ضعف ثلاثة/ثلاث/الثالث/الثالثة أربعة/أربع/الرابع/الرابعة خمسة/خمس/الخامس/الخامسة ستة/ست/السادس سبعة/سبع/السابع ثمانية/ثماني/ثمان/الثامن تسعة/تسع/التاسع عشرة/عشر/العاشر أحد_عشر/إحدى_عشرة اثني_عشر/اثنا_عشر/اثنتي_عشرة/اثنتا_عشرة ثلاثة_عشر/ثلاث_عشرة أربعة_عشر/أربع_عشرة خمسة_عشر/خمس_عشرة ستة_عشر/ست_عشرة سبعة_عشر/سبع_عشرة ثمانية_عشر/ثماني_عشرة تسعة_عشر/تسع_عشرة
        tens عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين تسعون/تسعين مئة/مائة
        joined واحدة اثنين اثنتان اثنتين ثلاث أربع خمس ست سبع ثماني ثمان تسع عشر
        minus ناقص
        quarter ربع
        third_part ثلث
        tablet قرص أقراص قرصا قرصين حبة حبات حبوب حبتين كبسولة كبسولات
        hundreds مئة/مائة مئتان/مئتين/مائتان/مائتين ثلاثمئة/ثلاثمائة أربعمئة/أربعمائة خمسمئة/خمسمائة ستمئة/ستمائة سبعمئة/سبعمائة ثمانمئة/ثمانمائة تسعمئة/تسعمائة
        half نصف ونصف
        scales مئة=2 مائة=2 ألف=3 آلاف=3 مليون=6 ملايين=6 مليار=9
        negations لا لم لن ليس ليست ليسوا لست ألا لئلا غير بدون دون عدم بلا تجنب تجنبي يتجنب تتجنب يجتنب ممنوع يمنع يحظر محظور انعدام خالية خال امتنع تعذر يتعذر يستحيل
        more أكثر_من أكبر_من أعلى_من فوق تتجاوز يتجاوز على_الأقل يزيد تزيد
        less أقل_من أصغر_من أدنى_من تحت دون حتى
        mcg ميكروغرام ميكروجرام مكغ مكجم
        mg ملغ ملغم مغ مجم ملجم ملليغرام مليغرام ملليجرام مليجرام ملليغراما مليغراما ميليغرام ميلليغرام
        g غ غم جم غرام جرام غراما جراما غرامات جرامات
        kg كغ كغم كجم كيلوغرام كيلوجرام كيلو
        ml مل ملل ملي ملليلتر مليلتر ملليلترا مليلترا ميليلتر سم3
        l ل لتر لترا لترات ليتر
        mm مم ملم مليمتر ملليمتر
        cm سم سنتيمتر سنتمتر
        m م متر مترا أمتار
        km كم كيلومتر
        second ثانية ثوان ثواني
        minute دقيقة دقائق
        hour ساعة ساعات صباحا مساء
        day يوم يوما أيام
        week أسبوع أسبوعا أسابيع
        month شهر شهرا أشهر شهور
        year سنة سنوات عام عاما أعوام
        percent بالمئة بالمائة في_المئة في_المائة
        iu وحدة_دولية وحدات_دولية
        mmhg ملم_زئبق مم_زئبق مليمتر_زئبقي ملم_زئبقي
        kcal سعرة سعرات سعر كيلوكالوري
        celsius درجة_مئوية درجات_مئوية
        fahrenheit درجة_فهرنهايت
        """,
    "zh": """
        numerals 零/〇 一/单/單/首/每 二/两/兩/双/雙 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九
        tens 二十 三十 四十 五十 六十 七十 八十 九十 一百
        joined 两 兩
        minus 零下 负 負
        quarter 四分之
        third_part 三分之
        tablet 片 粒 颗 顆 药片 藥片 胶囊 膠囊
        half 半
        scales 百=2 千=3 万=4 萬=4 百万=6 百萬=6 千万=7 千萬=7 亿=8 億=8
        months 一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
        harmless 非常 不同 不过 不過 不断 不斷 不管 不论 不論 无论 無論 特别 特別 别人 別人 分别 分別 个别 個別 区别 區別 性别 性別 差别 差別 级别 級別 类别 類別 未来 未來 禁不住
        negations 不 没 沒 未 无 無 勿 非 别 別 莫 禁 避免 忌 免 毋 否 缺 以外 之外
        more 大于 大於 高于 高於 超过 超過 多于 多於 以上 至少
        less 小于 小於 低于 低於 少于 少於 不到 以下 至多 不超过 不超過
        mcg 微克
        mg 毫克
        g 克 公克
        kg 公斤 千克
        ml 毫升
        l 升 公升
        mm 毫米 公厘
        cm 厘米 公分
        m 米 公尺
        km 公里 千米
        second 秒
        minute 分钟 分鐘 分
        hour 小时 小時 时 時 点 點 钟头
        day 天 日
        week 周 週 星期 礼拜 禮拜
        month 个月 個月
        year 年 岁 歲
        percent 百分比
        iu 国际单位 國際單位
        mmhg 毫米汞柱
        mmol 毫摩尔 毫莫耳
        kcal 千卡 大卡 卡路里
        celsius 摄氏度 攝氏度 度
        fahrenheit 华氏度 華氏度
        """,
    "es": """
        numerals cero un/uno/una/cada/diario/diaria/diarios/diarias/diariamente/vez dos/doble/ambos/ambas/par tres/triple cuatro cinco seis siete ocho nueve diez once doce/docena trece catorce quince dieciséis diecisiete dieciocho diecinueve
        tens veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien
        ordinals primer/primero/primera segundo/segunda tercer/tercero/tercera cuarto/cuarta quinto/quinta sexto/sexta séptimo/séptima octavo/octava noveno/novena décimo/décima
        joined un uno una
        minus menos
        quarter cuarto cuartos
        third_part tercio tercios
        tablet tableta tabletas comprimido comprimidos pastilla pastillas píldora píldoras cápsula cápsulas
        hundreds cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas
        twenties veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve
        half medio media mitad
        scales mil=3 millón=6 millones=6 millardo=9
        months enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre
        negations no nunca ni sin ningún ninguno ninguna ningunos ningunas nada nadie jamás tampoco evit- imped- impid- prohib- prohíb- imposible incapaz insuficiente inadecuad- insegur- desaconsej- contraindicad- deje dejar
        more más_de mayor_que mayor_de mayores_de superior_a por_encima_de al_menos como_mínimo
        less menos_de menor_que menor_de menores_de inferior_a por_debajo_de como_máximo hasta
        mcg microgramo microgramos
        mg miligramo miligramos
        g gramo gramos
        kg kilogramo kilogramos kilo kilos
        ml mililitro mililitros
        l litro litros
        mm milímetro milímetros
        cm centímetro centímetros
        m metro metros
        km kilómetro kilómetros
        second segundo segundos
        minute minuto minutos
        hour hora horas
        day día días
        week semana semanas
        month mes meses
        year año años
        percent por_ciento
        iu ui
        kcal kilocalorías calorías
        celsius grados_celsius grados_centígrados
        fahrenheit grados_fahrenheit
        """,
    "fr": """
        numerals zéro un/une/chaque/seul/seule/fois deux/double/paire trois/triple quatre cinq six sept huit neuf dix onze douze/douzaine treize quatorze quinze/quinzaine seize dix-sept dix-huit dix-neuf
        tens vingt trente quarante cinquante soixante soixante-dix quatre-vingts/quatre-vingt quatre-vingt-dix cent
        ordinals premier/première/quotidien/quotidienne/quotidiennement deuxième/second/seconde troisième quatrième cinquième sixième septième huitième neuvième dixième
        joined une
        minus moins
        quarter quart quarts
        third_part tiers
        tablet comprimé comprimés gélule gélules pilule pilules cachet cachets capsule capsules
        half demi demie moitié
        scales cent=2 cents=2 mille=3 million=6 millions=6 milliard=9 milliards=9
        months janvier février mars avril mai juin juillet août septembre octobre novembre décembre
        negations ne n'- pas sans jamais ni aucun aucune non rien nul nulle guère évit- interdi- empêch- déconseill- contre-indiqué- impossib- indisponib- incapab- insuffisant- inadéquat- inefficace- abstenir abstenez
        more plus_de supérieur_à supérieure_à au-dessus_de au-delà_de au_moins dépasse
        less moins_de inférieur_à inférieure_à en_dessous_de au-dessous_de au_plus jusqu'à
        mcg microgramme microgrammes
        mg milligramme milligrammes
        g gramme grammes
        kg kilogramme kilogrammes kilo kilos
        ml millilitre millilitres
        l litre litres
        mm millimètre millimètres
        cm centimètre centimètres
        m mètre mètres
        km kilomètre kilomètres
        second seconde secondes
        minute minute minutes mn
        hour heure heures
        day jour jours j
        week semaine semaines
        month mois
        year an ans année années
        percent pour_cent
        iu ui
        kcal kilocalories calories
        celsius degrés_celsius
        fahrenheit degrés_fahrenheit
        """,
    "de": """
        numerals null ein/eine/einen/einem/einer/eines/eins/einmal/je/jede/jeden/jeder/täglich/tgl/wöchentlich/monatlich zwei/zweimal/beide/beiden/doppelt/paar drei/dreimal vier/viermal fünf/fünfmal sechs/sechsmal sieben acht neun zehn elf zwölf/dutzend dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn
        tens zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert
        ordinals erste/ersten/erster/erstes zweite/zweiten/zweiter/zweites dritte/dritten/dritter/drittes vierte/vierten fünfte/fünften sechste/sechsten siebte/siebten achte/achten neunte/neunten zehnte/zehnten
        joined eine einen
        glued yes
        minus minus
        quarter viertel dreiviertel
        third_part drittel
        tablet tablette tabletten pille pillen kapsel kapseln
        half halb halbe halben halber halbes hälfte anderthalb eineinhalb
        scales hundert=2 tausend=3 million=6 millionen=6 milliarde=9 milliarden=9 mio=6 mrd=9
        months januar/jänner februar märz april mai juni juli august september oktober november dezember
        negations nicht nichts nein kein- nie niemals niemand nirgends ohne weder vermeiden vermeide vermeidet verboten verbietet verhindert verhindern -los -lose -losen -loser -loses -frei -freie -freien keinesfalls unmöglich- ungeeignet- unzureichend- ungenügend- unsicher- unsteril- unwirksam- unklar- unwahrscheinlich- unnötig- abgeraten abraten verzichten verzichte unterlassen
        more mehr_als über größer_als höher_als mindestens oberhalb
        less weniger_als unter kleiner_als niedriger_als höchstens bis_zu unterhalb
        mcg mikrogramm
        mg milligramm
        g gramm
        kg kilogramm kilo
        ml milliliter
        l liter litern
        mm millimeter millimetern
        cm zentimeter zentimetern
        m meter metern
        km kilometer kilometern
        second sekunde sekunden sek
        minute minute minuten
        hour stunde stunden std uhr
        day tag tage tagen
        week woche wochen
        month monat monate monaten
        year jahr jahre jahren
        percent prozent
        iu i.e. ie internationale_einheiten
        kcal kilokalorien kalorien
        celsius grad_celsius grad
        fahrenheit grad_fahrenheit
        """,
}
