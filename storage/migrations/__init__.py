"""The road of the schema, one revision a file. `HEAD` is where this release stands; a test holds it to the files."""

HEAD = "0001"
