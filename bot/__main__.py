"""Where the program begins."""

from __future__ import annotations

import sys

from bot.cli import run


def main() -> None:
    """Run the command line; what goes wrong is told in a line or two."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
