"""Asha, 15: away from home at night, and less so since people ask where she feels safe."""

from demo.story.days import TODAY
from demo.story.referring import Accept, Refer, With
from demo.story.stage import Child
from demo.story.working import Agree, Close, EndReview, Lead, Note, PlanReview, ShareIt, Strength, Worry
from foundation.access.words import Section

HUB = "coordinator"
FOR_POLICE = (Section.CHRONOLOGY, Section.POLICE, Section.PLAN)

ASHA = Child(
    "Asha Merrow",
    (15, 7, 4),
    school="Hillcrest Academy",
    events=(
        Refer(
            64,
            "09:40",
            "police",
            "Asha was reported missing twice this month and came home on her own both times, tired and with "
            "a new coat. Friends say that older young people collect her by car.",
            ["missing", "sexual_exploitation"],
            safe=True,
            others="A girl of the same age was with her the second time.",
            says="I go because it's quiet there. Nobody asks me anything.",
            told=True,
            told_what="Her parents know that the hub is asked for help.",
            happened=65,
        ),
        Accept(
            63,
            "15:30",
            HUB,
            "Thank you. A youth worker whom Asha knows will talk to her first, then to her parents.",
            "Asha was missing twice this month and came home on her own. Older young people collect her by "
            "car.\n\nAsha says: I go because it's quiet there. Nobody asks me anything.",
            [With("youth"), With("police", sections=FOR_POLICE), With("health")],
        ),
        Lead(63, "15:45", HUB, "youth.worker"),
        Strength(
            61,
            "17:15",
            "youth.worker",
            "A walk and a list",
            "Asha wrote down where she feels safe: her nan's kitchen, the pool in the early morning, the "
            "back row of the library. She kept the list and let us copy it.",
        ),
        Note(
            57,
            "10:30",
            "health",
            "Visit to the school nurse",
            "Asha came by herself, asked for advice and was given it. She knows that she may come again "
            "without saying why.",
            Section.HEALTH,
        ),
        Worry(
            53,
            "08:45",
            "police",
            "Missing for a night",
            "Asha was out until five and came home on her own. She did not want to speak to an officer.",
            happened=54,
        ),
        Agree(
            53,
            "11:00",
            HUB,
            "talk after",
            "Meet Asha within three days where she likes to be, and ask what would have helped that night.",
            "youth.worker",
            50,
            told=True,
        ),
        Close(
            51,
            "16:50",
            "youth.worker",
            "talk after",
            "We met at the pool. She said a lift home would have helped, from somebody who does not ask.",
        ),
        Strength(
            51,
            "17:05",
            "youth.worker",
            "What would have helped",
            "Asha named two adults she would call at night: her nan and her aunt. Both have said yes, at "
            "any hour.\n\nAsha says: If I can ring and nobody starts, I'd ring.",
            turning=True,
        ),
        Note(
            33,
            "15:20",
            "police",
            "The driver of the car",
            "A man of 24 is warned in writing to stay away from Asha. The work on him goes on elsewhere.",
            Section.POLICE,
        ),
        PlanReview(
            25,
            "10:30",
            "chair",
            "review at six weeks",
            18,
            "14:00",
            "What has changed for Asha at night, and who else needs the same help?",
            "Meeting room 2",
        ),
        EndReview(
            19,
            "12:10",
            "chair",
            "review at six weeks",
            "Asha wants her nan beside her, and her nan is in hospital this week. A new day follows.",
        ),
        Strength(
            15,
            "13:40",
            "youth.worker",
            "Three weeks at home",
            "Asha has been at home each night for three weeks. Once she rang her aunt at eleven and was "
            "collected.",
            turning=True,
        ),
        PlanReview(
            11,
            "15:15",
            "chair",
            "review with her nan",
            -8,
            "14:00",
            "What has changed for Asha at night, and who else needs the same help?",
            "Meeting room 2",
        ),
        ShareIt(
            10,
            "10:40",
            HUB,
            With(
                user="disruption",
                sections=FOR_POLICE,
                purpose="To act on the adult who collects children by car.",
                necessity="The officer needs to know where and when, and nothing about family or health.",
            ),
        ),
        Agree(
            9,
            "11:30",
            HUB,
            "other girl",
            "Ask Asha, without pressing her, if the other girl has somebody to talk to.",
            "youth.worker",
            -2,
            told=True,
        ),
        Agree(
            9,
            "11:40",
            HUB,
            "places",
            "Visit the car park and the two flats, and tell the hub what would make them safer.",
            "disruption",
            -4,
        ),
        Agree(
            8,
            "16:00",
            HUB,
            "nurse",
            "Offer Asha a time with the nurse before school, at the pool if she prefers.",
            "health",
            1,
            told=True,
        ),
        Worry(
            4,
            "09:35",
            "youth.worker",
            "Her nan is still unwell",
            "Asha worries about her nan and slept badly. Her aunt stays with the family this week.",
        ),
        Agree(
            3,
            "15:50",
            HUB,
            "aunt",
            "Ring Asha's aunt and ask what she needs in order to go on.",
            HUB,
            TODAY,
            told=True,
        ),
    ),
)
