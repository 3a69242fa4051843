"""`python -m carebook`."""

import sys

from carebook.cli import main

if __name__ == "__main__":
    sys.exit(main())
