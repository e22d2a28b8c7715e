"""What a typed text is made into before it is kept, and which characters are refused."""

import re
import unicodedata

from django.core.exceptions import ValidationError

DIRECTION_CHANGERS = "\u202a-\u202e\u2066-\u2069"
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
REFUSED = re.compile(f"[{CONTROLS}{DIRECTION_CHANGERS}]")
LINE_END = re.compile("\r\n|\r|\u2028|\u2029")


def cleaned_text(text: str, *, what: object) -> str:
    """NFC with "\\n" line ends. Raises ValidationError where a character cannot be shown to people."""
    text = unicodedata.normalize("NFC", LINE_END.sub("\n", text))
    if REFUSED.search(text):
        raise ValidationError(
            f"“{what}” has a hidden character that cannot be kept. Type the words again "
            "instead of pasting them.",
            code="hidden_character",
        )
    return text


def cleaned_line(text: str, *, what: object) -> str:
    """As `cleaned_text`, on one line: line ends and tabs become single spaces."""
    return re.sub(r"[\n\t ]+", " ", cleaned_text(text, what=what)).strip()


def as_sentence_part(label: str) -> str:
    """A label inside a sentence: "Date of birth" becomes "date of birth", a question is quoted."""
    if label.endswith("?"):
        return f"an answer to “{label}”"
    keeps_capital = label[1:2].isupper()
    return label if keeps_capital else label[:1].lower() + label[1:]
