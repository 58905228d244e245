"""Personal data in a customer's text: where it stands, and the text without it.

The text is read as the customer sent it, in any script and width. :func:`find_personal_data` looks at a
folded copy of equal length (ASCII digits, Simplified cue characters) and leaves invisible characters out of
it; its answers are positions in the original. A *recogniser* is an expression with a judge: the expression
proposes a candidate, the judge names its kind or refuses it. ``docs/privacy.md`` says what is masked, what is
not, and why.

Two things shape the expressions. Each takes linear time: all repetition is bounded or possessive. And a false
find is not free, because rules and models cannot read what is masked: names and addresses need a cue, numbers
a check or a cue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple, TypeAlias


class Kind(StrEnum):
    """What a datum is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    IDENTITY_DOCUMENT = "identity_document"
    BANK_CARD = "bank_card"
    MEMBER_NUMBER = "member_number"
    ORDER_NUMBER = "order_number"
    ACCOUNT = "account"
    NAME = "name"
    ADDRESS = "address"
    PLATE = "plate"


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """A personal datum in *original* characters, ``start <= i < end``."""

    kind: Kind
    start: int
    end: int


def find_personal_data(text: str) -> tuple[PersonalDatum, ...]:
    """Find personal data in a text as sent; in order of position, never overlapping."""
    if _MARKS.search(text) is None and _CUES.search(text) is None:
        return ()
    folded = text.translate(_FOLD)
    if _INVISIBLE.search(folded) is None:
        return _scan(folded)
    visible = [i for i, character in enumerate(folded) if not _INVISIBLE.match(character)]
    found = _scan("".join(folded[i] for i in visible))
    return tuple(PersonalDatum(d.kind, visible[d.start], visible[d.end - 1] + 1) for d in found)


def mask(text: str, data: Sequence[PersonalDatum]) -> str:
    """Replace every character of the data by ``*``; ``data`` as :func:`find_personal_data` gives them."""
    pieces: list[str] = []
    position = 0
    for datum in data:
        pieces += (text[position : datum.start], "*" * (datum.end - datum.start))
        position = datum.end
    pieces.append(text[position:])
    return "".join(pieces)


def _scan(folded: str) -> tuple[PersonalDatum, ...]:
    found: list[PersonalDatum] = []
    for required, recognisers in _GROUPS:
        if required.search(folded) is not None:
            for expression, group, judge in recognisers:
                for match in expression.finditer(folded):
                    kind = judge(match)
                    if kind is not None:
                        found.append(PersonalDatum(kind, *match.span(group)))
    return _without_overlaps(found) if found else ()


def _without_overlaps(found: list[PersonalDatum]) -> tuple[PersonalDatum, ...]:
    """Cover every character once: the earlier datum keeps its range, a later one what is left of its own.

    Of data that begin together the longest wins; of equal ones the first found, because sorting is stable.
    """
    kept: list[PersonalDatum] = []
    position = 0
    for datum in sorted(found, key=lambda d: (d.start, -d.end)):
        if datum.start >= position:
            kept.append(datum)
        elif datum.end > position:
            kept.append(PersonalDatum(datum.kind, position, datum.end))
        position = max(position, datum.end)
    return tuple(kept)


# --- characters ------------------------------------------------------------------------------------------

_TRADITIONAL = (
    "號會員碼編單訂購預約賓貴積儲銀證護駕駛帳賬戶電話機聯絡繫係傳郵車樓棟層園區莊東條貨實統負運遞顧買"
    "師媽爺張陳劉楊趙黃吳孫馬許鄧馮蕭葉蘇盧蔣賈閻譚鄒龍萬錢湯賴龔龐樊蘭紀鄭謝韓羅呂鍾陸鄺歐關顏嚴溫倪藍簡遊衛華"
    "滬遼寧瓊雲贛魯陝閩晉粵領陽獨軒轅發門線鋪檔攤櫃臺餘爲為訴過們這沒還給讓嗎來說買賣換問請後從與個對將雞鴨魚蝦飯鍋"
    "醬麵興級齡鐵體時點題"
)
_SIMPLIFIED = (
    "号会员码编单订购预约宾贵积储银证护驾驶账账户电话机联络系系传邮车楼栋层园区庄东条货实统负运递顾买"
    "师妈爷张陈刘杨赵黄吴孙马许邓冯萧叶苏卢蒋贾阎谭邹龙万钱汤赖龚庞樊兰纪郑谢韩罗吕钟陆邝欧关颜严温倪蓝简游卫华"
    "沪辽宁琼云赣鲁陕闽晋粤领阳独轩辕发门线铺档摊柜台余为为诉过们这没还给让吗来说买卖换问请后从与个对将鸡鸭鱼虾饭锅"
    "酱面兴级龄铁体时点题"
)
_FOLD = {
    **{upper: chr(upper + 0x20) for upper in range(ord("A"), ord("Z") + 1)},
    **{full: chr(full - 0xFEE0).lower() for full in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "‐‑‒–—―─━−"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000\t"), " "),
    **{ord(t): s for t, s in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)},
}
_INVISIBLE_CHARACTERS = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20e3\ufe00-\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{_INVISIBLE_CHARACTERS}]")
_TITLE = "先生|女士|小姐(?!姐)|太太|阿姨|叔叔|伯伯|大爷|大妈|师奶"
# Two expressions, because each then begins with a set of characters, which ``re`` searches for quickly.
_MARKS = re.compile(f"[0-9０-９@＠:：姓叫号號{_INVISIBLE_CHARACTERS}]")
_CUES = re.compile(
    "本人|我是|我系|我係|货人|貨人|件人|系人|繫人|絡人|络人|诉人|訴人|映人|购人|購人|买人|買人|卡人|ID|id|Id|QQ|qq|微信"
    "|先生|女士|小姐|太太|阿姨|叔叔|伯伯|大爷|大爺|大妈|大媽|师奶|師奶"
)
"""A text without marks and cues holds nothing that a recogniser finds; most complaints end here."""

# --- names -----------------------------------------------------------------------------------------------

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶"
    "洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦柳邢岳齐梅莫庄辛管祝涂谷祁舒耿牟詹关苗凌费纪靳盛童欧甄项曲游裴"
    "席卫屈鲍覃霍翁隋植甘景薄柏宁柯阮桂闵柴华冉辜饶刁瞿戚丘滕晋苑邬臧畅褚廉娄符奚穆燕邸冀姬屠栾郁蒙喻窦宇敖糜冷"
    "卓仇艾蓝巩嵇练仲虞卞封竺冼佟栗匡宗巫鞠桑荆谌扬邝侬岑习胥简"
)
_DOUBLE_SURNAMES = "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木|轩辕|独孤|张简|范姜|司徒"
_WORD_ENDS = {
    "万": "一两几百千上十多数",
    "丁": "布园肉鸡",
    "于": "由关对至等属在位终处基限归低高小大多少忙急敢善介过",
    "任": "主责信前担现继离上历",
    "何": "任如为几奈",
    "余": "其剩多业结节",
    "关": "海相无有开机难公把过",
    "华": "中豪精繁才",
    "卫": "保警护守后前",
    "叶": "茶树落绿",
    "周": "上下本每一两三双四这那整隔半几",
    "安": "保公平不治晚早",
    "常": "经非平正日异反时通照",
    "康": "健小",
    "文": "英中作条语论",
    "方": "对地东西南北官双警店厂卖买商校甲乙资平大多四后前下上",
    "曾": "不未也",
    "林": "森园",
    "毛": "羽眉三多长五块",
    "江": "长珠",
    "游": "旅导上下",
    "温": "保体高低气室恒",
    "牛": "红肥水蜗黄蛮吹奶",
    "白": "明空蛋漂大黑",
    "石": "钻宝磁",
    "程": "过流工课全行里日",
    "管": "不尽只主保水",
    "章": "盖印公",
    "简": "从精",
    "许": "也允或不些准",
    "谢": "感多谢",
    "郭": "南",
    "金": "现押奖佣黄基定订租资美年违本税退赔薪罚",
    "钟": "分点秒时闹",
    "钱": "少块元的了价退收给付没花扣赔有补点些要还拿交本差赚骗找是掏",
    "陆": "大登着",
    "马": "罗斑木立人骑",
    "高": "提最很太升增更不身偏较过极",
    "黄": "蛋发变泛",
    "龙": "恐沙水乌",
}
"""Surname → characters that make an ordinary word with it when they stand before it (「十分钟小姐才来」)."""

_NOT_NAMES = (
    "高[度兴中级端龄铁个大血瘦考管层]|严[重格厉]|方[便法面案向式]|曾经|常[常年去来客见规]|万[分一万]|安[全保排心徽装检静]"
    "|何[时况必人]|白[领天白金发切色酒衣痴]|黄[金焖豆牛色发衣昏]|金[卡牌发融额色钱]|马[上路桶]|钟[点头]|江[苏西浙南]|龙虾"
    "|温[和度暖馨]|齐全|康复|于是|任[何务意性]|余[额下]|武[汉警器]|牛[肉奶]|毛[血肚病巾衣]|华[为人]|关[于心注系键门闭]"
    "|文[明化员件字]|郑重|谢谢|许[多久]|易[怒碎燃爆]|顾[客问及]|贺卡|游[客戏泳]|施工|管[理事家道]|祝[你贵福愿]|莫[名非]"
    "|盛怒|童装|季度|符合|简[单直短]|程[序度]|史上|夏[天季]|宁[波愿可]|甘[肃愿]|沈阳|石[家头油化]|孙[子女]"
    "|蒙牛|费用|席[位间]|景[区点]|冷[冻藏漠静气柜]|封[闭面口]|习惯|梅[花干]|熊[猫孩]|项目|汤圆|申[请诉报]|毕[竟业]|辛苦|焦[急虑]"
)
"""Ordinary words that look like a surname with a given name (「我是高中生」)."""

_NAME_FOLLOWERS = (
    "了着过们你我他她它这那是不没在也都就还把被给让吗呢吧啊呀去来到说要很买卖退换找打想投诉反问拿看吃喝用付收住电手身"
    "今昨订先您咱请此前后从跟与及哪什怎嘅咗唔喺佢啲性邮地"
)
"""Characters that follow a name in running text and hardly ever belong to one."""

_NEVER_GIVEN = (
    "的个人客员女姐卡店州货鸡鸭鱼虾蟹饭菜锅豆瓜酱糖醋包粉糕饼奶蛋酸辣肉面车和对向叫为将" + _NAME_FOLLOWERS
)

_IDEOGRAPH = "[一-\u9fff]"
_NOT_IDEOGRAPH = "[^一-\u9fff]"
_SURNAME = f"(?:{_DOUBLE_SURNAMES}|[{_SURNAMES}])"
# An ideograph but for the listed ones, as one negated class: quicker than a look-ahead for each character.
_GIVEN = f"[^\u0000-\u4dff\ua000-\U0010ffff{_NEVER_GIVEN}]"
_FULL_NAME = f"(?!{_NOT_NAMES}){_SURNAME}{_GIVEN}{{1,2}}"
_NAME_ENDS = f"(?=[^一-\u9fffa-z*]|[{_NAME_FOLLOWERS}]|联系|联络|会员|{_TITLE}|$)"
_NAME_STOPS = f"(?=[^一-\u9fffa-z*]|电话|手机|{_TITLE}|$)"
_LATIN_NAME = "(?!uber|food|grab)[a-z]{2,15}(?:[ -][a-z]{1,15}){0,3}(?![a-z0-9])"
_PERSON = "(?:姓名|联系人|联络人|收件人|收货人|寄件人|投诉人|反映人|提货人|取件人|取货人|订货人|订购人|购买人|持卡人)"

_NOT_A_NAME = re.compile(_NOT_NAMES)
_BEFORE_TITLED_NAME = frozenset("是叫姓的位给和跟找与由让请问对为见看到人客户")


def _surname_with_title(match: re.Match[str]) -> Kind | None:
    """Refuse surnames that end an ordinary word, and the brand in 「方太太贵」."""
    before = match.string[match.start() - 1 : match.start()]
    ends_word = before != "" and before in _WORD_ENDS.get(match["it"], "")
    return None if ends_word or match.string.startswith("方太太", match.start()) else Kind.NAME


def _full_name_with_title(match: re.Match[str]) -> Kind | None:
    """Take a surname with a given name only where a word begins; elsewhere the surname alone is found."""
    before = match.string[match.start() - 1 : match.start()]
    begins = not re.match(_IDEOGRAPH, before) or before in _BEFORE_TITLED_NAME
    return Kind.NAME if begins and _NOT_A_NAME.match(match["it"]) is None else None


# --- numbers ---------------------------------------------------------------------------------------------

_DIGITS = re.compile("[0-9]")
_GOODS_NUMBER = re.compile(
    "(?:条码|条形码|货号|型号|批号|款号|品号|编码|序列号|序号|统编|统一编号|信用代码|许可证|备案|证书|商品号|代码"
    "|sku|isbn|imei|s/n|sn)(?:[ :=#号码是为]){0,4}$"
)
_DATE = re.compile(
    "(?:19|20)[0-9]{2}(?:[ .-](?:0?[1-9]|1[0-2])(?:[ .-]|$)|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$)"
)
_HOTLINE = re.compile("[48]00[0-9]{7}$|0?80[09][0-9]{6}$")
_TIMES = re.compile("2[0-4][0-5][0-9]-[0-2][0-9][0-5][0-9]$")
_CARD_ISSUER = re.compile("2[2-7]|3[05-8]|[456]|9558")
_WORD_BEFORE = 14
"""How many characters before a number are read for the name of what it numbers."""


def _digits(number: str) -> str:
    """Drop what separates the digits."""
    return "".join(_DIGITS.findall(number))


def _numbers_goods(match: re.Match[str]) -> bool:
    """Whether the words before say that the number belongs to an article or a firm."""
    before = match.string[max(0, match.start() - _WORD_BEFORE) : match.start()]
    return _GOODS_NUMBER.search(before) is not None


@dataclass(frozen=True, slots=True)
class _NumberingPlan:
    """Which national numbers a region gives to firms (toll-free…), to mobiles and to fixed lines."""

    firm: re.Pattern[str]
    mobile: re.Pattern[str]
    fixed: re.Pattern[str]


@cache
def _numbering_plan(region: str) -> _NumberingPlan:
    """Take the plan from ``phonenumbers``; its own parsing and judging takes 40 µs a number, this takes one."""
    # Imported at the first candidate: loading the plans takes longer than judging a complaint.
    from phonenumbers import PhoneMetadata

    plan = PhoneMetadata.metadata_for_region(region)

    def lines(*kinds: str) -> re.Pattern[str]:
        known = [line for kind in kinds if (line := getattr(plan, kind)) is not None]
        return re.compile("|".join(line.national_number_pattern for line in known) or "(?!)")

    return _NumberingPlan(
        firm=lines("premium_rate", "toll_free", "shared_cost", "uan"),
        mobile=lines("mobile", "personal_number", "voip"),
        fixed=lines("fixed_line"),
    )


def _line_kind(number: str, regions: Sequence[str]) -> Kind | None:
    """Name the line of a number (digits, with the trunk prefix 0 where there is one) in the first region."""
    national = number.removeprefix("0")
    for plan in map(_numbering_plan, regions):
        if plan.firm.fullmatch(national) is None:
            if plan.mobile.fullmatch(national) is not None:
                return Kind.MOBILE
            if plan.fixed.fullmatch(national) is not None:
                return Kind.LANDLINE
    return None


def _phone_in(*regions: str) -> _Judge:
    """Accept a subscriber's number in one of the regions."""

    def judge(match: re.Match[str]) -> Kind | None:
        return None if _numbers_goods(match) else _line_kind(_digits(match["it"]), regions)

    return judge


def _international_phone(match: re.Match[str]) -> Kind | None:
    """Accept a subscriber's number with its country, whichever country it is."""
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + _digits(match.group()).removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return None
    line = phonenumbers.number_type(number)
    if line == phonenumbers.PhoneNumberType.FIXED_LINE:
        return Kind.LANDLINE
    mobiles = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return Kind.MOBILE if line in mobiles else None


def _eight_digit_phone(match: re.Match[str]) -> Kind | None:
    """Hong Kong and Macau have no area codes, so ranges of prices and hours look like their numbers."""
    number = match["it"]
    is_range = "-" in number and (_TIMES.match(number) or (number[2:4] == "00" and number[-2:] == "00"))
    return None if is_range else _phone_in("HK", "MO")(match)


def _phone_after_cue(match: re.Match[str]) -> Kind | None:
    """Believe the customer who calls it a telephone, but for dates and hotlines."""
    digits = _digits(match["it"])
    if len(digits) < 7 or _DATE.match(match["it"]) or _HOTLINE.match(digits):
        return None
    return Kind.MOBILE if re.match("1[3-9][0-9]{9}$|09[0-9]{8}$", digits) else Kind.LANDLINE


def _bank_card(match: re.Match[str]) -> Kind | None:
    """Check the issuer's prefix and Luhn's sum; thirteen digits with a bar code's sum are a bar code."""
    digits = _digits(match.group())
    if _CARD_ISSUER.match(digits) is None or _numbers_goods(match):
        return None
    from stdnum import ean, luhn

    is_bar_code = len(digits) == 13 and ean.is_valid(digits)
    return Kind.BANK_CARD if luhn.is_valid(digits) and not is_bar_code else None


def _mainland_identity_card(match: re.Match[str]) -> Kind | None:
    """Check the birthday and the last of the eighteen characters."""
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    number = re.sub("[ -]", "", match.group()).upper()
    try:
        # Not ``ric.validate``: it reads a file of places, and this floor opens none.
        ric.get_birth_date(number)
    except ValidationError:
        return None
    return Kind.IDENTITY_DOCUMENT if ric.calc_check_digit(number) == number[-1] else None


def _hong_kong_identity_card(match: re.Match[str]) -> Kind | None:
    """Check modulo 11: weights 9 to 1 over two letters (a missing one counts 36), digits and check digit."""
    characters = "".join(filter(str.isalnum, match.group().upper())).rjust(9)
    values = [36 if character == " " else int(character, 36) for character in characters]
    total = sum(weight * value for weight, value in zip(range(9, 0, -1), values, strict=True))
    return Kind.IDENTITY_DOCUMENT if total % 11 == 0 else None


_TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""The first letter of a Taiwan identity number stands for 10 plus its place here."""


def _taiwan_identity_card(match: re.Match[str]) -> Kind | None:
    """Check modulo 10 over the letter's two digits and the nine that follow."""
    number = match.group().upper()
    tens, ones = divmod(_TAIWAN_LETTERS.index(number[0]) + 10, 10)
    weighted = zip(map(int, number[1:]), (8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)
    total = tens + 9 * ones + sum(digit * weight for digit, weight in weighted)
    return Kind.IDENTITY_DOCUMENT if total % 10 == 0 and not _numbers_goods(match) else None


def _account(match: re.Match[str]) -> Kind | None:
    """Refuse the name of a service inside another word (「hotline」, 「Copyright」)."""
    around = match.string[max(0, match.start() - 1) : match.start() + 1]
    return None if len(around) == 2 and around.isascii() and around.isalpha() else Kind.ACCOUNT


# --- recognisers -----------------------------------------------------------------------------------------

_Judge: TypeAlias = Callable[[re.Match[str]], Kind | None]


class _Recogniser(NamedTuple):
    """What proposes candidates, which group of them is the datum, and who judges them."""

    expression: re.Pattern[str]
    group: int
    judge: _Judge


def _recogniser(judge: _Judge | Kind, *pattern: str) -> _Recogniser:
    """Make a recogniser of the joined pattern; the datum is its group ``it``, or all of it without one.

    A pattern that begins with a character, a set or literal alternatives is searched several times as fast as
    one that begins with a look-behind. That is why look-behinds stand after the first character.
    """
    expression = re.compile("".join(pattern))
    decide = _always(judge) if isinstance(judge, Kind) else judge
    return _Recogniser(expression, expression.groupindex.get("it", 0), decide)


def _always(kind: Kind) -> _Judge:
    """Judge by the expression alone."""
    return lambda _match: kind


def _unless_date(kind: Kind) -> _Judge:
    """Judge by the expression, but let dates stand (「订单 2026-03-15 下的」)."""
    return lambda match: None if _DATE.match(match["it"]) else kind


_GAP = "[ .-]{0,2}"
_LINK = r"(?:[ :=#(\[「『\"]|是|为|系|no\.?){0,4}"
_NUMBER_WORD = "(?:编号|号码?|账号|id|码)"
_AMOUNT = " ?(?:元|块|蚊|圆|円|积分|分|点|%|克|毫|公|人|次|个|件|mah)"

_PHONES = (
    # With its country: +86 138…, (+852) 9123-…, 00886 912….
    _recogniser(_international_phone, r"(?:\+|00(?=86|85[23]|886))[ (]?[1-9](?:[ ().-]{0,2}[0-9]){7,14}"),
    # Mainland mobile, in the groups people write: 3-4-4, 3-3-5, 4-3-4, or digit by digit.
    _recogniser(
        _phone_in("CN"),
        f"(?P<it>1(?:(?<![0-9]1)|(?<=861)(?<![0-9]861))(?:[3-9][0-9](?:{_GAP}[0-9]{{4}}){{2}}",
        f"|[3-9][0-9]{_GAP}[0-9]{{3}}{_GAP}[0-9]{{5}}|[3-9][0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}}",
        "|[ .-][3-9](?:[ .-][0-9]){9}))(?![0-9])",
    ),
    # Trunk prefix: fixed lines of the mainland and of Taiwan, Taiwan's mobiles.
    _recogniser(
        _phone_in("TW", "CN"),
        rf"(?P<it>0(?<![0-9.]0)[1-9][0-9]{{0,2}}\)?{_GAP}(?:[0-9]{{3,4}}{_GAP}[0-9]{{3,4}}",
        f"|[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}))(?![0-9])",
    ),
    # Hong Kong and Macau: eight digits without an area code.
    _recogniser(
        _eight_digit_phone,
        r"(?P<it>[2-9](?:(?<![0-9a-z._$¥€£-].)|(?<=85[23].))",
        f"[0-9]{{3}}{_GAP}[0-9]{{4}})(?![0-9a-z]|{_AMOUNT})",
    ),
)
_PHONES_WITH_CUE = (
    # Whatever is called a telephone: local numbers have no form of their own.
    _recogniser(
        _phone_after_cue,
        "(?:电话|手机号|手机(?=:)|联系方式|联络方式|致电|来电|回电|传真|tel|phone|mobile|whatsapp)(?:号?码)?",
        rf"{_LINK}(?P<it>[0-9]{{2,4}}(?:[ .()-]{{0,2}}[0-9]{{3,4}}){{1,3}})(?![0-9a-z]|{_AMOUNT})",
    ),
)

_CARDS = (
    _recogniser(
        _mainland_identity_card,
        "[1-9](?<![0-9a-z].)[0-9]{5}[ -]?(?:18|19|20)[0-9]{2}[ -]?[01][0-9][0-3][0-9][ -]?",
        "[0-9]{3}[0-9x](?![0-9a-z])",
    ),
    _recogniser(_bank_card, "[2-69](?<![0-9a-z.-].)[0-9]{12,18}(?![0-9a-z])"),
    _recogniser(_bank_card, "[2-69](?<![0-9-].)[0-9]{3}(?:[ -][0-9]{4}){3}(?![0-9])"),
    _recogniser(_bank_card, "[2-69](?<![0-9-].)[0-9]{3}(?:[ -][0-9]{4}){3}[ -][0-9]{3}(?![0-9])"),
    _recogniser(_bank_card, "3(?<![0-9-].)[47][0-9]{2}[ -][0-9]{6}[ -][0-9]{5}(?![0-9])"),
)
_CARDS_WITH_LETTERS = (
    _recogniser(_hong_kong_identity_card, r"[a-z](?<![0-9a-z].)[a-z]?[0-9]{6} ?\([0-9a]\)"),
    _recogniser(_taiwan_identity_card, "[a-z](?<![0-9a-z].)[1289][0-9]{8}(?![0-9a-z])"),
)
_DOCUMENTS_WITH_CUE = (
    # Called a document: masked whatever its form, for customers mistype check digits too.
    _recogniser(
        _unless_date(Kind.IDENTITY_DOCUMENT),
        "(?:身份证|身分证|证件|护照|通行证|回乡证|台胞证|居留证|居住证|统一证号|passport|hkid)",
        rf"{_NUMBER_WORD}?{_LINK}(?P<it>[a-z]{{0,3}}[0-9](?:[ -]?[0-9]){{5,17}}[a-z]?(?: ?\([0-9a]\))?)",
    ),
)

_REFERENCE = "(?=[a-z-]{0,12}[0-9])[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])| (?=[0-9]{4}(?![0-9年])))"

_MEMBERS = (
    _recogniser(
        Kind.BANK_CARD,
        f"(?:银行|信用|借记|储蓄|金融)卡(?:卡?{_NUMBER_WORD})?{_LINK}(?P<it>[0-9](?:[ -]?[0-9]){{11,18}})(?![0-9])",
    ),
    _recogniser(
        _unless_date(Kind.MEMBER_NUMBER),
        f"(?:会员|贵宾|vip|卡)卡?{_NUMBER_WORD}{_LINK}(?P<it>{_REFERENCE}{{3,31}})",
    ),
)
_ORDERS = (
    _recogniser(
        _unless_date(Kind.ORDER_NUMBER),
        "(?:订单|(?:单|流水|交易|小票|发票|收据|预约|预订|提货|取件|受理|案件|个案)(?=编号|号|码))",
        f"{_NUMBER_WORD}?{_LINK}(?P<it>{_REFERENCE}{{5,31}})",
    ),
)

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_PLATES = (
    _recogniser(
        Kind.PLATE,
        f"[{_PROVINCES}][a-z][ ·•.-]?(?=[a-z]{{0,5}}[0-9])",
        "(?:[a-hj-np-z0-9]{5,6}|[a-hj-np-z0-9]{4}[港澳学警挂])(?![0-9a-z])",
    ),
)
_PLATES_WITH_CUE = (
    _recogniser(
        Kind.PLATE,
        f"车(?:牌(?:号码?)?|号){_LINK}(?=[^0-9]{{0,5}}[0-9])",
        f"(?P<it>[{_PROVINCES}]?[a-z0-9]{{1,4}}[ ·•.-]?[a-z0-9]{{2,6}})(?![0-9a-z])",
    ),
)

_EMAILS = (
    # Possessive: a word without an @ is read once, however long.
    _recogniser(
        Kind.EMAIL,
        r"[a-z0-9._%+-](?<![a-z0-9._%+-].)[a-z0-9._%+-]*+ ?@ ?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}",
    ),
)

_SERVICE = (
    "(?:微信|薇信|扣扣|小红书|抖音|旺旺|支付宝|淘宝|wechat|weixin|vx|wx|qq|telegram|facebook|fb|ig|line)"
)
_ACCOUNT_NAME = "[a-z0-9_][a-z0-9_.@-]{3,39}"

_ACCOUNTS = (
    _recogniser(_account, f"{_SERVICE} ?(?:{_NUMBER_WORD}[ :=是为]{{0,3}}|[:=] ?)(?P<it>{_ACCOUNT_NAME})"),
    # Without a word or colon between, only what cannot be a price or an English word.
    _recogniser(
        _account,
        f"{_SERVICE} ?(?P<it>(?:(?<=qq)|(?<=qq ))[0-9]{{5,11}}",
        "|(?=[a-z-]{1,19}[0-9_])[a-z][a-z0-9_-]{5,19})",
    ),
    _recogniser(
        Kind.ACCOUNT,
        f"(?:账号|用户名|登录名|密码)(?:[ :=是为]{{1,3}}|(?=[a-z_.-]{{0,9}}[0-9]))(?P<it>{_ACCOUNT_NAME})",
    ),
)

_NAMES_TOLD = (
    _recogniser(
        Kind.NAME,
        f"(?:我叫|我名叫|我的名字叫|我的名字是|本人叫)[ :]{{0,2}}(?P<it>{_FULL_NAME}?{_NAME_ENDS}|{_LATIN_NAME})",
    ),
    # 「本人」 and 「我是」 begin many other sentences: the name must end the clause.
    _recogniser(Kind.NAME, f"(?:本人|我是|我系)[ :]{{0,2}}(?P<it>{_FULL_NAME}?){_NAME_STOPS}"),
    _recogniser(Kind.NAME, f"姓(?<!百姓)[ :]{{0,2}}(?P<it>{_SURNAME})"),
)
_NAMES_OF_PARTIES = (_recogniser(Kind.NAME, f"{_PERSON}[是为叫系 ]?(?P<it>{_FULL_NAME}?){_NAME_ENDS}"),)
_NAMES_IN_FORMS = (
    # After the colon stands a name, even where nothing marks its end.
    _recogniser(
        Kind.NAME,
        f"(?:{_PERSON}|客户|顾客|会员|买家|用户|户名|称呼|署名|签名|落款)(?:姓?名)? ?[:=] ?",
        f"(?P<it>{_FULL_NAME}?{_NAME_ENDS}|{_FULL_NAME}|{_LATIN_NAME})",
    ),
    # Rare surnames and names with a dot, where a form asks for nothing else.
    _recogniser(
        Kind.NAME,
        f"姓名 ?: ?(?P<it>(?![匿不无同保没请见])(?:{_IDEOGRAPH}{{2,7}}·{_IDEOGRAPH}{{2,7}}|{_IDEOGRAPH}{{2,4}}))",
        f"(?={_NOT_IDEOGRAPH}|$)",
    ),
)
_NAMES_WITH_TITLE = (
    _recogniser(_full_name_with_title, f"(?P<it>{_SURNAME}{_GIVEN}{{1,2}})(?={_TITLE})"),
    _recogniser(_surname_with_title, f"(?P<it>{_SURNAME})(?={_TITLE})"),
)

_ADDRESS_TEXT = "[^，。；！？,;!?\n*:了没不被着吗呢吧的我你他她是为]"
_HOUSE_NUMBER = "[0-9一二三四五六七八九十百]{1,5}"
_INSIDE_BUILDING = (
    "(?:[ -]?[0-9a-z一二三四五六七八九十]{1,4}"
    "(?:号楼|栋|幢|座|单元|楼|层|室|户|房|号|f(?![a-z]))(?:之[0-9一二三四五]{1,2})?)"
)
_ROOM = f"(?:[0-9]{{3,4}}[室户房号]?(?![0-9多余平]|{_AMOUNT})|[0-9a-z]{{1,4}}[室户房](?!型))"

_ADDRESSES = (
    # A form: the whole clause; in running text as far as the last number or part of a building.
    _recogniser(
        Kind.ADDRESS,
        f"(?:地址|住址) ?[:=] ?(?P<it>{_ADDRESS_TEXT}{{2,60}}(?=[，。；！？,;!?\n]|$)",
        f"|{_ADDRESS_TEXT}{{1,59}}[0-9号楼室座栋户]|{_ADDRESS_TEXT}{{4,20}})",
    ),
    # Street and house number: the number and everything finer, but no doors, tills or lines.
    _recogniser(
        Kind.ADDRESS,
        "[路街道巷弄段](?<![通车过走频管赛渠味知报跑]道)(?<![食吃]街)(?<!半路)[东西南北中]? ?",
        f"(?P<it>{_HOUSE_NUMBER}(?:[-之]{_HOUSE_NUMBER})?(?:[弄巷]{_HOUSE_NUMBER}){{0,2}}号",
        f"(?![门口线铺档摊柜店收窗桌车货电机通道出入送到下上晚早中去来买]){_INSIDE_BUILDING}{{0,5}}{_ROOM}?)",
    ),
    # A flat in a housing estate.
    _recogniser(
        Kind.ADDRESS,
        "[0-9a-z](?<![0-9a-z].)[0-9a-z]{0,2}(?:(?:栋|幢|号楼|座)[ -]?(?:[0-9一二三四五六]{1,2}单元)?[ -]?",
        f"(?:[0-9]{{1,2}}[楼层])?[ -]?{_ROOM}|单元[ -]?{_ROOM}|[楼层][0-9a-z]{{1,4}}室)",
    ),
)

_GROUPS = (
    (re.compile("@"), _EMAILS),
    (re.compile("[a-z0-9_][a-z0-9_.@-]{3}"), _ACCOUNTS),
    (re.compile("[证照drt]"), _DOCUMENTS_WITH_CUE),
    (re.compile("[员宾p卡]"), _MEMBERS),
    (re.compile("[单号码]"), _ORDERS),
    (re.compile("[0-9](?:[ .()-]{0,2}[0-9]){7}"), _PHONES),
    (re.compile("[话机系络电真elp]"), _PHONES_WITH_CUE),
    (re.compile("[0-9](?:[ -]?[0-9]){12}"), _CARDS),
    (re.compile("[a-z][ ·•.-]?[0-9a-z]"), _CARDS_WITH_LETTERS + _PLATES),
    (re.compile("车"), _PLATES_WITH_CUE),
    (re.compile("[姓我本]"), _NAMES_TOLD),
    (re.compile("[名人]"), _NAMES_OF_PARTIES),
    (re.compile("[:=]"), _NAMES_IN_FORMS),
    (re.compile(_TITLE), _NAMES_WITH_TITLE),
    (re.compile("[号室楼座栋幢元址]"), _ADDRESSES),
)
"""Recognisers with what a text must hold for any of them to find something; of equal finds the first wins."""
