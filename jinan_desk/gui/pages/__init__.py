"""The nine pages of the sidebar, one a module. A page shows what a service answers; pages do not know each other."""
