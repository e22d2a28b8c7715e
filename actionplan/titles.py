"""A title of our own, made of an imported text where nobody has written one."""

TITLE_LENGTH = 80


def first_words(text: str) -> str:
    """A title for a proposal that has none of ours: as many whole words of the text as fit."""
    line = " ".join(text.split())
    if len(line) <= TITLE_LENGTH:
        return line.rstrip(".,;:")
    start = line[:TITLE_LENGTH]  # one letter is kept free for the ellipsis
    return f"{start.rpartition(' ')[0].rstrip('.,;:') or start[:-1]}…"
