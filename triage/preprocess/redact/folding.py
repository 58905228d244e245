"""A copy of the text in which recognisers meet one form of each character; positions stay as they are.

Unlike the folding of :mod:`triage.preprocess.characters`, this one never changes the length, and it knows only
the Traditional characters that occur in cues and surnames.
"""

from __future__ import annotations

import re

_TRADITIONAL = (
    "號會員碼編單訂購預約賓貴積儲銀證護駕駛帳賬戶電話機聯絡繫係傳郵車樓棟層園區莊東條貨實統負運遞顧買"
    "師媽爺張陳劉楊趙黃吳孫馬許鄧馮蕭葉蘇盧蔣賈閻譚鄒龍萬錢湯賴龔龐樊蘭紀鄭謝韓羅呂鍾陸鄺歐關顏嚴溫倪藍簡遊衛華"
    "滬遼寧瓊雲贛魯陝閩晉粵領陽獨軒轅發門線鋪檔攤櫃臺餘爲為訴過們這沒還給讓嗎來說買賣換問請後從與個對將雞鴨魚蝦飯鍋"
    "醬麵興級齡鐵體時點題經總組課監長導處醫闆"
)
_SIMPLIFIED = (
    "号会员码编单订购预约宾贵积储银证护驾驶账账户电话机联络系系传邮车楼栋层园区庄东条货实统负运递顾买"
    "师妈爷张陈刘杨赵黄吴孙马许邓冯萧叶苏卢蒋贾阎谭邹龙万钱汤赖龚庞樊兰纪郑谢韩罗吕钟陆邝欧关颜严温倪蓝简游卫华"
    "沪辽宁琼云赣鲁陕闽晋粤领阳独轩辕发门线铺档摊柜台余为为诉过们这没还给让吗来说买卖换问请后从与个对将鸡鸭鱼虾饭锅"
    "酱面兴级龄铁体时点题经总组课监长导处医板"
)
FOLD = {
    **{upper: chr(upper + 0x20) for upper in range(ord("A"), ord("Z") + 1)},
    **{full: chr(full - 0xFEE0).lower() for full in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "‐‑‒–—―─━−"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000\t"), " "),
    **{ord(t): s for t, s in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)},
}
"""One character for one character: for :meth:`str.translate`."""

INVISIBLE_RANGES = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20e3\ufe00-\ufe0f\ufeff"
"""Characters that nobody sees, as the inside of a regular expression's brackets."""

_INVISIBLE = re.compile(f"[{INVISIBLE_RANGES}]")
_VISIBLE_STRETCH = re.compile(f"[^{INVISIBLE_RANGES}]++")


def fold(text: str) -> str:
    """Lower case, ASCII width and Simplified cue characters, as many characters as before."""
    return text.translate(FOLD)


def has_invisible(text: str) -> bool:
    """Whether a character of the text is one that nobody sees."""
    return _INVISIBLE.search(text) is not None


def visible_positions(text: str) -> list[int]:
    """Where the characters stand that can be seen."""
    return [i for stretch in _VISIBLE_STRETCH.finditer(text) for i in range(*stretch.span())]
