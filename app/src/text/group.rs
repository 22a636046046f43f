//! What is said about groups and about what one can do with them.

use super::{Language, number};
use domain::{Action, GroupFilter, MyStatus, Need, Outcome, Permission};

/// A button's word, and what a screen reader hears after it.
pub(crate) struct Verb {
    /// What stands on the button.
    pub(crate) word: &'static str,
    /// The rest of its name.
    pub(crate) rest: String,
}

impl Language {
    /// The verb of an offer for a group.
    pub(crate) fn verb(self, action: Action, group: &str) -> Verb {
        match self {
            Self::English => {
                let (word, rest) = match action {
                    Action::Join => ("Join", format!(" {group}")),
                    Action::RequestJoin => ("Request", format!(" to join {group}")),
                    Action::Leave => ("Leave", format!(" {group}")),
                    Action::RequestLeave => ("Request to leave", format!(" {group}")),
                    Action::Withdraw => ("Withdraw", format!(" your request for {group}")),
                };
                Verb { word, rest }
            }
        }
    }

    /// What follows from an offer, on the page of the group.
    pub(crate) const fn consequence(self, action: Action) -> &'static str {
        match self {
            Self::English => match action {
                Action::Join => "You become a member at once.",
                Action::RequestJoin => "The leaders see your request and decide. You can withdraw it until then.",
                Action::Leave => "You stop being a member at once.",
                Action::RequestLeave => "The leaders see your request and decide. You stay a member until then.",
                Action::Withdraw => "Your request waits for a decision. Withdrawing it changes nothing else.",
            },
        }
    }

    /// What a change did, to the one who made it.
    pub(crate) fn done(self, outcome: &Outcome, group: &str) -> String {
        match self {
            Self::English => match outcome {
                Outcome::Joined => format!("You are now a member of {group}."),
                Outcome::Requested(_) => format!("Your request is with the leaders of {group}."),
                Outcome::Left => format!("You have left {group}."),
                Outcome::Withdrawn(_) => format!("Your request for {group} is withdrawn."),
                Outcome::Approved(_) => "Approved.".to_owned(),
                Outcome::Rejected(_) => "Rejected.".to_owned(),
                Outcome::Removed => format!("Removed from {group}."),
                Outcome::GroupCreated(_) => "The group is made.".to_owned(),
                Outcome::UserCreated(_) => "The account is made.".to_owned(),
                Outcome::CharacterAdded(_) => "The character is added.".to_owned(),
                Outcome::StateCreated(_) => "The state is made.".to_owned(),
                Outcome::NameReserved(_) => "The name is reserved.".to_owned(),
                Outcome::Done => "Done.".to_owned(),
                Outcome::Unchanged => "Nothing to change: everything was like this already.".to_owned(),
            },
        }
    }

    /// How the reader stands to a group; nothing where they do not.
    pub(crate) const fn standing(self, status: MyStatus) -> Option<&'static str> {
        match self {
            Self::English => match status {
                MyStatus::None => None,
                MyStatus::Member => Some("Member"),
                MyStatus::JoinRequested => Some("Waiting for a decision"),
                MyStatus::LeaveRequested => Some("Member, asked to leave"),
            },
        }
    }

    /// A chip of the groups page.
    pub(crate) const fn group_filter(self, filter: GroupFilter) -> &'static str {
        match self {
            Self::English => match filter {
                GroupFilter::All => "All",
                GroupFilter::Joined => "Joined",
                GroupFilter::Waiting => "Waiting",
                GroupFilter::Open => "Open",
            },
        }
    }

    /// Why the groups page is empty, and what to do.
    pub(crate) fn no_groups(self, filter: GroupFilter, search: &str) -> (String, &'static str) {
        match self {
            Self::English if !search.is_empty() => {
                (format!("No group here is called “{search}”."), "Try a part of the name, or look at all groups.")
            }
            Self::English => match filter {
                GroupFilter::All => (
                    "There is no group for you to see yet.".to_owned(),
                    "As soon as somebody makes one, it appears here by itself.",
                ),
                GroupFilter::Joined => (
                    "You are not in any group yet.".to_owned(),
                    "Look at all groups and join one. It appears here once you are in.",
                ),
                GroupFilter::Waiting => (
                    "None of your requests is waiting.".to_owned(),
                    "When you ask to join or leave a group, it stands here until it is decided.",
                ),
                GroupFilter::Open => (
                    "No group can be joined at once.".to_owned(),
                    "Look at all groups: those that are not open take requests.",
                ),
            },
        }
    }

    /// How many members.
    pub(crate) fn members(self, count: u32) -> String {
        match self {
            Self::English if count == 1 => "1 member".to_owned(),
            Self::English => format!("{} members", number(count.into())),
        }
    }

    /// What entering a group asks for, met or not.
    pub(crate) fn need(self, need: &Need) -> String {
        match self {
            Self::English => match need {
                Need::State(names) => format!("be in the state {}", one_of(names, "or")),
                Need::RequestGroups => "have the right to request groups".to_owned(),
                Need::Approval => "be approved by a leader".to_owned(),
            },
        }
    }

    /// What to do about a need that is not met.
    pub(crate) const fn remedy(self, need: &Need) -> Option<&'static str> {
        match self {
            Self::English => match need {
                Need::State(_) => {
                    Some("Your state follows from your main character. Ask an administrator if it looks wrong.")
                }
                Need::RequestGroups => Some("An administrator gives it, or a state or a group that carries it."),
                // Said beside the button that asks for it.
                Need::Approval => None,
            },
        }
    }

    /// What a permission lets one do.
    pub(crate) const fn permission(self, permission: Permission) -> &'static str {
        match self {
            Self::English => match permission {
                Permission::RequestGroups => "Ask to join groups that are not public",
                Permission::GroupManagement => "Decide requests and see members of every group",
                Permission::ManageGroups => "Create, edit and delete groups",
                Permission::ManageUsers => "Create and edit accounts",
                Permission::ManageStates => "Edit states",
                Permission::ManageReservedNames => "Reserve names",
                Permission::ManageSettings => "Change the settings",
                Permission::ViewAudit => "Read the whole audit log",
            },
        }
    }
}

/// `a, b or c`.
fn one_of(names: &[String], or: &str) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {or} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_is_named_by_verb_and_group() {
        let names =
            [Action::Join, Action::RequestJoin, Action::Leave, Action::RequestLeave, Action::Withdraw].map(|action| {
                let verb = Language::English.verb(action, "Logi");
                format!("{}{}", verb.word, verb.rest)
            });
        let expected = [
            "Join Logi",
            "Request to join Logi",
            "Leave Logi",
            "Request to leave Logi",
            "Withdraw your request for Logi",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn needs_are_listed_as_people_say_them() {
        let states = ["Guest", "Blue", "Member"].map(str::to_owned).to_vec();
        assert_eq!(Language::English.need(&Need::State(states)), "be in the state Guest, Blue or Member");
        assert_eq!(Language::English.members(1), "1 member");
    }
}
