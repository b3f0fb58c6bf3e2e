"""The examples in the docstrings, as they stand there."""

import doctest

import freshlegs
from freshlegs import _analysis, _files, spark


def test_examples(samples, season):
    names = {"freshlegs": freshlegs, "samples": samples, "season": season}
    for module in (freshlegs, _analysis, _files, spark):
        result = doctest.testmod(module, extraglobs=names)
        assert result.attempted > 0 and result.failed == 0, module.__name__
