# SPDX-License-Identifier: Apache-2.0
"""An HTTP client for tests: keep-alive, cookies, JSON, one-time keys, forms. Standard library only."""
import html.parser
import http.client
import json
import urllib.parse
import uuid

PASSWORD = 'tongxin-demo'


class Answer:
    def __init__(self, response, body):
        self.status, self.body = response.status, body
        self.headers = {name.lower(): value for name, value in response.getheaders()}

    @property
    def text(self):
        return self.body.decode('utf-8')

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def error(self):
        """The error object of a JSON answer."""
        return self.json['error']

    def __repr__(self):
        return f'{self.status} {self.body[:600].decode("utf-8", "replace")}'


class Client:
    """One person (or none) at one server. Raises OSError when the connection breaks."""

    def __init__(self, port, language='en', timeout=60):
        self.port, self.language, self.timeout = port, language, timeout
        self.cookies, self.token, self.connection = {}, None, None

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def request(self, method, path, body=None, headers=None):
        """Sends bytes as they are; everything else builds on this."""
        send = {'Accept-Language': self.language}
        if self.cookies:
            send['Cookie'] = '; '.join(f'{k}={v}' for k, v in self.cookies.items())
        if self.token:
            send['Authorization'] = 'Bearer ' + self.token
        send.update(headers or {})
        for attempt in (1, 2):
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=self.timeout)
            try:
                self.connection.request(method, path, body, send)
                response = self.connection.getresponse()
                answer = Answer(response, response.read())
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                # An idle keep-alive connection may have been closed under us; a fresh one may not.
                self.close()
                if fresh or attempt == 2 or method not in ('GET', 'HEAD'):
                    raise
            except Exception:
                self.close()
                raise
        self._keep_cookies(response)
        return answer

    def _keep_cookies(self, response):
        for value in response.headers.get_all('Set-Cookie') or []:
            name, _, rest = value.partition('=')
            content = rest.split(';')[0]
            if content and 'max-age=0' not in value.lower():
                self.cookies[name.strip()] = content
            else:
                self.cookies.pop(name.strip(), None)

    # ---- JSON ----

    def get(self, path, **query):
        query = {name: value for name, value in query.items() if value is not None}
        return self.request('GET', path + ('?' + urllib.parse.urlencode(query) if query else ''),
                            headers={'Accept': 'application/json'} if path.startswith('/api') else None)

    def post(self, path, content, key=None, method='POST', headers=None):
        """Sends JSON with an idempotency key (a new one unless given; '' sends none)."""
        send = {'Content-Type': 'application/json', 'Accept': 'application/json'}
        if key != '':
            send['Idempotency-Key'] = key or str(uuid.uuid4())
        send.update(headers or {})
        return self.request(method, path, json.dumps(content).encode(), send)

    def sign_in(self, login, password=PASSWORD):
        answer = self.post('/api/v1/session', {'login': login, 'password': password}, key='')
        if answer.status not in (200, 201):
            raise RuntimeError(f'signing in as {login}: {answer!r}')
        self.token = answer.json['token']
        return self

    # ---- pages ----

    def page(self, path, **query):
        answer = self.get(path, **query)
        answer.page = Page(answer.text)
        return answer

    def send_form(self, path, fields, multipart=False):
        """Posts fields as a browser does; returns the answer without following it."""
        if not multipart:
            body = urllib.parse.urlencode(fields).encode()
            return self.request('POST', path, body, {'Content-Type': 'application/x-www-form-urlencoded'})
        boundary = uuid.uuid4().hex
        body = b''.join(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'.encode() + self._part(value)
                        for name, value in dict(fields).items()) + f'--{boundary}--\r\n'.encode()
        return self.request('POST', path, body, {'Content-Type': f'multipart/form-data; boundary={boundary}'})

    @staticmethod
    def _part(value):
        """A text, or a file as (name, bytes, type)."""
        if isinstance(value, tuple):
            name, content, media = value
            return f'; filename="{name}"\r\nContent-Type: {media}\r\n\r\n'.encode() + content + b'\r\n'
        return f'\r\n\r\n{value}\r\n'.encode()

    def submit(self, page_path, values, index=0, action=None):
        """Opens a page, fills its form, sends it with the hidden fields it came with."""
        page = self.page(page_path).page
        forms = [f for f in page.forms if action is None or action in f['action']]
        form = [f for f in forms if f['method'] == 'post'][index]
        target = urllib.parse.urljoin(page_path, form['action'] or page_path)
        return self.send_form(target, {**form['fields'], **values}, form['multipart'])


class Page(html.parser.HTMLParser):
    """What the tests want to know of a page: links, forms with their values, what CSP forbids."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.inline, self.ids = [], [], [], []
        self.language = self.title = None
        self._form, self._in, self.words = None, None, []
        self.feed(text)
        self.text = ' '.join(' '.join(self.words).split())

    def handle_starttag(self, tag, attributes):
        values = {name: value or '' for name, value in attributes}
        self._in = tag
        if tag == 'html':
            self.language = values.get('lang')
        if 'id' in values:
            self.ids.append(values['id'])
        if tag == 'a' and 'href' in values:
            self.links.append(values['href'])
        self.inline += [f'<{tag} {name}>' for name in values if name == 'style' or name.startswith('on')]
        data_block = values.get('type', '') in ('application/json', 'importmap')
        if tag == 'style' or (tag == 'script' and 'src' not in values and not data_block):
            self.inline.append(f'<{tag}>')
        if tag == 'form':
            self._form = {'action': values.get('action', ''), 'method': values.get('method', 'get').lower(),
                          'fields': {}, 'names': [], 'multipart': 'multipart' in values.get('enctype', '')}
            self.forms.append(self._form)
        if self._form is not None and tag in ('input', 'select', 'textarea') and values.get('name'):
            self._field(tag, values)
        if tag == 'option' and self._form is not None and self._select and 'selected' in values:
            self._form['fields'][self._select] = values.get('value', '')

    _select = None

    def _field(self, tag, values):
        self._select = values['name'] if tag == 'select' else None
        self._form['names'].append(values['name'])
        if tag == 'input' and values.get('type') in ('checkbox', 'radio') and 'checked' not in values:
            return
        if tag == 'input' and values.get('type') not in ('submit', 'button', 'file'):
            self._form['fields'][values['name']] = values.get('value', '')
        elif tag != 'input':
            self._form['fields'].setdefault(values['name'], '')

    def handle_endtag(self, tag):
        self._in = None
        if tag == 'form':
            self._form = None

    def handle_data(self, data):
        if self._in == 'title':
            self.title = data.strip()
        elif self._in not in ('script', 'style'):
            self.words.append(data)
