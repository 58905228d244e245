"""What an operator can set: environment variables ``TRIAGE_*`` (and command-line options over them).

Every field below is one row of the table in ``docs/settings.md``; a test keeps the two together.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from triage.errors import SettingsError

PREFIX = "TRIAGE_"
SHORTEST_KEY = 8
SHIPPED_MODEL = Path(__file__).parent / "pretrained"
"""The model that comes with the package."""
SHORTEST_DIGEST_KEY = 16
NO_DATABASE = "off"

_REASONS = {
    "value_error": "{error}",
    "literal_error": "只能是 {expected}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "int_parsing": "须为整数",
    "int_type": "须为整数",
    "extra_forbidden": "没有这项设置",
}

LogLevel = Literal["debug", "info", "warning", "error"]
ModelErrors = Literal["stop", "rules-only"]


class Settings(BaseSettings):
    """Frozen settings of one process.

    An empty variable counts as unset, so that ``TRIAGE_API_KEY=`` never means "no key needed".
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    api_key: SecretStr | None = None
    state_dir: Path = Path("var")
    model: Path = SHIPPED_MODEL
    model_errors: ModelErrors = "stop"
    knowledge: Path | None = None
    policy: str = "supermarket"
    store: str | None = None
    min_text_length: Annotated[int, Field(ge=1)] = 2
    max_text_length: Annotated[int, Field(ge=1, le=1_000_000)] = 20_000
    max_batch: Annotated[int, Field(ge=1, le=100_000)] = 1_000
    max_body_bytes: Annotated[int, Field(ge=1_024)] = 8 * 1024 * 1024
    log_level: LogLevel = "info"
    database: SecretStr | None = None
    digest_key: SecretStr | None = None
    retention_days: Annotated[int, Field(ge=1, le=36_500)] = 365
    correction_retention_days: Annotated[int, Field(ge=1, le=36_500)] = 1_095

    @field_validator("api_key")
    @classmethod
    def _key_fits_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        value = "" if key is None else key.get_secret_value()
        if key is not None and len(value) < SHORTEST_KEY:
            raise ValueError(f"至少 {SHORTEST_KEY} 个字符")
        if not all("!" <= character <= "~" for character in value):
            raise ValueError("只能用可见的 ASCII 字符，不含空格")
        return key

    @field_validator("digest_key")
    @classmethod
    def _digest_key_is_long(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and len(key.get_secret_value()) < SHORTEST_DIGEST_KEY:
            raise ValueError(f"至少 {SHORTEST_DIGEST_KEY} 个字符")
        return key

    @field_validator("log_level", mode="before")
    @classmethod
    def _level_in_any_case(cls, level: object) -> object:
        return level.lower() if isinstance(level, str) else level

    @model_validator(mode="after")
    def _limits_in_order(self) -> Settings:
        if self.min_text_length > self.max_text_length:
            raise ValueError(f"{PREFIX}MIN_TEXT_LENGTH 不能大于 {PREFIX}MAX_TEXT_LENGTH")
        return self

    @property
    def keeps_complaints(self) -> bool:
        """Whether a service stores what it judges."""
        return self.database is None or self.database.get_secret_value() != NO_DATABASE

    @property
    def follows_register(self) -> bool:
        """Whether the register of models says which one answers: only where no model was named."""
        return "model" not in self.model_fields_set

    @property
    def models(self) -> Path:
        """Where the register of models lies."""
        return self.state_dir / "models"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach ``host``; a name other than ``localhost`` counts as no."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - the field types are pydantic's business
    """Read the environment; ``overrides`` (field names, ``None`` meaning "not given") win over it.

    Raises:
        SettingsError: every variable that cannot be used, a line each; values are not repeated.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise SettingsError("\n".join(_line(detail) for detail in details)) from None


def _line(detail: ErrorDetails) -> str:
    variable = PREFIX + str(detail["loc"][0]).upper() if detail["loc"] else ""
    return f"{variable}: {_reason(detail)}" if variable else _reason(detail)


def _reason(detail: ErrorDetails) -> str:
    template = _REASONS.get(detail["type"], "无法使用")
    return template.format_map(detail.get("ctx", {})).replace(" or ", " 或 ")
