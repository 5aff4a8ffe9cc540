#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The self-tests of tools/: `test/tools/run.py [test_includes.Rooms …]`."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent / 'tools'), str(HERE.parent / 'support')]
import tap  # noqa: E402

sys.exit(tap.main(HERE, sys.argv[1:]))
