"""Reuben, nearly 18: sent away by train to sell for others. Adult services are asked in good time."""

from demo.story.days import TODAY
from demo.story.referring import Accept, Refer, With
from demo.story.stage import Child
from demo.story.working import Agree, Close, Lead, Note, ShareIt, Strength, Worry
from foundation.access.words import Section

HUB = "coordinator"

REUBEN = Child(
    "Reuben Astley",
    (17, 9, 20),
    events=(
        Refer(
            13,
            "10:50",
            "police",
            "Officers met Reuben on a train, far from home, with a bag that was not his. He was hungry and "
            "relieved to be asked. He is treated as a child who is being exploited, not as a suspect.",
            ["county_lines", "criminal_exploitation", "trafficking"],
            safe=True,
            says="They've got my brother's address.",
            told=True,
            told_what="His aunt, with whom he lives, collected him.",
            happened=14,
        ),
        Accept(
            12,
            "11:25",
            HUB,
            "Thank you for the way he was met. The East team visits today. A report to the National "
            "Referral Mechanism goes out with his agreement.",
            "Reuben was met on a train, far from home, with a bag that was not his. He was hungry and "
            "relieved to be asked.\n\nReuben says: They've got my brother's address.",
            [With("east"), With("youth")],
        ),
        Lead(12, "11:30", HUB, "social.worker"),
        ShareIt(
            12,
            "11:50",
            HUB,
            With(
                user="disruption",
                sections=(Section.CHRONOLOGY, Section.POLICE, Section.PLAN),
                purpose="To act on the adults who send children by train.",
                necessity="The officer works on these adults and needs times and places.",
            ),
        ),
        Strength(
            12,
            "17:35",
            "social.worker",
            "First visit",
            "Reuben and his aunt had thought about what they need: new numbers, a lock, and somebody who "
            "answers at night. His aunt has the duty number on her wall.",
        ),
        Agree(
            11,
            "10:10",
            HUB,
            "report",
            "Fill in the report to the National Referral Mechanism with Reuben, in his words.",
            "social.worker",
            7,
            told=True,
        ),
        Close(8, "14:50", "social.worker", "report", "Sent. Reuben read it first and changed two sentences."),
        Worry(
            8,
            "15:05",
            "social.worker",
            "A visit at the brother's door",
            "Two people asked for Reuben at his brother's flat. The brother did not open, and rang the "
            "number he had been given.",
            turning=True,
        ),
        Agree(
            7,
            "12:15",
            HUB,
            "lock",
            "Have the lock at his brother's flat changed.",
            "youth.worker",
            3,
            told=True,
        ),
        Agree(
            6,
            "09:55",
            HUB,
            "eighteen",
            "Invite adult safeguarding to the next meeting: Reuben turns 18 in less than three months.",
            "manager",
            TODAY,
        ),
        Note(
            6,
            "16:25",
            "disruption",
            "Times and stations passed on",
            "Transport officers know the times and stations, without Reuben's name. They look out for "
            "children who travel alone with older people.",
            Section.POLICE,
        ),
        Strength(
            5,
            "18:10",
            "youth.worker",
            "Reuben at the gym",
            "Reuben came to the open session and stayed to put the mats away. He asked about the trainer's "
            "course.\n\nReuben says: It's the first place nobody wanted anything off me.",
        ),
    ),
)
