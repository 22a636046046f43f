//! What is said about groups and about what one can do with them.

use super::{Language, fill, listed};
use domain::{Action, GroupFilter, MyStatus, Need, Outcome, Permission, Viewer};

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
        let (word, rest) = match action {
            Action::Join => (self.either("Join", "Beitreten"), self.either(" {0}", ": {0}")),
            Action::RequestJoin => {
                (self.either("Request", "Anfragen"), self.either(" to join {0}", ": Beitritt zu {0}"))
            }
            Action::Leave => (self.either("Leave", "Austreten"), self.either(" {0}", ": {0}")),
            Action::RequestLeave => {
                (self.either("Request to leave", "Austritt anfragen"), self.either(" {0}", ": {0}"))
            }
            Action::Withdraw => (
                self.either("Withdraw", "Zurückziehen"),
                self.either(" your request for {0}", ": deine Anfrage für {0}"),
            ),
        };
        Verb { word, rest: fill(rest, &[group]) }
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
            Self::German => match action {
                Action::Join => "Du wirst sofort Mitglied.",
                Action::RequestJoin => {
                    "Die Leitung sieht deine Anfrage und entscheidet. Bis dahin kannst du sie zurückziehen."
                }
                Action::Leave => "Du bist sofort kein Mitglied mehr.",
                Action::RequestLeave => {
                    "Die Leitung sieht deine Anfrage und entscheidet. Bis dahin bleibst du Mitglied."
                }
                Action::Withdraw => {
                    "Deine Anfrage wartet auf eine Entscheidung. Ziehst du sie zurück, ändert sich sonst nichts."
                }
            },
        }
    }

    /// That what one is writing for is not offered as it was.
    pub(crate) const fn offer_changed(self) -> &'static str {
        self.either(
            "This has changed meanwhile. What you write stays until you leave the field.",
            "Das hat sich inzwischen geändert. Was du schreibst, bleibt stehen, bis du das Feld verlässt.",
        )
    }

    /// What a change did, to the one who made it.
    pub(crate) fn done(self, outcome: &Outcome, group: &str) -> String {
        let sentence = match outcome {
            Outcome::Joined => self.either("You are now a member of {0}.", "Du bist jetzt Mitglied von {0}."),
            Outcome::Requested(_) => {
                self.either("Your request is with the leaders of {0}.", "Deine Anfrage liegt bei der Leitung von {0}.")
            }
            Outcome::Left => self.either("You have left {0}.", "Du bist aus {0} ausgetreten."),
            Outcome::Withdrawn(_) => {
                self.either("Your request for {0} is withdrawn.", "Deine Anfrage für {0} ist zurückgezogen.")
            }
            Outcome::Approved(_) => self.either("Approved.", "Angenommen."),
            Outcome::Rejected(_) => self.either("Rejected.", "Abgelehnt."),
            Outcome::Removed => self.either("Removed from {0}.", "Aus {0} entfernt."),
            Outcome::GroupCreated(_) => self.either("The group is made.", "Die Gruppe ist angelegt."),
            Outcome::UserCreated(_) => self.either("The account is made.", "Das Konto ist angelegt."),
            Outcome::CharacterAdded(_) => self.either("The character is added.", "Der Charakter ist hinzugefügt."),
            Outcome::TokenCreated(_) => self.either("The token is made.", "Das Token ist erstellt."),
            Outcome::StateCreated(_) => self.either("The state is made.", "Der Status ist angelegt."),
            Outcome::NameReserved(_) => self.either("The name is reserved.", "Der Name ist reserviert."),
            Outcome::InvitationCreated(_) => self.either("The invitation is made.", "Die Einladung ist angelegt."),
            Outcome::Done => self.either("Done.", "Erledigt."),
            Outcome::Unchanged => self.either(
                "Nothing to change: everything was like this already.",
                "Nichts zu ändern: Alles war schon so.",
            ),
        };
        fill(sentence, &[group])
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
            Self::German => match status {
                MyStatus::None => None,
                MyStatus::Member => Some("Mitglied"),
                MyStatus::JoinRequested => Some("Wartet auf eine Entscheidung"),
                MyStatus::LeaveRequested => Some("Mitglied, Austritt angefragt"),
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
            Self::German => match filter {
                GroupFilter::All => "Alle",
                GroupFilter::Joined => "Meine",
                GroupFilter::Waiting => "Wartend",
                GroupFilter::Open => "Offen",
            },
        }
    }

    /// Why the groups page is empty, and what to do.
    pub(crate) fn no_groups(self, filter: GroupFilter, search: &str) -> (String, &'static str) {
        if !search.is_empty() {
            let why = self.either("No group here is called “{0}”.", "Hier heißt keine Gruppe „{0}“.");
            let hint = self.either(
                "Try a part of the name, or look at all groups.",
                "Versuch es mit einem Teil des Namens oder sieh dir alle Gruppen an.",
            );
            return (fill(why, &[search]), hint);
        }
        let (why, hint) = match self {
            Self::English => match filter {
                GroupFilter::All => (
                    "There is no group for you yet.",
                    "What you can join or ask for appears here by itself. Some groups are for certain states only; yours follows from your main character.",
                ),
                GroupFilter::Joined => (
                    "You are not in any group yet.",
                    "Look at all groups and join one. It appears here once you are in.",
                ),
                GroupFilter::Waiting => (
                    "None of your requests is waiting.",
                    "When you ask to join or leave a group, it stands here until it is decided.",
                ),
                GroupFilter::Open => {
                    ("No group can be joined at once.", "Look at all groups: those that are not open take requests.")
                }
            },
            Self::German => match filter {
                GroupFilter::All => (
                    "Noch gibt es keine Gruppe für dich.",
                    "Wo du beitreten oder anfragen kannst, erscheint hier von selbst. Manche Gruppen sind nur für bestimmte Status; deiner folgt aus deinem Hauptcharakter.",
                ),
                GroupFilter::Joined => (
                    "Du bist noch in keiner Gruppe.",
                    "Sieh dir alle Gruppen an und tritt einer bei. Danach steht sie hier.",
                ),
                GroupFilter::Waiting => (
                    "Keine deiner Anfragen wartet.",
                    "Wenn du einer Gruppe beitreten oder aus ihr austreten willst, steht das hier bis zur Entscheidung.",
                ),
                GroupFilter::Open => (
                    "Keiner Gruppe kannst du sofort beitreten.",
                    "Sieh dir alle Gruppen an: Bei denen, die nicht offen sind, kannst du anfragen.",
                ),
            },
        };
        (why.to_owned(), hint)
    }

    /// How many members.
    pub(crate) fn members(self, count: u32) -> String {
        let sentence = match count {
            1 => self.either("1 member", "1 Mitglied"),
            _ => self.either("{0} members", "{0} Mitglieder"),
        };
        fill(sentence, &[&self.number(count.into())])
    }

    /// What entering a group asks for, met or not.
    pub(crate) fn need(self, need: &Need) -> String {
        match need {
            Need::State(names) => {
                let names = listed(names, self.either("or", "oder"));
                fill(self.either("be in the state {0}", "den Status {0} haben"), &[&names])
            }
            Need::RequestGroups => {
                self.either("have the right to request groups", "das Recht haben, Gruppen anzufragen").to_owned()
            }
            Need::Approval => self.either("be approved by a leader", "von der Leitung angenommen werden").to_owned(),
        }
    }

    /// What keeps the viewer from groups that are not public, and what to do about it: in general, so that it tells of no
    /// group (R2a). `None` where nothing does.
    pub(crate) fn lack(self, viewer: &Viewer) -> Option<&'static str> {
        if viewer.permissions.contains(Permission::RequestGroups) {
            return None;
        }
        Some(match viewer.person.main_character {
            Some(_) => self.either(
                "You cannot ask for groups that are not public: the right to request groups is missing. It comes with a state or a group. Ask an administrator if you should have it.",
                "Für nicht öffentliche Gruppen fehlt dir das Recht, Gruppen anzufragen. Es kommt mit einem Status oder einer Gruppe. Frag die Administration, wenn du es haben solltest.",
            ),
            None => self.either(
                "You cannot ask for groups that are not public: the right to request groups is missing. It comes with a state, and a state with a main character. If your profile lists characters, choose one there; if not, ask an administrator.",
                "Für nicht öffentliche Gruppen fehlt dir das Recht, Gruppen anzufragen. Es kommt mit einem Status, und der mit einem Hauptcharakter. Stehen in deinem Profil Charaktere, dann wähl dort einen; sonst frag die Administration.",
            ),
        })
    }

    /// What to do about a need that is not met.
    pub(crate) const fn remedy(self, need: &Need) -> Option<&'static str> {
        match need {
            Need::State(_) => Some(self.either(
                "Your state follows from your main character. Ask an administrator if it looks wrong.",
                "Dein Status folgt aus deinem Hauptcharakter. Frag die Administration, wenn er falsch aussieht.",
            )),
            Need::RequestGroups => Some(self.either(
                "An administrator gives it, or a state or a group that carries it.",
                "Du bekommst es von der Administration oder durch einen Status oder eine Gruppe, die es mitbringen.",
            )),
            // Said beside the button that asks for it.
            Need::Approval => None,
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
            Self::German => match permission {
                Permission::RequestGroups => "Anfragen für nicht öffentliche Gruppen stellen",
                Permission::GroupManagement => "Über Anfragen jeder Gruppe entscheiden und ihre Mitglieder sehen",
                Permission::ManageGroups => "Gruppen anlegen, bearbeiten und löschen",
                Permission::ManageUsers => "Konten anlegen und bearbeiten",
                Permission::ManageStates => "Status bearbeiten",
                Permission::ManageReservedNames => "Namen reservieren",
                Permission::ManageSettings => "Die Einstellungen ändern",
                Permission::ViewAudit => "Das ganze Protokoll lesen",
            },
        }
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
        assert_eq!(Language::German.members(1), "1 Mitglied");
        assert_eq!(Language::German.members(1200), "1.200 Mitglieder");
    }
}
