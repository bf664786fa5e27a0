"""What the programme does and says: plain functions, one transaction each. They return replies and never send."""
