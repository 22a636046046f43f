//! What people of the demo write when they ask, decide, leave and remove.

use super::dice::Dice;

const ASK_OPENINGS: [&str; 16] = [
    "Hi, I would like to help out.",
    "Flew with you last weekend and liked it.",
    "My corp mate told me to ask here.",
    "Moved time zones, so I can finally make your evenings.",
    "Saw the announcement.",
    "Coming back after a long break.",
    "I have the skills now.",
    "We talked at the meeting yesterday.",
    "New here, but keen.",
    "I was in this group before the move.",
    "Looking for people to do this with.",
    "Second attempt, this time with the form filled in.",
    "Guten Abend zusammen!",
    "Hello from Brisbane.",
    "The mentors said I am ready.",
    "Mostly interested in the weekend sessions.",
];
const ASK_DETAILS: [&str; 20] = [
    "On from 19:00 EVE most days.",
    "I own two of the hulls and can fly the third in nine days.",
    "Can bring my own gear.",
    "I have read the rules.",
    "Happy to start with the boring jobs.",
    "My main is the same as my username.",
    "No experience yet, but I learn quickly.",
    "References: ask anybody in the corporation.",
    "Not available in exam weeks.",
    "I can host if a room is missing.",
    "Did this for three years elsewhere.",
    "Please tell me if something is missing.",
    "I would bring two friends along later.",
    "Course certificate is attached to my profile.",
    "Alts: none in this alliance.",
    "I can take the early shift.",
    "Microphone works, promise.",
    "I speak Portuguese and a bit of Polish.",
    "Only as a listener at first, if that is fine.",
    "Thanks for looking at this.",
];
const LEAVE_REASONS: [&str; 14] = [
    "No time any more, sorry.",
    "Moving to another city.",
    "Changed corporation.",
    "I only needed it for the event.",
    "Too many notifications.",
    "Graduated!",
    "Switching to the other team, see you there.",
    "Parental leave until spring.",
    "I have not been active for months, somebody else should have the place.",
    "Selling the ship.",
    "The evenings do not fit any more.",
    "Knee says no.",
    "Was added by mistake, I think.",
    "Taking a break from everything.",
];
const REJECTIONS: [&str; 14] = [
    "Please fill in the form first, then ask again.",
    "The course is full, the next one starts in March.",
    "You need the second module before this.",
    "We could not reach you on voice. Ask again when you are on.",
    "This is for people of the faculty only.",
    "Not with two open warnings. Talk to a moderator first.",
    "Wrong group: you want the one without «Wing» in its name.",
    "Sorry, no places until somebody leaves.",
    "Your main has to be in the alliance for this.",
    "Asked twice for a reason and got none.",
    "Let us talk at the next meeting.",
    "The skills are not there yet; thirty days, says the plan.",
    "We agreed on a trial period first.",
    "Duplicate of your other account.",
];
const LEAVE_REJECTIONS: [&str; 5] = [
    "Please hand in the key first.",
    "Wait until the audit is over, please.",
    "You are on the rota on Friday.",
    "We need a successor before you go.",
    "Return the hull first, then gladly.",
];
const WELCOMES: [&str; 12] = [
    "Welcome!",
    "Welcome aboard. Read the pinned message first.",
    "Glad to have you.",
    "See you on Tuesday.",
    "Channel access follows within the hour.",
    "Trial until the end of the month.",
    "Welcome back.",
    "As discussed.",
    "Vouched for by two members.",
    "Bring a friend next time.",
    "o7",
    "You are on the list for Thursday.",
];
const REMOVALS: [&str; 12] = [
    "Inactive for more than three months.",
    "Broke the rules twice.",
    "Left the corporation.",
    "No-show on four operations.",
    "Agreed by mail.",
    "Clean-up before the new season.",
    "Account shared with somebody else.",
    "Asked on voice to be removed.",
    "Certificate has expired.",
    "Fee not paid despite two reminders.",
    "Moved to the alumni.",
    "Wrong person was approved.",
];

/// Why somebody asks to join; some say nothing.
pub(super) fn asking(dice: &mut Dice) -> Option<String> {
    let (opening, detail) = (dice.pick(&ASK_OPENINGS), dice.pick(&ASK_DETAILS));
    match dice.below(10) {
        0 | 1 => None,
        2 | 3 => Some(opening.to_owned()),
        4 => Some(detail.to_owned()),
        5..9 => Some(format!("{opening} {detail}")),
        _ => Some(format!("{opening}\n\n{detail}\n{}", dice.pick(&ASK_DETAILS))),
    }
}

/// Why somebody wants to leave.
pub(super) fn leaving(dice: &mut Dice) -> Option<String> {
    sometimes(dice, 70, &LEAVE_REASONS)
}

/// What the applicant is told with a yes.
pub(super) fn welcome(dice: &mut Dice) -> Option<String> {
    sometimes(dice, 25, &WELCOMES)
}

/// What the applicant is told with a no.
pub(super) fn rejection(dice: &mut Dice) -> Option<String> {
    sometimes(dice, 85, &REJECTIONS)
}

/// What somebody who wants to leave is told with a no.
pub(super) fn leave_rejection(dice: &mut Dice) -> Option<String> {
    sometimes(dice, 90, &LEAVE_REJECTIONS)
}

/// Why a member is removed.
pub(super) fn removal(dice: &mut Dice) -> Option<String> {
    sometimes(dice, 80, &REMOVALS)
}

fn sometimes(dice: &mut Dice, percent: usize, words: &[&str]) -> Option<String> {
    dice.percent(percent).then(|| dice.pick(words).to_owned())
}
