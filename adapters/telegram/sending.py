"""Says things on Telegram: messages, edits, reactions and answers to presses, each through the gate's rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter, TelegramError

from adapters.telegram import writing
from adapters.telegram.gate import Gate
from adapters.telegram.places import PLATFORM, Me, chat_of, link_to, thread_of
from adapters.telegram.troubles import meaning_of, says, wait_of
from bot.errors import Rejected
from bot.events import Person
from bot.posts import File, Form, MessageRef, Picture, Place, Post, Recorded, Span, Style, Text

RECEIPTS = ("✍", "👌", "👍")
"""Neutral marks, the first that a group allows; a bot may set only Telegram's own list of reactions."""

BLANK = "\u2026"
"""What stands where nothing can be taken away any more."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    """The bot's voice; raises DeliveryErrors and nothing of the library's."""

    def __init__(self, bot: Bot, me: Me, gate: Gate) -> None:
        self._bot = bot
        self._me = me
        self._gate = gate

    def link_to(self, payload: str) -> str:
        """The link that opens the private chat with this payload."""
        return link_to(self._me, payload)

    async def say(self, post: Post, to: Place, *, answer: bool) -> MessageRef:
        """Send a post; where it takes several messages, the last one bears its choices and counts as it."""
        if post.recorded is not None and post.recorded.platform == PLATFORM:
            return await self._pass_on(post, post.recorded, to, answer=answer)
        pieces = writing.pieces(post.text)
        buttons = writing.keyboard(post.choices, self._me, to)
        sent: list[Message] = []
        if post.picture:
            sent.append(await self._show(post.picture, to, None if pieces else buttons, answer=answer))
        sent += await self._write_all(pieces, post, to, answer=answer)
        if post.file:
            sent.append(await self._hand_over(post.file, to, None if sent else buttons, answer=answer))
        if not sent:
            raise Rejected("a post without words")
        return _standing(to, [message.message_id for message in sent])

    async def ask(self, form: Form, to: Place, person: Person) -> None:
        """Ask a form's first question; the engine offers what is left once this one is answered."""
        field = form.fields[0]
        text = writing.question(form, field, self._me, to, person)
        await self._write(to, text, writing.reply_wanted(field, to), quiet=False, answer=True)

    async def point(self, words: str, label: str, payload: str, to: Place) -> None:
        """A line with one button that opens the private chat."""
        markup = writing.opening(label, self._me, payload)
        await self._write(to, writing.html((Span(words),)), markup, quiet=True, answer=True)

    async def change(self, about: MessageRef, post: Post, *, answer: bool) -> MessageRef:
        """Show other words in a post's place, in as many messages as it takes then; what stands there is fine."""
        pieces = writing.pieces(post.text)
        there = [*about.earlier, about.message]
        surplus = max(0, len(there) - len(pieces))
        async with _meant():
            for message in there[:surplus]:
                await self._take_away(about.place, int(message))
            there = there[surplus:]
            for number, piece in zip(there, pieces, strict=False):
                buttons = writing.keyboard(post.choices, self._me, about.place) if piece is pieces[-1] else None
                await self._edit(about.place, int(number), writing.html(piece), buttons)
        more = await self._write_all(pieces[len(there) :], post, about.place, answer=answer)
        return _standing(about.place, [*there, *(message.message_id for message in more)])

    async def remove(self, about: MessageRef) -> None:
        """Take a post away; of one older than two days, which no bot may delete, the words."""
        async with _meant():
            for message in (*about.earlier, about.message):
                await self._take_away(about.place, int(message))

    async def remove_theirs(self, message: MessageRef) -> None:
        """Take away what somebody wrote to the bot in private; where that is gone or too old it is let be."""
        async with _meant():
            with suppress(BadRequest):
                await self._bot.delete_message(chat_of(message.place), int(message.message))

    async def receive(self, message: MessageRef) -> None:
        """Put the receipt on a person's message; where a group allows none of our marks, there is none."""
        async with _meant():
            for mark in RECEIPTS:
                try:
                    await self._bot.set_message_reaction(chat_of(message.place), int(message.message), mark)
                except BadRequest as refused:
                    if not says(refused, "reaction"):
                        raise
                else:
                    return

    async def hint(self, query: str, words: str = "", *, alert: bool = False, url: str | None = None) -> None:
        """Answer a press, so that its button rests; a press that is too old to be answered is let be."""
        async with _meant():
            with suppress(BadRequest):
                await self._bot.answer_callback_query(query, words or None, show_alert=alert, url=url)

    async def _write(
        self, to: Place, html: str, markup: InlineKeyboardMarkup | ForceReply | None, *, quiet: bool, answer: bool
    ) -> Message:
        async with self._turn(to, answer=answer):
            return await self._bot.send_message(
                chat_of(to),
                html,
                parse_mode=ParseMode.HTML,
                message_thread_id=thread_of(to),
                reply_markup=markup,
                disable_notification=quiet,
                link_preview_options=NO_PREVIEW,
            )

    async def _write_all(self, pieces: list[Text], post: Post, to: Place, *, answer: bool) -> list[Message]:
        """Write the pieces of a post, or its last ones; the very last rings and has the choices."""
        buttons = writing.keyboard(post.choices, self._me, to)
        sent = []
        for piece in pieces:
            last = piece is pieces[-1]
            markup = buttons if last else None
            sent.append(await self._write(to, writing.html(piece), markup, quiet=post.quiet or not last, answer=answer))
        return sent

    async def _edit(self, place: Place, number: int, html: str, buttons: InlineKeyboardMarkup | None) -> None:
        try:
            await self._edit_words(chat_of(place), number, html, buttons)
        except BadRequest as refused:
            if not says(refused, "message is not modified"):
                raise

    async def _edit_words(self, chat: str, number: int, html: str, buttons: InlineKeyboardMarkup | None) -> None:
        try:
            await self._bot.edit_message_text(
                html, chat, number, parse_mode=ParseMode.HTML, reply_markup=buttons, link_preview_options=NO_PREVIEW
            )
        except BadRequest as refused:
            if not says(refused, "no text in the message"):
                raise
            await self._bot.edit_message_caption(
                chat, number, caption=html, parse_mode=ParseMode.HTML, reply_markup=buttons
            )

    async def _show(self, shown: Picture, to: Place, buttons: InlineKeyboardMarkup | None, *, answer: bool) -> Message:
        # Telegram has no words for who cannot see a picture, so they stand under it.
        caption = writing.pieces((Span(shown.description, Style.SOFT),), writing.LONGEST_CAPTION)
        async with self._turn(to, answer=answer):
            return await self._bot.send_photo(
                chat_of(to),
                InputFile(shown.content, "picture.png"),
                caption=writing.html(caption[0]) if caption else None,
                parse_mode=ParseMode.HTML,
                message_thread_id=thread_of(to),
                reply_markup=buttons,
                disable_notification=True,
            )

    async def _pass_on(self, post: Post, recorded: Recorded, to: Place, *, answer: bool) -> MessageRef:
        """What somebody recorded, with its words below; where Telegram no longer has it, the words alone."""
        *earlier, last = writing.pieces(post.text, writing.LONGEST_CAPTION) or [()]
        sent = await self._write_all(earlier, replace(post, choices=()), to, answer=answer)
        send = self._bot.send_voice if recorded.is_voice else self._bot.send_photo
        try:
            async with self._turn(to, answer=answer):
                passed = await send(
                    chat_of(to),
                    recorded.handle,
                    caption=writing.html(last),
                    parse_mode=ParseMode.HTML,
                    message_thread_id=thread_of(to),
                    reply_markup=writing.keyboard(post.choices, self._me, to),
                    disable_notification=post.quiet,
                )
        except Rejected:
            return _standing(
                to, [message.message_id for message in (*sent, *await self._write_all([last], post, to, answer=answer))]
            )
        return _standing(to, [message.message_id for message in (*sent, passed)])

    async def _hand_over(self, file: File, to: Place, buttons: InlineKeyboardMarkup | None, *, answer: bool) -> Message:
        async with self._turn(to, answer=answer):
            return await self._bot.send_document(
                chat_of(to),
                InputFile(file.content, file.name),
                message_thread_id=thread_of(to),
                reply_markup=buttons,
                disable_notification=True,
            )

    async def _take_away(self, place: Place, number: int) -> None:
        try:
            await self._bot.delete_message(chat_of(place), number)
        except BadRequest as refused:
            if not says(refused, "to delete not found"):
                await self._blank(place, number)

    async def _blank(self, place: Place, number: int) -> None:
        """Take the words and the choices out of a message that has to stand."""
        try:
            await self._edit(place, number, BLANK, None)
        except BadRequest as refused:
            if not says(refused, "to edit not found", "can't be edited"):
                raise

    @asynccontextmanager
    async def _turn(self, to: Place, *, answer: bool) -> AsyncIterator[None]:
        chat = chat_of(to)
        async with _meant(), self._gate.turn(chat, answer=answer):
            try:
                yield
            except RetryAfter as slower:
                self._gate.hold(chat, wait_of(slower).total_seconds())
                raise


def _standing(place: Place, there: list[int | str]) -> MessageRef:
    *earlier, last = map(str, there)
    return MessageRef(place, last, tuple(earlier))


@asynccontextmanager
async def _meant() -> AsyncIterator[None]:
    """The library's errors, as what they mean for a delivery."""
    try:
        yield
    except TelegramError as trouble:
        raise meaning_of(trouble) from trouble
