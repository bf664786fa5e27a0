"""Files that people send: looked at, re-encoded, kept by the hash of what is in them.

formats recognises a file by its bytes, checks says whether we take it, decoding makes the picture that we keep,
darkroom does that on one thread beside the event loop, files keeps the result. Only decoding imports Pillow, and
nothing imports decoding before the first picture has come: every start of the program would pay for it.
"""
