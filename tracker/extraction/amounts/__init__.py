"""Every amount of money in a text: its figures, currency and interval."""
