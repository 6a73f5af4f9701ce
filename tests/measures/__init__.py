"""Tests of the articles and of what every article must fulfil."""
