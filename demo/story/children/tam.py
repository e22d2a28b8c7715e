"""Tam, 14: pressed for pictures by somebody she met online. Her case is a week old."""

from demo.story.days import TODAY
from demo.story.referring import Accept, Refer, With
from demo.story.stage import Child
from demo.story.working import Agree, Close, Lead, ShareIt, Strength, Worry

HUB = "coordinator"

TAM = Child(
    "Tamsin Oakes",
    (14, 2, 17),
    known_as="Tam",
    events=(
        Refer(
            7,
            "18:40",
            "youth.worker",
            "Tam told us that an older person she met online keeps asking for pictures and knows her school.",
            ["online_abuse", "sexual_exploitation"],
            safe=True,
            says="I just want him to leave me alone.",
            told=False,
            told_what="Tam asked us to wait until a worker can be there when she tells her father.",
            happened=8,
        ),
        Accept(
            6,
            "09:50",
            HUB,
            "Thank you. The South team will meet Tam with you, as she asked.",
            "An older person Tam met online keeps asking for pictures and knows her school.\n\n"
            "Tam says: I just want him to leave me alone.",
            [With("south"), With("health")],
        ),
        Lead(6, "10:15", HUB, "health"),
        ShareIt(5, "09:20", HUB, With("youth", purpose="Tam chose the youth worker to be with her.")),
        Strength(
            5,
            "16:10",
            "youth.worker",
            "Tam told her father",
            "Tam told her father herself, with us in the room. He thanked her for saying it and asked what "
            "she needs.\n\nTam says: I thought he would shout. He made tea.",
            turning=True,
        ),
        Agree(
            5,
            "16:40",
            HUB,
            "report",
            "Help Tam to report the account, and keep the messages safe for the police if she wants that.",
            "youth.worker",
            2,
            told=True,
        ),
        Close(3, "18:20", "youth.worker", "report", "Reported together. The account is gone."),
        Worry(
            3,
            "12:35",
            "health",
            "Sleep",
            "Tam sleeps little and has been sick before school twice. She would like to talk to somebody "
            "who is not from her school.",
        ),
        Agree(
            3,
            "13:00",
            HUB,
            "talk",
            "Find Tam somebody to talk to outside school, and tell her the name and the day.",
            "health",
            TODAY,
            told=True,
        ),
        Agree(
            2,
            "11:20",
            HUB,
            "school",
            "Ask Tam what her school may know, and who there should know it.",
            "youth.worker",
            -3,
            told=True,
        ),
        Agree(
            2,
            "11:25",
            HUB,
            "south",
            "Agree with the South team who visits Tam's father, and tell him.",
            "hub.manager",
            -4,
        ),
    ),
)
