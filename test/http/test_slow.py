# SPDX-License-Identifier: Apache-2.0
"""Raw sockets: slow, broken and hostile HTTP. Deadlines are absolute; a byte a second buys nothing."""
import resource
import socket
import threading
import time

import names
from cases import SiteCase


class Raw(SiteCase):
    def connect(self):
        link = socket.create_connection(('127.0.0.1', self.server.port), timeout=60)
        self.addCleanup(link.close)
        return link

    def exchange(self, request, seconds=20):
        """Sends bytes, returns everything until the server closes or falls silent."""
        link = self.connect()
        link.settimeout(seconds)
        got = b''
        try:
            link.sendall(request)
            link.shutdown(socket.SHUT_WR)
            while piece := link.recv(65536):
                got += piece
        except OSError:
            pass
        return got

    def status(self, request):
        """The status of the first answer; 0 when the server hung up without one."""
        got = self.exchange(request)
        return int(got.split(b' ')[1]) if got.startswith(b'HTTP/1.') else 0

    def alive(self):
        self.assertEqual(self.anyone().get('/healthz').status, 200)


class Slow(Raw):
    def drip(self, first, drop, most):
        """Sends `first`, then one byte a second; the seconds until the server hangs up."""
        link, began = self.connect(), time.monotonic()
        link.sendall(first)
        link.settimeout(1)
        while time.monotonic() - began < most:
            try:
                if link.recv(4096) == b'':
                    break
            except TimeoutError:
                pass
            except OSError:
                break
            try:
                link.sendall(drop)
            except OSError:
                break
        return time.monotonic() - began

    def test_headers_that_trickle(self):
        took = self.drip(b'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ', b'a', names.HEADER_SECONDS + 15)
        self.assertLess(took, names.HEADER_SECONDS + 6)
        self.alive()

    def test_nothing_at_all(self):
        link, began = self.connect(), time.monotonic()
        link.settimeout(names.HEADER_SECONDS + 15)
        try:
            self.assertEqual(link.recv(10), b'')
        except ConnectionResetError:
            pass
        self.assertLess(time.monotonic() - began, names.HEADER_SECONDS + 6)

    def test_body_that_trickles(self):
        head = (f'POST {names.API}/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
                'Content-Length: 500\r\n\r\n{').encode()
        self.assertLess(self.drip(head, b' ', names.BODY_SECONDS + 20), names.BODY_SECONDS + 8)

    def test_a_hundred_slow_clients_do_not_stop_a_quick_one(self):
        links = [self.connect() for _ in range(100)]
        for link in links:
            link.sendall(b'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
        began = time.monotonic()
        self.alive()
        self.assertLess(time.monotonic() - began, 2)

    def test_those_who_left_hold_no_place(self):
        pid = self.server.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (120, before[1]))
        try:
            links = [self.connect() for _ in range(300)]
            for link in links:
                link.sendall(b'GET / HTTP/1.1\r\nX-Slow: ')
            time.sleep(1)
            for link in links:
                link.close()
            began = time.monotonic()
            self.alive()
            self.assertLess(time.monotonic() - began, names.HEADER_SECONDS)
        finally:
            resource.prlimit(pid, resource.RLIMIT_NOFILE, before)

    def test_reader_that_never_reads(self):
        link = self.connect()
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        for _ in range(50):
            try:
                link.send(b'GET / HTTP/1.1\r\nHost: x\r\n\r\n', socket.MSG_DONTWAIT)
            except BlockingIOError:
                break
        self.alive()


class Broken(Raw):
    def test_request_lines(self):
        for request in (b'\r\n\r\n\x00', b'GET\r\n\r\n', b'GET / HTTP/9.9\r\n\r\n', b'\x16\x03\x01\x02\x00\x01\x00',
                        b'GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n',
                        b'FOO / HTTP/1.1\r\nHost: x\r\n\r\n', b'GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n'):
            with self.subTest(request=request):
                self.assertIn(self.status(request), (0, 400, 404, 405, 501, 505))
        self.alive()

    def test_a_path_ends_at_a_nul(self):
        """libmicrohttpd hands on a C string, so nothing behind the NUL is seen by anyone."""
        self.assertEqual(self.status(b'GET /help\x00/../desk HTTP/1.1\r\nHost: x\r\n\r\n'), 200)
        self.alive()

    def test_sizes(self):
        for name, request in {
                'path': b'GET /' + b'a' * 9000 + b' HTTP/1.1\r\nHost: x\r\n\r\n',
                'query': b'GET /?' + b'a=1&' * 5000 + b' HTTP/1.1\r\nHost: x\r\n\r\n',
                'header': b'GET / HTTP/1.1\r\nHost: x\r\nX: ' + b'a' * 70000 + b'\r\n\r\n',
                'headers': b'GET / HTTP/1.1\r\nHost: x\r\n' + b'X: y\r\n' * 3000 + b'\r\n',
                'cookies': b'GET / HTTP/1.1\r\nHost: x\r\nCookie: ' + b'a=b; ' * 2000 + b'\r\n\r\n'}.items():
            with self.subTest(name=name):
                self.assertIn(self.status(request), (0, 400, 413, 414, 431))
        self.alive()

    def test_path_does_not_leave_the_site(self):
        for path in ('/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/static/../../site.db', '//etc/passwd',
                     '/assets/..%2f..%2fetc/passwd', '/assets/%2e%2e%5c'):
            got = self.exchange(f'GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'.encode())
            with self.subTest(path=path):
                self.assertNotIn(b'root:', got)
                self.assertNotIn(b'SQLite format', got)

    def test_two_lengths_or_length_and_chunks_are_refused(self):
        path = f'{names.API}/session'.encode()
        for headers in (b'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', b'Content-Length: 4\r\nContent-Length: 9\r\n',
                        b'Content-Length: -1\r\n', b'Content-Length: 99999999999999999999\r\n',
                        b'Transfer-Encoding: chunked, identity\r\n', b'Content-Length: 4x\r\n'):
            smuggled = b'0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'
            got = self.exchange(b'POST ' + path + b' HTTP/1.1\r\nHost: x\r\n' + headers + b'\r\n' + smuggled, 5)
            with self.subTest(headers=headers):
                self.assertLessEqual(got.count(b'HTTP/1.1 200'), 0, got[:300])
        self.alive()

    def test_connection_dropped_in_every_place(self):
        whole = (f'POST {names.API}/public/records/{names.KIND} HTTP/1.1\r\nHost: x\r\n'
                 'Content-Type: application/json\r\nContent-Length: 60\r\n\r\n{"form":{"title":"').encode()
        for end in range(1, len(whole), 9):
            link = self.connect()
            link.sendall(whole[:end])
            link.close()
        self.alive()

    def test_many_at_once_get_answers(self):
        statuses = []
        threads = [threading.Thread(target=lambda: statuses.append(self.anyone().get('/').status)) for _ in range(64)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(statuses, [200] * 64)
