"""What the bot says, as the JSON that the page draws."""

from __future__ import annotations

from playground_fakes import file, form, picture, post

from adapters.playground import writing
from adapters.playground.chatlog import Shown
from bot.posts import Choice, Post, Span, Style, Token


def test_a_post_keeps_its_words_styles_and_choices() -> None:
    """Every span and choice of a post is drawn, and nothing else."""
    said = post(
        "A line.", Choice("Answer", Token("write", 3)), Choice("Look", Token("see"), privately=True), quiet=True
    )

    assert writing.post(said) == {
        "text": [
            {"words": "Morning appreciation", "style": "strong"},
            {"words": "\nA line.", "style": "plain"},
        ],
        "choices": [
            {"label": "Answer", "token": "write-3", "privately": False},
            {"label": "Look", "token": "see-0", "privately": True},
        ],
        "quiet": True,
    }


def test_markup_stays_as_it_was_written() -> None:
    """Markup and mentions are words like any others."""
    words = "<b>you</b> @everyone *stars* &amp; [link](x)"

    assert writing.words(words)["text"] == [{"words": words, "style": "plain"}]


def test_pictures_and_files_are_named_but_not_carried() -> None:
    """The page gets a picture's description and a file's name; the bytes go apart."""
    said = Post((Span("Here", Style.SOFT),), picture=picture(), file=file())

    body = writing.post(said)

    assert body["picture"] == "Two colours beside each other"
    assert body["file"] == {"name": 'your "words".txt', "size": 4}
    assert [(one.kind, one.content) for one in writing.attachments(said)] == [
        ("picture", picture().content),
        ("file", b"kept"),
    ]


def test_a_form_keeps_its_questions() -> None:
    """A form's token comes back with its submit, and each field keeps its hint and options."""
    drawn = writing.form(form())

    assert drawn["token"] == "write-7"
    assert [(one["name"], one["options"], one["needed"]) for one in drawn["fields"]] == [
        ("words", [], True),
        ("how", ["Light", "Mixed", "Heavy"], False),
    ]


def test_a_message_says_who_when_and_what_became_of_it() -> None:
    """A message carries its receipt, its edit mark and what it answers."""
    shown = Shown(3, "us", "ann", 70, writing.words("Tea"), reply_to=2, edited=True, mark="recorded")

    drawn = writing.message(shown)

    assert (drawn["number"], drawn["sender"], drawn["moment"], drawn["reply_to"]) == (3, "ann", 70, 2)
    assert (drawn["edited"], drawn["mark"], drawn["text"][0]["words"]) == (True, "recorded", "Tea")
