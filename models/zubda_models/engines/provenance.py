"""Where a checkpoint comes from, and what it may be used for; needs ``huggingface_hub``."""

# ruff: noqa: PLC0415 - the hub's package comes with the transformers extra

import hashlib
from pathlib import Path


def stated_license(checkpoint: Path) -> str:
    """The licence that the front matter of the checkpoint's README states, or ``unknown``."""
    from huggingface_hub import metadata_load

    readme = checkpoint / "README.md"
    metadata = metadata_load(readme) if readme.is_file() else None
    return str((metadata or {}).get("license", "unknown"))


def revision(checkpoint: Path) -> str:
    """The hub's commit, or the hash of the weights."""
    if checkpoint.parent.name == "snapshots":  # the layout of the hub's cache
        return checkpoint.name
    weights = checkpoint / "model.safetensors"
    if not weights.is_file():
        weights = checkpoint / "pytorch_model.bin"
    with weights.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
