"""Luca, 16: carries a knife because he is afraid. A decision that came late, and a conflict of interest."""

from demo.story.referring import Accept, Refer, With
from demo.story.stage import Child
from demo.story.working import Agree, Close, KeepOut, Lead, Note, Strength, Worry
from foundation.access.words import Section

HUB = "coordinator"

LUCA = Child(
    "Luca Penhale",
    (16, 1, 22),
    school="Hillcrest Academy",
    events=(
        Refer(
            40,
            "16:30",
            "voluntary",
            "Luca showed his mentor a knife and asked him to keep it. He says two boys wait for him after "
            "the last bus and that he cannot go home another way.",
            ["serious_violence", "group_violence"],
            safe=None,
            says="I don't want it. I want to get home.",
            told=True,
            told_what="His mother was there when he handed it over. She is frightened for him.",
            happened=40,
        ),
        Accept(
            38,
            "10:45",
            HUB,
            "I am sorry that this comes a day late. Luca's mentor leads. The school and the police join, "
            "for the way home and not to punish him for having handed the knife over.",
            "Luca gave a knife to his mentor and asked him to keep it. Two boys wait for him after the last "
            "bus.\n\nLuca says: I don't want it. I want to get home.",
            [
                With("mentors", basis="legitimate_interests"),
                With("school", sections=(Section.EDUCATION, Section.PLAN)),
                With("police"),
            ],
        ),
        Lead(38, "11:00", HUB, "voluntary"),
        KeepOut(
            38,
            "11:05",
            HUB,
            "disruption",
            "Lives next door to the family and knows them well. Asked by herself to be kept out.",
        ),
        Agree(
            38,
            "11:20",
            HUB,
            "earlier bus",
            "Let Luca leave ten minutes early for the bus before the last, and tell his teachers why in one "
            "sentence he agrees to.",
            "school.lead",
            36,
            told=True,
        ),
        Close(36, "15:45", "school.lead", "earlier bus", "He has taken the earlier bus for two days."),
        Strength(
            31,
            "18:30",
            "voluntary",
            "Luca brings a friend",
            "Luca came with a friend from his year. They walk to the bus together now and have not met the "
            "two boys.",
        ),
        Note(
            27,
            "12:00",
            "school.lead",
            "Attendance",
            "Luca missed two lessons in four weeks, both in the week of the referral. None since.",
            Section.EDUCATION,
        ),
        Worry(
            16,
            "14:20",
            "police",
            "A fight near the bus stop",
            "Two older boys hurt another child near the stop. Luca was not there. His name was shouted. "
            "Officers will be at the stop in the evenings.",
            turning=True,
        ),
        Note(
            11,
            "17:50",
            "police",
            "At the bus stop",
            "Officers were at the stop for the last two buses on eight of the past ten school days. Nobody "
            "waited for him on those.",
            Section.POLICE,
        ),
        Strength(
            10,
            "17:20",
            "voluntary",
            "What Luca wants to keep",
            "Luca wants to keep the earlier bus and the walk with his friend, and to stop having to explain "
            "it.\n\nLuca says: It's just normal now. I want it to stay normal.",
        ),
    ),
)
