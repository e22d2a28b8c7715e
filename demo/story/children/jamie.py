"""Jamie, 17: made to carry, threatened, and on the way to college. His case has come a long way."""

from cases.plans.models import Outcome
from demo.story.days import TODAY
from demo.story.referring import Accept, Refer, With
from demo.story.stage import Child
from demo.story.working import Agree, Close, Decide, EndReview, HandOver, Lead, PlanReview, Strength, Worry

HUB = "coordinator"
ROOM = "Meeting room 2"

JAMIE = Child(
    "Jamie Carrow",
    (17, 3, 9),
    school="Hillcrest Academy",
    events=(
        Refer(
            54,
            "15:20",
            "school.lead",
            "Jamie has missed the last lesson four times in two weeks and now has two telephones. This "
            "week an adult we do not know waited in a car at the gate. We think Jamie may be made to "
            "carry something.",
            ["criminal_exploitation", "county_lines"],
            safe=True,
            others="Jamie's younger brother walks home with him.",
            says="They said it was a favour. I don't know how to stop now.",
            told=True,
            told_what="Jamie's mother knows that we are worried and that we ask for help.",
            happened=55,
        ),
        Accept(
            53,
            "10:05",
            HUB,
            "Thank you. A social worker will visit Jamie and his mother this week, and will call you.",
            "School is worried: Jamie missed the last lesson four times in two weeks, has two telephones, "
            "and an unknown adult waited at the gate.\n\n"
            "Jamie says: They said it was a favour. I don't know how to stop now.",
            [With("east"), With("police"), With("mentors", basis="legitimate_interests")],
        ),
        Lead(52, "09:30", HUB, "social.worker"),
        Strength(
            51,
            "16:45",
            "social.worker",
            "Visit at home",
            "Jamie talked about football for half an hour and then about the car. His mother listened and "
            "did not interrupt. They have agreed that his uncle collects him on Tuesdays.",
        ),
        Worry(
            48,
            "11:15",
            "police",
            "Car seen near the school",
            "Patrol noted a car like the one the school described. The driver was spoken to and moved on. "
            "Jamie was not there.",
        ),
        Strength(
            45,
            "17:00",
            "voluntary",
            "First meeting with a mentor",
            "Jamie came, stayed for an hour, and asked when the next one is.",
        ),
        Worry(
            41,
            "15:50",
            "social.worker",
            "Jamie talks about what he is told he owes",
            "Jamie is being told that he owes money for a parcel that was taken from him. He has had "
            "messages at night.\n\nJamie says: If I give the phone back they will want the money. I never "
            "had any money.",
            turning=True,
        ),
        Agree(
            41,
            "16:30",
            HUB,
            "officer",
            "Meet Jamie with his social worker, so that he can say what should happen about the threats.",
            "police",
            36,
            told=True,
        ),
        Close(
            37,
            "10:20",
            "police",
            "officer",
            "Jamie does not want to meet an officer now. His mentor knows whom to call when he does.",
            Outcome.NO_LONGER_POSSIBLE,
        ),
        Strength(
            33,
            "18:05",
            "voluntary",
            "Jamie cooked",
            "Jamie made supper for his brother at the project's kitchen and took some home. He says he "
            "would like to learn to do it properly.",
        ),
        PlanReview(
            28,
            "11:00",
            "chair",
            "first review",
            20,
            "10:00",
            "What keeps Jamie safe after school, and what does he want for himself?",
            ROOM,
        ),
        Decide(
            20,
            "10:50",
            "chair",
            "first review",
            "after school",
            "Jamie and his mother were there for the first half hour. Jamie wants the messages to stop and "
            "wants to go to college. The plan goes on: nobody asks him to meet people he fears, and the "
            "adults who threaten him are the police's concern, not his.",
        ),
        Agree(
            20,
            "10:58",
            "chair",
            "open day",
            "Go with Jamie to the college's open day for cooks.",
            "social.worker",
            12,
            told=True,
            after="after school",
        ),
        Agree(
            20,
            "11:06",
            "chair",
            "the car",
            "Tell the school in words it may pass on what is known about the car.",
            "police",
            13,
            after="after school",
        ),
        Agree(
            20,
            "11:12",
            "chair",
            "kitchen",
            "Ask the project's kitchen if Jamie can help there on Tuesdays and Thursdays.",
            "voluntary",
            14,
            told=True,
            after="after school",
        ),
        EndReview(20, "11:30", "chair", "first review"),
        Close(
            15,
            "17:40",
            "voluntary",
            "kitchen",
            "He starts next week, both days until seven, with supper.",
        ),
        Strength(
            12,
            "13:10",
            "social.worker",
            "Open day at the college",
            "Jamie asked the tutor three questions of his own and filled in the form on the bus home.\n\n"
            "Jamie says: I could do that. I could actually do that.",
            turning=True,
        ),
        Close(12, "13:20", "social.worker", "open day", "He has applied. An answer comes in two weeks."),
        Close(
            9,
            "09:40",
            HUB,
            "the car",
            "The officer was moved to another enquiry and nobody took it over. It is agreed again with a "
            "new day.",
            Outcome.NOT_DONE,
        ),
        Agree(
            9,
            "09:45",
            HUB,
            "the car again",
            "Tell the school in words it may pass on what is known about the car.",
            "police",
            3,
        ),
        PlanReview(
            8,
            "09:40",
            "chair",
            "second review",
            -6,
            "10:00",
            "Is Jamie safer than four weeks ago, and who stays with him when college begins?",
            ROOM,
        ),
        Agree(
            8,
            "10:15",
            HUB,
            "mother",
            "Explain to Jamie's mother in plain words what the review is for, and ask what she wants to say.",
            "minutes",
            -1,
            told=True,
        ),
        Agree(
            7,
            "15:00",
            HUB,
            "safety plan",
            "Go through the safety plan again with Jamie and his mother.",
            "social.worker",
            2,
            told=True,
        ),
        Worry(
            5,
            "08:50",
            "police",
            "Messages again",
            "Jamie's mother showed two messages from a number that is not known. They name his brother. "
            "Patrols pass the street in the afternoon.",
        ),
        HandOver(
            5,
            "11:05",
            HUB,
            "mother",
            "minutes",
            -2,
            "Jamie's mother works that evening and asked for the day after.",
        ),
        Agree(
            4,
            "10:00",
            HUB,
            "brother",
            "Ask the primary school how Jamie's brother gets home, and who meets him.",
            "social.worker",
            TODAY,
            told=True,
        ),
        Agree(
            4,
            "10:10",
            HUB,
            "evening",
            "Call on Jamie at the project's kitchen and ask him what he wants said at the review.",
            "voluntary",
            -1,
            told=True,
        ),
        Agree(
            4,
            "10:20",
            HUB,
            "cover",
            "Name who visits Jamie while his social worker is on leave.",
            "manager",
            -5,
        ),
        Strength(
            2,
            "17:30",
            "voluntary",
            "A quiet evening",
            "Jamie peeled ten kilos of carrots and laughed about it. His telephone stayed in his coat.",
        ),
    ),
)
