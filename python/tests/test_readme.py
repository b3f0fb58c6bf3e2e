"""The example in the README, as it stands there."""

import os
import re

from conftest import ROOT, TODAY


def test_it_prints_what_the_program_prints(program, samples, monkeypatch, capsys):
    example = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL).group(1)
    monkeypatch.chdir(ROOT)
    names = {}
    exec(compile(example, "README.md", "exec"), names)
    printed = capsys.readouterr().out
    monkeypatch.setitem(os.environ, "COLUMNS", "100")
    said = program("analyse", samples, "--today", TODAY, "--no-store", "--quiet")
    # Of a terminal the program knows the height.
    assert printed.strip() == said.strip()
    assert names["plan"].num_rows == 14 and names["plan"].column("kind")[0].as_py() == "recovery"
