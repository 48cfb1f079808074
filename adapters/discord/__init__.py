"""Discord: gateway events become events, posts become messages."""
