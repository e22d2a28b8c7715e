"""What may go wrong in a service, told in sentences a person can read."""


class RuleBroken(Exception):
    """A rule of practice does not allow this now. `str(error)` is a sentence to show as it is."""
