# SPDX-License-Identifier: Apache-2.0
"""Sites and servers for tests: made by the shipped program, driven from outside it.

    site = demo_site(folder)                 a demo site in its own folder
    with Server(site) as server:             serve it on a free port
        server.port
"""
import ctypes
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = pathlib.Path(os.environ.get('TONGXIN_BINARY', ROOT / 'build/src/cli/tongxin')).resolve()
PROFILE = os.environ.get('TONGXIN_TEST_PROFILE', 'tongling')
LISTENING = re.compile(r'listening on (http://[\d.]+:(\d+))')
START_SECONDS = 60
PR_SET_PDEATHSIG = 1


def die_with_parent():
    """No server outlives the test that started it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def tongxin(*arguments, stdin='', timeout=300, env=None):
    """Runs one command; returns the finished process with text output, whatever its exit code."""
    return subprocess.run([str(BINARY), *map(str, arguments)], input=stdin, text=True, timeout=timeout,
                          capture_output=True, errors='replace', check=False,
                          env={**os.environ, **(env or {})})


def must(*arguments, **options):
    """As tongxin(), but anything other than exit 0 is an error with the command's own words."""
    done = tongxin(*arguments, **options)
    if done.returncode != 0:
        raise RuntimeError(f'tongxin {" ".join(map(str, arguments))} ended with {done.returncode}:\n'
                           f'{done.stdout[-2000:]}{done.stderr[-2000:]}')
    return done.stdout


class Sites:
    """Temporary folder with one demo site per size; tests work on copies of it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='tongxin-test-'))
        self.made = {}
        self.count = 0

    def _original(self, options):
        if options not in self.made:
            site = self.folder / f'original-{len(self.made)}'
            must('demo', '--profile', PROFILE, '--site', site, '--no-serve', *options, timeout=900)
            self.made[options] = site
        return self.made[options]

    def new(self, *options):
        """A fresh copy of the demo site made with these options of `tongxin demo`."""
        self.count += 1
        site = self.folder / f'site-{self.count}'
        shutil.copytree(self._original(options), site, ignore=shutil.ignore_patterns('*.sock'))
        return site

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Server:
    """`tongxin serve` on a free port of the loopback."""

    def __init__(self, site, limit_file_bytes=None, seconds=START_SECONDS, errors=None, options=(), env=None):
        self.site, self.seconds, self.options = pathlib.Path(site), seconds, options
        self.env = {**os.environ, **(env or {})}
        self.limit_file_bytes = limit_file_bytes
        self.error_file = pathlib.Path(errors or f'{self.site}.stderr')
        self.process = self.url = self.port = None
        self.lines = []
        self.started_in = None

    def start(self):
        arguments = [str(BINARY), 'serve', '--site', str(self.site), '--listen', '127.0.0.1:0',
                     *self.options]
        began = time.monotonic()
        self.errors = open(self.error_file, 'ab')
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=self.errors, text=True,
                                        env=self.env, preexec_fn=self._prepare)
        ready = threading.Event()
        self.listener = threading.Thread(target=self._listen, args=(self.process, ready), daemon=True)
        self.listener.start()
        ready.wait(self.seconds)
        if not self.port:
            code = self.process.poll()
            self.kill()
            raise RuntimeError(f'the server did not start (exit {code}): {"".join(self.lines[-5:])}'
                               f'{self.error_text()[-2000:]}')
        self.started_in = time.monotonic() - began
        return self

    def _prepare(self):
        """In the child, before it becomes the server."""
        die_with_parent()
        if self.limit_file_bytes:  # a write beyond the limit fails instead of raising a signal
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.limit_file_bytes, self.limit_file_bytes))

    def _listen(self, process, ready):
        for line in process.stdout:
            self.lines.append(line)
            match = LISTENING.search(line)
            if match:
                self.url, self.port = match[1], int(match[2])
                ready.set()
        ready.set()

    def error_text(self):
        return self.error_file.read_text(errors='replace')

    def _wait(self, seconds):
        code = self.process.wait(seconds)
        self.listener.join(seconds)
        self.port = None
        self.errors.close()
        return code

    def stop(self, seconds=20):
        """Asks it to end, as systemd would; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self._wait(seconds)

    def kill(self):
        """kill -9; returns the exit code, -9 when the signal did it."""
        if self.process.poll() is None:
            self.process.kill()
        return self._wait(20)

    def memory_kb(self, what='VmRSS'):
        text = pathlib.Path(f'/proc/{self.process.pid}/status').read_text()
        return int(re.search(rf'^{what}:\s+(\d+)', text, re.M)[1])

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.kill()
