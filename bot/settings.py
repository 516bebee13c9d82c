"""All settings, read once from the environment and `.env`; nothing else in Tessera reads the environment."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from bot.errors import ConfigurationError
from bot.privacy import kinds as hidden
from bot.providers import PROVIDERS, kinds
from bot.providers.shared.fields import Address, Key, fields, outside

"""Columns of a line of `.env.example`."""

MOST_INSTRUCTIONS = 20_000
"""Characters of an admin's own instructions, which go along with every call."""

_FILE_NAME = re.compile(r"(?:[~.]{0,2}/[^\n]+|\S*/\S*|\S+\.(?:txt|md))")
"""What is meant as the name of a file: it must not be sent as a text when there is no such file."""


def _text_or_file(value: str) -> str:
    """Return the text, or what the file of that name holds; raise ValueError when it cannot be read or sent."""
    text = _file_text(value.strip())
    text = value if text is None else text
    # Bytes of the environment that are not UTF-8 arrive as lone halves of surrogate pairs (PEP 383), which UTF-8 cannot
    # carry.
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("text in UTF-8 is needed")
    if len(text) > MOST_INSTRUCTIONS:
        raise ValueError(f"it has more than {MOST_INSTRUCTIONS:,} characters")
    return text.strip()


def _file_text(name: str) -> str | None:
    """Return what the file of that name holds, None when it is no name; raise ValueError when it cannot be read."""
    try:
        path = Path(name).expanduser()
        if path.is_file():
            return path.read_text(encoding="utf-8-sig")
    except UnicodeError:
        raise ValueError("the file is not text in UTF-8") from None
    except (OSError, RuntimeError):  # too long for a name, not ours to read, or nobody's home
        pass
    if _FILE_NAME.fullmatch(name):
        raise ValueError("there is no such file that can be read")
    return None


def _kinds(value: str) -> str:
    """Return names of kinds as they are compared; raise ValueError for one that there is not."""
    names = [name.strip().upper() for name in value.split(",") if name.strip()]
    for name in names:
        if name not in hidden.BY_NAME and name != "ALL":
            raise ValueError(f"there is no kind {name}, only {', '.join(sorted(hidden.BY_NAME))}, and `all`")
    return ",".join(names)


class Compatible(BaseModel):
    """An OpenAI-compatible endpoint (Ollama, vLLM, a gateway) that takes part as a provider of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")
    base_url: Address
    model: str
    api_key: SecretStr = SecretStr("none")


class SlackSettings(BaseSettings):
    """What connects Tessera to Slack."""

    model_config = SettingsConfigDict(
        env_prefix="TESSERA_",
        env_file=".env",
        extra="ignore",
        frozen=True,
        # A copied `.env.example` and platforms' forms leave `KEY=` for what is not set.
        env_ignore_empty=True,
        populate_by_name=True,
        # The words of a ValidationError quote the value, and that may be a key.
        hide_input_in_errors=True,
    )

    slack_bot_token: Key = outside("SLACK_BOT_TOKEN", None, "Bot token, `xoxb-...`.")
    slack_app_token: Key = outside(
        "SLACK_APP_TOKEN", None, "App-level token, `xapp-...`; with it Tessera uses Socket Mode instead of HTTP."
    )
    slack_signing_secret: Key = outside("SLACK_SIGNING_SECRET", None, "Signing secret; needed over HTTP.")
    slack_api_base_url: Address = outside(
        "SLACK_API_BASE_URL", "https://slack.com/api/", "Slack's Web API; ends in `/api/`."
    )


if TYPE_CHECKING:
    # A type checker takes no class for a base that is made while the program runs.
    ProviderSettings = SlackSettings
else:
    ProviderSettings = create_model(
        "ProviderSettings",
        __base__=SlackSettings,
        __module__=__name__,
        **{name: field for kind in PROVIDERS.values() for name, field in fields(kind).items()},
    )
    """Made from the records of the built-in providers: each takes part when its key is set."""


class Settings(ProviderSettings):
    """Every setting of Tessera; `tessera settings` and `.env.example` are made from the descriptions."""

    compatible: tuple[Compatible, ...] = Field(
        default=(),
        description='OpenAI-compatible endpoints as JSON: `[{"name": "ollama", "model": "llama3.2", '
        '"base_url": "http://127.0.0.1:11434/v1"}]`, each with an optional `api_key`.',
    )

    # Where things lie
    database_url: str = outside(
        "DATABASE_URL",
        "sqlite:///tessera.sqlite3",
        "`sqlite:///relative`, `sqlite:////absolute`, `postgres://` or `postgresql://`.",
    )
    port: int | None = Field(
        default=None, validation_alias="PORT", ge=0, le=65535, description="Port to listen on; 3000 when not set."
    )
    host: str | None = Field(
        default=None, description="Address to listen on; `0.0.0.0` when `PORT` is set, else `127.0.0.1`."
    )
    encryption_keys: SecretStr | None = Field(
        default=None,
        description="Long random texts that seal the journal, separated by commas: the first seals, all open. "
        "Without it: a key file beside the SQLite file, or on PostgreSQL a key derived from SLACK_BOT_TOKEN.",
    )
    log_format: Literal["text", "json"] = outside("LOG_FORMAT", "text", "`text` or `json`.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="Least level logged.")

    # Limits
    max_fragments: int = Field(default=12, ge=1, le=50, description="Fragments a question at most.")
    # As many as Slack takes in one message (docs.slack.dev/reference/methods/chat.postMessage, `text`).
    max_question_chars: int = Field(default=40_000, ge=1, description="Characters a question at most.")
    provider_concurrency: int = Field(default=8, ge=1, description="Calls at once to one provider.")
    global_concurrency: int | None = Field(
        default=None, ge=1, description="Calls at once to one provider over all processes; on PostgreSQL only."
    )
    provider_timeout_seconds: float = Field(default=60.0, gt=0, description="Time for one call to a provider.")
    question_timeout_seconds: float = Field(default=180.0, gt=0, description="Time for a whole question.")
    max_attempts: int = Field(default=3, ge=1, le=10, description="Attempts at one fragment at one provider.")
    max_output_tokens: int = Field(default=2_000, ge=1, description="Tokens of one fragment's answer at most.")
    max_reply_bytes: int = Field(default=2_000_000, ge=1_000, description="Bytes of one reply at most.")

    running_questions: int = Field(default=500, ge=1, description="Questions in work at once in one process.")
    waiting_questions: int = Field(default=500, ge=0, description="Questions that may wait in line beyond that.")
    quota_user: int | None = Field(default=None, ge=1, description="Questions a person may ask an hour.")
    quota_team: int | None = Field(default=None, ge=1, description="Questions a workspace may ask an hour.")
    keep_text_minutes: float = Field(
        default=15.0, ge=0, description="Minutes for which the sealed journal keeps a finished question."
    )
    hedge: bool = Field(default=False, description="Send a slow fragment a second time, to another provider.")
    hedge_share: float = Field(default=0.05, ge=0, le=1, description="Hedged calls at most, as a share of all.")

    # Privacy
    strategy: str | None = Field(
        default=None,
        description="How questions are split: `structure`, `whole` or `meaning`; without it `meaning` where a house "
        "model is named, else `structure`.",
    )
    unsplittable: Literal["send-masked", "ask", "refuse", "house"] = Field(
        default="send-masked",
        description="What to do with a question of one piece: `send-masked`, `ask`, `refuse`, or `house`: your own "
        "model answers it.",
    )
    max_share: float = Field(default=0.6, gt=0, le=1, description="Share of a question's words for one provider (P2).")
    ner: str = Field(
        default="off",
        description="Recognition of names beside the rules: `off`, a spaCy pipeline that is installed (`spacy` for the "
        "small English one), `gliner:<model>` or `presidio:<pipeline>`.",
    )
    terms_file: Path | None = Field(
        default=None, description="File of terms to hide (customers, projects, code names), one a line."
    )
    keep_hidden: Annotated[str, AfterValidator(_kinds)] = Field(
        default="",
        description="Kinds that an asker may not let go in clear (`PERSON,EMAIL`), or `all`. Keys and passwords never "
        "can be.",
    )
    code_policy: str = Field(
        default="one",
        description="Code: `one` (dealt like text: code that several parts need goes with each), `refuse`, `house`, "
        "or a provider's name.",
    )

    instructions: Annotated[str, AfterValidator(_text_or_file)] | None = Field(
        default=None,
        description="Your own instructions to every model, in front of ours: a text, or the path of a file. They are "
        "searched like a question: where a value that was hidden stands in them, the call is stopped.",
    )

    # The house model: your company's own, which may see whole masked messages
    house_model: str | None = Field(
        default=None,
        description="A provider, or an entry of TESSERA_COMPATIBLE, that is your own: it plans how questions are split "
        "by meaning and composes their answers, and gets no parts of others' questions. It sees whole masked messages.",
    )
    house_gguf: Path | None = Field(
        default=None,
        description="Instead: a GGUF file that is run on this machine, in a process of its own (extra `local`).",
    )
    house_threads: int = Field(default=2, ge=1, description="Threads of the process that runs TESSERA_HOUSE_GGUF.")
    house_context_tokens: int = Field(default=8_192, ge=512, description="Tokens of its context.")
    house_memory_mb: int | None = Field(
        default=None, ge=64, description="Megabytes of address space that it may take at most, the file included."
    )
    house_load_seconds: float = Field(default=120.0, gt=0, description="Time for which the start waits for it.")
    house_plan_seconds: float = Field(default=3.0, gt=0, description="Time for a plan of the house model at most.")
    house_plan_share: float = Field(
        default=0.5, gt=0, le=2, description="Time for a plan at most, as a share of the median time of an answer."
    )
    house_slower: float = Field(
        default=1.5,
        gt=0,
        description="Planned answers may take so many times what one provider would have taken for as many words; "
        "where they take longer, most questions stay in one piece.",
    )
    house_compose_seconds: float = Field(default=20.0, gt=0, description="Time for composing an answer at most.")
    house_hidden_share: float | None = Field(
        default=None, gt=0, le=1, description="Share of hidden words from which on the house model answers alone."
    )

    # Behaviour in Slack
    show_question: Literal["asker", "everyone"] = Field(
        default="asker",
        description="Who is shown what was asked by `/ask` in a channel: its `asker` alone or `everyone`.",
    )
    edit_seconds: float = Field(default=1.0, ge=0.2, description="Least time between two edits of one message.")
    # Tier 3, which `chat.update` is in, allows 50 and more (docs.slack.dev/apis/web-api/rate-limits).
    edits_per_minute: int = Field(default=50, ge=10, description="Edits a minute in one workspace.")
    strangers: bool = Field(
        default=False, description="Answer people of other companies in channels that are shared by Slack Connect."
    )

    @model_validator(mode="after")
    def _code_has_a_place(self) -> Self:
        """Refuse a policy for code that names no provider."""
        if self.code_policy not in {"one", "refuse", "house", *kinds(), *(entry.name for entry in self.compatible)}:
            raise ValueError("`one`, `refuse` or the name of a provider (or `house`) is needed")
        return self

    @property
    def splitting(self) -> str:
        """Return the strategy by which questions are split."""
        return self.strategy or ("meaning" if self.house_model or self.house_gguf else "structure")

    @model_validator(mode="after")
    def _one_house(self) -> Self:
        """Refuse two house models."""
        if self.house_model and self.house_gguf:
            raise ValueError("there is one house model: unset TESSERA_HOUSE_MODEL or TESSERA_HOUSE_GGUF")
        return self

    @property
    def listen_host(self) -> str:
        """Return the address to listen on."""
        return self.host or ("0.0.0.0" if self.port is not None else "127.0.0.1")  # noqa: S104 - platforms set PORT

    @property
    def listen_port(self) -> int:
        """Return the port to listen on."""
        return 3000 if self.port is None else self.port


def load(**overrides: object) -> Settings:
    """Read the settings; raise ConfigurationError with one sentence that names what to set."""
    try:
        return with_packages()(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "code_policy"
        place = "".join(f", entry {at + 1}" if isinstance(at, int) else f", `{at}`" for at in first["loc"][1:])
        reason = str(first["msg"]).removeprefix("Value error, ")
        sentence = f"Set {environment_name(name)}{place} to a valid value: {reason[:1].lower()}{reason[1:]}."
        raise ConfigurationError(sentence) from None
    except SettingsError:
        raise ConfigurationError("Set TESSERA_COMPATIBLE to valid JSON: a list of objects.") from None
    except (OSError, UnicodeError):
        raise ConfigurationError("The file .env cannot be read. Make it a readable text file in UTF-8.") from None


@cache
def with_packages() -> type[Settings]:
    """Return the settings with those of the providers that installed packages add."""
    more: dict[str, Any] = {}
    for kind in kinds().values():
        if kind.name in PROVIDERS:
            continue
        for name, field in fields(kind).items():
            if name in Settings.model_fields or name in more:
                raise ConfigurationError(
                    f"The provider `{kind.name}` of an installed package asks for the setting {name.upper()}, "
                    "and that is taken. Mend or uninstall that package."
                )
            more[name] = field
    return create_model("Settings", __base__=Settings, __module__=__name__, **more) if more else Settings


def environment_name(name: str) -> str:
    """Return the environment variable of a setting's field or alias."""
    return name.upper() if name.isupper() else f"TESSERA_{name.upper()}"
