"""Figures of this process for Prometheus: requests by route, time, SQL; gauges that apps add."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from khuevan.kernel.registry import Registry

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SQL_BUCKETS = (1, 2, 5, 10, 15, 20, 30, 50, 100)

disable_created_metrics()  # type: ignore[no-untyped-call]
_own = CollectorRegistry()
REQUESTS = Counter("khuevan_requests", "Requests answered", ("route", "status"), registry=_own)
SECONDS = Histogram(
    "khuevan_request_seconds", "Time to answer", ("route",), buckets=BUCKETS, registry=_own
)
STATEMENTS = Histogram(
    "khuevan_request_sql",
    "SQL statements a request",
    ("route",),
    buckets=SQL_BUCKETS,
    registry=_own,
)


class Gauge:
    """A figure read when asked for: its name, help, label, and where its values come from."""

    def __init__(
        self, name: str, help_text: str, label: str, read: Callable[[], Mapping[str, float]]
    ) -> None:
        self.name, self.help_text, self.label, self.read = name, help_text, label, read


gauges: Registry[Gauge] = Registry("gauge")


class _Gauges(Collector):
    """Reads the registered gauges at each scrape."""

    def collect(self) -> Iterator[Metric]:
        """Return one family a gauge."""
        for gauge in gauges:
            family = GaugeMetricFamily(gauge.name, gauge.help_text, labels=[gauge.label])
            for value, number in gauge.read().items():
                family.add_metric([value], number)
            yield family


def observe(*, route: str, status: int, seconds: float, sql: int) -> None:
    """Count one answered request."""
    REQUESTS.labels(route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    STATEMENTS.labels(route).observe(sql)


def exposition() -> bytes:
    """Return all figures as Prometheus text; of all processes when they share a folder for it."""
    gathered = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(gathered)  # type: ignore[no-untyped-call]
        own = b""
    else:
        own = generate_latest(_own)
    gathered.register(_Gauges())
    return own + generate_latest(gathered)
