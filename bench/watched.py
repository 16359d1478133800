"""Run a module as a program, then print what it took as a last line of JSON."""

import json
import runpy
import sys

from bench.measure import usage_so_far

if __name__ == "__main__":
    module, sys.argv = sys.argv[1], sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=False)
    print(json.dumps(usage_so_far()))
