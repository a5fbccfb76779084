"""The api app."""

from django.apps import AppConfig


class ExchangeApiConfig(AppConfig):
    """The REST root."""

    name = "khuevan.exchange.api"
    label = "exchange_api"
