"""What a question looks like in its thread: valid blocks within Slack's limits, and nothing clickable."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.demo.slack.blocks import check_message, check_view
from bot.merge import SPLITTING
from bot.model.answer import Answer, Privacy, Timings
from bot.model.outcome import FragmentEvent, Outcome, Status
from bot.model.plan import Fragment, Plan
from bot.model.question import Mode
from bot.model.records import ProviderReceipt, ReceiptPage, Recent, Usage
from bot.pipeline.footer import footer
from bot.slack import views
from bot.slack.manifest import EVENTS, SCOPES, manifest
from bot.slack.text import size
from bot.slack.views import Level, Post, details, home
from bot.slack.views.answer import called
from bot.slack.views.thanks import thanks

PROVIDERS = ("openai", "anthropic", "google")


def a_plan(of: int = 3, mode: Mode = Mode.PARALLEL) -> Plan:
    fragments = tuple(Fragment(number, of, f"secret words {number}") for number in range(1, of + 1))
    return Plan("request-abcdefgh", mode, fragments, tuple(PROVIDERS[i % 3] for i in range(of)), (), "message")


def an_answer(
    text: str = "The answer.", *, statuses: tuple[Status, ...] = (Status.OK,) * 3, mode: Mode = Mode.PARALLEL
) -> Answer:
    outcomes = tuple(
        Outcome(
            i + 1, len(statuses), PROVIDERS[i % 3], "m", status, 1.85, error=None if status is Status.OK else "timeout"
        )
        for i, status in enumerate(statuses)
    )
    parallel = 2.10 if mode is Mode.PARALLEL else None
    timings = Timings(2.10 if parallel else 5.90, parallel, 5.90, 2.10)
    privacy = Privacy(
        {"PERSON": 3, "EMAIL": 2}, {"openai": 0.41, "anthropic": 0.3, "google": 0.29}, unsplittable=False, verdicts={}
    )
    return Answer("request-abcdefgh", text, mode, outcomes, timings, privacy)


def valid(post: Post) -> Post:
    check_message(json.loads(json.dumps(list(post.blocks))))
    assert size(post.text) <= 3_500
    assert sum(size(block["text"]) for block in post.blocks if block["type"] == "markdown") <= 9_000
    return post


def shown(post: Post) -> str:
    return post.text + json.dumps(post.blocks, ensure_ascii=False)


def test_progress_says_parallel_processing_and_each_parts_state() -> None:
    plan = replace(a_plan(), fragments=tuple(replace(f, heading=f"Why {f.number}?") for f in a_plan().fragments))
    state = views.begin(plan)
    state = state.after(FragmentEvent(1, 3, "openai", "complete", 1.85, "Paris, see [x](https://evil.example)"))
    state = state.after(FragmentEvent(2, 3, "anthropic", "in_progress", text="It **is"))
    post = valid(views.progress(state))
    assert post.text == ("Parallel processing · 1 of 3 answered. OPENAI, ANTHROPIC and GOOGLE answer at the same time.")
    plan_block, markdown, actions = post.blocks
    assert plan_block["block_id"] == "plan-request-abcdefgh"
    assert plan_block["title"] == "Parallel processing · 1 of 3 answered"
    assert [(task["task_id"], task["title"], task["status"]) for task in plan_block["tasks"]] == [
        ("f1", "Why 1? · OPENAI · 1.85 s", "complete"),
        ("f2", "Why 2? · ANTHROPIC", "in_progress"),
        ("f3", "Why 3? · GOOGLE", "in_progress"),
    ]
    assert markdown["text"] == (
        "**Why 1?** · OPENAI\n\nParis, see x (`https://evil.example`)\n\n"
        "**Why 2?** · ANTHROPIC\n\nIt **is**\n\n_still writing_"
    )
    assert [(b["action_id"], b["value"]) for b in actions["elements"]] == [("stop_query", "request-abcdefgh")]


def test_a_part_stands_where_it_will_stand_in_the_end() -> None:
    """Nothing jumps when the last word replaces the progress."""
    answer = replace(an_answer("**Why 1?** · OPENAI\n\nParis."), asked=("Why 1?", "", ""))
    fragments = tuple(replace(f, heading=asked) for f, asked in zip(a_plan().fragments, answer.asked, strict=True))
    state = views.begin(replace(a_plan(), fragments=fragments))
    state = state.after(FragmentEvent(1, 3, "openai", "complete", 1.0, "Paris."))
    (interim,) = [block for block in views.progress(state).blocks if block["type"] == "markdown"]
    (final,) = [block for block in views.final(answer)[0].blocks if block["type"] == "markdown"]
    assert interim == final


def test_what_is_written_from_the_parts_takes_their_place_and_gives_it_back_when_it_breaks_off() -> None:
    state = views.begin(a_plan())
    for number in (1, 2, 3):
        state = state.after(FragmentEvent(number, 3, PROVIDERS[number - 1], "complete", 1.0, f"Answer {number}."))
    begun = state.after(FragmentEvent(0, 0, "own", "in_progress"))
    grown = begun.after(FragmentEvent(0, 0, "own", "in_progress", text="All **say see https://evil.example "))
    written = valid(views.progress(grown))
    assert written.blocks[1]["text"] == "All **say see `https://evil.example`**\n\n_still writing_"
    assert [block["type"] for block in written.blocks] == ["plan", "markdown", "context", "actions"]
    for level in Level:
        valid(views.progress(grown, level))
    parts = valid(views.progress(begun))
    assert all(f"Answer {number}." in shown(parts) for number in (1, 2, 3))
    assert "OWN is writing one answer from the parts" in shown(parts)
    assert views.progress(grown.after(FragmentEvent(0, 0, "own", "in_progress"))) == parts


def test_a_question_of_one_piece_is_its_text_one_line_and_stop() -> None:
    state = views.begin(a_plan(1))
    post = valid(views.progress(state))
    assert [block["type"] for block in post.blocks] == ["context", "actions"]
    assert post.text == "OPENAI is thinking. The answer comes here."
    grown = valid(views.progress(state.after(FragmentEvent(1, 1, "openai", "in_progress", text="Copper is a"))))
    assert [block["type"] for block in grown.blocks] == ["markdown", "context", "actions"]
    assert grown.blocks[0]["text"] == "Copper is a …"
    assert grown.blocks[1]["elements"][0]["text"] == "OPENAI is still writing"
    assert "arallel" not in shown(post) + shown(grown)
    assert "Part 1" not in shown(post) + shown(grown)


def test_progress_never_shows_a_word_of_a_fragment_and_forgets_no_finished_part() -> None:
    state = views.begin(a_plan()).after(FragmentEvent(1, 3, "openai", "error", 1.0, error="timeout"))
    state = state.after(FragmentEvent(2, 3, "anthropic", "complete", 1.0, "Yes."))
    state = state.after(FragmentEvent(2, 3, "openai", "running")).after(FragmentEvent(9, 3, "openai", "complete"))
    assert state.answered == 1
    for level in Level:
        post = valid(views.progress(state, level))
        assert "secret" not in shown(post)
        assert "Parallel processing · 1 of 3 answered" in post.text
    assert "Part 1 of 3 · OPENAI did not answer in time" in shown(views.progress(state))


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("of", [1, 12, 50])
def test_progress_stays_within_the_limits(level: Level, of: int) -> None:
    state = views.begin(a_plan(of, Mode.SEQUENTIAL))
    assert ("Sequential processing" in views.progress(state, level).text) == (of > 1)
    for number in range(1, of + 1):
        state = state.after(FragmentEvent(number, of, "openai", "complete", 1.0, "日本語 & <b> `x` " * 2_000))
    post = valid(views.progress(state, level))
    assert len(json.dumps(post.blocks, ensure_ascii=False).encode()) < 13_000
    if of == 50 and level is not Level.TEXT:
        assert "and 30 more" in shown(post)


def test_final_holds_answer_footer_notices_and_buttons() -> None:
    answer = replace(an_answer(), notices=("It could not be split <here>.",))
    post, rest = views.final(answer)
    valid(post)
    assert rest == ()
    assert [block["type"] for block in post.blocks] == [
        "plan",
        "markdown",
        "context",
        "context_actions",
        "actions",
    ]
    assert post.blocks[0]["block_id"] == "plan-request-abcdefgh"
    assert post.blocks[0]["title"] == "3 of 3 answered · 2.10 s"
    (small,) = post.blocks[2]["elements"]
    assert small["text"].splitlines() == ["It could not be split &lt;here&gt;.", footer(answer), SPLITTING]
    assert footer(answer).split(" · ") == [
        "3 providers, none got more than 41 %",
        "3 names and 2 emails hidden",
        "parallel 2.10 s, one after another 5.90 s (2.8x)",
    ]
    assert "\n" not in SPLITTING
    assert [b["action_id"] for b in post.blocks[-1]["elements"]] == [
        "regenerate_query",
        "change_hidden",
        "show_receipt",
    ]
    assert post.blocks[-2]["elements"][0]["positive_button"]["value"] == "good:request-abcdefgh"


def test_an_answer_of_one_piece_is_the_answer_and_one_small_line() -> None:
    one = replace(
        an_answer("Paris", statuses=(Status.OK,)), privacy=Privacy({}, {"google": 1.0}, unsplittable=True, verdicts={})
    )
    post, _ = views.final(one)
    assert [block["type"] for block in valid(post).blocks] == ["markdown", "context", "context_actions", "actions"]
    assert [e["text"] for e in post.blocks[1]["elements"]] == [
        "One piece: GOOGLE got it whole · nothing was hidden · 2.10 s"
    ]
    assert "arallel" not in shown(post)
    three = replace(one, privacy=replace(one.privacy, masked={"PERSON": 1}, share=dict.fromkeys(PROVIDERS, 1.0)))
    assert footer(three) == "One piece: OPENAI, ANTHROPIC and GOOGLE got it whole · 1 name hidden · 2.10 s"


def test_the_footer_is_right_for_one_provider_in_sequence_and_tells_no_factor_that_is_none() -> None:
    answer = replace(
        an_answer(mode=Mode.SEQUENTIAL), privacy=Privacy({"EMAIL": 1}, {"openai": 1.0}, unsplittable=False, verdicts={})
    )
    assert footer(answer) == "OPENAI got 100 % · 1 email hidden · one after another 5.90 s"
    nobody = replace(answer, privacy=Privacy({}, {}, unsplittable=False, verdicts={}))
    assert footer(nobody).startswith("nothing was sent · nothing was hidden")
    slow = replace(an_answer(), timings=Timings(2.10, 2.10, 2.2, 2.10))
    assert footer(slow).endswith("parallel 2.10 s, one after another 2.20 s")


def test_the_title_says_what_became_of_the_parts() -> None:
    failed = views.final(an_answer(statuses=(Status.OK, Status.TIMEOUT)))[0]
    assert failed.blocks[0]["title"] == "1 of 2 answered · 2.10 s"
    assert failed.blocks[0]["tasks"][1]["title"] == "Part 2 of 2 · ANTHROPIC did not answer in time"
    stopped = views.final(an_answer(statuses=(Status.OK, Status.CANCELLED)))[0]
    assert stopped.blocks[0]["title"] == "Stopped · 1 of 2 answered · 2.10 s"


def test_a_long_answer_says_that_it_goes_on_and_ends_with_what_belongs_under_it() -> None:
    first, (*between, last) = views.final(an_answer("word " * 5_000))
    of = len(between) + 2
    assert first.blocks[-1]["elements"][0]["text"] == f"1 of {of}, goes on below"
    assert [block["type"] for block in last.blocks] == ["markdown", "context", "context", "context_actions", "actions"]
    assert last.blocks[1]["elements"][0]["text"] == f"{of} of {of}"


@pytest.mark.parametrize("level", list(Level))
def test_an_answer_of_sixty_thousand_characters_arrives_whole(level: Level) -> None:
    words = [f"word{number}" for number in range(7_000)]
    post, rest = views.final(an_answer(" ".join(words)[:60_000]), level=level)
    everything = " ".join(shown(valid(piece)) for piece in (post, *rest))
    assert all(f"{word} " in everything or f'{word}"' in everything for word in " ".join(words)[:60_000].split()[:-1])
    assert "none got more than 41 %" in everything
    assert SPLITTING in everything


def test_who_answered_which_part_is_told_at_every_level() -> None:
    answer = an_answer(statuses=(Status.OK, Status.TIMEOUT, Status.OK))
    assert "Answered by part: 1 OPENAI, 3 GOOGLE" in valid(views.final(answer, level=Level.TEXT)[0]).text
    assert "Part 3 of 3 · GOOGLE" in shown(views.final(answer, level=Level.PLAIN)[0])
    for few in (an_answer(statuses=(Status.OK,)), an_answer(statuses=(Status.TIMEOUT,) * 2)):
        assert "Answered by" not in views.final(few, level=Level.TEXT)[0].text
    many = replace(an_answer("x" * 2_299, statuses=(Status.OK,) * 50), notices=("n" * 2_000,))
    valid(views.final(many, level=Level.TEXT)[0])


def test_a_stopped_question_says_how_far_it_came() -> None:
    post, _ = views.final(an_answer(statuses=(Status.OK, Status.CANCELLED, Status.CANCELLED)))
    assert "Stopped: 1 of 3 parts were answered." in shown(valid(post))


@pytest.mark.parametrize("level", list(Level))
def test_a_failure_says_why_and_carries_the_reference(level: Level) -> None:
    post = valid(views.failed("No <provider> answered.", "request-abcdefgh", level))
    assert "No &lt;provider&gt; answered." in post.text
    assert "Reference: `request-abcdefgh`" in post.text


def test_the_root_of_a_slash_command_names_the_asker_alone() -> None:
    assert "<@U1>" in valid(views.root("U1")).text


def a_receipt(**changes: object) -> ProviderReceipt:
    line = ProviderReceipt("openai", "gpt-<x>", 0.41, {"PERSON": 2, "API_KEY": 1}, (1, 3), 2, 1.85)
    return replace(line, **changes)


def test_the_receipt_shows_shares_counts_and_times() -> None:
    page = ReceiptPage(
        "request-abcdefgh", (a_receipt(), a_receipt(provider="google", masked={}, fragments=(), share=0.2))
    )
    view = details.receipt(page)
    check_view(view, "modal")
    text = json.dumps(view, ensure_ascii=False)
    for part in (
        "OPENAI",
        "gpt-&lt;x&gt;",
        "41 %",
        "2 names and 1 API key",
        "Parts 1 and 3",
        "1.85 s, 2 calls",
        "stand for hidden values",
        "show_receipt_texts",
    ):
        assert part in text
    empty = details.receipt(ReceiptPage("request-abcdefgh", ()))
    assert "Nothing was sent." in json.dumps(empty)
    check_view(empty, "modal")


def test_details_say_who_saw_what_from_what_was_sent() -> None:
    def page(*lines: ProviderReceipt) -> str:
        view = details.receipt(ReceiptPage("request-abcdefgh", lines))
        check_view(view, "modal")
        return json.dumps(view, ensure_ascii=False)

    first, second = a_receipt(fragments=(1,)), a_receipt(provider="google", fragments=(1, 2))
    assert "No provider saw another's part." in page(first, replace(second, fragments=(2,)))
    assert "More than one provider got part 1, as the first one failed" in page(first, second)
    assert "got parts 1 and 2" in page(replace(first, fragments=(1, 2)), second)
    both = page(*(replace(each, chosen={"all": 1}) for each in (first, second)))
    assert "each got the whole question" in both
    assert both.count("The whole message · 41 %") == 2
    chose = page(replace(first, chosen={"clear:PERSON": 2, "hide": 1, "join": 2}))
    for told in ("In clear, as you chose: 2 names", "Hidden besides, as you chose: 1 word", "2 parts went together"):
        assert told in chose


def test_the_receipt_says_why_the_message_was_split_so_while_it_is_known() -> None:
    page = ReceiptPage("request-abcdefgh", (a_receipt(),), why="Three <numbered> questions.")
    view = details.receipt(page)
    check_view(view, "modal")
    assert view["blocks"][1]["text"]["text"] == "*Why in these parts*\nThree &lt;numbered&gt; questions."
    assert "Why" not in json.dumps(details.receipt(replace(page, why="")))
    check_view(details.receipt(replace(page, why="Because. " * 1_000)), "modal")


def test_the_receipt_says_why_each_value_is_hidden_while_it_is_known() -> None:
    page = ReceiptPage("request-abcdefgh", (a_receipt(),), hidden=("EMAIL: 'a@b.example': e-mail",))
    view = details.receipt(page)
    check_view(view, "modal")
    shown = [block for block in view["blocks"] if block["type"] == "rich_text"]
    assert json.dumps(shown).count("a@b.example") == 1, "in a block in which Slack links nothing"
    assert json.dumps(view).count("a@b.example") == 1
    assert "a@b.example" not in json.dumps(details.receipt(replace(page, hidden=())))
    many = details.receipt(replace(page, hidden=tuple(f"PERSON: 'N{n}': listed" for n in range(500))))
    check_view(many, "modal")
    assert "and 480 more" in json.dumps(many)


def test_the_exact_texts_are_shown_to_the_letter_and_within_the_limits() -> None:
    text = "Ask PERSON_1Q7 <@U1> & more\n" * 300
    view = details.exact_texts(ReceiptPage("request-abcdefgh", (a_receipt(texts=(text, "second", "")),)))
    check_view(view, "modal")
    pieces = [b["elements"][0]["elements"][0]["text"] for b in view["blocks"] if b["type"] == "rich_text"]
    assert "".join(pieces) == text + "second"
    many = tuple(a_receipt(texts=("x" * 40_000,)) for _ in range(30))
    for page in (ReceiptPage("r", many), ReceiptPage("r", tuple(a_receipt(texts=("y",) * 9) for _ in range(20)))):
        long = details.exact_texts(page)
        check_view(long, "modal")
        assert "too long to show" in json.dumps(long)
    check_view(details.receipt(ReceiptPage("r", many)), "modal")
    assert "and 10 more" in json.dumps(details.receipt(ReceiptPage("r", many)))


def test_texts_that_are_gone_are_said_to_be_gone() -> None:
    for page in (ReceiptPage("r", (a_receipt(),), texts_gone=True), ReceiptPage("r", ())):
        assert "deleted by now" in json.dumps(details.exact_texts(page))
    check_view(details.notice("No <way>.", "r"), "modal")


def test_the_home_tab_is_valid_with_and_without_providers() -> None:
    for providers in (dict.fromkeys(PROVIDERS, "m-<1>"), {}):
        check_view(home.view(providers), "home")
    assert SPLITTING in home.HELP
    assert "tessera doctor" in json.dumps(home.view({}))
    asked = (Recent(1_700_000_000.0, 1, 0, 1.0, ()), Recent(1_700_000_000.5, 3, 2, 2.1, ("openai", "google")))
    view = home.view({"openai": "m-<1>"}, Usage(asked, 12, 1234, 5678))
    check_view(view, "home")
    text = json.dumps(view, ensure_ascii=False)
    for told in (
        "*OPENAI* m-&lt;1&gt;",
        "|2023-11-14 22:13 UTC> · in one piece, not answered · nobody · 1.00 s",
        "2 of 3 parts answered · OPENAI and GOOGLE · 2.10 s",
        "12 in the last thirty days, 1,234 tokens sent and 5,678 received",
        "example_1",
    ):
        assert told in text


def test_who_is_called_thanked_and_quoted() -> None:
    assert (
        valid(views.root("U1", "Is <@U2> `in`?\nAnd *I*?"))
        .blocks[0]["text"]["text"]
        .endswith(">Is &lt;@U2&gt; 'in'?\n>And *I*?")
    )
    assert "<@U1>" in called("U1").text
    failed = views.final(replace(an_answer(statuses=(Status.OK, Status.TIMEOUT)), asked=("a", "b")))[0]
    offered = {e["action_id"]: e.get("value") for e in failed.blocks[-1]["elements"]}
    assert offered["ask_part_2"] == "2:other:request-abcdefgh"
    assert "ask_part_1" not in offered
    assert thanks(failed.blocks, "request-abcdefgh", good=True).blocks == ()
    asked = valid(thanks(failed.blocks, "request-abcdefgh", good=False))
    assert [e["value"] for b in asked.blocks if b["type"] == "actions" for e in b["elements"]] == [
        f"{number}:{who}:request-abcdefgh" for number in (1, 2) for who in ("same", "other")
    ]
    one = views.final(an_answer(statuses=(Status.OK,)))[0]
    assert "Ask again" in thanks(one.blocks, "request-abcdefgh", good=False).text
    many = views.final(replace(an_answer(statuses=(Status.OK,) * 50), asked=("a",) * 50))[0]
    valid(thanks(many.blocks, "request-abcdefgh", good=False))


def test_the_manifest_asks_for_least() -> None:
    http = manifest(False, "https://bot.example/")
    assert http["settings"]["event_subscriptions"]["request_url"] == "https://bot.example/slack/events"
    assert http["features"]["slash_commands"][0]["url"] == "https://bot.example/slack/events"
    assert http["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)
    socket = manifest(True, people=True)
    assert socket["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in json.dumps(socket)
    assert "users:read" in socket["oauth_config"]["scopes"]["bot"]
    assert "message.im" in EVENTS
    for more, scopes in (("threads", {"channels:history", "groups:history"}), ("files", {"files:read"})):
        wider = manifest(True, None, **{more: True})["oauth_config"]["scopes"]["bot"]
        assert set(wider) - set(SCOPES) == scopes
    told = manifest(True, threads=True)["settings"]["event_subscriptions"]["bot_events"]
    assert set(told) - set(EVENTS) == {"message.channels", "message.groups"}
    assert socket["features"]["slash_commands"][0]["command"] == "/ask"
    assert [each["callback_id"] for each in socket["features"]["shortcuts"]] == ["ask_about_message"]
    assert 1 <= len(socket["features"]["agent_view"]["suggested_prompts"]) <= 4
