"""The store keeps what it answered, finds what it keeps, and proves that both agree."""
