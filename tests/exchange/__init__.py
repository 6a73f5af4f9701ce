"""Workbooks that come and go: nothing is guessed, nothing is half-read, nothing changes on its way unseen."""
