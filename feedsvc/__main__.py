"""`python -m feedsvc`."""

import sys

from feedsvc.cli import main

sys.exit(main())
