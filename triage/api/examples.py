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

CORRECTION: dict[str, Any] = {
    "topic": {
        "summary": "主题不对",
        "value": {"topic": "service.returns", "reason": "顾客要的是退款，不是说商品不好"},
    },
    "urgency": {"summary": "只改紧急程度", "value": {"urgency": "important", "by": "王主管"}},
    "confirmed": {"summary": "确认原判断", "value": {}},
}

TICKET: dict[str, Any] = {
    "old": {
        "summary": "旧工单",
        "value": {
            "text": "買咗三日部電飯煲就壞咗，叫你哋換又話要等經理",
            "id": "T-7",
            "topic": "service.returns",
            "urgency": "general",
            "before": {"topic": "product.quality", "urgency": "general"},
            "made_at": "2026-11-20T18:00+08:00",
        },
    }
}

REVIEW: dict[str, Any] = {
    "confirmed": {"summary": "采纳", "value": {"confirmed": True, "reason": "看过现场照片", "by": "李主管"}},
    "rejected": {"summary": "不采纳", "value": {"confirmed": False, "reason": "点错了"}},
}

FORGET: dict[str, Any] = {"one": {"summary": "一位顾客", "value": {"customer_ref": "M-20391"}}}
