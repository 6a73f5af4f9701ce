"""Use cases, one file a noun: what a person does at the desk, without a window and without knowing how it is stored."""
