"""One file is one programme: data, not code."""
