"""What comes by itself when its time has come: one file a kind of reminder."""
