"""Slack: what comes in over HTTP or Socket Mode, and what goes out as messages, modals and Home."""
