//! Words that stand on the page whatever happens: titles, labels, headings.

use super::Language;

/// The fixed words of one language.
pub(crate) struct Labels {
    pub(crate) muster: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) navigation: &'static str,
    pub(crate) groups: &'static str,
    pub(crate) requests: &'static str,

    pub(crate) account: &'static str,
    pub(crate) signed_in_as: &'static str,
    pub(crate) theme: &'static str,
    pub(crate) theme_system: &'static str,
    pub(crate) theme_light: &'static str,
    pub(crate) theme_dark: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) sign_out_everywhere: &'static str,

    pub(crate) reconnecting: &'static str,
    pub(crate) offline_since: &'static str,
    pub(crate) no_answer_yet: &'static str,
    pub(crate) problem: &'static str,
    pub(crate) back_to_groups: &'static str,
    pub(crate) next_page: &'static str,
    pub(crate) first_page: &'static str,
    pub(crate) pages: &'static str,

    pub(crate) login_intro: &'static str,
    pub(crate) login_name: &'static str,
    pub(crate) password: &'static str,

    pub(crate) setup_title: &'static str,
    pub(crate) setup_intro: &'static str,
    pub(crate) username: &'static str,
    pub(crate) username_hint: &'static str,
    pub(crate) email: &'static str,
    pub(crate) email_hint: &'static str,
    pub(crate) password_hint: &'static str,
    pub(crate) password_again: &'static str,
    pub(crate) setup_submit: &'static str,

    pub(crate) groups_intro: &'static str,
    pub(crate) group_filters: &'static str,
    pub(crate) search_label: &'static str,
    pub(crate) search: &'static str,
    pub(crate) open: &'static str,
    pub(crate) public: &'static str,
    pub(crate) hidden: &'static str,
    pub(crate) restricted: &'static str,
    pub(crate) internal: &'static str,
    pub(crate) led_by: &'static str,
    pub(crate) members_of: &'static str,
    pub(crate) no_leaders: &'static str,

    pub(crate) about: &'static str,
    pub(crate) no_description: &'static str,
    pub(crate) who_leads: &'static str,
    pub(crate) leads_person: &'static str,
    pub(crate) leads_group: &'static str,
    pub(crate) what_members_get: &'static str,
    pub(crate) nothing_extra: &'static str,
    pub(crate) your_standing: &'static str,
    pub(crate) not_a_member: &'static str,
    pub(crate) to_join: &'static str,
    pub(crate) met: &'static str,
    pub(crate) not_met: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) reason_hint: &'static str,
    pub(crate) history: &'static str,
    pub(crate) no_history: &'static str,
    pub(crate) for_deciders: &'static str,
    pub(crate) see_requests: &'static str,
    pub(crate) see_audit: &'static str,
    pub(crate) their_words: &'static str,

    pub(crate) requests_intro: &'static str,
    pub(crate) request_kinds: &'static str,
    pub(crate) only_of: &'static str,
    pub(crate) all_groups: &'static str,
    pub(crate) approve: &'static str,
    pub(crate) reject: &'static str,
    pub(crate) add_comment: &'static str,
    pub(crate) comment: &'static str,
    pub(crate) comment_hint: &'static str,
    pub(crate) asked: &'static str,
    pub(crate) no_reason: &'static str,
    pub(crate) queue_follows: &'static str,
    pub(crate) queue_untouched: &'static str,

    pub(crate) audit_intro: &'static str,
    pub(crate) when: &'static str,
    pub(crate) requestor: &'static str,
    pub(crate) character: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) action: &'static str,
    pub(crate) actor: &'static str,
    pub(crate) any_kind: &'static str,
    pub(crate) any_action: &'static str,
    pub(crate) show: &'static str,
    pub(crate) audit_empty: &'static str,
    pub(crate) audit_empty_hint: &'static str,

    pub(crate) not_found: &'static str,
    pub(crate) not_found_text: &'static str,
    pub(crate) trouble: &'static str,
}

static ENGLISH: Labels = Labels {
    muster: "Muster",
    skip: "Skip to the page",
    navigation: "Main",
    groups: "Groups",
    requests: "Requests",

    account: "Account",
    signed_in_as: "Signed in as",
    theme: "Appearance",
    theme_system: "System",
    theme_light: "Light",
    theme_dark: "Dark",
    sign_in: "Sign in",
    sign_out: "Sign out",
    sign_out_everywhere: "Sign out everywhere",

    reconnecting: "Reconnecting…",
    offline_since: "Offline – showing what was true at",
    no_answer_yet: "No answer yet. Try again: nothing is done twice.",
    problem: "That did not work",
    back_to_groups: "All groups",
    next_page: "Next page",
    first_page: "First page",
    pages: "Pages",

    login_intro: "Find your groups, ask to join, decide together.",
    login_name: "Username or e-mail",
    password: "Password",

    setup_title: "Set up Muster",
    setup_intro: "This instance is new. Create the first account: a superuser, who may do everything and lets the others in. This page closes once it exists.",
    username: "Username",
    username_hint: "What you sign in with. No spaces.",
    email: "E-mail",
    email_hint: "Optional. You can sign in with it too.",
    password_hint: "At least 12 characters. A few words in a row do well.",
    password_again: "Password again",
    setup_submit: "Create the superuser",

    groups_intro: "What you are in, and what you can join.",
    group_filters: "Which groups",
    search_label: "Search groups by name",
    search: "Search",
    open: "Open",
    public: "Public",
    hidden: "Hidden",
    restricted: "Restricted",
    internal: "Internal",
    led_by: "Led by",
    members_of: "members of",
    no_leaders: "No leader; group managers decide",

    about: "About",
    no_description: "Nobody has described this group yet.",
    who_leads: "Who leads it",
    leads_person: "Leader",
    leads_group: "All members of this group lead",
    what_members_get: "What members get",
    nothing_extra: "Membership itself. It carries no further rights here.",
    your_standing: "You and this group",
    not_a_member: "You are not a member.",
    to_join: "To join you need to",
    met: "Met",
    not_met: "Not met",
    reason: "Why? (optional)",
    reason_hint: "The leaders read this when they decide.",
    history: "Your history",
    no_history: "Nothing yet. What you ask for and what is decided will stand here.",
    for_deciders: "You decide here",
    see_requests: "Requests that wait",
    see_audit: "Audit log",
    their_words: "Comment",

    requests_intro: "People who wait for a decision. The longest waiting come first.",
    request_kinds: "Kind of request",
    only_of: "Only",
    all_groups: "Show all groups",
    approve: "Approve",
    reject: "Reject",
    add_comment: "Add a comment",
    comment: "Comment (optional)",
    comment_hint: "The applicant sees it.",
    asked: "Asked",
    no_reason: "No reason given.",
    queue_follows: "New ones appear here by themselves.",
    queue_untouched: "Nothing has been decided yet.",

    audit_intro: "Everything that happened in this group, newest first.",
    when: "Date/Time (EVE/UTC)",
    requestor: "Requestor",
    character: "Character",
    kind: "Type",
    action: "Action",
    actor: "Actor",
    any_kind: "Every type",
    any_action: "Every action",
    show: "Show",
    audit_empty: "Nothing is recorded here.",
    audit_empty_hint: "Try fewer filters. What happens from now on appears by itself.",

    not_found: "There is nothing here",
    not_found_text: "The address leads nowhere, or to something that is not for you to see. It may have been removed.",
    trouble: "This page did not load",
};

impl Language {
    /// The fixed words.
    pub(crate) const fn labels(self) -> &'static Labels {
        match self {
            Self::English => &ENGLISH,
        }
    }

    /// Why somebody was not signed in, by the code in the address. An unknown code says nothing.
    pub(crate) fn login_problem(self, code: &str) -> Option<&'static str> {
        match self {
            Self::English => match code {
                "wrong" => Some("No account has this name and password together. Check both and try again."),
                "slow" => Some("Too many attempts. Wait a minute, then try again."),
                "missing" => Some("Enter both your name and your password."),
                _ => None,
            },
        }
    }

    /// Why the first account was not made: the field it concerns and the sentence, by the code in the address.
    pub(crate) fn setup_problem(self, code: &str) -> Option<(&'static str, &'static str)> {
        match self {
            Self::English => match code {
                "username" => Some(("username", "A username has 1 to 150 characters and no spaces. Choose another one.")),
                "email" => Some(("email", "This does not look like an e-mail address. Correct it, or leave it empty.")),
                "password_long" => Some(("password", "This password is too long. It can have 1,000 characters at most.")),
                "password_short" => Some(("password", "This password is too short. It needs at least 12 characters.")),
                "password_mismatch" => Some(("password_again", "The two passwords differ. Enter the same one twice.")),
                "taken" => Some(("username", "Somebody else was quicker: an account with this name exists. Sign in with it.")),
                "slow" => Some(("username", "Too many attempts. Wait a minute, then try again.")),
                _ => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_sign_in_has_a_sentence() {
        let english = Language::English;
        assert!(["wrong", "slow", "missing"].iter().all(|code| english.login_problem(code).is_some()));
        let codes = ["username", "email", "password_short", "password_long", "password_mismatch", "taken", "slow"];
        assert!(codes.iter().all(|code| english.setup_problem(code).is_some()));
        assert_eq!(english.login_problem("<script>"), None);
    }
}
