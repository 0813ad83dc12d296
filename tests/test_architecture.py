"""The rules of the house that DESIGN and docs/architecture.md state, held by tests."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = {
    "zubda": ROOT / "client" / "zubda",
    "zubda_server": ROOT / "server" / "zubda_server",
    "zubda_models": ROOT / "models" / "zubda_models",
}
FORBIDDEN = {
    "zubda": {"zubda_server", "zubda_models", "ctranslate2", "numpy", "torch", "transformers"},
    "zubda_server": {"torch", "transformers"},
    "zubda_models": {"zubda", "zubda_server", "grpc", "google"},
}
# The one place where the command line may reach for the server and its models.
LAZY_IMPORTS = {"client/zubda/cli/local.py": {"zubda_server", "zubda_models"}}


def imported(tree: ast.AST) -> Iterator[str]:
    """The top-level names of all packages that a module imports, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_run_one_way(package: str) -> None:
    for path in PACKAGES[package].rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        allowed = LAZY_IMPORTS.get(name, set())
        broken = set(imported(ast.parse(path.read_text("utf-8")))) & FORBIDDEN[package] - allowed
        assert not broken, f"{name} imports {broken}"


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_stay_short(package: str) -> None:
    written = (p for p in PACKAGES[package].rglob("*.py") if "v1" not in p.parts)
    long = {p.name: n for p in written if (n := len(p.read_text("utf-8").splitlines())) > 300}
    assert not long


def test_importing_the_core_loads_no_engine() -> None:
    code = "import sys, zubda_models; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert not {"ctranslate2", "torch", "transformers", "grpc"} & set(loaded)
