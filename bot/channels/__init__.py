"""One file a platform. What a platform is like (limits, wording of errors, markup) stays in here."""
