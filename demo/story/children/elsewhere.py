"""Two children of the neighbouring areas, whose hubs decide and coordinate for themselves."""

from demo.story.days import TODAY
from demo.story.referring import Accept, Refer, With
from demo.story.stage import Child
from demo.story.working import Agree, Close, Lead, Strength, Worry
from foundation.access.words import Section

NORTH, SOUTH = "north.somerset", "south.glos"

OTTILIE = Child(
    "Ottilie Crane",
    (16, 4, 12),
    school="Hillcrest Academy",
    area="North Somerset",
    events=(
        Refer(
            24,
            "14:35",
            "school.lead",
            "Ottilie's partner is 19, reads her telephone and waits at the gate each day. She has stopped "
            "seeing her friends and came in with a bruised wrist.",
            ["peer_abuse", "sexual_exploitation"],
            safe=True,
            says="He just worries about me.",
            told=False,
            told_what="Ottilie asked us not to ring home before she has spoken to her mother.",
            happened=24,
        ),
        Accept(
            23,
            "10:20",
            NORTH,
            "Thank you. I will meet Ottilie at school with you tomorrow. Her mother hears when she is ready, "
            "unless waiting becomes unsafe.",
            "Ottilie's partner is 19, reads her telephone and waits at the gate. She has stopped seeing her "
            "friends.\n\nOttilie says: He just worries about me.",
            [
                With("school", sections=(Section.CHRONOLOGY, Section.EDUCATION, Section.PLAN)),
                With("police", not_told_because="Ottilie asked for time to tell her mother herself."),
            ],
        ),
        Lead(23, "10:30", NORTH, NORTH),
        Strength(
            21,
            "12:50",
            NORTH,
            "Ottilie told her mother",
            "Ottilie told her mother on her own, the evening after we met. They have agreed that her mother "
            "collects her on Fridays. On other days she leaves by the side door with a friend.",
            turning=True,
        ),
        Worry(
            14,
            "09:20",
            "school.lead",
            "He waited at the other gate",
            "He stood at the other gate yesterday. Ottilie stayed inside with a friend until he had gone.",
            happened=15,
        ),
        Agree(
            7,
            "10:35",
            NORTH,
            "course",
            "Find a place on the course about safe relationships that is not at her own school.",
            NORTH,
            2,
            told=True,
        ),
        Agree(6, "15:25", NORTH, "friend", "Ask Ottilie how the walk home goes.", NORTH, TODAY, told=True),
        Strength(
            3,
            "13:20",
            "school.lead",
            "Back at the choir",
            "Ottilie sang with the choir again after two months.\n\nOttilie says: I forgot I was loud.",
        ),
    ),
)

DEVAN = Child(
    "Devan Pryor",
    (14, 10, 28),
    area="South Gloucestershire",
    events=(
        Refer(
            18,
            "11:10",
            "health",
            "Devan came to the nurse three times with headaches and then said that older boys on the bus "
            "take his money and make him hold things for them.",
            ["robbery", "criminal_exploitation", "bullying"],
            safe=True,
            says="If I get off a stop early they know.",
            told=True,
            told_what="His father knows and drives him this week.",
            happened=19,
        ),
        Accept(
            17,
            "09:45",
            SOUTH,
            "Thank you. I will see Devan and his father this week. Please go on seeing him when he comes.",
            "Older boys on the bus take Devan's money and make him hold things for them.\n\n"
            "Devan says: If I get off a stop early they know.",
            [
                With("health", sections=(Section.CHRONOLOGY, Section.HEALTH, Section.PLAN)),
                With("youth"),
            ],
        ),
        Lead(17, "10:00", SOUTH, SOUTH),
        Strength(
            15,
            "16:40",
            SOUTH,
            "Visit at home",
            "Devan showed us the model bus he is building. His father has asked his firm for later shifts so "
            "that he can drive him until the end of term.",
        ),
        Worry(
            11,
            "10:15",
            "health",
            "Headaches again",
            "Devan came twice this week, both times on days without a lift.",
            Section.HEALTH,
        ),
        Agree(
            10,
            "14:45",
            SOUTH,
            "bus",
            "Ride the bus with the driver's firm at the time Devan does, and see who gets on.",
            "youth.worker",
            4,
            told=True,
        ),
        Close(
            4,
            "18:00",
            "youth.worker",
            "bus",
            "The driver knows the boys, and lets Devan sit beside him. The firm talks to their school.",
        ),
        Agree(
            3,
            "09:30",
            SOUTH,
            "father",
            "Ring Devan's father about the later shifts, and write to his firm if that helps.",
            SOUTH,
            -1,
            told=True,
        ),
        Strength(
            2,
            "10:45",
            "health",
            "A week without headaches",
            "Devan looked in to say that he did not need anything.\n\nDevan says: The driver likes my bus.",
        ),
    ),
)
