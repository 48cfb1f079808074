"""A week in a real browser: pairing, a morning, a sunset, a check-in, a kill in between, and what is remembered."""

from __future__ import annotations

import asyncio
import signal

from browser_hands import Demo, Hand
from playwright.async_api import Page


async def turn_to(page: Page, ann: Hand, words: str) -> None:
    """Press "Next moment" until the room shows these words."""
    for _ in range(40):
        if words in await ann.reads():
            return
        await page.get_by_role("button", name="Next moment").click()
        # What a turn brings stands on the phones before the bar is at rest again.
        await page.locator(".bar[aria-busy=false]").wait_for()
    raise AssertionError(f"{words!r} never came")


async def pair(ann: Hand, ben: Hand) -> None:
    await ann.writes("/start")
    for hand in (ann, ben):
        await hand.presses("Tell me more")
        await hand.presses("Join")
        await hand.presses("Yes, Berlin")
        await hand.opens("The two of you")
    await ann.sees("You're both in.")
    await ann.presses("Start")
    await ann.sees("Started.")


async def check_in(hand: Hand, words: str) -> None:
    await hand.presses("Answer in private")
    for number in range(1, 4):
        await hand.sees(f"{number} of 6")
        await hand.presses("Mostly")
    await hand.sees("4 of 6")
    await hand.writes(words)
    await hand.sees("5 of 6")
    await hand.presses("Skip")
    await hand.sees("6 of 6")
    await hand.presses("Write")
    sheet = hand.phone.get_by_role("dialog")
    await sheet.locator("textarea").fill("A walk by the river")
    await sheet.get_by_role("button", name="Send").click()
    await hand.presses("Share the warm lines")
    await hand.sees("Marked to share.")
    await hand.opens("The two of you")


async def look_back(ann: Hand, *words: str) -> None:
    await ann.opens("Couple Rituals")
    await ann.writes("/history")
    await ann.sees("Your words, and what was shared")
    history = await ann.reads()
    for each in words:
        assert each in history


async def test_a_couple_lives_a_week(page: Page, demo: Demo) -> None:
    """Both pair, answer a morning, tap the sunset, check in apart, survive a kill, share together, and look back."""
    ann, ben = Hand(page, "Ann"), Hand(page, "Ben")
    await pair(ann, ben)

    await turn_to(page, ann, "Morning appreciation\n")
    await ann.replies("Morning appreciation", "The tea you made")
    await ben.replies("Morning appreciation", "Your patience on the phone")
    await ann.panel.get_by_role("img", name="Recorded").first.wait_for()

    await turn_to(page, ann, "Digital sunset\n")
    await ben.presses("Phones down")
    await ben.sees("Noted, quietly.")
    await ben.opens("The two of you")

    await turn_to(page, ann, "Weekly check-in\n")
    await check_in(ann, "You told me first")
    await demo.end(signal.SIGKILL)
    await demo.start()
    await check_in(ben, "You came back early")
    before = await ben.reads()
    await turn_to(page, ann, "shared from the week")

    assert "You told me first" not in before
    await ben.sees("You told me first")
    await ann.sees("You came back early")
    assert (await ann.reads()).count("Weekly check-in\n") <= 2

    await look_back(ann, "The tea you made", "Your patience on the phone", "You told me first", "You came back early")


async def test_what_was_written_while_the_bot_was_away_arrives_once(page: Page, demo: Demo) -> None:
    """A reply that is sent while the program is dead is kept by the page and arrives once it is back."""
    ann, ben = Hand(page, "Ann"), Hand(page, "Ben")
    await pair(ann, ben)
    await turn_to(page, ann, "Morning appreciation\n")
    await demo.end(signal.SIGKILL)
    await ann.replies("Morning appreciation", "Written in the dark")
    await demo.start()
    await ben.sees("Written in the dark")
    await asyncio.sleep(1)

    assert (await ben.reads()).count("Written in the dark") == 1


async def test_the_clock_is_busy_from_the_press_on(page: Page) -> None:
    """A second press in the same breath turns nothing, and a page that stood for ten minutes shows no earlier hour."""
    # Until the first word about the clock there is no hour to compare with.
    await page.locator(".bar .hour", has_text=":").first.wait_for()

    # The time stands still between steps of ten minutes, and after the last pause no word of the server's is heard.
    before, after, busy, turns = await page.evaluate(
        """async () => {
            const hour = () => document.querySelector(".bar .hour").innerText;
            const shown = hour();
            let now = Date.now();
            Date.now = () => now;
            // A word of the server's in such a pause sets the clock anew, and the next pause is another try.
            for (let tries = 0; hour() === shown; tries++) {
                if (tries === 10) throw new Error("the hour does not go on");
                now += 600000;
                await new Promise((ticked) => setTimeout(ticked, 1500));
            }
            const [before, later] = [hour(), document.querySelector("[data-turn='3600']")];
            later.click();
            later.click();
            const turns = JSON.parse(sessionStorage.getItem("playground.unacknowledged"));
            return [before, hour(), document.querySelector(".bar").ariaBusy, turns.length];
        }"""
    )
    assert (after, busy, turns) == (before, "true", 1)
    await page.locator(".bar[aria-busy=false]").wait_for()


async def test_strange_words_are_shown_as_they_are(page: Page) -> None:
    """Markup, scripts, emoji and right-to-left words are shown literally."""
    ann, ben = Hand(page, "Ann"), Hand(page, "Ben")
    for words in ("<img src=x onerror=alert(1)><b>bold</b> **stars** @everyone", "🫖🌿", "شكراً على الصبر"):
        await ann.writes(words)
        await ben.sees(words)

    assert await page.locator(".words img, .words b").count() == 0


async def test_a_recording_is_made_up(page: Page) -> None:
    """Without microphone or camera a voice note and a picture stand in the chat, and cannot be reworded."""
    ann, ben = Hand(page, "Ann"), Hand(page, "Ben")
    for record, shown in (("A voice note, made up", "Voice note"), ("A picture, made up", "Picture")):
        await ann.panel.get_by_role("button", name=record).click()
        await ben.sees(shown)
    await ann.panel.locator(".message.own").last.hover()
    await ann.panel.get_by_role("button", name="More for this message").last.click()

    assert await ann.panel.get_by_role("menuitem").all_inner_texts() == ["Reply", "Delete"]


async def test_it_works_by_keyboard_alone(page: Page) -> None:
    """Beginning needs no mouse."""
    begin = page.get_by_role("region", name="Ann’s phone").get_by_role("button", name="/start")
    await begin.focus()
    await page.keyboard.press("Enter")
    await Hand(page, "Ann").sees("Hello, you two.")
    more = Hand(page, "Ben").panel.get_by_role("button", name="Tell me more")
    await more.focus()
    await page.keyboard.press("Enter")

    await Hand(page, "Ben").sees("Before you decide")
