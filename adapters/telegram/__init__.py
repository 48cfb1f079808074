"""Telegram: updates become events, posts become messages."""
