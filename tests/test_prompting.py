"""Prompts are checked files; what they are given is data."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth.errors import PromptError
from icp_synth.prompting import (
    Prompt,
    check_folder,
    load_prompt,
    packaged_prompts,
    render_prompt,
)

FRONT = "id: extract\nversion: 3\nvariables: [what]\nschema: extraction"
BODY = "# system\nYou read.\n\n# user\n{{ what }}\n"


def write(folder: Path, *, front: str = FRONT, body: str = BODY) -> Path:
    (folder / "extract.md").write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")
    return folder


def load(folder: Path, **parts: str) -> Prompt:
    return load_prompt("extract", write(folder, **parts))


@pytest.mark.parametrize("path", sorted(packaged_prompts().glob("*.md")), ids=str)
def test_every_shipped_prompt_loads(path: Path) -> None:
    prompt = load_prompt(path.stem)
    assert prompt.id == path.stem
    assert prompt.version >= 1


def test_a_prompt_has_two_parts_without_their_headings(tmp_path: Path) -> None:
    prompt = load(tmp_path)
    assert (prompt.system, prompt.user) == ("You read.", "{{ what }}")
    assert (prompt.version, prompt.schema_name) == (3, "extraction")


def test_a_folder_with_some_of_the_known_prompts_passes(tmp_path: Path) -> None:
    check_folder(write(tmp_path))
    check_folder(packaged_prompts())
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    check_folder(tmp_path)


def test_a_folder_with_nothing_to_use_or_something_odd_is_refused(
    tmp_path: Path,
) -> None:
    with pytest.raises(PromptError, match="no folder"):
        check_folder(tmp_path / "nowhere")
    with pytest.raises(PromptError, match="no prompt"):
        check_folder(tmp_path)
    (write(tmp_path) / "drafts.md").write_text("", "utf-8")
    with pytest.raises(PromptError, match=r"drafts\.md") as error:
        check_folder(tmp_path)
    names = "draft.md, extract.md, glean.md, judge.md, name_groups.md"
    assert names in error.value.hint


def test_a_prompt_that_the_folder_lacks_is_the_packages(tmp_path: Path) -> None:
    assert load_prompt("draft", tmp_path) == load_prompt("draft")


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_windows_editor_changes_no_fingerprint(
    tmp_path: Path, mark: str, end: str
) -> None:
    text = f"---\n{FRONT}\n---\n{BODY}"
    data = (mark + text.replace("\n", end)).encode("utf-8")
    (tmp_path / "extract.md").write_bytes(data)
    found = load_prompt("extract", tmp_path).fingerprint({})
    assert found == load(tmp_path).fingerprint({})


def test_a_fingerprint_changes_with_wording_and_with_the_schema(tmp_path: Path) -> None:
    plain = load(tmp_path)
    other = load(tmp_path, body=BODY.replace("read", "reread"))
    prints = {plain.fingerprint({}), plain.fingerprint({"a": 1}), other.fingerprint({})}
    assert len(prints) == 3
    assert all(one.startswith("extract@3#") for one in prints)


@pytest.mark.parametrize(
    ("front", "body", "said"),
    [
        ("id: [", BODY, "does not hold together"),
        ("just words", BODY, "does not hold together"),
        (FRONT.replace("version: 3\n", ""), BODY, "does not hold together"),
        (FRONT.replace("3", "new"), BODY, "does not hold together"),
        (FRONT.replace("id: extract", "id: draft"), BODY, "the prompt 'draft'"),
        (FRONT.replace("extraction", "no name!"), BODY, "no name of a schema"),
        (FRONT, "# system\nOnly this.\n", "one part `# user`"),
        (FRONT, BODY + "# user\nTwice {{ what }}\n", "and no other"),
        (FRONT, "Lost words.\n" + BODY, "and no other"),
        (FRONT, BODY + "{{ more }}", "differ: more"),
        (FRONT.replace("[what]", "[what, more]"), BODY, "differ: more"),
        (FRONT, BODY + "{% if %}", "no valid template"),
    ],
)
def test_a_prompt_that_does_not_hold_together_is_refused_with_a_way_out(
    tmp_path: Path, front: str, body: str, said: str
) -> None:
    with pytest.raises(PromptError) as raised:
        load(tmp_path, front=front, body=body)
    assert said in raised.value.message
    assert raised.value.hint


def test_a_file_without_front_matter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "extract.md").write_text(BODY, encoding="utf-8")
    with pytest.raises(PromptError, match="no front matter"):
        load_prompt("extract", tmp_path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "extract.md").write_bytes(b"---\nid: \xff\n---\n")
    with pytest.raises(PromptError, match="not UTF-8 at byte 8"):
        load_prompt("extract", tmp_path)


def test_an_unknown_prompt_is_refused() -> None:
    with pytest.raises(PromptError, match="'nothing'"):
        load_prompt("nothing")


def test_values_are_data_and_never_a_template(tmp_path: Path) -> None:
    _, user = render_prompt(load(tmp_path), what="{{ 7 * 7 }} {% raw %} <&>")
    assert user.content == "{{ 7 * 7 }} {% raw %} <&>"


def test_missing_values_are_named_together(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="misses: what"):
        render_prompt(load(tmp_path), other=1)


@pytest.mark.parametrize("wish", ["{{ what.missing }}", "{{ what.__class__ }}"])
def test_a_template_that_asks_for_too_much_is_refused(
    tmp_path: Path, wish: str
) -> None:
    prompt = load(tmp_path, body=f"# system\nRead.\n# user\n{wish}\n")
    with pytest.raises(PromptError, match="cannot be rendered"):
        render_prompt(prompt, what="text")
