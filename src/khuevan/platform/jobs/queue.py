"""The procrastinate queue behind the jobs."""

from procrastinate import App


def on_app_ready(app: App) -> None:
    """Register the queue's tasks once procrastinate's app exists."""
