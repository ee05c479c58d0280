"""The door to the project: python dev.py run | test | setup | build | bench NAME.

This file is read by whatever Python is at hand, however old, so that it can say what it needs;
what it does stands in packaging/.
"""

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))

if sys.version_info < (3, 11):
    sys.exit(
        "PEFT Desktop needs Python 3.11 or newer and this is Python %d.%d: "
        "install a newer one and start dev.py with it (for example: python3.11 dev.py run)."
        % sys.version_info[:2]
    )

sys.path.insert(0, os.path.join(ROOT, "packaging"))

from developer_commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
