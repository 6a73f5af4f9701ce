"""Benchmarks: ratios taken side by side in one run. No test depends on a time."""
