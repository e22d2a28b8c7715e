"""The strategy's six themes and 23 proposals, retold in our own plain words.

The adopted wording is not ours to keep here: a partnership imports it (`manage.py import_action_plan`).
Leads, dates and progress are not known and are left out.
"""

from actionplan.services import ProposalWords, ThemeWords

NAME = "Strategy on harm outside the home"

THEMES = (
    ThemeWords(
        "See the whole world around a child",
        (
            ProposalWords(
                1,
                "Look beyond the family in every assessment",
                "Check the thresholds and the assessment tools, so that friends, places and relationships "
                "outside the home are always thought about. Make this a habit for all staff.",
            ),
            ProposalWords(
                2,
                "One clear way to refer",
                "Agree how any worker refers a worry, and make sure that every agency knows how. Keep "
                "what people need to read about harm outside the home in one place on the partnership's "
                "website.",
            ),
            ProposalWords(
                3,
                "One shared view of trafficking referrals",
                "Let every agency that reports to the National Referral Mechanism mark and follow those "
                "reports together. The partnership can then see which children may have been trafficked "
                "and what was done.",
            ),
            ProposalWords(
                4,
                "Train staff and give them time",
                "Give workers the training and the hours to understand trauma and to build trust with a "
                "child. Look at real cases to see whether it happens.",
            ),
        ),
    ),
    ThemeWords(
        "Keep children safe by involving them",
        (
            ProposalWords(
                5,
                "Map places together with young people",
                "Where criminal exploitation or a worrying place is a concern, draw a picture of the "
                "neighbourhood with the young people who know it.",
            ),
            ProposalWords(
                6,
                "Work from strengths with children and families",
                "Teach staff a way of working that builds on what is going well and on good "
                "relationships, for children who are being criminally exploited, for their friends and "
                "for their families.",
            ),
            ProposalWords(
                7,
                "Pupils who look out for one another",
                "Look into a school scheme in which pupils learn together to notice exploitation, and "
                "good role models act as mentors.",
            ),
            ProposalWords(
                8,
                "More mentors in the community",
                "Enlarge the mentoring scheme that is already there, so that more children who may be "
                "exploited have someone at their side.",
            ),
            ProposalWords(
                9,
                "Bring activities to where they are needed",
                "Consider short-term youth clubs and other things to do in neighbourhoods that need more "
                "help, so that young people support each other and local ties grow stronger.",
            ),
        ),
    ),
    ThemeWords(
        "A steady path into adult life",
        (
            ProposalWords(
                10,
                "Bring in adult safeguarding at seventeen",
                "Involve adult services early for anyone of 17 who is likely to be in serious danger "
                "outside the home after turning 18.",
            ),
            ProposalWords(
                11,
                "Specialist help past the eighteenth birthday",
                "Look for money to let specialist services stay with people as they become adults, so "
                "that good relationships can last.",
            ),
        ),
    ),
    ThemeWords(
        "Stop the people who cause harm",
        (
            ProposalWords(
                12,
                "Joint action on hotels, venues and taxis",
                "Plan more joint visits and checks by police, licensing and trading standards officers, "
                "at places such as hotels, bars and clubs and with door staff and taxi firms.",
            ),
            ProposalWords(
                13,
                "Safe ways out of exploitation",
                "Put together a range of ways to help a child get out, and agree the steps. A tag that is "
                "worn by choice and a tag that a court orders are both among them.",
            ),
            ProposalWords(
                14,
                "A picture of where harm happens",
                "Bring together what agencies know about places, so that the partnership sees where harm "
                "gathers and can act as it moves.",
            ),
        ),
    ),
    ThemeWords(
        "Protect children rather than punish them",
        (
            ProposalWords(
                15,
                "Help for families outside office hours",
                "Look again at what families are offered, so that help bends to their needs and can be "
                "had at night and on Saturday and Sunday.",
            ),
            ProposalWords(
                16,
                "One trusted lead for each young person",
                "Agree who leads for each young person who is moving between services or needs more help. "
                "It may be a worker, a mentor or another adult they trust.",
            ),
            ProposalWords(
                17,
                "A home that suits and is safe",
                "When a young person cannot live at home, find with housing providers a place that is "
                "right for that young person.",
            ),
            ProposalWords(
                18,
                "More to do in hostels",
                "Help hostels and housing projects to offer more learning and more to do, so that people "
                "who exploit others find it harder to reach those who live there.",
            ),
            ProposalWords(
                19,
                "Map what each community has",
                "Make a map, drawn by young people and workers together, of the help and the strengths "
                "that each neighbourhood has, and use it to make things better.",
            ),
            ProposalWords(
                20,
                "More sport, art and music",
                "Open up more chances to join in and have fun: sport, art, music, short-term clubs and "
                "whatever else young people enjoy.",
            ),
        ),
    ),
    ThemeWords(
        "Help that is there in a crisis",
        (
            ProposalWords(
                21,
                "Quick help at critical moments",
                "Work out how a young person gets help at once when it counts most. Think about paying "
                "for specialists, or about training a named person in schools, hospitals, police stations "
                "and courts.",
            ),
            ProposalWords(
                22,
                "An equal offer for every exploited child",
                "Together with those who pay for services, see that children harmed sexually and children "
                "harmed criminally, and their families, are offered as much as each other and can reach "
                "it.",
            ),
            ProposalWords(
                23,
                "Mental health care without long waits",
                "Agree with mental health services that anyone from 16 to 25 who has been exploited is "
                "offered enough care, soon enough.",
            ),
        ),
    ),
)
