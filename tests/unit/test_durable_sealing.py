"""Sealing: what is written down can be read with our keys only, and keys can be rotated."""

from __future__ import annotations

import json
import stat

import pytest

from bot.durable.sealing import SealedJson, Sealer, check, key_file
from bot.errors import Busy, ConfigurationError, TesseraError

CANARY = "a sentence that nobody else may read"


def test_a_text_comes_back_and_does_not_show_in_between():
    sealer = Sealer(["one long random text"])
    sealed = sealer.seal(CANARY)
    assert CANARY not in sealed
    assert sealer.unseal(sealed) == CANARY


def test_the_first_key_seals_and_all_open():
    old, both, new = Sealer(["old"]), Sealer(["new", "old"]), Sealer(["new"])
    assert both.unseal(old.seal(CANARY)) == CANARY
    assert new.unseal(both.seal(CANARY)) == CANARY
    with pytest.raises(ConfigurationError, match="sealed with another key"):
        old.unseal(both.seal(CANARY))


@pytest.mark.parametrize("broken", ["", "no token", "gAAAA\u00e9"])
def test_what_is_not_sealed_by_us_is_named_as_such(broken):
    with pytest.raises(ConfigurationError, match="another key"):
        Sealer(["key"]).unseal(broken)


def test_a_changed_byte_is_noticed():
    sealer = Sealer(["key"])
    sealed = sealer.seal(CANARY)
    changed = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]
    with pytest.raises(ConfigurationError):
        sealer.unseal(changed)


@pytest.mark.parametrize("keys", [[], [""], ["key", ""]])
def test_no_key_and_an_empty_key_are_refused(keys):
    with pytest.raises(ConfigurationError):
        Sealer(keys)


def test_samples_are_checked_before_anything_is_touched():
    check(Sealer(["new", "old"]), [Sealer(["old"]).seal("1"), Sealer(["new"]).seal("2")])
    with pytest.raises(ConfigurationError):
        check(Sealer(["new"]), [Sealer(["new"]).seal("1"), Sealer(["old"]).seal("2")])


def test_a_key_file_is_made_once_and_is_its_owners_alone(tmp_path):
    path = tmp_path / "records.key"
    key = key_file(path)
    assert key_file(path) == key
    assert len(key) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["records.key"]


def test_a_key_file_that_others_can_read_is_closed_to_them(tmp_path):
    path = tmp_path / "records.key"
    key_file(path)
    path.chmod(0o644)
    key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_empty_key_file_is_an_error_and_not_a_key(tmp_path):
    path = tmp_path / "records.key"
    path.write_text("")
    with pytest.raises(ConfigurationError, match=r"records\.key"):
        key_file(path)


def test_values_come_back_from_sealed_json():
    sealed = SealedJson(Sealer(["key"]))
    value = {"args": [CANARY], "kwargs": {}}
    written = sealed.serialize(value)
    assert CANARY not in written
    assert sealed.deserialize(written) == value
    assert sealed.name() == "tessera_sealed_json_1"


@pytest.mark.parametrize(("error", "sentence"), [(Busy(), Busy.message), (ValueError(CANARY), TesseraError.message)])
def test_an_error_is_written_down_as_its_sentence_only(error, sentence):
    sealer = Sealer(["key"])
    sealed = SealedJson(sealer)
    written = sealed.serialize(error)
    assert json.loads(sealer.unseal(written)) == {"$error": sentence}
    assert sealed.deserialize(written).message == sentence


def test_what_is_no_json_is_not_written_down():
    with pytest.raises(TypeError):
        SealedJson(Sealer(["key"])).serialize({"value": object()})
