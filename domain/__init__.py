"""The rules: stages, certificates, regions, amounts and dates. Pure: no I/O, no clock, no state of its own."""
