"""Tests mirror the package; `house` holds those of the checkout itself, `bench` measures speed."""
