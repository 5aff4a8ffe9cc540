#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""HTTP and command-line tests against the built program: `test/http/run.py [test_errors.Json …]`.
TONGXIN_BINARY names another program than build/src/cli/tongxin."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'support'))
import tap  # noqa: E402

sys.exit(tap.main(HERE, sys.argv[1:]))
