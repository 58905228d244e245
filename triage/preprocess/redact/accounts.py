"""E-mail addresses, accounts with services, passwords."""

from __future__ import annotations

import re

from triage.preprocess.redact.datum import Kind
from triage.preprocess.redact.numbers import NUMBER_WORD
from triage.preprocess.redact.recogniser import recogniser

_SERVICE = (
    "(?:微信|薇信|扣扣|小红书|抖音|旺旺|支付宝|淘宝|wechat|weixin|vx|wx|qq|telegram|facebook|fb|ig|line)"
)
_ACCOUNT_NAME = "[a-z0-9_][a-z0-9_.@-]{3,39}"


def _account(match: re.Match[str]) -> Kind | None:
    """Refuse the name of a service inside another word (「hotline」, 「Copyright」)."""
    around = match.string[max(0, match.start() - 1) : match.start() + 1]
    return None if len(around) == 2 and around.isascii() and around.isalpha() else Kind.ACCOUNT


EMAILS = (
    # Possessive: a word without an @ is read once, however long.
    recogniser(
        Kind.EMAIL,
        r"[a-z0-9._%+-](?<![a-z0-9._%+-].)[a-z0-9._%+-]*+ ?@ ?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}",
    ),
)
ACCOUNTS = (
    recogniser(
        Kind.ACCOUNT,
        f"{_SERVICE} ?(?:{NUMBER_WORD}[ :=是为]{{0,3}}|[:=] ?)(?P<it>{_ACCOUNT_NAME})",
        judge=_account,
    ),
    # Without a word or colon between, only what cannot be a price or an English word.
    recogniser(
        Kind.ACCOUNT,
        f"{_SERVICE} ?(?P<it>(?:(?<=qq)|(?<=qq ))[0-9]{{5,11}}",
        "|(?=[a-z-]{1,19}[0-9_])[a-z][a-z0-9_-]{5,19})",
        judge=_account,
    ),
    recogniser(
        Kind.ACCOUNT,
        f"(?:账号|用户名|登录名|密码)(?:[ :=是为]{{1,3}}|(?=[a-z_.-]{{0,9}}[0-9]))(?P<it>{_ACCOUNT_NAME})",
    ),
)
