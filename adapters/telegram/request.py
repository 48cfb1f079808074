"""Carries python-telegram-bot's requests over aiohttp.

The library's own carrier (httpx) spends most of a request's time in its connection pool
(docs/decisions/0009); `BaseRequest` is the seam that the library offers for another.
"""

from __future__ import annotations

import json
import re
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
UPLOAD_SECONDS = 60.0
MOST_CONNECTIONS = 64
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

_BEGINNING = re.compile(
    rb'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[\s*\{\s*"update_id"\s*:\s*([0-9]{1,18})\s*[,}]'
)
"""How an answer with updates begins; nobody's words stand before the first one's number."""


class NoJson(NetworkError):
    """What came is no JSON; *update* is the number of the first update in it, where it begins as one does."""

    def __init__(self, payload: bytes) -> None:
        super().__init__("no JSON")
        found = _BEGINNING.match(payload)
        self.update = int(found[1]) if found else None


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How many seconds an answer may take."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool, inside a running event loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS), headers={"User-Agent": self.USER_AGENT}
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """What came, read; the library's own way writes all of it into the log where it is no JSON."""
        try:
            found = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise NoJson(payload)
        return found

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library hands it in
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library hands it in
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library hands it in
    ) -> tuple[int, bytes]:
        """Send one request; raises TimedOut or NetworkError, which never name the URL and the token in it."""
        if self._session is None:
            raise NetworkError("the connection is closed")
        seconds = read_timeout if isinstance(read_timeout, int | float) else READ_SECONDS
        body = _body(request_data)
        headers = FORM if isinstance(body, bytes) else None
        if isinstance(body, aiohttp.FormData):
            seconds = max(seconds, UPLOAD_SECONDS)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=seconds)
        try:
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as answer:
                return answer.status, await answer.read()
        except TimeoutError as late:
            raise TimedOut from late
        except aiohttp.ClientError as trouble:
            raise NetworkError(type(trouble).__name__) from None
        except OSError as trouble:
            raise NetworkError(type(trouble).__name__) from None


def _body(sent: RequestData | None) -> aiohttp.FormData | bytes | None:
    if sent is None:
        return None
    if not sent.contains_files:
        # Encoded here: aiohttp's form draws a random boundary for each, also where it needs none.
        return sent.url_encoded_parameters().encode()
    form = aiohttp.FormData(sent.json_parameters)
    for part, (name, content, kind) in sent.multipart_data.items():
        form.add_field(part, content, filename=name, content_type=kind)
    return form
