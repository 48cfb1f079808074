"""What happens when a person presses a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from telegram_server.accounts import Bot
    from telegram_server.messages import Message
    from telegram_server.people import User


@dataclass(slots=True, eq=False)
class Press:
    """One press, and what the bot answered to it."""

    id: str
    user: User
    bot: Bot
    message: Message
    made_at: float
    answered: bool = False
    text: str = ""
    alert: bool = False
    url: str = ""


def presses(user: User, message: Message, label: str) -> Press:
    """Press what is there to press."""
    assert message in message.chat.visible_to(user), f"{user.name} does not see {message}"
    button = message.button(label)
    if "url" in button:
        return _opened(user, message, button["url"])
    assert "callback_data" in button, f"{label!r} is no button that tells the bot: {button}"
    return press(user, message, button["callback_data"])


def press(user: User, message: Message, callback_data: str) -> Press:
    """The bot that posted the message is told; one that sees it no longer gets what is left of it."""
    bot = user.world.poster(message)
    made = Press(user.world.next_press(), user, bot, message, user.world.clock.now())
    user.presses_made.append(made)
    user.world.presses[made.id] = made
    told: dict[str, Any] = {"id": made.id, "from": user.shape(), "chat_instance": message.chat.instance}
    told["message"] = message.inaccessible() if message.gone else message.shape(bot.id)
    told["data"] = callback_data
    bot.inbox.put("callback_query", told, ("user", user.id))
    return made


def _opened(user: User, message: Message, url: str) -> Press:
    made = Press("", user, user.world.poster(message), message, user.world.clock.now(), answered=True, url=url)
    follow(made)
    return made


def follow(made: Press) -> None:
    """Open the link that a press led to, if it leads to a bot here."""
    if made.user.follows_links and made.url.startswith("https://t.me/") and "start=" in made.url:
        made.user.opens(made.url)
