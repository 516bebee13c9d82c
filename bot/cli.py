"""The command line; nothing heavy is imported before a command needs it."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from bot import __version__
from bot.errors import ConfigurationError, Rejected, TesseraError

LOADING = (100_000, 20, 50)
"""The garbage collector's thresholds while modules load: what they make stays, and looking through it took a quarter
of the time to get ready. `bot.runtime.settle` ends it."""

NOT_WHOLE, WRONG_USE, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="tessera",
    help="Ask every model in Slack; tell none of them everything.",
    invoke_without_command=True,
    add_completion=False,
    # Typer's own page shows an exception's text, which may hold anybody's words; `_unexpected` does not.
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
receipts = typer.Typer(help="Show what each provider was given, without text.", rich_markup_mode=None)
app.add_typer(receipts, name="receipts")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Run the command; whatever goes wrong is one sentence on stderr, and the exit code says whose turn it is."""
    gc.set_threshold(*LOADING)
    try:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # By default a letter that the terminal does not know ends the command; so it is a question mark.
                stream.reconfigure(errors="replace")
        code = _run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        code = NOT_WHOLE if isinstance(error, BrokenPipeError) else _unexpected(error)
        # Else Python's own flush at the end says the same on stderr (docs.python.org/3/library/signal.html, SIGPIPE).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _run() -> int:
    """Run the command; return its exit code."""
    try:
        return int(app(standalone_mode=False) or 0)
    except typer.Abort:
        return INTERRUPTED
    except TyperException as error:
        return _wrong_use(error)
    except TesseraError as error:
        _say(error.message)
        return WRONG_USE if isinstance(error, ConfigurationError | Rejected) else NOT_WHOLE
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - its text may hold anybody's words, so nobody gets to see it
        return _unexpected(error)


def _wrong_use(error: TyperException) -> int:
    """Say in one sentence what is wrong with the command line."""
    context = getattr(error, "ctx", None)
    sentence = " ".join(str(getattr(error, "format_message", error.__str__)()).split())
    _say(f"{sentence.removesuffix('.')}. Try `{context.command_path if context else 'tessera'} --help`.")
    return WRONG_USE


def _unexpected(error: Exception) -> int:
    """Say that it is our fault, and the class and the place of the error, but not its text."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f" at {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}"
    _say(f"{TesseraError.message} ({type(error).__name__}{where})")
    return NOT_WHOLE


def _say(sentence: str) -> None:
    """Print one line on stderr, in the form of the logs when that is known by now."""
    import logging

    logging.getLogger("tessera.terminal").error("%s", sentence)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"tessera {__version__}")
        raise typer.Exit


@app.callback()
def _tessera(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - typer calls the callback
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ask every model in Slack; tell none of them everything."""
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
        raise typer.Exit(WRONG_USE)


def _settings(**overrides: Any) -> Any:
    from bot import logs
    from bot.providers import loggers
    from bot.settings import load

    settings = load(**overrides)
    logs.configure(settings.log_format, settings.log_level, loggers())
    return settings


def _read(text: str) -> str:
    """Return the argument, or standard input when it is `-`; what is not UTF-8 is refused."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig") if text == "-" else text.encode().decode()
    except UnicodeError:
        raise Rejected("The question is not UTF-8 text. Give it as text.") from None


@app.command()
def serve() -> None:
    """Run the Slack app.

    Socket Mode when SLACK_APP_TOKEN is set, else HTTP on $PORT (3000).
    """
    from bot.commands.serve import serve as run

    raise typer.Exit(run(_settings()))


@app.command()
def ask(  # noqa: PLR0917 - Typer reads the options off the signature
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The question, or - to read it from standard input.")],
    as_json: Json = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Call nobody; print the exact text that each provider would get.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="With --plan: also why each value is hidden.")] = False,
    sequential: Annotated[bool, typer.Option("--sequential", help="One fragment after another.")] = False,
    providers: Annotated[str, typer.Option("--providers", help="Only these, separated by commas.")] = "",
    everyone: Annotated[bool, typer.Option("--all", help="Every provider gets the whole masked question.")] = False,
) -> None:
    """Ask a question without Slack.

    The answer goes to stdout, progress and logs to stderr. In TEXT `---` on a line of its own always splits, `whole:`
    in front never does, `all:` in front asks every provider the whole question.
    """
    from bot.commands import ask as command
    from bot.commands import plan as planning

    names = tuple(name.strip() for name in providers.split(",") if name.strip())
    question, settings = _read(text), _settings()
    question = f"all: {question}" if everyone else question
    if plan:
        raise typer.Exit(planning.show_plan(settings, question, names, as_json=as_json, why=why))
    raise typer.Exit(command.ask(settings, question, names, as_json=as_json, sequential=sequential))


@app.command()
def audit(
    file: Annotated[str, typer.Argument(metavar="FILE", help='JSON lines {"text": "..."}, or - for standard input.')],
) -> None:
    """Plan many messages without calling anybody.

    Prints one JSON object a line, in order.
    """
    from bot.commands.plan import audit as run

    raise typer.Exit(run(_settings(), file))


@app.command()
def demo(
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="The question to play; a three-part one without it.")
    ] = None,
    model: Annotated[
        str, typer.Option("--model", help="`canned`, or `local` for a tiny real model on this machine.")
    ] = "canned",
    plan_with: Annotated[
        str, typer.Option("--plan-with", help="`local`: the tiny model plans too, as the house model would.")
    ] = "",
) -> None:
    """Play a conversation here: no account, no key."""
    from bot.commands.demo import demo as run

    raise typer.Exit(run(_settings(), text, model=model, plan_with=plan_with))


@app.command()
def doctor() -> None:
    """Check tokens, scopes, keys and database.

    Prints one line each; exit 1 if any fails.
    """
    from bot.commands.doctor import doctor as run

    raise typer.Exit(run(_settings()))


@app.command()
def manifest(
    url: Annotated[str | None, typer.Option(help="Public URL of the app; without it Socket Mode is on.")] = None,
    people: Annotated[
        bool, typer.Option("--people", help="Also ask for users:read, to hide colleagues' names.")
    ] = False,
    threads: Annotated[
        bool,
        typer.Option(
            "--threads",
            help="Also ask for channels:history and groups:history, and for the messages of its channels: for "
            "follow-ups there, and to see that a question was deleted.",
        ),
    ] = False,
    files: Annotated[bool, typer.Option("--files", help="Also ask for files:read, to read attachments.")] = False,
) -> None:
    """Print the Slack app manifest as JSON."""
    import json

    from bot.slack.manifest import manifest as build

    print(json.dumps(build(url is None, url, people=people, threads=threads, files=files), indent=2))


@app.command("settings")
def settings_(
    env: Annotated[bool, typer.Option("--env", help="Print them as the file .env.example.")] = False,
) -> None:
    """Print every setting: its name, default and meaning."""
    from bot.commands.settings import show

    show(env=env)


@app.command()
def migrate() -> None:
    """Bring the database's schema to head."""
    from bot.runtime import migrate as run

    run(_settings())
    print("The database is at head.")


@app.command()
def stats(
    as_json: Json = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Write a PNG: the last question and the speed-up.")
    ] = None,
) -> None:
    """Show timings, error rates and the true speed-up."""
    from bot.commands import records

    raise typer.Exit(records.stats(_settings(), plot, as_json=as_json))


@receipts.command("show")
def receipts_show(
    request_id: Annotated[str, typer.Argument(metavar="ID", help="request-...")], as_json: Json = False
) -> None:
    """Show what each provider was given for one question."""
    from bot.commands import records

    raise typer.Exit(records.show_receipts(_settings(), request_id, as_json=as_json))


@receipts.command("verify")
def receipts_verify() -> None:
    """Recompute the ledger's chain; exit 1 when it does not hold."""
    from bot.commands import records

    raise typer.Exit(records.verify_receipts(_settings()))


@app.command()
def purge(
    days: Annotated[float, typer.Option(help="Delete records older than this many days.", min=0)] = 30.0,
) -> None:
    """Delete records by age.

    Also deletes every finished question from the journal.
    """
    from bot.commands import records

    raise typer.Exit(records.purge(_settings(), days))


@app.command()
def forget(
    user: Annotated[
        str, typer.Argument(metavar="USER", help="Slack user id, U...; TEAM:USER in more than one workspace.")
    ],
) -> None:
    """Delete everything of one person."""
    from bot.commands import records

    raise typer.Exit(records.forget(_settings(), user))
