"""The hand-written segmentation cases, and the comparison that the test run reports."""

from pathlib import Path
from typing import NamedTuple

import pytest

_JOINTS = {"⏎": "\n", "+": ""}
_report = pytest.StashKey[list[str]]()


class Case(NamedTuple):
    name: str
    text: str
    segments: list[str]


def _read_cases() -> list[Case]:
    cases = []
    data = Path(__file__).with_name("segmentation_cases.txt").read_text(encoding="utf-8")
    for block in data.split("\n== ")[1:]:
        name, *lines = block.strip().splitlines()
        text = lines[0]
        for line in lines[1:]:
            text += _JOINTS[line[0]] + line[1:] if line[0] in _JOINTS else " " + line
        cases.append(Case(name, text, [line.lstrip("⏎+") for line in lines]))
    return cases


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "segmentation_case" in metafunc.fixturenames:
        cases = _read_cases()
        metafunc.parametrize("segmentation_case", cases, ids=[case.name for case in cases])


@pytest.fixture(scope="session")
def segmentation_cases() -> list[Case]:
    return _read_cases()


@pytest.fixture
def report(request: pytest.FixtureRequest) -> list[str]:
    """Lines to print at the end of the test run."""
    return request.config.stash.setdefault(_report, [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in config.stash.get(_report, []):
        terminalreporter.write_line(line)
