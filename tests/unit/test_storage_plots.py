"""The picture: what it says, and what is said when it cannot be drawn."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine

from bot.model.outcome import Status
from bot.model.question import Mode
from bot.providers import looks
from storage import database, plots, timings
from storage.canvas import Canvas
from storage.drawing import Asked, Call, draw, headline, label
from tests.recorded import asked, attempt

QUESTION = Asked("request-1k3v9c2m", "parallel", 1_795_430_000.0, 3, 3, 2.10, 5.90, 2.10)
LOOKS = looks()
GOOD = Call(1, "openai", 0.0, 1.85, 0.4, "ok", None, hedged=False)


def texts(canvas: Canvas) -> str:
    """Return every text in a picture."""
    return "\n".join(canvas.said)


def rows(canvas: Canvas, path: Path) -> bytes:
    """Return the pixels of a picture, read back from its file."""
    with path.open("wb") as file:
        canvas.save(file)
    with Image.open(path) as image:
        return image.tobytes()


def png_size(path: Path) -> tuple[int, int]:
    """Return the width and height that a PNG file states."""
    header = path.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(header[16:20]), int.from_bytes(header[20:24])


def test_a_recorded_question_becomes_a_png(records_engine: Engine, tmp_path: Path):
    retried = [
        attempt(2, 0.5, Status.FAILED, started_at=1002.0),
        attempt(2, 1.0, number=2, started_at=1003.0, hedged=True),
    ]
    with database.writing(records_engine) as connection:
        for question, answer in (asked(1), asked(2, calls=[[attempt(1, 1.5, started_at=1002.0)], retried])):
            timings.write(connection, [timings.timing(question, answer)])
    questions, calls = plots.load(records_engine)
    assert [question.request_id for question in questions] == ["request-00000002", "request-00000001"]
    assert [(call.fragment, call.start, call.status, call.hedged) for call in calls] == [
        (1, 0.0, "ok", False),
        (2, 0.0, "failed", False),
        (2, 1.0, "ok", True),
    ]
    path = tmp_path / "stats.png"
    plots.plot(records_engine, path, LOOKS)
    width, height = png_size(path)
    assert width == 1500
    assert height > 700


def test_an_empty_database_gives_a_picture_that_says_so(records_engine: Engine, tmp_path: Path):
    plots.plot(records_engine, str(tmp_path / "stats.PNG"), LOOKS)
    assert png_size(tmp_path / "stats.PNG") == (1350, 450)
    assert "Nothing recorded yet" in texts(draw([], [], LOOKS))


@pytest.mark.parametrize("name", ["stats.svg", "stats", "png"])
def test_other_formats_are_refused(records_engine: Engine, tmp_path: Path, name: str):
    with pytest.raises(plots.PlotError, match=r"\.png"):
        plots.plot(records_engine, tmp_path / name, LOOKS)
    assert not (tmp_path / name).exists()


def test_a_path_that_cannot_be_written_is_told(records_engine: Engine, tmp_path: Path):
    with pytest.raises(plots.PlotError, match="cannot be written there"):
        plots.plot(records_engine, tmp_path / "missing" / "stats.png", LOOKS)


def test_the_headlines_hold_the_true_figures():
    picture = draw([QUESTION, dataclasses.replace(QUESTION, request_id="r2", asked_at=1_795_420_000.0)], [GOOD], LOOKS)
    said = texts(picture)
    assert "Parallel 2.10 s, sequential sum 5.90 s, speed-up 2.8x" in said
    assert "request-1k3v9c2m, 3 of 3 fragments answered" in said
    assert "slowest 2.10 s" in said
    assert "Last 2 questions: median speed-up 2.8x" in said


def test_a_sequential_question_claims_no_speed_up():
    alone = dataclasses.replace(QUESTION, mode=Mode.SEQUENTIAL.value, wall_seconds=5.9)
    assert headline(alone) == "One after another 5.90 s, the slowest fragment 2.10 s"
    assert "none in parallel" in texts(draw([alone], [GOOD], LOOKS))


def test_a_bar_says_who_how_long_and_what_went_wrong():
    assert label(GOOD, "OpenAI") == "OpenAI, 1.85 s"
    failed = dataclasses.replace(GOOD, provider="ollama", status="failed", error="rate_limited", hedged=True)
    assert label(failed, "ollama") == "ollama, 1.85 s, hedge, rate limited"
    assert label(dataclasses.replace(GOOD, status="cancelled"), "OpenAI").endswith("cancelled")


def test_marks_are_explained_only_where_they_occur():
    plain = texts(draw([QUESTION], [dataclasses.replace(GOOD, first_text_seconds=None)], LOOKS))
    assert not any(mark in plain for mark in ("no answer", "hedge", "first text"))
    marked = texts(draw([QUESTION], [dataclasses.replace(GOOD, status="failed", hedged=True), GOOD], LOOKS))
    assert all(mark in marked for mark in ("no answer", "hedge", "first text"))


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (60.0, ["10:33:00", "10:33:30"]),
        (7_200.0, ["09:00", "10:00"]),
        (86_400.0, ["22 Nov 18:00", "23 Nov 06:00"]),
        (864_000.0, ["15 Nov", "23 Nov"]),
    ],
)
def test_the_lower_axis_has_round_times(seconds: float, shown: list[str]):
    older = dataclasses.replace(QUESTION, request_id="r2", asked_at=QUESTION.asked_at - seconds)
    said = draw([QUESTION, older], [GOOD], LOOKS).said
    assert set(shown) <= set(said)
    assert any(line.startswith("asked at (UTC), ") and line.endswith("2026") for line in said)


def test_a_failed_call_looks_different_from_an_answered_one(tmp_path: Path):
    failed = dataclasses.replace(GOOD, status="failed", first_text_seconds=None)
    plain = dataclasses.replace(GOOD, first_text_seconds=None)
    pictures = [rows(draw([QUESTION], [call], LOOKS), tmp_path / "one.png") for call in (plain, failed, GOOD)]
    assert len(set(pictures)) == 3
    blue = bytes((0x00, 0x72, 0xB2))
    full, hatched = (sum(row[at : at + 3] == blue for at in range(0, len(row), 3)) for row in pictures[:2])
    assert full > 10 * hatched > 0


def test_the_words_of_the_picture_stand_in_its_description(tmp_path: Path):
    with (tmp_path / "said.png").open("wb") as file:
        draw([QUESTION], [GOOD], LOOKS).save(file)
    with Image.open(tmp_path / "said.png") as image:
        assert "OpenAI, 1.85 s" in image.text["Description"]


def test_odd_names_many_calls_and_questions_without_calls_are_drawn(tmp_path: Path):
    odd = dataclasses.replace(GOOD, provider="$\\frac$ gateway")
    nothing = dataclasses.replace(QUESTION, slowest_seconds=0.0, wall_seconds=0.0, sequential_seconds=0.0)
    rows(draw([QUESTION], [odd] * 80, LOOKS), tmp_path / "odd.png")
    rows(draw([nothing], [], LOOKS), tmp_path / "nothing.png")
    assert png_size(tmp_path / "odd.png")[1] < 5_000
    assert png_size(tmp_path / "nothing.png")[0] == 1500
