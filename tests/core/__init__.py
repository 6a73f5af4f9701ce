"""Tests of the rules without a window, a store, a file or a clock."""
