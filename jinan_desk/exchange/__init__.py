"""Workbooks in and out: packages between offices, rosters, ledgers. Nothing here opens a store."""
