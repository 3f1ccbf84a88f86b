"""Requests byte by byte, as no browser sends them: some that are known, others at random."""

import re
import socket
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from random import Random

from tests.running.production import HOST

PATIENCE = 15.0  # seconds; nginx waits ten for the rest of a request
HOSTED = f"Host: {HOST}\r\n".encode()
GET, POST = b"GET / HTTP/1.1\r\n" + HOSTED, b"POST / HTTP/1.1\r\n" + HOSTED
CLOSE = b"Connection: close\r\n\r\n"

# Each can be read in two ways, or in none: it is answered with 400, and the line is closed.
NO_REQUEST = {
    "two lengths": POST + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
    "the same length twice": POST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
    "a list of lengths": POST + b"Content-Length: 3, 3\r\n\r\nabc",
    "a length with a sign": POST + b"Content-Length: +3\r\n\r\nabc",
    "a length below nothing": POST + b"Content-Length: -4\r\n\r\nabcd",
    "length and chunks": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks twice": POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "an unknown coding": POST + b"Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
    "almost chunks": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks after a tab": POST + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
    "a chunk without a size": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
    "a header of 20 kB": GET + b"X-Long: " + b"a" * 20_000 + b"\r\n\r\n",
    "1,200 headers": GET + b"".join(b"X-%d: a\r\n" % number for number in range(1200)) + b"\r\n",
    "NUL in a header": GET + b"X-Odd: a\x00b\r\n\r\n",
    "NUL in an address": b"GET /\x00 HTTP/1.1\r\n" + HOSTED + b"\r\n",
    "a control character in an address": b"GET /\x01 HTTP/1.1\r\n" + HOSTED + b"\r\n",
    "a space before the colon": GET + b"X-Odd : a\r\n\r\n",
    "a folded header": GET + b"X-Odd: a\r\n b\r\n\r\n",
    "two hosts": GET + b"Host: elsewhere.example\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n" + CLOSE,
    "another host": b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n" + CLOSE,
    "the whole address of another host": b"GET http://elsewhere.example/ HTTP/1.1\r\n"
    b"Host: elsewhere.example\r\n" + CLOSE,
    "a carriage return alone": b"GET / HTTP/1.1\r" + HOSTED + b"\r\r",
    "a version that is not ours": b"GET / HTTP/3.0\r\n" + HOSTED + b"\r\n",
    "a method in small letters": b"get / HTTP/1.1\r\n" + HOSTED + CLOSE,
    "the beginning of another protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "every byte there is": bytes(range(256)),
}

# Only gunicorn is so strict. nginx understands each of these in one way, as the standard (RFC 9112,
# 2.2) allows, and passes it on written as it should be.
ONLY_GUNICORN_REFUSES = {
    "line feeds alone": f"GET /healthz HTTP/1.1\nHost: {HOST}\nConnection: close\n\n".encode(),
    "one line feed alone": b"GET /healthz HTTP/1.1\r\n" + HOSTED + b"X-Odd: a\n" + CLOSE,
    "a line without a colon": b"GET /healthz HTTP/1.1\r\n" + HOSTED + b"Odd\r\n" + CLOSE,
}


@dataclass
class Heard:
    """All that came back. ``is_closed`` tells whether the other side closed the line."""

    said: bytes
    is_closed: bool
    took: float

    @property
    def status(self) -> int:
        """Of the first answer; 0 if there was none."""
        found = re.match(rb"HTTP/1\.\d (\d{3}) ", self.said)
        return int(found[1]) if found else 0

    @property
    def statuses(self) -> list[int]:
        return [int(each) for each in re.findall(rb"^HTTP/1\.\d (\d{3}) ", self.said, re.MULTILINE)]

    @property
    def headers(self) -> dict[str, str]:
        lines = self.said.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        return dict(line.split(": ", 1) for line in lines if ": " in line)


def exchange(connect: Callable[[], socket.socket], sent: bytes, *, one: bool = False) -> Heard:
    """Send it and hear what comes back, until the line is closed; with ``one``, one answer."""
    begun, said, is_closed = time.monotonic(), b"", False
    with closing(connect()) as line:
        line.settimeout(PATIENCE)
        try:
            line.sendall(sent)
            while not (one and _is_whole(said)):
                part = line.recv(65536)
                if is_closed := not part:
                    break
                said += part
        except TimeoutError:
            pass
        except OSError:  # closed before we had said all
            is_closed = True
    return Heard(said, is_closed, time.monotonic() - begun)


def _is_whole(said: bytes) -> bool:
    head, end, body = said.partition(b"\r\n\r\n")
    if length := re.search(rb"(?i)\ncontent-length: (\d+)", head):
        return len(body) >= int(length[1])
    return bool(end) and (body.endswith(b"0\r\n\r\n") or b" 304 " in head[:20])


METHODS = (b"GET", b"HEAD", b"POST", b"POST", b"PUT", b"TRACE", b"OPTIONS", b"CONNECT", b"X" * 40)
PLACES = (
    *(
        b"/",
        b"/healthz",
        b"/readyz",
        b"/sentre/",
        b"/admin/",
        b"/logg-inn/",
        b"/static/css/link.css",
    ),
    *(b"/robots.txt", b"/sitemap.xml", b"/api/v1/centres.json", b"/min-side/", b"/meld-interesse/"),
    *(b"/lenke/" + b"A" * 43 + b"/", b"/svar/%00/", b"/%zz", b"/../../etc/passwd", b"//x", b"*"),
    *(b"/?q=%ff", b"/?" + b"q&" * 900, b"/" + b"a/" * 900, b"/\xc3\xa5", b"/nn/?q=%F0%9F%98%80"),
    *(b"http://elsewhere.example/", b"/admin/login/?next=//elsewhere.example"),
    *(b"/sporsmal/", b"/static/..%2f..%2fmanage.py", b"/statistikk/", b"/;x", b"/#x", b"?"),
)
NAMES = (
    *(b"Host", b"Content-Length", b"Content-Type", b"Transfer-Encoding", b"Cookie", b"Range"),
    *(b"If-None-Match", b"If-Modified-Since", b"Accept-Encoding", b"Accept-Language", b"Origin"),
    *(b"Referer", b"X-Forwarded-For", b"X-Forwarded-Proto", b"X-Forwarded-Host", b"Forwarded"),
    *(b"Expect", b"Connection", b"Upgrade", b"TE", b"Trailer", b"Sec-Fetch-Site", b"Via"),
    *(
        b"Sec-Fetch-Dest",
        b"X-Request-ID",
        b"X-CSRFToken",
        b"SCRIPT_NAME",
        b"X-Odd",
        b"Cache-Control",
    ),
)
VALUES = (
    *(b"", b" ", b"a" * 9000, b"0", b"-1", b"9" * 40, b"3, 3", b"chunked", b"gzip;q=x", b"*;q=9"),
    *(b"bytes=0-0", b"bytes=-1", b"bytes=9-1,x", b"\xff\xfe", b"\xc3\xa5", b"\x7f", b"a\x00b"),
    *(
        b"session=x; csrf=" + b"y" * 64,
        b"__Host-session=" + b"z" * 300,
        b"=;=;;,",
        b'"',
        b'W/"x", *',
    ),
    *(b"Thu, 99 Foo 0000 99:99:99 GMT", b"null", b"https://elsewhere.example", b"100-continue"),
    *(b"multipart/form-data; boundary=x", b"application/x-www-form-urlencoded; charset=utf-99"),
    *(b"unknown, , 10.0.0.1", b"[::1", b"elsewhere.example", b"close", b"upgrade, h2c", b"h2c"),
    *(b"for=1;host=x", b"same-origin", b"cross-site", b"application/json", HOST.encode()),
)
BODIES = (
    *(
        b"",
        b"a=b",
        b"q=%ff%fe&%00=%",
        b"0\r\n\r\n",
        b"5\r\nabcde\r\n0\r\n\r\n",
        b"zz\r\n",
        b"\x00" * 99,
    ),
    *(b"--x\r\nContent-Disposition: form-data; name=", b'{"a": [', b"x=" + b"y" * 300_000),
    *(b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nb\r\n--x--\r\n',),
)


def anything(draw: Random) -> bytes:
    """Some request, more or less."""
    body = draw.choice(BODIES) if draw.random() < 0.5 else b""
    headers = [(b"Host", HOST.encode()), (b"X-Forwarded-Proto", b"https")]
    if body and draw.random() < 0.8:
        headers.append((b"Content-Length", str(len(body)).encode()))
        headers.append((b"Content-Type", b"application/x-www-form-urlencoded"))
    more = range(draw.randint(0, 2))
    headers += [(draw.choice(NAMES), draw.choice(VALUES)) for _each in more]
    if draw.random() < 0.03:
        headers.pop(0)
    lines = [b"%s %s HTTP/1.1" % (draw.choice(METHODS), draw.choice(PLACES))]
    lines += [b"%s: %s" % each for each in headers] + [b"Connection: close", b"", b""]
    request = b"\r\n".join(lines) + body
    return _bent(request, draw) if draw.random() < 0.15 else request


def _bent(request: bytes, draw: Random) -> bytes:
    """With a few bytes lost, doubled or changed; never so that the other side has to wait."""
    head, end, body = request.partition(b"\r\n\r\n")
    bytes_ = bytearray(head)
    for _each in range(draw.randint(1, 4)):
        at = draw.randrange(len(bytes_))
        match draw.randrange(3):
            case 0:
                bytes_[at] = draw.choice(b"\x00\n\r\t :\xff\x80/%;,")
            case 1:
                del bytes_[at : at + draw.randint(1, 9)]
            case _:
                bytes_[at:at] = bytes_[at : at + draw.randint(1, 40)]
        if not bytes_:
            return end
    return bytes(bytes_) + end + body
