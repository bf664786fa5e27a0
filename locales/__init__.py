"""What people read: one .ftl file a conversation, one folder a language."""
