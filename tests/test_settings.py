"""Flag before environment before study.toml before default."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from icp_synth.domain.brief import ModelSettings, SourceSettings, Study, TokenSettings
from icp_synth.errors import SettingsError
from icp_synth.settings import Settings, resolve

STUDY = Study(
    model=ModelSettings(name="small", in_flight=2, budget=1.5, temperature=0.2),
    sources=SourceSettings(interviewer=("Kim",), encoding="big5"),
)


def test_nothing_given_gives_the_defaults() -> None:
    assert resolve({}, {}, Study()) == Settings()


def test_nothing_is_sent_by_default() -> None:
    assert resolve({}, {"OPENAI_API_KEY": "sk-1"}, Study()).model is None


@pytest.mark.parametrize(
    ("flags", "environ", "expected"),
    [
        ({"in_flight": 9}, {"ICP_SYNTH_IN_FLIGHT": "4"}, 9),
        ({}, {"ICP_SYNTH_IN_FLIGHT": "4"}, 4),
        ({"in_flight": None}, {}, 2),
    ],
)
def test_the_nearer_wins(
    flags: Mapping[str, object], environ: Mapping[str, str], expected: int
) -> None:
    assert resolve(flags, environ, STUDY).in_flight == expected


def test_what_stands_in_study_toml_is_taken() -> None:
    settings = resolve({}, {}, STUDY)
    assert settings.model == "small"
    assert settings.parameters == {"temperature": 0.2}
    assert (settings.interviewers, settings.encoding) == (("Kim",), "big5")


def test_a_budget_of_nothing_is_a_budget() -> None:
    assert resolve({"budget": 0.0}, {}, STUDY).budget == 0.0
    assert resolve({}, {"ICP_SYNTH_BUDGET": "0"}, STUDY).budget == 0.0


def test_the_timeout_of_study_toml_is_taken_and_must_make_sense() -> None:
    assert resolve({}, {}, Study()).timeout == 120
    study = Study(model=ModelSettings(timeout=900))
    assert resolve({}, {}, study).timeout == 900
    for wrong in (0, -1, float("inf"), float("nan")):
        study = Study(model=ModelSettings(timeout=wrong))
        with pytest.raises(SettingsError, match="more than 0 seconds"):
            resolve({}, {}, study)


def test_a_price_of_answers_needs_one_of_requests() -> None:
    resolve({}, {}, Study(model=ModelSettings(input_price=1, output_price=2)))
    with pytest.raises(SettingsError, match="no input_price"):
        resolve({}, {}, Study(model=ModelSettings(output_price=2)))


@pytest.mark.parametrize("not_given", [None, (), False])
def test_flags_that_were_not_given_change_nothing(not_given: object) -> None:
    flags = dict.fromkeys(("interviewers", "model", "single_speaker"), not_given)
    assert resolve(flags, {}, STUDY) == resolve({}, {}, STUDY)


@pytest.mark.parametrize(
    ("flags", "environ", "words"),
    [
        ({"in_flight": 0}, {}, "in_flight"),
        ({}, {"ICP_SYNTH_IN_FLIGHT": "many"}, "in_flight"),
        ({"language": "fr"}, {}, "en or zh"),
        ({"colour": "red"}, {}, "colour"),
        ({"budget": -1.0}, {}, "budget"),
        ({"created": "yesterday"}, {}, "created"),
        ({"window": 499}, {}, "500 to 100000"),
        ({"window": 100_001}, {}, "500 to 100000"),
        ({"gleaning": 2}, {}, "gleaning is 0 or 1"),
        ({"gleaning": -1}, {}, "gleaning is 0 or 1"),
    ],
)
def test_what_does_not_fit_is_named_with_a_way_out(
    flags: Mapping[str, object], environ: Mapping[str, str], words: str
) -> None:
    with pytest.raises(SettingsError, match=words) as caught:
        resolve(flags, environ, Study())
    assert caught.value.hint


def test_no_variable_names_a_model() -> None:
    assert resolve({}, {"ICP_SYNTH_MODEL": "small"}, Study()).model is None


def test_windows_and_gleaning_stand_in_study_toml_and_a_flag_goes_first() -> None:
    study = Study(model=ModelSettings(gleaning=1), tokens=TokenSettings(window=2000))
    assert (resolve({}, {}, Study()).window, resolve({}, {}, Study()).gleaning) == (
        6000,
        0,
    )
    assert (resolve({}, {}, study).window, resolve({}, {}, study).gleaning) == (2000, 1)
    given = resolve({"window": 12_000, "gleaning": 0}, {}, study)
    assert (given.window, given.gleaning) == (12_000, 0)
