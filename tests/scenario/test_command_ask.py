"""`tessera ask`: what goes where, the object, the log lines and the exit codes, to the letter."""

from __future__ import annotations

import json
import re

import pytest

from bot.demo.llm import LLM, echo
from tests.scenario.command import environment, run, run_process
from tests.scenario.planted import PLANTED

THREE = (
    f"What is the capital of France?\n\nWhich animal barks at {PLANTED['mail']} at night?\n\n"
    f"How many legs does the spider at {PLANTED['iban']} have?"
)
FRAGMENT = re.compile(r"\[(request-\w{8,})\] Fragment ([123])/3 completed by (OPENAI|ANTHROPIC|GOOGLE) in \d+\.\d\ds")
TIMINGS = {"wall_seconds", "parallel_seconds", "sequential_seconds", "slowest_seconds", "speedup", "overhead_seconds"}


async def test_the_object_is_all_there_is_on_stdout() -> None:
    """One JSON object on stdout; whole lines on stderr, the seed's to the letter."""
    async with LLM(answer=echo) as llm:
        ran = await run_process("ask", "--json", THREE, env=environment(llm))
    assert ran.code == 0
    found = json.loads(ran.out)
    assert ran.out.count("\n") == 1
    known = {"request_id", "answer", "mode", "fragments", "timings", "privacy"}
    assert set(found) == known | {"strategy", "why", "house"}
    assert (found["strategy"], found["house"]) == ("structure", None)
    assert set(found["timings"]) == TIMINGS
    seconds = [fragment["seconds"] for fragment in found["fragments"]]
    assert found["timings"]["sequential_seconds"] == pytest.approx(sum(seconds))
    assert found["timings"]["slowest_seconds"] == max(seconds)
    assert {f["provider"] for f in found["fragments"]} == {"openai", "anthropic", "google"}
    assert all(f["status"] == "ok" and f["of"] == 3 and f["attempts"] == 1 for f in found["fragments"])
    assert all(found["privacy"]["verdicts"].values())
    request = found["request_id"]
    # As in Slack, what is done is said before anybody is called.
    assert ran.lines[0] == "Parallel processing of 3 parts by 3 providers"
    assert ran.lines[1] == f"[{request}] Starting PARALLEL processing of 3 fragments"
    assert sorted(match[2] for match in map(FRAGMENT.fullmatch, ran.lines[2:5]) if match) == ["1", "2", "3"]
    last = rf"\[{request}\] PARALLEL processing completed in \d+\.\d\ds \(vs sequential estimate: \d+\.\d\ds\)"
    assert re.fullmatch(last, ran.lines[5])
    assert len(ran.lines) == 6


async def test_one_after_another() -> None:
    """Sequential mode says so in the same places and has no parallel time."""
    async with LLM(answer=echo) as llm:
        ran = await run("ask", "--json", "--sequential", "-", env=environment(llm), stdin=THREE.encode())
    found = json.loads(ran.out)
    assert found["mode"] == "sequential"
    assert found["timings"]["parallel_seconds"] is None
    assert f"[{found['request_id']}] Starting SEQUENTIAL processing of 3 fragments" in ran.lines
    assert re.search(r"^\[request-\w+\] SEQUENTIAL processing completed in \d+\.\d\ds$", ran.err, re.MULTILINE)


async def test_a_part_without_an_answer_is_named() -> None:
    """One provider alone, which fails one call: the rest stands, the missing part is named, exit code 1."""
    async with LLM(answer=echo) as llm:
        llm.fail("openai", "401")
        ran = await run("ask", "--json", "--providers", "openai", THREE, env=environment(llm))
    found = json.loads(ran.out)
    assert ran.code == 1
    lost = [f for f in found["fragments"] if f["status"] != "ok"]
    assert [f["error"] for f in lost] == ["auth"]
    assert f"Part {lost[0]['number']} of 3 could not be answered: " in found["answer"]


async def test_logs_as_json_are_json_to_the_last_line() -> None:
    """LOG_FORMAT=json: every line of stderr is an object, also what a command says itself."""
    async with LLM(answer=echo) as llm:
        ran = await run("ask", THREE, env=environment(llm, LOG_FORMAT="json"))
    messages = [json.loads(line)["message"] for line in ran.lines]
    assert "Parallel processing of 3 parts by 3 providers" in messages
    assert f"Which animal barks at {PLANTED['mail']} at night?" in ran.out


async def test_nothing_of_the_question_and_no_key_in_the_logs() -> None:
    """Not even at DEBUG."""
    async with LLM(answer=echo) as llm:
        ran = await run("ask", THREE, env=environment(llm, TESSERA_LOG_LEVEL="DEBUG"))
    assert "barks" not in ran.err
    assert "k-openai" not in ran.err + ran.out


async def test_the_plan_is_exactly_what_is_sent() -> None:
    """`--plan` calls nobody and needs no key; what it shows is content, shares and counts."""
    ran = await run("ask", "--plan", "--json", "My mail is ann@example.org, why?\n\nWhat is 2 + 2 in binary?")
    found = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert set(found) == {"fragments", "masked", "share", "unsplittable", "why", "strategy", "house"}
    assert all(set(fragment) == {"number", "provider", "text", "needs", "after"} for fragment in found["fragments"])
    assert found["masked"] == {"EMAIL": 1}
    assert "ann@example.org" not in ran.out
    shown = await run("ask", "--plan", "What is a cat? What is a dog?")
    assert re.search(r"^--- 1 -> (OPENAI|ANTHROPIC|GOOGLE)$", shown.out, re.MULTILINE)
    assert shown.err.startswith("Hidden: nothing. Share of the words: ")
    whole = await run("ask", "--plan", "whole: What is a cat?\n\nWhat is a dog?")
    assert re.fullmatch(
        r"One piece: you asked for it with whole:\.\n--- 1 -> [A-Z]+\nWhat is a cat\?\n\nWhat is a dog\?\n", whole.out
    )
    assert "One piece" not in whole.err


@pytest.mark.parametrize(
    ("arguments", "stdin", "sentence"),
    [
        (["-"], b"", "There is no question"),
        (["-"], b"\xff\xfe", "not UTF-8"),
        (["-"], b"a b " * 10_001, "This question has 40,003 characters"),
        (["--providers", "nobody", "hi"], b"", "There is no provider `nobody`"),
        (["--nonsense", "hi"], b"", "No such option: --nonsense. Try `"),
        (["--plan", "--providers", "nobody", "hi"], b"", "There is no provider `nobody`"),
    ],
)
async def test_wrong_use_is_one_sentence(arguments: list[str], stdin: bytes, sentence: str) -> None:
    """Exit code 2, one line on stderr, nothing on stdout."""
    ran = await run("ask", *arguments, env=environment(OPENAI_API_KEY="k"), stdin=stdin)
    assert (ran.code, ran.out, len(ran.lines)) == (2, "", 1)
    assert sentence in ran.err


@pytest.mark.parametrize(
    ("settings", "code", "sentence"),
    [
        ({}, 2, "No provider is configured. Set OPENAI_API_KEY"),
        ({"OPENAI_API_KEY": "k", "DATABASE_URL": "mysql://x"}, 2, "Set DATABASE_URL"),
        ({"OPENAI_API_KEY": "k", "DATABASE_URL": "sqlite:////nowhere/x.db"}, 2, "its folder exists"),
        (
            {"OPENAI_API_KEY": "k", "DATABASE_URL": "postgres://u:hush@127.0.0.1:1/x"},
            1,
            "The database cannot be reached",
        ),
        ({"OPENAI_API_KEY": "k", "TESSERA_STRATEGY": "magic"}, 2, "Set TESSERA_STRATEGY"),
        ({"OPENAI_API_KEY": "k", "TESSERA_TERMS_FILE": "/nowhere"}, 2, "Set TESSERA_TERMS_FILE"),
        ({"TESSERA_COMPATIBLE": "{hush"}, 2, "Set TESSERA_COMPATIBLE to valid JSON"),
    ],
)
async def test_a_wrong_setting_is_one_sentence(settings: dict[str, str], code: int, sentence: str) -> None:
    """The sentence names what to set and holds no secret."""
    ran = await run("ask", "What is a cat?", env=environment(**settings))
    assert (ran.code, ran.out, len(ran.lines)) == (code, "", 1)
    assert sentence in ran.err
    assert "hush" not in ran.err


async def test_why_each_value_is_hidden_is_told_on_demand() -> None:
    """`--why` names the value and its evidence; a secret is named by its kind alone, and without `--why` nothing is."""
    text = "Tell Anna Schmidt that my mail is ann@example.org. My password: hunter2xY9!"
    shown = await run("ask", "--plan", "--why", text)
    assert re.search(r"^PERSON: 'Anna Schmidt': first name and surname", shown.out, re.MULTILINE)
    assert re.search(r"^EMAIL: 'ann@example\.org': \w", shown.out, re.MULTILINE)
    assert re.search(r"^PASSWORD: '\[hidden password\]': \w", shown.out, re.MULTILINE)
    assert "hunter2xY9" not in shown.out + shown.err
    told = json.loads((await run("ask", "--plan", "--json", "--why", text)).out)
    assert sorted(line.split(":")[0] for line in told["evidence"]) == ["EMAIL", "PASSWORD", "PERSON"]
    assert "evidence" not in json.loads((await run("ask", "--plan", "--json", text)).out)


async def test_one_provider_alone_is_said_to_have_been_sent_every_part() -> None:
    """The sentence is written from what was sent; nothing is said of who was sent nothing."""
    async with LLM(answer=echo) as llm:
        ran = await run("ask", "--providers", "openai", THREE, env=environment(llm))
    assert "Only OPENAI is configured, so it was sent every part, masked." in ran.err


async def test_an_answer_that_the_length_limit_ends_is_answered_in_part() -> None:
    """A notice under it, the class in the object, exit code 1."""
    async with LLM(answer=echo) as llm:
        for provider in ("openai", "anthropic", "google"):
            llm.fail(provider, "length")
        ran = await run("ask", "--json", "What is the capital of France?", env=environment(llm))
    (part,) = json.loads(ran.out)["fragments"]
    assert (ran.code, part["status"], part["error"]) == (1, "ok", "length")
    assert "The length limit cut this answer off here." in json.loads(ran.out)["answer"]
