"""The names of the files that a store consists of, inside its data directory."""

from __future__ import annotations

from pathlib import Path


def store_path(directory: Path) -> Path:
    """The encrypted database; SQLite keeps its `-wal` and `-shm` beside it while it is open."""
    return directory / "desk.db"


def key_path(directory: Path) -> Path:
    """The file with the key of the database."""
    return directory / "desk.key"


def witness_path(directory: Path) -> Path:
    """The small file that says how far the store has come; see `witness`."""
    return directory / "desk.witness"


def destroyed_path(directory: Path) -> Path:
    """The small file that names what was destroyed; see `destroyed`."""
    return directory / "desk.destroyed"


def lock_path(directory: Path) -> Path:
    """The empty file whose lock says that a process works with the store."""
    return directory / "desk.lock"


def attempts_path(directory: Path) -> Path:
    """The file that counts wrong passwords."""
    return directory / "desk.attempts"


def scratch_directory(directory: Path) -> Path:
    """Where temporary files lie while the store is open; see `scratch`."""
    return directory / "scratch"


def backup_directory(directory: Path) -> Path:
    """Where backups go that nobody asked for by name."""
    return directory / "backup"


def has_backups(directory: Path) -> bool:
    """Whether there is one among them."""
    return any(backup_directory(directory).glob("*.db"))
