"""Slack in bad weather: nothing that the bot says is lost, and nothing that can be read back is said twice."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from adapters.delivery.sending import Patience, Sender
from adapters.slack.outgoing import Outgoing, Post, payload_of
from adapters.slack.platform import SlackPlatform
from adapters.storage.database import Database
from adapters.storage.outbox import Outbox
from slack_sdk.web.async_client import AsyncWebClient
