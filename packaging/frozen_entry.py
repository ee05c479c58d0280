"""Where the frozen program starts; `main` calls `freeze_support` before anything else."""

import sys

from peft_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
