"""From a queued row to the platform's answer: what may go, when, and what a failure means."""
