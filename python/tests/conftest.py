import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-06-22"


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def season(samples):
    import freshlegs

    return freshlegs.analyse(samples, today=TODAY, store=False)


@pytest.fixture(scope="session")
def program():
    """Runs the program that was built beside the package; tests that need it are skipped where there is none."""
    built = [ROOT / "target" / profile / "freshlegs" for profile in ("release", "debug")]
    named = [Path(path) for path in [os.environ.get("FRESHLEGS_PROGRAM")] if path]
    found = [path for path in named + built if path.is_file()] + [p for p in [shutil.which("freshlegs")] if p]
    if not found:
        pytest.skip("the program is not built: `cargo build --release`")

    def run(*arguments) -> str:
        command = [str(found[0]), *map(str, arguments)]
        # As wide as what the package shows.
        environment = {**os.environ, "COLUMNS": "100"}
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout

    return run
