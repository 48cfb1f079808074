"""The playground's server: its page, its websocket, and the port through which the bot speaks."""

from __future__ import annotations

import asyncio
import errno
import logging
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from aiohttp import WSMsgType, web

from adapters.playground import guarding, reading, writing
from adapters.playground.chatlog import ChatLog
from adapters.playground.clockbar import ClockBar
from adapters.playground.conversation import Conversation
from adapters.playground.fields import Unreadable
from adapters.playground.lines import Line, Lines
from adapters.playground.places import OWNERS, chat_of
from adapters.playground.reading import Deed, StartOver, TurnClock
from adapters.playground.screens import Screens
from adapters.playground.writing import Json
from bot.commands import COMMANDS
from bot.errors import Misconfigured, Rejected, Unreachable
from bot.ports import Handler, TimeMachine, Words
from bot.posts import MessageRef, Place, Post

PAGE = Path(__file__).parent / "page"
LARGEST_MESSAGE = 128 * 1024
HEARTBEAT = 20.0

logger = logging.getLogger(__name__)


class Playground:
    """Two phones on one page: a Messenger to the bot, a server to the browser."""

    def __init__(
        self, handler: Handler, machine: TimeMachine, words: Words, folder: Path, *, zone: str = "Europe/Berlin"
    ) -> None:
        self._machine = machine
        self._words = words
        self._lines = Lines()
        self._log = ChatLog(folder / "playground.db")
        self._screens = Screens(self._log, machine, self._lines.tell)
        self._clock = ClockBar(machine, zone, self._lines.tell)
        self._conversation = Conversation(handler, machine, self._log, self._screens)
        self._under_way: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None

    async def deliver(self, post: Post, to: Place, key: str) -> MessageRef:
        """Show a post; a key that was delivered before shows nothing and gives the same message."""
        chat = chat_of(to)
        if chat is None:
            raise Unreachable(f"the playground has no such chat: {to}")
        shown = self._screens.say(post, chat, f"post:{key}")
        self._clock.refresh()
        return MessageRef(to, str(shown.number))

    async def change(self, ref: MessageRef, post: Post, key: str) -> MessageRef:
        """Show other words in a message's place."""
        del key
        if not self._screens.change(_number(ref), post):
            raise Rejected(f"there is no message {ref.message} any more")
        return ref

    async def remove(self, ref: MessageRef) -> None:
        """Take a message away; one that has gone already stays so."""
        self._screens.remove(_number(ref))

    async def start(self, port: int = 0) -> str:
        """Serve the page on 127.0.0.1 and return its address; port 0 takes a free one."""
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=2)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", port).start()
        except (OSError, OverflowError) as taken:
            await self.stop()
            raise Misconfigured(_why_no_port(port, taken)) from taken
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/"

    async def stop(self) -> None:
        """Hang up, let what is under way finish, and let go of the port and the file."""
        await self._lines.close()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._clock.stop()
        if self._runner:
            await self._runner.cleanup()
        self._log.close()

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[guarding.only_this_machine])
        app.on_response_prepare.append(guarding.add_headers)
        app.router.add_get("/", self._index)
        app.router.add_get("/live", self._live)
        app.router.add_get("/attachments/{number:[0-9]{1,15}}/{kind:picture|file}", self._attachment)
        app.router.add_static("/page", PAGE)
        return app

    async def _index(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _attachment(self, request: web.Request) -> web.Response:
        found = self._log.attachment(int(request.match_info["number"]), request.match_info["kind"])
        if found is None:
            raise web.HTTPNotFound
        if found.kind == "picture":
            return web.Response(body=found.content, content_type="image/png")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"}
        return web.Response(body=found.content, content_type="application/octet-stream", headers=headers)

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        if not guarding.is_own_page(request):
            raise web.HTTPForbidden(text="own pages only")
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LARGEST_MESSAGE)
        await socket.prepare(request)
        line = Line(socket)
        # Nothing may be awaited between these two, or a change would be missed.
        line.say(self._snapshot())
        self._lines.add(line)
        self._clock.refresh()
        sender = asyncio.create_task(line.send())
        try:
            await self._listen(line)
        finally:
            self._lines.discard(line)
            sender.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await sender
        return socket

    async def _listen(self, line: Line) -> None:
        async for heard in line.socket:
            if heard.type is WSMsgType.TEXT:
                task = asyncio.create_task(self._answer(line, heard.data))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
            elif heard.type is WSMsgType.BINARY:
                line.say({"kind": "trouble", "id": "", "why": "malformed"})

    async def _answer(self, line: Line, raw: str) -> None:
        """Do one deed; it is acknowledged only when all that follows from it is on the disk."""
        known = ""
        try:
            done = reading.deed(raw)
            known = done.id
            line.say({"kind": "done", "id": known, "outcome": await self._do(done)})
        except Unreadable as reason:
            line.say({"kind": "trouble", "id": reason.id or known, "why": reason.why})
        except Exception:
            logger.exception("a deed failed", extra={"action": "deed_failed"})
            line.say({"kind": "trouble", "id": known, "why": "failed"})

    async def _do(self, done: Deed) -> Json:
        match done:
            case TurnClock(to=to):
                await self._clock.turn(to)
                return {}
            case StartOver():
                return await self._start_over(done)
            case _:
                outcome = await self._conversation.act(done)
                self._clock.refresh()
                return outcome

    async def _start_over(self, done: StartOver) -> Json:
        if self._log.outcome(done.id) is None:
            # Cleared first, so that what the new couple is told at once stays.
            self._log.clear()
            await self._clock.start_over()
            self._log.settle(done.id, {})
            self._lines.tell(self._snapshot())
        return {}

    def _snapshot(self) -> Json:
        return {
            "kind": "snapshot",
            "people": [{"user": owner.user, "name": owner.name} for owner in OWNERS],
            "commands": [
                {"name": one.name, "about": self._words.say(one.phrase), "words": one.takes_words} for one in COMMANDS
            ],
            "messages": [writing.message(shown) for shown in self._log.latest()],
            "now": self._machine.now(),
        }


def _number(ref: MessageRef) -> int:
    if chat_of(ref.place) is None or not (ref.message.isascii() and ref.message.isdigit() and len(ref.message) < 16):
        raise Rejected(f"not a message of the playground: {ref.message!r}")
    return int(ref.message)


def _why_no_port(port: int, taken: Exception) -> str:
    if isinstance(taken, OSError) and taken.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another with --port, or a free one with --port 0."
    return f"Port {port} cannot be used ({taken}). Choose another with --port, or a free one with --port 0."
