"""The door: what must be settled before anything else is imported."""

from __future__ import annotations

import multiprocessing
import os
import sys
import warnings


def _guards() -> None:
    """No network, no chatter, and streams that can always be written to."""
    os.environ.update(
        HF_HUB_OFFLINE="1",
        HF_HUB_DISABLE_TELEMETRY="1",
        TRANSFORMERS_OFFLINE="1",
        TRANSFORMERS_VERBOSITY="error",
        TQDM_DISABLE="1",  # the program has progress bars of its own
        TOKENIZERS_PARALLELISM="false",
    )
    # Threads that wait for each other may spin for a moment, then must sleep: spinning on and on
    # makes training many times slower as soon as other work wants a core (docs/benchmarks.md).
    os.environ.setdefault("GOMP_SPINCOUNT", "2000")
    os.environ.setdefault("KMP_BLOCKTIME", "1")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries tell programmers is not for users
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # a windowed build has none, and libraries write without asking
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _run_script(arguments: list[str]) -> int:
    """Be a Python for one script: how the frozen program checks what it exports."""
    import runpy

    sys.argv = arguments
    runpy.run_path(arguments[0], run_name="__main__")
    return 0


def main() -> int:
    """Run the program with the arguments of the process; gives its exit code."""
    multiprocessing.freeze_support()  # in a frozen build a worker enters here and never returns
    _guards()
    if getattr(sys, "frozen", False) and sys.argv[1:2] == ["--run-script"]:
        return _run_script(sys.argv[2:])
    from .cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
