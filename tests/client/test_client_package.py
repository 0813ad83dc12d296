"""What the package exports, and what importing it loads."""

import subprocess
import sys
import tomllib
from pathlib import Path

import zubda


def test_all_names_what_is_public():
    public = {name for name in vars(zubda) if not name.startswith("_")} - {"v1", "cli"}
    assert set(zubda.__all__) == public | {"__version__"}


def test_the_distribution_has_the_version_of_the_package():
    project = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text("utf-8"))
    assert project["project"].get("version", zubda.__version__) == zubda.__version__


def test_importing_the_client_and_the_command_line_loads_no_server_and_no_model():
    code = "import sys, zubda, zubda.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    heavy = {
        "zubda_server", "zubda_models", "ctranslate2", "numpy", "sentencepiece", "torch",
        "transformers",
    }  # fmt: skip
    assert "zubda.cli" in loaded
    assert not heavy & set(loaded)
