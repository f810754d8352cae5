"""What is installed, from what, under which licences, and what the wheel holds."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from email.message import Message
from importlib.metadata import Distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import licences
from scripts.distributions import NotInstalled, closure, requirements

ROOT = Path(__file__).resolve().parents[2]
EXTRAS = {"accounts", "docs", "privacy", "dask", "bench", "dev", "all"}
SHIPPED = (
    "pyproject.toml",
    "constraints.txt",
    "Makefile",
    ".ci/run",
    "scripts/bootstrap.py",
    "scripts/demo.py",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this checkout, built with the installed backend, offline."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    done = subprocess.run(
        [*build, str(folder)], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


class Described(Distribution):
    """A distribution that consists of its metadata."""

    def __init__(self, **fields: str | list[str]) -> None:
        self._message = Message()
        for name, values in fields.items():
            for value in [values] if isinstance(values, str) else values:
                self._message[name.replace("_", "-")] = value

    def read_text(self, filename: str) -> str | None:
        return self._message.as_string() if filename == "METADATA" else None

    def locate_file(self, path: object) -> Path:
        raise NotImplementedError


# ------------------------------------------------------------------- the wheel
def test_the_wheel_holds_every_prompt_byte_for_byte(wheel: zipfile.ZipFile) -> None:
    prompts = {
        path.relative_to(ROOT / "prompts").as_posix(): path.read_bytes()
        for path in (ROOT / "prompts").rglob("*")
        if path.is_file()
    }
    inside = "icp_synth/_prompts/"
    shipped = {
        name.removeprefix(inside): wheel.read(name)
        for name in wheel.namelist()
        if name.startswith(inside)
    }
    assert shipped == prompts
    assert any(name.endswith(".md") for name in prompts)


def test_the_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "icp_synth").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files <= set(wheel.namelist())
    assert "icp_synth/py.typed" in files


def test_the_wheel_holds_nothing_but_package_and_metadata(
    wheel: zipfile.ZipFile,
) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {re.sub(r"-\d[\d.]*(?=\.dist-info)", "", top) for top in tops} == {
        "icp_synth",
        "icp_synth.dist-info",
    }


def test_the_wheel_gives_one_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    (info,) = {n.split("/")[0] for n in wheel.namelist() if ".dist-info/" in n}
    entry_points = wheel.read(f"{info}/entry_points.txt").decode()
    assert "icp-synth = icp_synth.cli.entry:main" in entry_points
    licence = wheel.read(f"{info}/licenses/LICENSE").decode()
    assert licence == (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence


# --------------------------------------------------------------- requirements
def imported_distributions() -> set[str]:
    """Canonical names of the distributions that the package imports anywhere."""
    modules = set()
    for path in (ROOT / "icp_synth").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    foreign = modules - sys.stdlib_module_names - {"icp_synth"}
    owners = packages_distributions()
    return {canonicalize_name(owners[module][0]) for module in foreign}


def test_the_package_imports_what_it_requires_and_requires_what_it_imports() -> None:
    extras = EXTRAS - {"all", "dev"}
    core = {canonicalize_name(item.name) for item in requirements()}
    all_of_them = {canonicalize_name(item.name) for item in requirements(extras)}
    imported = imported_distributions()
    assert imported - all_of_them == set()
    assert core - imported == set()


def test_every_core_requirement_is_bounded_below_and_above() -> None:
    for requirement in requirements():
        operators = {clause.operator for clause in requirement.specifier}
        assert operators == {">=", "<"}, requirement


def test_the_extras_are_the_promised_ones() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(table["project"]["optional-dependencies"]) == EXTRAS


def test_constraints_pin_all_that_core_and_dev_need() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = {
        requirement.name: requirement
        for line in text.splitlines()
        if not line.startswith("#")
        for requirement in [Requirement(line.split("  #")[0])]
    }
    assert closure(requirements(["dev"])).keys() <= pins.keys()
    for requirement in pins.values():
        (clause,) = requirement.specifier
        assert clause.operator == "=="
        assert requirement.url is None


@pytest.mark.parametrize("name", SHIPPED)
def test_no_file_names_where_packages_come_from(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.compile(r"index-url|find-links|trusted-host|https?:")
    allowed = re.compile(r"\(\?:https\?|https\?://www")
    assert not named.search(allowed.sub("", text))


# ------------------------------------------------------------------- licences
def test_no_dependency_is_under_a_gpl_licence() -> None:
    assert licences.refused(closure(requirements(["dev"]))) == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"License_Expression": "GPL-3.0-or-later"}, "GPL family"),
        ({"License_Expression": "MIT AND LGPL-2.1-only"}, "GPL family"),
        ({"License": "GNU Affero General Public License v3"}, "GPL family"),
        (
            {
                "License": "see file",
                "Classifier": [
                    "License :: OSI Approved",
                    "License :: OSI Approved :: GNU General Public License v2 (GPLv2)",
                ],
            },
            "GPL family",
        ),
        ({"Name": "unlabelled"}, "states no licence"),
    ],
)
def test_a_licence_that_cannot_be_taken_is_named(
    fields: dict[str, str | list[str]], reason: str
) -> None:
    found = licences.refused({"thing": Described(**fields)})
    assert [item.reason for item in found] == [reason]


@pytest.mark.parametrize(
    "fields",
    [
        {"License_Expression": "MIT OR GPL-2.0-only"},
        {"License_Expression": "Apache-2.0", "License": "GPL"},
        {"License": "BSD-3-Clause\n  libgfortran: GPL with runtime exception"},
        {"Classifier": ["License :: OSI Approved :: BSD License"], "License": "x"},
    ],
)
def test_a_licence_that_leaves_a_choice_is_taken(
    fields: dict[str, str | list[str]],
) -> None:
    assert licences.refused({"thing": Described(**fields)}) == []


def test_a_requirement_that_is_not_installed_is_an_error_not_a_gap() -> None:
    with pytest.raises(NotInstalled, match="no-such-distribution"):
        closure([Requirement("no-such-distribution")])


def test_a_requirement_for_another_platform_is_left_out() -> None:
    absent = Requirement("no-such-distribution; sys_platform == 'nowhere'")
    assert closure([absent]) == {}
