"""The program's vitals as numbers for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, SummaryMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.vitals import Brought, Outbox, Standing, Vitals

PREFIX = "couple_rituals"


@dataclass(frozen=True, slots=True, eq=False)
class Numbers(Collector):
    """Everything at one moment; *lag* is by how many seconds the schedule is late."""

    vitals: Vitals
    lag: int
    outbox: Outbox

    def collect(self) -> Iterator[Metric]:
        """Each number with what it means."""
        yield _gauge("schedule_lag_seconds", "By how much the schedule is late", self.lag)
        yield _gauge("outbox_waiting", "Posts that should have gone and wait", self.outbox.waiting)
        yield _gauge("outbox_oldest_seconds", "Since when the oldest of them waits", self.outbox.oldest)
        yield self._deliveries()
        yield self._errors()
        yield self._platforms()
        yield SummaryMetricFamily(
            f"{PREFIX}_database_seconds",
            "What the program's own units of work took, waiting included",
            count_value=self.vitals.units,
            sum_value=self.vitals.unit_seconds,
        )

    def _deliveries(self) -> Metric:
        tries = CounterMetricFamily(f"{PREFIX}_deliveries", "Tries to bring a post", labels=["outcome"])
        for outcome in Brought:
            tries.add_metric([outcome], self.vitals.brought[outcome])
        return tries

    def _errors(self) -> Metric:
        errors = CounterMetricFamily(
            f"{PREFIX}_errors", "Errors in the log, by the action that failed", labels=["action"]
        )
        for action, count in sorted(self.vitals.errors.items()):
            errors.add_metric([action], count)
        return errors

    def _platforms(self) -> Metric:
        running = GaugeMetricFamily(f"{PREFIX}_platform_running", "1 while a platform is at work", labels=["platform"])
        for name, standing in sorted(self.vitals.platforms.items()):
            running.add_metric([name], standing is Standing.RUNNING)
        return running


def written(numbers: Numbers) -> bytes:
    """The numbers in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(numbers)
    return generate_latest(registry)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}_{name}", meaning, value=value)
