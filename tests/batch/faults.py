"""A generator of archives with planted faults, each of which costs exactly one record."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HEADER = "编号,门店,内容,备注\r\n"
TEXTS = (
    "牛奶过期三天还摆在架上卖",
    "收银台排队半小时，只开一个口",
    "扶梯突然停了，老人差点摔倒",
    "店员态度差，问了三次都不理",
    "会员积分无缘无故少了，客服说查不到",
    "标价和结账的不一样，说好的打折没有",
)
NOTES = ("", "x", '5寸"管', '""', '"a,b"')


def _sound(number: int, draw: random.Random) -> str:
    """A row that is well-formed; some are quoted, hold delimiters, quotation marks or several lines."""
    text = f"{draw.choice(TEXTS)}{draw.randrange(300)}"
    shape = draw.randrange(10)
    if shape == 0:
        text = f'"{text}, 真的"'
    elif shape == 1:
        text = f'"店员说""{text}"""'
    elif shape == 2:
        text = f'"{text}\n第二行, 也是\r\n第三行"'
    elif shape == 3:
        text = f'"{text}"'
    note = draw.choice(NOTES)
    return f"{number},HK-{draw.randrange(20):03},{text},{note}"


def _unclosed(number: int) -> bytes:
    return f'{number},A,"引号没有关,x'.encode()


def _unclosed_at_the_end(number: int) -> bytes:
    return f'{number},A,最后一格的引号没有关,"x'.encode()


def _bare_quotes(number: int) -> bytes:
    return f'{number},A,"他说"不管"就走了",x'.encode()


def _bare_quotes_over_lines(number: int) -> bytes:
    return f'{number},A,"他说"不管"\n然后\n就走了",x'.encode()


def _bad_byte(number: int) -> bytes:
    return f"{number},A,坏字节".encode() + b"\xff\xfe,x"


def _half_a_character(number: int) -> bytes:
    return f"{number},A,".encode() + "半个字".encode()[:-1] + b",x"


def _field_missing(number: int) -> bytes:
    return f"{number},A,少了一个字段".encode()


def _field_too_many(number: int) -> bytes:
    return f"{number},A,多了,一个,字段".encode()


def _blank(number: int) -> bytes:
    return f"{number},A,　 ,没有内容".encode()


def _too_long(number: int) -> bytes:
    return f"{number},A,{'长' * 20_001},x".encode()


KINDS: Sequence[Callable[[int], bytes]] = (
    _unclosed,
    _unclosed_at_the_end,
    _bare_quotes,
    _bare_quotes_over_lines,
    _bad_byte,
    _half_a_character,
    _field_missing,
    _field_too_many,
    _blank,
    _too_long,
)


@dataclass
class Planted:
    """What is in the file: the faults by physical line, and the numbers of the sound rows in order."""

    rows: int
    faults: dict[int, bytes] = field(default_factory=dict)
    sound: list[str] = field(default_factory=list)


def plant(path: Path, rows: int, faults: int, seed: int = 1) -> Planted:
    """Write a file of UTF-8 CSV; faults may follow each other."""
    draw = random.Random(seed)
    places = set(draw.sample(range(rows), faults))
    planted = Planted(rows)
    with path.open("wb") as file:
        file.write(HEADER.encode())
        line = 2
        for number, raw in enumerate(_rows(rows, places, draw)):
            if number in places:
                planted.faults[line] = raw
            else:
                planted.sound.append(str(number))
            file.write(raw + b"\r\n")
            line += raw.count(b"\n") + 1
    return planted


def _rows(rows: int, places: set[int], draw: random.Random) -> Iterator[bytes]:
    for number in range(rows):
        if number in places:
            yield draw.choice(KINDS)(number)
        else:
            yield _sound(number, draw).encode()
