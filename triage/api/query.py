"""Reading what stands after the question mark."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.requests import Request

from triage.api.errors import problem_of_validation
from triage.errors import InputError
from triage.policy.received import EARLIEST_YEAR
from triage.serialize import parse_time
from triage.store.ids import is_id
from triage.store.values import AssessmentFilter, State
from triage.types import Urgency

LARGEST_PAGE = 200
_LATEST_YEAR = 9000
_DIGITS = re.compile(r"[0-9]{1,4}")

Query = TypeVar("Query", bound=BaseModel)


def _whole_number(value: Any) -> Any:  # noqa: ANN401 - whatever was written there
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        raise ValueError("not a number")
    return value


Word = Annotated[str | None, Field(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f]*$")]
YesNo = Literal["true", "false"] | None
Moment = Annotated[str | None, Field(max_length=64, description="ISO 8601，须含时分和时区")]
Limit = Annotated[
    int, BeforeValidator(_whole_number), Field(ge=1, le=LARGEST_PAGE, description="一页最多几条")
]
Cursor = Annotated[str | None, Field(max_length=64, description="上一页的 next_cursor")]


class _Query(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, regex_engine="rust-regex")

    limit: Limit = 50
    cursor: Cursor = None

    def checked_cursor(self) -> str | None:
        """The id after which the page begins; raises ``InputError`` for one that we did not give."""
        if self.cursor is not None and not is_id(self.cursor):
            raise InputError("cursor", "不是本接口给出的 cursor", "invalid")
        return self.cursor


class AssessmentQuery(_Query):
    """Which assessments are wanted."""

    topic: Word = None
    urgency: Urgency | None = None
    needs_review: YesNo = None
    corrected: Annotated[YesNo, Field(description="是否有人更正过")] = None
    channel: Word = None
    store: Word = None
    id: Annotated[Word, Field(description="贵方编号")] = None
    since: Annotated[Moment, Field(description="收到的时间从何时起（含），ISO 8601，须含时分和时区")] = None
    until: Annotated[Moment, Field(description="收到的时间到何时止（不含），ISO 8601，须含时分和时区")] = None

    def to_filter(self) -> AssessmentFilter:
        """Turn into the value of the store; raises ``InputError`` for an unusable time."""
        return AssessmentFilter(
            topic=self.topic,
            urgency=self.urgency,
            needs_review=_flag(self.needs_review),
            corrected=_flag(self.corrected),
            channel=self.channel,
            store=self.store,
            external_id=self.id,
            since=_moment(self.since, "since"),
            until=_moment(self.until, "until"),
        )


class CorrectionQuery(_Query):
    """Which corrections are wanted."""

    state: State | None = None


def read_query(request: Request, model: type[Query]) -> Query:
    """Validate the query string; raises a 422 problem that names the parameter."""
    try:
        return model.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise problem_of_validation(error) from None


def parameters(model: type[BaseModel]) -> list[dict[str, Any]]:
    """Describe the query string for the OpenAPI document."""
    properties = model.model_json_schema(ref_template="#/components/schemas/{model}")["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": _not_null(schema)}
        for name, schema in properties.items()
    ]


def _not_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is not given is left out, never null."""
    choices = [choice for choice in schema.get("anyOf", []) if choice != {"type": "null"}]
    rest = {name: value for name, value in schema.items() if name not in {"anyOf", "default", "title"}}
    return rest | choices[0] if len(choices) == 1 else rest


def _flag(value: str | None) -> bool | None:
    return None if value is None else value == "true"


def _moment(value: str | None, field: str) -> datetime | None:
    if value is None:
        return None
    moment = parse_time(value, field)
    if moment.utcoffset() is None:
        raise InputError(field, "须带时区", "invalid_time")
    if not EARLIEST_YEAR <= moment.year <= _LATEST_YEAR:
        raise InputError(field, f"须在 {EARLIEST_YEAR} 年到 {_LATEST_YEAR} 年之间", "out_of_range")
    return moment
