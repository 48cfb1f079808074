"""The Discord test server, as the library's own client finds it, with nothing of this project between."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import discord
import pytest
import yarl
from discord import app_commands
from discord_server import OFFICIAL_LIMITS, Bot, DiscordServer, Fault, Guild, GuildChannel, Limits, Permission, User
from discord_server.guilds import ASKED

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789ab"


@dataclass(slots=True)
class Place:
    """A server with Ann and Ben, and a client of the library's."""

    server: DiscordServer
    bot: Bot
    guild: Guild
    channel: GuildChannel
    ann: User
    ben: User
    client: discord.Client
    heard: list[object] = field(default_factory=list)

    @property
    def here(self) -> discord.TextChannel:
        found = self.client.get_channel(self.channel.id)
        assert isinstance(found, discord.TextChannel)
        return found


class Question(discord.ui.Modal, title="A question"):
    words: discord.ui.TextInput[Question] = discord.ui.TextInput(label="Words", custom_id="words")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"You wrote {self.words.value}", ephemeral=True)


class Panel(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Ask", custom_id="ask")
    async def ask(self, interaction: discord.Interaction, _: discord.ui.Button[Panel]) -> None:
        await interaction.response.send_modal(Question())

    @discord.ui.button(label="Change", custom_id="change")
    async def change(self, interaction: discord.Interaction, _: discord.ui.Button[Panel]) -> None:
        await interaction.response.edit_message(content="Changed")


def add_commands(tree: app_commands.CommandTree) -> None:
    @tree.command(description="Shows the panel")
    async def panel(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Here", view=Panel())

    @tree.command(description="Takes its time")
    async def late(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="Done")
        await interaction.followup.send("And more", ephemeral=True)

    @tree.command(description="Finds a place")
    async def place(interaction: discord.Interaction, name: str) -> None:
        await interaction.response.send_message(name)

    @place.autocomplete("name")
    async def suggest(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}bon", value="Lisbon")]


@pytest.fixture
async def place(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    """The client is connected, its commands are registered, and everything agreed with the description."""
    async with DiscordServer.running() as server:
        async with connected(server, monkeypatch) as found:
            yield found
        server.assert_clean()


@asynccontextmanager
async def connected(server: DiscordServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    monkeypatch.setattr(discord.http.Route, "BASE", server.api_url)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway_url))
    bot, ann, ben = server.add_bot(TOKEN), server.add_user("Ann"), server.add_user("Ben")
    guild = server.add_guild("Us", ann, ben)
    channel = guild.add_channel("general")
    guild.add_bot(bot)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, guild_reactions=True)
    client = discord.Client(intents=intents, guild_ready_timeout=0.02)
    tree = app_commands.CommandTree(client)
    add_commands(tree)
    found = Place(server, bot, guild, channel, ann, ben, client)
    client.event(noting(found, "on_message"))
    client.event(noting(found, "on_guild_remove"))
    client.event(noting(found, "on_guild_unavailable"))
    async with client:
        await client.login(TOKEN)
        living = asyncio.create_task(client.connect())
        await client.wait_until_ready()
        client.add_view(Panel())
        await tree.sync()
        yield found
    await living


def noting(place: Place, name: str):  # type: ignore[no-untyped-def]
    async def note(told: object) -> None:
        place.heard.append(told)

    note.__name__ = name
    return note


async def test_commands_buttons_and_forms(place: Place) -> None:
    """A command, a press, a form and its answer; what one person sees the other does not."""
    shown = await place.ann.calls("panel", in_=place.channel)
    assert shown.shown is not None
    opened, changed = await asyncio.gather(
        place.ann.presses(shown.shown, "Ask"), place.ben.presses(shown.shown, "Change")
    )
    answered = await place.ann.submits(opened, {"Words": "hello"})

    assert changed.message is not None
    assert changed.message.text == "Changed"
    assert answered.ephemeral is not None
    assert answered.text == "You wrote hello"
    assert "You wrote hello" not in [one.text for one in place.ben.screen(place.channel)]


async def test_later_answers_and_suggestions(place: Place) -> None:
    """A promise that is kept, a message that follows, and what is suggested for the words being typed."""
    late = await place.ann.calls("late", in_=place.channel)
    await place.server.until(lambda: late.followups)
    offered = await place.ann.types("place", {"name": "Lis"}, in_=place.channel)
    found = await place.ann.calls("place", in_=place.channel, name="Lisbon")

    assert [late.text, late.followups[0].text] == ["Done", "And more"]
    assert [offered, found.text] == [["Lisbon"], "Lisbon"]


async def test_messages_come_and_go(place: Place) -> None:
    """Posted, changed, marked, answered with a file, read back and taken away."""
    sent = await place.here.send("Hello", silent=True)
    await sent.edit(content="Hello, you two")
    await sent.add_reaction("👋")
    file = discord.File(io.BytesIO(b"\x89PNG"), "walk.png", description="A walk")
    answer = await sent.reply("Look", file=file)
    place.guild.permits(place.bot, ASKED | Permission.PIN_MESSAGES)
    await answer.pin()
    read = [one.content async for one in place.here.history(limit=10)]
    await sent.delete()
    seen = place.ann.screen(place.channel)

    assert "Hello, you two" in read
    assert [file.filename for one in seen for file in one.attachments] == ["walk.png"]
    assert "Hello, you two" not in [one.text for one in seen]


async def test_words_are_told_to_whom_they_are_meant_for(place: Place) -> None:
    """Without the intent for content a bot reads its own messages, those that mention it and those in private."""
    said = await place.here.send("Answer me")
    ours = next(one for one in place.ann.screen(place.channel) if one.id == said.id)
    place.ann.writes("in passing", in_=place.channel)
    place.ann.writes("to you", reply_to=ours)
    place.ann.writes("not pinging", reply_to=ours, pings=False)
    place.ann.writes("in private", in_=place.bot)
    await place.server.is_heard()
    await asyncio.sleep(0.02)
    heard = [one.content for one in place.heard if isinstance(one, discord.Message) and not one.author.bot]

    assert heard == ["", "to you", "", "in private"]


async def test_what_is_refused(place: Place) -> None:
    """Errors are told apart as Discord tells them."""
    user = await place.client.fetch_user(place.ben.id)
    await user.send("Hello")
    place.ben.closes_dms()
    with pytest.raises(discord.Forbidden) as closed:
        await user.send("Hello?")
    place.channel.overwrite(place.bot, deny=Permission.SEND_MESSAGES)
    with pytest.raises(discord.Forbidden) as silenced:
        await place.here.send("Hello")
    place.channel.overwrite(place.bot, deny=Permission.VIEW_CHANNEL)
    with pytest.raises(discord.Forbidden) as blind:
        await place.here.send("Hello")
    with pytest.raises(discord.NotFound) as gone:
        await place.client.fetch_channel(1)

    codes = [one.value.code for one in (closed, silenced, blind, gone)]
    assert codes == [50007, 50013, 50001, 10003]


async def test_faults(place: Place) -> None:
    """A request to slow down and a trouble of the server's are waited out; a lost answer posts nothing twice."""
    key = "POST /channels/{channel_id}/messages"
    place.server.fail(key, Fault.too_many(0.05))
    place.server.fail(key, Fault.lost_answer(502))
    await place.here.send("Once")
    seen = [one for one in place.ann.screen(place.channel) if one.text == "Once"]

    assert len(place.server.requests_to(key)) == 3
    assert len(seen) == 1


async def test_a_session_is_taken_up_again(place: Place) -> None:
    """What happens while the line is down is told to whoever resumes; an invalid session begins anew."""
    place.server.drop()
    place.ann.writes("meanwhile", in_=place.bot)
    await place.server.until(lambda: place.bot.resumed and place.heard)
    place.server.invalidate()
    await place.server.until(lambda: place.bot.identified == 2, 15)

    assert isinstance(place.heard[-1], discord.Message)
    assert place.heard[-1].content == "meanwhile"


async def test_an_outage_and_a_farewell(place: Place) -> None:
    """A guild that is unavailable is another matter than one that the bot was put out of."""
    place.guild.goes_unavailable()
    place.guild.comes_back()
    place.guild.removes_bot()
    await place.server.until(lambda: len([one for one in place.heard if isinstance(one, discord.Guild)]) == 2)

    assert [one.unavailable for one in place.heard if isinstance(one, discord.Guild)] == [False, False]


async def test_deadlines(place: Place) -> None:
    """Three seconds for the first answer, a quarter of an hour for all others, and one first answer only."""
    begun = await place.ann.calls("panel", in_=place.channel)
    raw = place.client.http
    callback = discord.http.Route(
        "POST", "/interactions/{interaction_id}/{interaction_token}/callback",
        interaction_id=begun.id, interaction_token=begun.token,
    )  # fmt: skip
    with pytest.raises(discord.HTTPException) as twice:
        await raw.request(callback, json={"type": 4, "data": {"content": "Again"}})
    place.server.clock.forward(16 * 60)
    follow = discord.http.Route(
        "POST", "/webhooks/{application_id}/{webhook_token}",
        application_id=place.bot.id, webhook_token=begun.token,
    )  # fmt: skip
    with pytest.raises(discord.HTTPException) as over:
        await raw.request(follow, json={"content": "Late"})

    assert [twice.value.code, over.value.code, over.value.status] == [40060, 50027, 401]


@pytest.mark.parametrize(("token", "intents", "code"), [("wrong", 0, 4004), (TOKEN, 1 << 15, 4014), (TOKEN, -1, 4013)])
async def test_who_is_not_let_in(token: str, intents: int, code: int) -> None:
    """A wrong token, an intent that was not granted and one that does not exist close the gateway's door."""
    import aiohttp

    async with DiscordServer.running() as server, aiohttp.ClientSession() as line:
        server.add_bot(TOKEN)
        async with line.ws_connect(server.gateway_url) as socket:
            await socket.receive_json()
            await socket.send_json({"op": 2, "d": {"token": token, "intents": intents, "properties": {}}})
            with contextlib.suppress(TypeError):
                await asyncio.wait_for(socket.receive(), 5)

        assert socket.close_code == code


async def test_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The headers tell the pace, the library keeps to it, and whoever does not is told to wait."""
    limits = Limits(paces={"POST /channels/{channel_id}/messages": OFFICIAL_LIMITS.usual.__class__(2, 0.3)})
    async with DiscordServer.running(limits=limits) as server:
        async with connected(server, monkeypatch) as place:
            for number in range(5):
                await place.here.send(str(number))

        assert server.too_fast == 0
        assert len(server.requests_to("POST /channels/{channel_id}/messages")) == 5
