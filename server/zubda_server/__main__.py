"""The ``zubda-server`` command."""

import asyncio
import os
import sys
from collections.abc import Sequence

from zubda_models.engines.errors import EngineError
from zubda_server import logs
from zubda_server.app import serve
from zubda_server.settings import Settings, SettingsError


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT.

    Returns:
        The exit code: 0 after a clean stop, 2 for settings or models that cannot be used.
    """
    settings = Settings.from_args(sys.argv[1:] if argv is None else argv, os.environ)
    logs.configure(settings.log_format, settings.log_level)
    try:
        asyncio.run(serve(settings))
    except (SettingsError, EngineError) as error:
        print(f"zubda-server: {error}", file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
