"""The rules, without a window, a store, a file or a clock: pure functions over frozen values."""
