"""Printed forms: from a form (`forms/*.toml`) and a context to PDF and to xlsx."""
