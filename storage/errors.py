"""What the store may refuse. Its sentences are for operators and logs; people in a chat never read them."""


class StoreUnavailable(Exception):
    """The store cannot commit: full, locked, read-only, or its server is gone. Nothing of the function was kept, or
    nobody can tell (the answer to a COMMIT was lost): functions carry keys, so that a repeat does no harm.
    """


class StoreBusy(StoreUnavailable):
    """More than `PATIENCE` seconds of work wait already. The door answers 503 and the platform comes again."""


class SchemaTooNew(Exception):
    """The database was written by a newer release than this program."""


class DataFolderInUse(Exception):
    """Another process runs on this data folder."""
