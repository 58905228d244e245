"""Requests shown in the interactive page, in the three writings that customers use."""

from __future__ import annotations

from typing import Any

ONE: dict[str, Any] = {
    "simplified": {
        "summary": "简体：普通投诉",
        "value": {
            "text": "收银台排了半小时，只开一个口，叫经理来也没人理",
            "id": "A-1024",
            "channel": "online",
        },
    },
    "traditional": {
        "summary": "繁體（台灣）：食品安全",
        "value": {
            "text": "昨天買的優格打開來都發霉了，小朋友吃了一口就一直拉肚子",
            "id": "TW-88",
            "channel": "phone",
            "received_at": "2026-11-21T09:30+08:00",
        },
    },
    "cantonese": {
        "summary": "粵語（香港）：設施",
        "value": {"text": "三樓部升降機突然停咗，有位婆婆困咗喺入面出唔到嚟", "store": "HK-01"},
    },
    "other_policy": {
        "summary": "指定另一套处理规定",
        "value": {"text": "洗衣机修了两次还是漏水，想换一台", "policy": "department-store"},
    },
}

BATCH: dict[str, Any] = {
    "mixed": {
        "summary": "三条，简体、繁体、粤语",
        "value": {
            "complaints": [
                {"id": "1", "text": "空调有点冷，能不能调高一点"},
                {"id": "2", "text": "結帳時被重複扣款，到現在還沒退給我"},
                {"id": "3", "text": "啲職員態度好差，問嘢都唔應"},
            ]
        },
    }
}
