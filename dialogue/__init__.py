"""How we talk: questions, drafts, turns and wording. Pure, and knows nothing of producers or SQL."""
