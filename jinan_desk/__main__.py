"""`python -m jinan_desk`: without a command the window, with one the headless desk."""

from __future__ import annotations

from jinan_desk.app import main

if __name__ == "__main__":
    main()
