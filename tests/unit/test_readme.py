"""The words stay true: commands, quick start, settings, paths and modules that they name, versions, forms."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot import __version__, settings
from bot.cli import app
from bot.commands import settings as written

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = (
    "README.md",
    "storage/README.md",
    "tests/bench/README.md",
    ".github/SECURITY.md",
    ".github/CONTRIBUTING.md",
    "CHANGELOG.md",
)


def section(title: str) -> str:
    return README.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_the_readme_is_short() -> None:
    """What it is, how it starts, what it promises; the rest stands elsewhere."""
    assert len(README.encode()) <= 12_000


def test_the_example_of_an_environment_is_current() -> None:
    """`tessera settings --env > .env.example` writes it."""
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == written.example()


def test_the_example_is_what_holds_without_it(tmp_path: Path) -> None:
    """Copied as it stands it changes nothing, nor does a line whose default is taken out of its comment."""
    copied, uncommented = tmp_path / "copied", tmp_path / "uncommented"
    copied.write_text(written.example(), encoding="utf-8")
    uncommented.write_text(re.sub(r"^#(?=[A-Z_]+=)", "", written.example(), flags=re.MULTILINE), encoding="utf-8")
    default = settings.Settings(_env_file=None)
    assert settings.Settings(_env_file=copied) == settings.Settings(_env_file=uncommented) == default


def test_the_command_prints_every_setting() -> None:
    """As a table, and as the file."""
    shown = CliRunner().invoke(app, ["settings"])
    assert {line.split(" ")[0] for line in shown.stdout.splitlines()} >= {s.variable for s in written.described()}
    assert CliRunner().invoke(app, ["settings", "--env"]).stdout == written.example()


def test_the_quick_start_has_two_commands_of_one_line() -> None:
    """The first plays the demo, the second runs the tests."""
    blocks = re.findall(r"```sh\n(.*?)```", section("Quick start"), re.DOTALL)[:2]
    assert [len(block.strip().splitlines()) for block in blocks] == [1, 1]
    assert blocks[0].strip().endswith("tessera demo")
    assert blocks[1].strip().endswith("python -m pytest")
    for block in blocks:
        for file in re.findall(r"-r (\S+)", block):
            assert (ROOT / file).is_file()


def test_the_plan_that_is_shown_is_the_one_that_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pseudonyms and who gets which part differ from run to run, so they are left out."""
    command, _, printed = section("Quick start").split("$ .venv/bin/tessera ask --plan ", 1)[1].partition("\n")
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(app, ["ask", "--plan", *shlex.split(command)])
    loose = [re.sub(r"(?<=_)[0-9A-Z]+|(?<=-> )[A-Z]+", "", text) for text in (made.stdout, printed.split("Hidden:")[0])]
    assert loose[0] == loose[1]


def test_every_command_is_in_the_table_and_every_row_is_a_command() -> None:
    """Sub-commands stand with their group."""
    rows = set(re.findall(r"(?:^\| |, )`tessera (\w+)", section("Commands"), re.MULTILINE))
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert rows == commands | {str(group.name) for group in app.registered_groups}


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    """A file or a folder, from the top; links and pictures from the page's own folder."""
    text = (ROOT / page).read_text(encoding="utf-8")
    paths = set(re.findall(r"`((?:bot|storage|tests|\.github|\.ci)/[\w/.-]*)`", text))
    links = set(re.findall(r"\]\(([^:)#]+)\)", re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)))
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
    assert [link for link in sorted(links) if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_variable_is_a_setting(page: str) -> None:
    """However it is named in the words."""
    known = {setting.variable for setting in written.described()} | {"GOOGLE_API_KEY", "TESSERA_TEST_REQUIRE_POSTGRES"}
    text = (ROOT / page).read_text(encoding="utf-8")
    assert set(re.findall(r"\b(?:TESSERA|SLACK|OPENAI|ANTHROPIC|GEMINI|GOOGLE)_[A-Z_]+\b", text)) <= known


@pytest.mark.parametrize("page", PAGES)
def test_every_module_that_is_to_be_run_is_there(page: str) -> None:
    """`python -m tests.bench.NAME`, and the modules that the README's figures come from."""
    named = set(re.findall(r"python -m ((?:bot|tests)(?:\.\w+)*)", (ROOT / page).read_text(encoding="utf-8")))
    named |= {f"tests.bench.{name}" for name in re.findall(r"^\| `(\w+)", section("Figures"), re.MULTILINE)[1:]}
    assert [name for name in sorted(named) if importlib.util.find_spec(name) is None] == []


def test_the_newest_version_of_the_changelog_is_this_one() -> None:
    """One heading a release, newest first."""
    found = re.findall(
        r"^## (\d+)\.(\d+)\.(\d+)(?: \(unreleased\))?$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE
    )
    versions = [tuple(map(int, version)) for version in found]
    assert ".".join(found[0]) == __version__
    assert versions == sorted(set(versions), reverse=True)


@pytest.mark.parametrize("name", ["sent-in-clear", "split-wrongly", "bug"])
def test_the_issue_forms_are_what_github_takes(name: str) -> None:
    """A name, a description, and fields with an id of their own and a label."""
    form = yaml.safe_load((ROOT / f".github/ISSUE_TEMPLATE/{name}.yml").read_text(encoding="utf-8"))
    assert form["name"]
    assert form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    ids = [field["id"] for field in fields]
    assert len(ids) == len(set(ids)) > 0
    assert all(field["attributes"]["label"] for field in fields)
    assert {field["type"] for field in fields} <= {"input", "textarea", "dropdown", "checkboxes"}


def test_the_hook_calls_the_check() -> None:
    """A file that can be run."""
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    (hook,) = repo["hooks"]
    assert os.access(ROOT / hook["entry"], os.X_OK)
