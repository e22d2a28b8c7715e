"""Children about whom nothing is decided yet, one about whom it was decided otherwise, and two drafts."""

from demo.story.referring import Answer, Ask, Decline, Draft, Refer
from demo.story.stage import Child

HUB = "coordinator"

NOAH = Child(
    "Noah Fenwick",
    (13, 4, 26),
    school="Hillcrest Academy",
    events=(
        Refer(
            0,
            "08:55",
            "school.lead",
            "Noah came in with a bruised face and says he was told to pay for a lost parcel. He is afraid "
            "to walk past the old boatyard.",
            ["serious_violence"],
            safe=False,
            says="I can't go that way any more.",
            told=True,
            told_what="His grandmother collects him today.",
            happened=0,
        ),
    ),
)

JOSS = Child(
    "Joss Linden",
    (15, 0, 19),
    events=(
        Refer(
            3,
            "16:10",
            "police",
            "Joss was in a car that was stopped late at night with three adults. He could not say where he "
            "was being taken. He had two hundred pounds and did not know whose they were.",
            ["criminal_exploitation", "trafficking"],
            safe=True,
            others="None known.",
            says="I was told to sit in the back and not ask.",
            told=True,
            told_what="His mother collected him and agrees to this referral.",
            happened=4,
        ),
    ),
)

EDIE = Child(
    "Edie Ballard",
    (12, 6, 1),
    school="Hillcrest Academy",
    events=(
        Refer(
            1,
            "15:40",
            "school.lead",
            "Edie's friends say that she has a second account and talks to adults there at night. She falls "
            "asleep in lessons.",
            ["online_abuse"],
            safe=True,
            told=False,
            told_what="We wanted to ask you first how to tell her parents.",
        ),
        Ask(
            0,
            "08:30",
            HUB,
            "Has anybody asked Edie herself, and what did she say? Is there an adult at school she would "
            "choose to talk to?",
        ),
    ),
)

SAMI = Child(
    "Sami Orrin",
    (16, 8, 15),
    events=(
        Refer(
            1,
            "11:05",
            "youth.worker",
            "Sami stopped coming to the open session after two years. His cousin says that he works nights "
            "for people who pay him in clothes.",
            ["criminal_exploitation"],
            says="I'm fine, I'm just busy.",
            told=None,
        ),
        Ask(1, "14:20", HUB, "When did you last see Sami, and does he know that you are asking for help?"),
        Answer(
            0,
            "08:15",
            "youth.worker",
            "I saw him yesterday evening at the bus stop. He knows that I worry and said I may ask. He did "
            "not want me to ring his parents before he has told them himself, this week.",
        ),
    ),
)

NELL = Child(
    "Nell Graveney",
    (11, 5, 7),
    events=(
        Refer(
            6,
            "10:30",
            "health",
            "Nell's mother is worried about a game in which strangers can write to her. Nell has stopped "
            "playing it and told her mother about a message she found odd.",
            ["online_abuse"],
            safe=True,
            says="I showed Mum straight away.",
            told=True,
            told_what="Her mother asked for this referral.",
            happened=8,
        ),
        Decline(
            5,
            "11:50",
            HUB,
            "Nell did the right thing, and so did her mother: the stranger is blocked and nothing was sent. "
            "A family worker from early help rings them tomorrow about safe settings. No case is opened. "
            "If anybody writes to Nell again, or she seems afraid, please refer her again the same day.",
        ),
    ),
)

ARON = Child(
    "Aron Tilley",
    (14, 3, 30),
    school="Hillcrest Academy",
    events=(
        Draft(
            2,
            "15:55",
            "school.lead",
            "Aron has new trainers and a new friend who is about 20. I want to ask his form tutor first "
            "what she has seen.",
            ["criminal_exploitation"],
        ),
    ),
)

BEA = Child(
    "Bea Winslow",
    (15, 11, 11),
    events=(
        Draft(
            1,
            "17:10",
            "voluntary",
            "Bea says that a boy she likes wants her to meet his friends at a flat. She is not sure that she "
            "wants to go.",
            says="He says I'm boring if I don't.",
        ),
    ),
)
