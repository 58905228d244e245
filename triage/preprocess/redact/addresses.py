"""Where somebody lives: house numbers and flats; the street and the town stay."""

from __future__ import annotations

from triage.preprocess.redact.datum import Kind
from triage.preprocess.redact.numbers import AMOUNT
from triage.preprocess.redact.recogniser import recogniser

_ADDRESS_TEXT = "[^，。；！？,;!?\n*:了没不被着吗呢吧的我你他她是为]"
_HOUSE_NUMBER = "[0-9一二三四五六七八九十百]{1,5}"
_INSIDE_BUILDING = (
    "(?:[ -]?[0-9a-z一二三四五六七八九十]{1,4}"
    "(?:号楼|栋|幢|座|单元|楼|层|室|户|房|号|f(?![a-z]))(?:之[0-9一二三四五]{1,2})?)"
)
_ROOM = f"(?:[0-9]{{3,4}}[室户房号]?(?![0-9多余平]|{AMOUNT})|[0-9a-z]{{1,4}}[室户房](?!型))"

ADDRESSES = (
    # A form: the whole clause; in running text as far as the last number or part of a building.
    recogniser(
        Kind.ADDRESS,
        f"(?:地址|住址) ?[:=] ?(?P<it>{_ADDRESS_TEXT}{{2,60}}(?=[，。；！？,;!?\n]|$)",
        f"|{_ADDRESS_TEXT}{{1,59}}[0-9号楼室座栋户]|{_ADDRESS_TEXT}{{4,20}})",
    ),
    # Street and house number: the number and everything finer, but no doors, tills or lines.
    recogniser(
        Kind.ADDRESS,
        "[路街道巷弄段](?<![通车过走频管赛渠味知报跑]道)(?<![食吃]街)(?<!半路)[东西南北中]? ?",
        f"(?P<it>{_HOUSE_NUMBER}(?:[-之]{_HOUSE_NUMBER})?(?:[弄巷]{_HOUSE_NUMBER}){{0,2}}号",
        f"(?![门口线铺档摊柜店收窗桌车货电机通道出入送到下上晚早中去来买]){_INSIDE_BUILDING}{{0,5}}{_ROOM}?)",
    ),
    # A flat in a housing estate.
    recogniser(
        Kind.ADDRESS,
        "[0-9a-z](?<![0-9a-z].)[0-9a-z]{0,2}(?:(?:栋|幢|号楼|座)[ -]?(?:[0-9一二三四五六]{1,2}单元)?[ -]?",
        f"(?:[0-9]{{1,2}}[楼层])?[ -]?{_ROOM}|单元[ -]?{_ROOM}|[楼层][0-9a-z]{{1,4}}室)",
    ),
)
