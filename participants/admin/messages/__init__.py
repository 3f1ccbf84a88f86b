"""The outbox: read, written, sent, printed and ticked off."""
