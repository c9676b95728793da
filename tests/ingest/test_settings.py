"""Settings come from the command line, the environment, the file, the default, in this order."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import UsageError
from ingest.settings import (
    AUTO_MODEL,
    MULTILINGUAL_MODEL,
    PACKAGED_READER,
    PRECISIONS,
    STOPS,
    Settings,
    load_settings,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose `mustanad.toml` sets two values."""
    (tmp_path / "mustanad.toml").write_text('passage_words = 60\nstore = "from-file"\n', encoding="utf-8")
    return tmp_path


def test_defaults_without_file_or_environment(tmp_path: Path) -> None:
    """With nothing set every value is its default."""
    settings = load_settings({}, {}, tmp_path)
    assert settings == Settings(
        Path(".mustanad"), AUTO_MODEL, PRECISIONS[0], PACKAGED_READER, 100, STOPS["balanced"], 200
    )


def test_each_source_gives_way_to_the_one_before(folder: Path) -> None:
    """Command line over environment over file over default, value by value."""
    environment = {"MUSTANAD_PASSAGE_WORDS": "70", "MUSTANAD_THRESHOLD": "0.7", "MUSTANAD_STORE": ""}
    settings = load_settings({"threshold": 0.9, "passage_words": None}, environment, folder)
    assert settings.threshold == 0.9
    assert settings.passage_words == 70
    assert settings.store == Path("from-file")
    assert settings.max_file_mb == 200


def test_zero_is_a_value(folder: Path) -> None:
    """A given 0 is not "not given"."""
    assert load_settings({"threshold": 0.0}, {"MUSTANAD_THRESHOLD": "0.7"}, folder).threshold == 0.0


def test_whole_number_is_a_fraction_too(tmp_path: Path) -> None:
    """`threshold = 1` in the file is 1.0."""
    (tmp_path / "mustanad.toml").write_text("threshold = 1", encoding="utf-8")
    assert load_settings({}, {}, tmp_path).threshold == 1.0


@pytest.mark.parametrize("name", list(STOPS))
def test_a_threshold_goes_by_its_name(name: str, tmp_path: Path) -> None:
    """From the command line, the environment and the file alike; strict is above generous."""
    (tmp_path / "mustanad.toml").write_text(f'threshold = "{name}"', encoding="utf-8")
    for given, environment in (({"threshold": name}, {}), ({}, {"MUSTANAD_THRESHOLD": name}), ({}, {})):
        assert load_settings(given, environment, tmp_path).threshold == STOPS[name]
    assert 0 < STOPS["generous"] < STOPS["balanced"] < STOPS["strict"] < 1


def test_the_multilingual_model_goes_by_a_short_name(tmp_path: Path) -> None:
    """And by its own; any other model's name is its own."""
    for model, name in (
        ("multilingual", MULTILINGUAL_MODEL),
        (MULTILINGUAL_MODEL,) * 2,
        ("of/elsewhere",) * 2,
    ):
        (tmp_path / "mustanad.toml").write_text(f'model = "{model}"', encoding="utf-8")
        for given, environment in (({"model": model}, {}), ({}, {"MUSTANAD_MODEL": model}), ({}, {})):
            assert load_settings(given, environment, tmp_path).model == name


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"passage_words": 19}, "expected passage_words between 20 and 400, found 19"),
        ({"passage_words": 401}, "expected passage_words between 20 and 400, found 401"),
        ({"threshold": 1.01}, "expected threshold between 0 and 1, found 1.01"),
        ({"threshold": float("nan")}, "expected threshold between 0 and 1, found nan"),
        ({"precision": "int4"}, "expected precision full or int8, found 'int4'"),
        ({"max_file_mb": 0}, "expected max_file_mb between 1 and 100000, found 0"),
    ],
)
def test_value_out_of_range_is_named(values: dict[str, Any], message: str) -> None:
    """The line names the setting, its range and what was found."""
    with pytest.raises(UsageError) as raised:
        Settings(**values)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('passage_words = "many"', "expected passage_words to be of type int, found 'many'"),
        ("passage_words = 99.9", "expected passage_words to be of type int, found 99.9"),
        ("passage_words = true", "expected passage_words to be of type int, found True"),
        ("threshold = false", "expected threshold to be of type float, found False"),
        ("threshold = []", "expected threshold to be of type float, found []"),
        ("model = 7", "expected model to be of type str, found 7"),
        ("store = 7", "expected store to be of type Path, found 7"),
    ],
)
def test_value_of_the_wrong_type_is_named(tmp_path: Path, text: str, message: str) -> None:
    """Nothing is bent into shape: a fraction is no count, a truth value no number, a number no name."""
    (tmp_path / "mustanad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        load_settings({}, {}, tmp_path)
    assert str(raised.value) == message
    assert raised.value.setting == text.partition(" ")[0]


def test_bad_environment_value_is_named(tmp_path: Path) -> None:
    """The environment's words are converted, and what does not convert is told."""
    with pytest.raises(UsageError, match=r"^expected max_file_mb to be of type int, found '2\.5'$"):
        load_settings({}, {"MUSTANAD_MAX_FILE_MB": "2.5"}, tmp_path)


def test_unknown_name_in_the_file_is_named(tmp_path: Path) -> None:
    """A misspelt setting is an error that lists the right spellings, not silence."""
    (tmp_path / "mustanad.toml").write_text("passage_word = 60", encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        load_settings({}, {}, tmp_path)
    file = tmp_path / "mustanad.toml"
    assert str(raised.value) == (
        f"{file}: expected one of store, model, precision, reader, passage_words, threshold, max_file_mb, "
        "max_uploads_mb, "
        "max_file_seconds, max_file_memory_mb, memory_mb, ocr, ocr_languages, cache, found 'passage_word'"
    )
    assert (raised.value.path, raised.value.setting) == (file, "passage_word")


@pytest.mark.parametrize("write", [lambda p: p.write_text("a = = b"), lambda p: p.write_bytes(b"a = '\xff'")])
def test_file_that_is_not_toml_is_told_in_one_line(tmp_path: Path, write: Callable[[Path], object]) -> None:
    """Broken TOML and broken UTF-8 both end in one line that names the file."""
    write(tmp_path / "mustanad.toml")
    with pytest.raises(UsageError) as raised:
        load_settings({}, {}, tmp_path)
    message = str(raised.value)
    assert message.startswith(f"{tmp_path / 'mustanad.toml'}: expected TOML, ")
    assert raised.value.path == tmp_path / "mustanad.toml"
    assert "\n" not in message


def test_settings_are_frozen() -> None:
    """A setting cannot change under way."""
    with pytest.raises(FrozenInstanceError):
        Settings().threshold = 0.1  # type: ignore[misc]


def test_the_cache_is_the_users_own(tmp_path: Path) -> None:
    """A folder may be set in its place, in any of the ways."""
    assert Settings().cache.name == "mustanad"
    assert load_settings({}, {"MUSTANAD_CACHE": "/elsewhere"}, tmp_path).cache == Path("/elsewhere")


def test_a_password_is_in_no_file_and_in_no_listing(tmp_path: Path) -> None:
    """Command line and environment give it, the file may not; what is printed or compared leaves it out."""
    settings = load_settings({}, {"MUSTANAD_PASSWORD": "halibut"}, tmp_path)
    assert settings.password == "halibut"
    assert "halibut" not in repr(settings)
    assert settings == Settings()
    (tmp_path / "mustanad.toml").write_text('password = "halibut"', encoding="utf-8")
    with pytest.raises(UsageError, match=r"found 'password'$"):
        load_settings({}, {}, tmp_path)
