"""Mina, 13: hurt by pictures that other pupils passed on. Her school leads, and one share ends soon."""

from demo.story.referring import Accept, Refer, With
from demo.story.stage import Child
from demo.story.working import Agree, Close, EndShare, Lead, Note, Strength, Worry
from foundation.access.words import Section, Verb

HUB = "coordinator"

MINA = Child(
    "Mina Tolland",
    (13, 9, 2),
    school="Hillcrest Academy",
    events=(
        Refer(
            34,
            "12:25",
            "school.lead",
            "A picture of Mina was sent round her year without her wish. Two pupils ask her for more and "
            "say that they will show it to her family.",
            ["peer_abuse", "online_abuse"],
            safe=True,
            others="At least one other girl is named in the messages.",
            says="Everyone looks at me like I did it.",
            told=True,
            told_what="Her parents know, and Mina asked us to be there when they were told.",
            happened=35,
        ),
        Accept(
            33,
            "09:35",
            HUB,
            "Thank you for acting at once. Please lead: Mina trusts you. The school nurse and the mentors "
            "are with you, and the East team advises until the picture is gone.",
            "A picture of Mina was sent round her year without her wish, and two pupils ask for more.\n\n"
            "Mina says: Everyone looks at me like I did it.",
            [
                With("school"),
                With("health"),
                With("mentors", basis="legitimate_interests"),
                With(
                    "east",
                    sections=(Section.CHRONOLOGY, Section.PLAN),
                    verb=Verb.VIEW,
                    purpose="To advise the school on the pupils who passed the picture on.",
                    necessity="The team advises on both sides and needs to read what was agreed.",
                    until=-4,
                ),
            ],
        ),
        Lead(33, "09:50", HUB, "school.lead"),
        Agree(
            33,
            "10:10",
            HUB,
            "picture",
            "Have the picture taken down where it is known to be, and tell Mina what was done and what not.",
            "school.lead",
            30,
            told=True,
        ),
        Close(
            31,
            "15:20",
            "school.lead",
            "picture",
            "It is gone from the two places we know. Mina knows that we cannot promise more.",
        ),
        Worry(
            29,
            "11:40",
            "health",
            "Mina eats little at school",
            "Mina avoids the dining hall and says that she is not hungry. She agreed to eat with the nurse "
            "twice a week.",
            Section.HEALTH,
        ),
        Strength(
            22,
            "16:00",
            "voluntary",
            "Mina draws again",
            "Mina drew for an hour and gave one drawing away. She asked if the group meets in the holidays.",
        ),
        Note(
            18,
            "14:30",
            "school.lead",
            "Talks with the pupils who passed it on",
            "Each was spoken to with a parent. Two wrote to Mina. She has read one letter and keeps the "
            "other for later.",
            Section.EDUCATION,
        ),
        Strength(
            17,
            "13:45",
            "health",
            "Lunch with friends",
            "Mina does not need the nurse at lunch any more. She chose her table and stayed for the whole "
            "hour.\n\n"
            "Mina says: I picked the one by the window.",
            turning=True,
        ),
        EndShare(10, "09:15", HUB, "mentors"),
        Agree(
            3,
            "10:25",
            HUB,
            "other girl",
            "Ask the other girl who is named if she wants help, and what kind.",
            "school.lead",
            -5,
        ),
    ),
)
