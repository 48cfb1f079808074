"""Whether what goes in and out is what the official description says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from telegram_server.calls import Call
from telegram_server.errors import bad_request
from telegram_server.official import Description


@dataclass(slots=True, repr=False)
class Judge:
    """Collects every violation; without a description it only collects what the server itself complains of."""

    description: Description | None
    violations: list[str] = field(default_factory=list)

    def blame(self, violation: str) -> None:
        """Write a violation down."""
        self.violations.append(violation)

    def judge_call(self, call: Call) -> None:
        """Refuse a call that the description does not know like this."""
        if self.description is None:
            return
        wrong = self.description.wrong_in_call(call.method, call.given, call.uploads)
        if wrong:
            self.violations += [f"{call.method}: {one}" for one in wrong]
            raise bad_request("not what the official description says: " + "; ".join(wrong))

    def judge_result(self, call: Call, result: Any) -> None:
        """Stop at a result that Telegram could not have sent; updates were judged when they were made."""
        if self.description is None or call.method.lower() == "getupdates":
            return
        wrong = self.description.wrong_in_result(call.method, result)
        if wrong:
            raise AssertionError(f"the test server's own result is wrong: {wrong}")

    def judge_update(self, update: dict[str, Any]) -> None:
        """Stop at an update that Telegram could not have sent."""
        wrong = self.description.wrong_in("Update", update) if self.description else []
        if wrong:
            self.violations += [f"own update: {one}" for one in wrong]
