"""What words put on the administrators' page."""

from foundation.web import registries
from foundation.web.registries import AdministrationPage


def register() -> None:
    registries.administration.add(
        "words",
        AdministrationPage(
            "Words and lists",
            "vocabulary:words",
            "What people read and choose from: types of harm, tiers, places, meetings and more.",
            order=10,
        ),
    )
    registries.administration.add(
        "time limits",
        AdministrationPage(
            "Time limits",
            "vocabulary:limits",
            "How long practice allows, when people are reminded, and when a manager is told.",
            order=20,
        ),
    )
