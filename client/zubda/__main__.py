"""``python -m zubda``."""

import sys

from zubda.cli import main

sys.exit(main())
