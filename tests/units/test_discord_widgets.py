"""Posts and forms as Discord's payloads."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.places import adding_link, custom_id, form_id, nonce_of, token_of
from adapters.discord.widgets import EPHEMERAL, NO_SOUND, body_of, is_empty, messages, modal, parts_of, rows
from bot.posts import BRING, UNKNOWN, Choice, Field, File, Form, Picture, Post, Span, Token

TOKENS = st.builds(
    Token,
    st.from_regex("[a-z]{1,8}", fullmatch=True),
    st.integers(0, 2**63 - 1),
    st.from_regex("[A-Za-z0-9_-]{0,20}", fullmatch=True),
)


def choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(label, Token("press", number)) for number, label in enumerate(labels))


@given(TOKENS, st.integers(0, 24))
def test_a_token_comes_back_from_its_custom_id(token: Token, nth: int) -> None:
    """A button and a modal carry their token through any restart, in the hundred characters that Discord gives."""
    assert token_of(custom_id(token, nth)) == token_of(form_id(token)) == token
    assert max(len(custom_id(token, nth)), len(form_id(token))) <= 100


def test_somebody_elses_custom_id_is_unknown() -> None:
    """What is not ours becomes the token that the engine answers kindly."""
    assert token_of("persistent_view:42 !") == UNKNOWN


@given(st.lists(st.text(min_size=1, max_size=120), max_size=30))
def test_buttons_fit_a_message(labels: list[str]) -> None:
    """At most five rows of five, each label short enough, each id there once."""
    made = rows(choices(*labels), "1")
    buttons = [button for row in made for button in row["components"]]

    assert len(made) <= 5
    assert all(1 <= len(row["components"]) <= 5 for row in made)
    assert all(len(button["label"]) <= 80 for button in buttons)
    assert len({button["custom_id"] for button in buttons}) == len(buttons) == min(len(labels), 25)


def test_the_last_choice_is_never_left_out() -> None:
    """It is the one that lets a person off."""
    made = rows(choices(*(str(number) for number in range(40))), "1")

    assert made[-1]["components"][-1]["label"] == "39"


def test_short_labels_stand_beside_each_other() -> None:
    """Long ones stand below each other, where a phone can show them whole."""
    assert [len(row["components"]) for row in rows(choices("Yes", "No"), "1")] == [2]
    assert [len(row["components"]) for row in rows(choices("a" * 40, "b" * 40), "1")] == [1, 1]


def test_one_token_twice_on_a_message() -> None:
    """Two places in one time zone are two buttons with one meaning; Discord wants their ids to differ."""
    same = Token("zone", 0, "is-Europe--Lisbon")
    first, second = rows((Choice("Lisbon", same), Choice("Porto", same)), "1")[0]["components"]

    assert first["custom_id"] != second["custom_id"]
    assert token_of(first["custom_id"]) == token_of(second["custom_id"]) == same


def test_bringing_the_bot_is_a_link() -> None:
    """It asks for what the bot needs and no more."""
    (button,) = rows((Choice("Add me", BRING),), "77")[0]["components"]

    assert button["url"] == adding_link(77)
    assert "custom_id" not in button
    assert "client_id=77" in button["url"]
    assert "permissions=274878008384" in button["url"]


def test_a_long_post_is_several_messages() -> None:
    """The last one bears the choices; only it may ring, and nothing pings or shows a preview."""
    first, last = messages(Post((Span("word " * 500),), choices("Yes")), "1")

    assert "components" not in first.payload
    assert first.payload["flags"] & NO_SOUND
    assert not last.payload["flags"] & NO_SOUND
    assert last.payload["components"]
    assert first.payload["allowed_mentions"] == last.payload["allowed_mentions"] == {"parse": []}
    assert not (first.payload["flags"] | last.payload["flags"]) & EPHEMERAL


def test_a_quiet_post_rings_nothing() -> None:
    """No phone rings for it."""
    (message,) = messages(Post((Span("hush"),), quiet=True), "1")

    assert message.payload["flags"] & NO_SOUND


def test_a_picture_is_described() -> None:
    """Who cannot see it reads what it shows; a file goes beside it under its own name."""
    post = Post((), picture=Picture(b"png", "A tree"), file=File("mine.json", b"{}"))
    (message,) = messages(post, "1")
    parts = parts_of(message.payload, message.files)

    assert message.payload["attachments"] == [
        {"id": 0, "filename": "picture.png", "description": "A tree"},
        {"id": 1, "filename": "mine.json"},
    ]
    assert [part["name"] for part in parts] == ["payload_json", "files[0]", "files[1]"]
    assert json.loads(parts[0]["value"]) == message.payload
    assert not is_empty(message)


def test_words_alone_are_json() -> None:
    """A request without files is no form."""
    (message,) = messages(Post((Span("hello"),)), "1")

    assert body_of(message.payload, message.files) == {"json": message.payload}
    assert is_empty(messages(Post(()), "1")[0])


def test_a_form_is_a_modal() -> None:
    """A short question is its field's label; what was written before stands there again."""
    token = Token("say", 5, "kind")
    made = modal(Form(token, "Title", (Field("words", "What?", hint="Anything", filled="Before", longest=300),)))

    assert token_of(made["custom_id"]) == token
    assert made["components"] == [
        {
            "type": 18,
            "label": "What?",
            "component": {
                "type": 4,
                "custom_id": "words",
                "style": 2,
                "required": True,
                "max_length": 300,
                "placeholder": "Anything",
                "value": "Before",
            },
        }
    ]


def test_a_long_question_stands_above_its_field() -> None:
    """Whole, and literally."""
    question = "What did your partner do this week that made your days *lighter*, in some way?"
    shown, field = modal(Form(Token("write", 5), "Your answer", (Field("words", question),)))["components"]

    assert shown == {"type": 10, "content": question.replace("*", "\\*")}
    assert field["label"] == "Your answer"


def test_a_full_form_stays_within_five_components() -> None:
    """Where there is no room for a long question, its beginning is the label."""
    fields = tuple(Field(f"f{number}", "Long question? " * 5) for number in range(5))
    made = modal(Form(Token("fill", 5), "T" * 60, fields))

    assert len(made["components"]) == 5
    assert all(len(one["label"]) <= 45 for one in made["components"])
    assert len(made["title"]) == 45


def test_options_are_chosen_from_a_list() -> None:
    """A field with options is answered by its number."""
    (field,) = modal(Form(Token("fill", 5), "T", (Field("word", "Which?", options=("One", "Two"), needed=False),)))[
        "components"
    ]

    assert field["component"]["type"] == 3
    assert field["component"]["options"] == [{"label": "One", "value": "0"}, {"label": "Two", "value": "1"}]
    assert not field["component"]["required"]


def test_what_does_not_fit_is_not_offered_in_part() -> None:
    """A submit would keep only that part."""
    (field,) = modal(Form(Token("say", 5), "T", (Field("words", "What?", filled="x" * 301, longest=300),)))[
        "components"
    ]

    assert "value" not in field["component"]


@given(st.text(), st.text())
def test_a_nonce_is_the_same_for_the_same_key_only(one: str, other: str) -> None:
    """Discord takes twenty-five characters of it."""
    assert (nonce_of(one) == nonce_of(other)) == (one == other)
    assert nonce_of(one, 1) != nonce_of(one)
    assert len(nonce_of(one)) <= 25
