"""python-telegram-bot's own application as a client: whoever wrote it knows Telegram better than we do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import telegram
from aiohttp import web
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters
from telegram.request import HTTPXRequest
from telegram_server import Fault
from telegram_server.caller import TOKEN, Stage, staged

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (3).to_bytes(4, "big") + (2).to_bytes(4, "big") + bytes(9)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


@pytest.fixture
async def library(stage: Stage) -> AsyncIterator[telegram.Bot]:
    """The library's bot, which waits for nothing."""
    url, lines = stage.server.url, {"request": line(), "get_updates_request": line()}
    async with telegram.Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", **lines) as bot:
        yield bot


def line() -> HTTPXRequest:
    """The library's own, without reading the machine's certificates, which takes a fifth of a second each."""
    return HTTPXRequest(httpx_kwargs={"verify": False})


def application(stage: Stage) -> Application[Any, Any, Any, Any, Any, Any]:
    """An application that echoes with a button, and thanks for a press."""
    url = stage.server.url
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    made = builder.request(line()).get_updates_request(line()).build()
    made.add_handler(MessageHandler(filters.TEXT, echo))
    made.add_handler(CallbackQueryHandler(thank))
    return made


async def echo(update: telegram.Update, context: object) -> None:
    button = telegram.InlineKeyboardButton("Good", callback_data="m:1:g")
    message = update.effective_message
    assert message is not None
    markup = telegram.InlineKeyboardMarkup([[button]])
    await message.reply_text(f"<b>heard</b> {message.text}", parse_mode="HTML", reply_markup=markup)
    await message.set_reaction("👀")


async def thank(update: telegram.Update, context: object) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("noted")
    await update.callback_query.edit_message_text("Thanks")


@asynccontextmanager
async def running(made: Application[Any, Any, Any, Any, Any, Any], start: Callable[[], Any]) -> AsyncIterator[None]:
    async with made:
        await made.start()
        await start()
        try:
            yield
        finally:
            if made.updater is not None and made.updater.running:
                await made.updater.stop()
            await made.stop()


async def test_stock_application_polls(stage: Stage) -> None:
    """Commands, a button, an answer, an edit and a mark, all as the library does them by itself."""
    made = application(stage)
    assert made.updater is not None
    async with running(made, made.updater.start_polling):
        asked = stage.ann.commands("/today@couple_rituals_bot", in_=stage.group)
        await stage.server.until(lambda: asked.reactions)
        press = stage.ben.taps("Good", in_=stage.group)
        await stage.server.until(lambda: stage.ben.screen(stage.group)[-1].text == "Thanks")

    assert asked.reactions == ["👀"]
    assert press.text == "noted"
    posted = stage.server.transcript.posts("Couple Rituals")[0]
    assert (posted.text, posted.entities[0]["type"]) == ("heard /today@couple_rituals_bot", "bold")
    assert posted.buttons == ("Good",)


async def test_stock_application_hooks(stage: Stage) -> None:
    """The same by webhook, with the secret that was agreed on."""
    made = application(stage)
    heard: list[str] = []

    async def hook(request: web.Request) -> web.Response:
        heard.append(request.headers["X-Telegram-Bot-Api-Secret-Token"])
        await made.update_queue.put(telegram.Update.de_json(await request.json(), made.bot))
        return web.Response()

    async with listening(hook) as url, running(made, lambda: made.bot.set_webhook(url, secret_token="s3")):
        stage.ann.starts(payload="join")
        await stage.server.until(lambda: stage.ann.screen()[-1].labels == ["Good"])
        told = await made.bot.get_webhook_info()
        await made.bot.delete_webhook()

    assert heard == ["s3"]
    assert (told.url, told.pending_update_count) == (url, 0)


@asynccontextmanager
async def listening(hook: Callable[[web.Request], Any]) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


async def test_pictures_and_files_go_both_ways(stage: Stage, library: telegram.Bot) -> None:
    """A picture with its caption goes out, may be replaced, and what a person sends can be fetched."""
    sent = await library.send_photo(stage.group.id, PICTURE, caption="<i>us</i>", parse_mode="HTML")
    changed = await sent.edit_caption("you two")
    replaced = await sent.edit_media(telegram.InputMediaPhoto(sent.photo[-1].file_id, caption="again"))
    document = await library.send_document(stage.group.id, b"{}", filename="export.json")
    stage.ann.sends_voice()
    handle = (await library.get_updates())[-1].effective_message.voice.file_id  # type: ignore[union-attr]  # it is one
    voice = await (await library.get_file(handle)).download_as_bytearray()

    assert (sent.photo[0].width, sent.photo[0].height, sent.caption) == (3, 2, "us")
    assert (changed.caption, replaced.caption) == ("you two", "again")  # type: ignore[union-attr]  # not inline
    assert document.document is not None
    assert document.document.file_name == "export.json"
    assert voice.startswith(b"OggS")


async def test_what_the_bot_says_of_itself(stage: Stage, library: telegram.Bot) -> None:
    """Commands, descriptions, the chat and its people come back as they were set."""
    await library.set_my_commands([("today", "Today")], telegram.BotCommandScopeAllGroupChats(), "de")
    await library.set_my_description("Small rituals for two")
    commands = await library.get_my_commands(telegram.BotCommandScopeAllGroupChats(), "de")
    leaders = await library.get_chat_administrators(stage.group.id)
    member = await library.get_chat_member(stage.group.id, stage.ben.id)
    whole = await library.get_chat(stage.group.id)

    assert [one.command for one in commands] == ["today"]
    assert await library.get_my_commands() == ()
    assert (await library.get_my_description()).description == "Small rituals for two"
    assert [one.user.first_name for one in leaders] == ["Ann"]
    assert (member.status, whole.title) == ("member", "Us")
    assert await library.get_chat_member_count(stage.group.id) == 3


async def test_polls_pins_and_copies(stage: Stage, library: telegram.Bot) -> None:
    """A vote, a closed poll, a pin and a copy, as the library asks for them."""
    stage.group.promotes(stage.bot)
    poll = await library.send_poll(stage.group.id, "Movie?", ["A", "B"], is_anonymous=False)
    stage.ben.votes(stage.group.messages[poll.id], "B")
    vote = (await library.get_updates())[-1].poll_answer
    closed = await library.stop_poll(stage.group.id, poll.id)
    await library.pin_chat_message(stage.group.id, poll.id)
    copied = await library.copy_message(stage.group.id, stage.group.id, stage.ann.writes("hello", stage.group).id)

    assert vote is not None
    assert vote.option_ids == (1,)
    assert (closed.is_closed, closed.options[1].voter_count) == (True, 1)
    assert (await library.get_updates())[-2].effective_message.pinned_message.id == poll.id  # type: ignore[union-attr]
    assert stage.group.messages[copied.message_id].text == "hello"


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
async def test_refusals_become_the_librarys_errors(stage: Stage, library: telegram.Bot) -> None:
    """Each refusal is the error that the library has for it."""
    fail = stage.server.fail
    group = stage.group.id
    for fault, error in (
        (Fault.too_many(7), RetryAfter),
        (Fault.server_error(500), NetworkError),
        (Fault.server_error(502), NetworkError),
        (Fault.forbidden(), Forbidden),
        (Fault.hang_up(), NetworkError),
        (Fault.bad_request("chat not found"), BadRequest),
    ):
        fail("sendMessage", fault)
        with pytest.raises(error):
            await library.send_message(group, "hello")
    async with line() as alone:
        stranger = telegram.Bot("1:wrong", base_url=f"{stage.server.url}/bot", request=alone)
        with pytest.raises(InvalidToken):
            await stranger.get_me()
    new = stage.group.migrates()
    with pytest.raises(ChatMigrated) as moved:
        await library.send_message(group, "hello")

    assert moved.value.new_chat_id == new.id
    assert stage.server.transcript.posts("Couple Rituals") == []


async def test_the_first_of_two_pollers_is_ended(stage: Stage, library: telegram.Bot) -> None:
    """Whoever polls second goes on; whoever polled first is told of the conflict."""
    first = asyncio.create_task(library.get_updates(timeout=10))
    await stage.server.until(stage.server.is_polled)
    second = asyncio.create_task(library.get_updates(timeout=10))
    with pytest.raises(Conflict, match="other getUpdates"):
        await first
    stage.ann.starts()

    assert [one.effective_message.text for one in await second] == ["/start"]  # type: ignore[union-attr]  # it is one
