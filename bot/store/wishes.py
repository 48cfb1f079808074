"""Queries about what each wishes alone, visits, recovery codes and guesses."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col

from bot.model import Partner
from bot.store.people import code_hash
from bot.store.rows import Rows
from bot.wishes import Guess, Hidden, QuietDates, RecoveryCode, Visit


class Wishes(Rows):
    """What somebody wishes, and what the two plan."""

    def read_ahead(self, partners: Sequence[int]) -> None:
        """Read at once what partners wish."""
        self._read_ahead(QuietDates, "partner", partners, "first")
        self._read_ahead(Hidden, "partner", partners)

    def quiet_dates(self, partner: int) -> list[QuietDates]:
        """A partner's quiet dates, the first ones first."""
        return self._kept(QuietDates, "partner", partner, "first")

    def add_quiet_dates(self, partner: int, first: str, last: str) -> None:
        if self._that(QuietDates, partner=partner, first=first, last=last) is None:
            self._add(QuietDates(id=self._new_id(), partner=partner, first=first, last=last))

    def remove_quiet_dates(self, partner: int, row: int) -> None:
        """Take quiet dates of a partner's own away."""
        self._remove(QuietDates, col(QuietDates.id) == row, col(QuietDates.partner) == partner)

    def is_quiet_date(self, partners: list[int], day: str) -> bool:
        """Whether one of these partners wishes silence on a local date."""
        return any(wished.first <= day <= wished.last for one in partners for wished in self.quiet_dates(one))

    def hidden(self, partners: list[int]) -> list[Hidden]:
        """The prompts that one of these partners does not wish to see again, the oldest wish first."""
        return sorted((row for one in partners for row in self._kept(Hidden, "partner", one)), key=lambda row: row.id)

    def hide(self, partner: int, prompt: str) -> None:
        if self._that(Hidden, partner=partner, prompt=prompt) is None:
            self._add(Hidden(id=self._new_id(), partner=partner, prompt=prompt))

    def show_again(self, partner: int, row: int) -> None:
        """Let a prompt that a partner hid themselves come again."""
        self._remove(Hidden, col(Hidden.id) == row, col(Hidden.partner) == partner)

    def visit(self, couple: int, not_before: str) -> Visit | None:
        """The visit of a couple that is on, or the next one to come."""
        return next((one for one in self._those(Visit, "first", couple=couple) if one.last >= not_before), None)

    def visit_row(self, visit: int) -> Visit | None:
        return self._that(Visit, id=visit)

    def plan_visit(self, couple: int, first: str, last: str, timezone: str) -> None:
        """Write a visit down in place of what was planned and has not ended."""
        self._remove(Visit, col(Visit.couple) == couple, col(Visit.last) >= first)
        self._add(Visit(id=self._new_id(), couple=couple, first=first, last=last, timezone=timezone))

    def change_visit(self, visit: int, **values: object) -> None:
        self._set(Visit, visit, **values)

    def call_off(self, visit: int) -> None:
        self._remove(Visit, col(Visit.id) == visit)

    def give_recovery_code(self, partner: int, code: str, now: int) -> None:
        """Keep the hash of a partner's new recovery code in place of the old one's."""
        self._remove(RecoveryCode, col(RecoveryCode.partner) == partner)
        self._add(RecoveryCode(partner=partner, code_hash=code_hash(code), created_at=now))

    def has_recovery_code(self, partner: int) -> bool:
        return self._that(RecoveryCode, partner=partner) is not None

    def forget_recovery_codes(self, partners: list[int]) -> None:
        self._remove(RecoveryCode, col(RecoveryCode.partner).in_(partners))

    def whose_recovery_code(self, code: str) -> Partner | None:
        """The partner that a recovery code was given to."""
        found = self._that(RecoveryCode, code_hash=code_hash(code))
        return self._that(Partner, id=found.partner) if found else None

    def forget_dates(self, before: str) -> int:
        """Forget quiet dates and visits that ended before a day."""
        past = (self._remove(kind, col(kind.last) < before) for kind in (QuietDates, Visit))
        return sum(past)

    def note_guess(self, platform: str, user: str, now: int) -> None:
        self._add(Guess(id=self._new_id(), platform=platform, user=user, at=now))

    def guesses(self, platform: str, user: str, since: int) -> int:
        """How many codes somebody tried that are none."""
        return len(self._all(Guess, col(Guess.user) == user, col(Guess.platform) == platform, col(Guess.at) > since))

    def forget_guesses(self, before: int) -> None:
        self._remove(Guess, col(Guess.at) < before)
