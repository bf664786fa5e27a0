"""The road of the schema, one revision a file. `HEAD` is where this release stands; a test holds it to the files.

Until the first release there is one revision, written from storage/schema by `python -m storage.migrations.regenerate`.
After it: a new file versions/0002_what_it_does.py (tables altered with `op.batch_alter_table`), and HEAD raised.
"""

HEAD = "0001"
