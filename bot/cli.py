"""The command line; nothing heavy is imported before a command needs it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot import __version__
from bot.errors import TesseraError

WRONG_USE = 2
NOT_WHOLE = 1

app = typer.Typer(
    name="tessera",
    help="Ask every model in Slack; tell none of them everything.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
receipts = typer.Typer(help="What each provider was given: sizes and shares, no text.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(receipts, name="receipts")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Run the command; a known error is one sentence on stderr and exit code 2."""
    try:
        app()
    except TesseraError as error:
        _fail(error.message)
    except KeyboardInterrupt:
        sys.exit(130)


def _fail(sentence: str, code: int = WRONG_USE) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(code)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"tessera {__version__}")
        raise typer.Exit


@app.callback()
def _tessera(
    version: Annotated[  # noqa: ARG001 - typer calls the callback
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ask every model in Slack; tell none of them everything."""


def _settings(**overrides: Any) -> Any:
    from bot import logs
    from bot.settings import load

    settings = load(**overrides)
    logs.configure(settings.log_format, settings.log_level)
    return settings


def _read(text: str) -> str:
    """Return the argument, or standard input when it is `-`; broken UTF-8 is an error."""
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        _fail("Standard input is not UTF-8 text. Give the question as text.")


@app.command()
def serve() -> None:
    """Run the Slack app: Socket Mode when SLACK_APP_TOKEN is set, else HTTP on $PORT (3000)."""
    from bot.serving import serve as run

    sys.exit(run(_settings()))


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="The question, or - to read it from standard input.")],
    as_json: Json = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Call nobody; print the exact text that each provider would get.")
    ] = False,
    sequential: Annotated[bool, typer.Option("--sequential", help="One fragment after another.")] = False,
    providers: Annotated[str, typer.Option("--providers", help="Only these, separated by commas.")] = "",
) -> None:
    """Ask without Slack: the answer on stdout, progress and logs on stderr."""
    from bot import terminal

    names = tuple(name.strip() for name in providers.split(",") if name.strip())
    question, settings = _read(text), _settings()
    if plan:
        sys.exit(terminal.show_plan(settings, question, names, as_json=as_json))
    sys.exit(terminal.ask(settings, question, names, as_json=as_json, sequential=sequential))


@app.command()
def audit(file: Annotated[str, typer.Argument(help='JSON lines {"text": "..."}, or - for standard input.')]) -> None:
    """Plan many messages without calling anybody: one JSON object a line, in order."""
    from bot import terminal

    sys.exit(terminal.audit(_settings(), file))


@app.command()
def demo(
    text: Annotated[str | None, typer.Argument(help="The question to play; a three-part one without it.")] = None,
    model: Annotated[
        str, typer.Option("--model", help="`canned`, or `local` for a tiny real model on this machine.")
    ] = "canned",
) -> None:
    """Play a whole conversation on this machine: no account, no key."""
    from bot import tour

    sys.exit(tour.demo(_settings(), text, model=model))


@app.command()
def doctor() -> None:
    """Check tokens, scopes, keys and database, one line each; exit 1 if any fails."""
    from bot import checks

    sys.exit(checks.doctor(_settings()))


@app.command()
def manifest(
    url: Annotated[str | None, typer.Option(help="Public URL of the app; without it Socket Mode is on.")] = None,
    people: Annotated[bool, typer.Option("--people", help="Also ask for users:read, to hide colleagues' names.")] = False,
) -> None:
    """Print the Slack app manifest as JSON."""
    import json

    from bot.slack.manifest import manifest as build

    print(json.dumps(build(socket_mode=url is None, url=url, people=people), indent=2))


@app.command()
def migrate() -> None:
    """Bring the database's schema to head."""
    from bot import app as composition

    composition.migrate(_settings())
    print("The database is at head.")


@app.command()
def stats(
    as_json: Json = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Write a PNG: the last question and the speed-up.")] = None,
) -> None:
    """Show what was recorded: p50 and p95, error rates, the true speed-up."""
    from bot import upkeep

    sys.exit(upkeep.stats(_settings(), plot, as_json=as_json))


@receipts.command("show")
def receipts_show(request_id: Annotated[str, typer.Argument(help="request-...")], as_json: Json = False) -> None:
    """Show what each provider was given for one question."""
    from bot import upkeep

    sys.exit(upkeep.show_receipts(_settings(), request_id, as_json=as_json))


@receipts.command("verify")
def receipts_verify() -> None:
    """Recompute the ledger's chain; exit 1 when it does not hold."""
    from bot import upkeep

    sys.exit(upkeep.verify_receipts(_settings()))


@app.command()
def purge(
    days: Annotated[float, typer.Option(help="Delete records older than this many days.", min=0)] = 30.0,
) -> None:
    """Delete records by age, and every finished question from the journal."""
    from bot import upkeep

    sys.exit(upkeep.purge(_settings(), days))


@app.command()
def forget(
    user: Annotated[str, typer.Argument(help="Slack user id, U...; TEAM:USER in more than one workspace.")],
) -> None:
    """Delete everything of one person."""
    from bot import upkeep

    sys.exit(upkeep.forget(_settings(), user))


