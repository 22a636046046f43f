//! What those read who look after groups: the groups they decide for, who is in them, and how they got in.

use super::{Language, fill};
use domain::{Grant, GrantKind, GroupRef, Lead, Person, QueueCounts};

/// The fixed words of the pages about groups one looks after.
#[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "some stand in files alone, which the server writes"))]
pub(crate) struct ManageLabels {
    pub(crate) manage: &'static str,
    pub(crate) manage_intro: &'static str,
    pub(crate) needs_care: &'static str,
    pub(crate) all_managed: &'static str,
    pub(crate) others: &'static str,
    pub(crate) no_leader: &'static str,
    pub(crate) request_waits: &'static str,
    pub(crate) nothing_waits: &'static str,
    pub(crate) last_activity: &'static str,
    pub(crate) never_active: &'static str,
    pub(crate) ways: &'static str,
    pub(crate) copy_link: &'static str,
    pub(crate) link_copied: &'static str,
    pub(crate) link_shown: &'static str,
    pub(crate) no_managed: &'static str,
    pub(crate) no_managed_hint: &'static str,
    pub(crate) none_of_name: &'static str,
    pub(crate) none_of_name_hint: &'static str,

    pub(crate) members: &'static str,
    pub(crate) member: &'static str,
    pub(crate) organisation: &'static str,
    pub(crate) since: &'static str,
    pub(crate) how: &'static str,
    pub(crate) action: &'static str,
    pub(crate) search_members: &'static str,
    pub(crate) no_members: &'static str,
    pub(crate) no_members_hint: &'static str,
    pub(crate) none_found_hint: &'static str,
    pub(crate) export: &'static str,
    pub(crate) export_hint: &'static str,
    pub(crate) print: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) removal_effect: &'static str,
    pub(crate) removal_gone: &'static str,
    pub(crate) removal_reason: &'static str,
    pub(crate) removal_reason_hint: &'static str,
    pub(crate) cancel: &'static str,

    pub(crate) everything_intro: &'static str,
    pub(crate) group: &'static str,
    pub(crate) from_day: &'static str,
    pub(crate) to_day: &'static str,
    pub(crate) by_name_hint: &'static str,
    pub(crate) group_hint: &'static str,
    pub(crate) more_filters: &'static str,
    pub(crate) username: &'static str,
    pub(crate) since_utc: &'static str,
    pub(crate) leading: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) all_rows: &'static str,
    pub(crate) cause: &'static str,
    pub(crate) detail: &'static str,
}

static ENGLISH: ManageLabels = ManageLabels {
    manage: "Manage",
    manage_intro: "The groups you decide for. What needs care comes first.",
    needs_care: "Needs care",
    all_managed: "All your groups",
    others: "The others",
    no_leader: "Nobody leads it. Its requests wait for group managers; ask an administrator to name a leader.",
    request_waits: "The oldest request came",
    nothing_waits: "Nothing waits",
    last_activity: "Last activity",
    never_active: "Nothing has happened yet",
    ways: "Go to",
    copy_link: "Copy join link",
    link_copied: "The join link is copied.",
    link_shown: "Join link",
    no_managed: "You decide for no group.",
    no_managed_hint: "Whoever leads a group, or manages all of them, finds them here.",
    none_of_name: "None of your groups has this name.",
    none_of_name_hint: "Try a part of it.",

    members: "Members",
    member: "Member",
    organisation: "Organisation",
    since: "Since",
    how: "How they got in",
    action: "Action",
    search_members: "Search members by name",
    no_members: "Nobody is in this group.",
    no_members_hint: "Who joins, or is let in, appears here by themselves.",
    none_found_hint: "Try a part of the name.",
    export: "Export CSV",
    export_hint: "All rows that the filters let through, for a spreadsheet.",
    print: "Print",
    remove: "Remove",
    removal_effect: "The membership ends at once, and the person is told. They can ask to join again.",
    removal_gone: "They are not in this list any more: somebody has removed them, or they have left.",
    removal_reason: "Why? (optional)",
    removal_reason_hint: "The person reads it, and it stays in the log.",
    cancel: "Cancel",

    everything_intro: "Everything that happened, newest first.",
    group: "Group",
    from_day: "From (UTC)",
    to_day: "Until (UTC)",
    by_name_hint: "Name of a person",
    group_hint: "Name of a group",
    more_filters: "Who and when",
    username: "Username",
    since_utc: "Since (EVE/UTC)",
    leading: "Leads",
    reason: "Reason",
    all_rows: "Show everything",
    cause: "Cause",
    detail: "Detail",
};

static GERMAN: ManageLabels = ManageLabels {
    manage: "Leitung",
    manage_intro: "Die Gruppen, für die du entscheidest. Was Pflege braucht, steht oben.",
    needs_care: "Braucht Pflege",
    all_managed: "Alle deine Gruppen",
    others: "Die anderen",
    no_leader: "Niemand leitet sie. Anfragen warten auf die Gruppenverwaltung; bitte die Administration um eine Leitung.",
    request_waits: "Die älteste Anfrage kam",
    nothing_waits: "Nichts wartet",
    last_activity: "Zuletzt etwas geschehen",
    never_active: "Noch ist nichts geschehen",
    ways: "Gehe zu",
    copy_link: "Beitrittslink kopieren",
    link_copied: "Der Beitrittslink ist kopiert.",
    link_shown: "Beitrittslink",
    no_managed: "Du entscheidest für keine Gruppe.",
    no_managed_hint: "Wer eine Gruppe leitet oder alle verwaltet, findet sie hier.",
    none_of_name: "Keine deiner Gruppen heißt so.",
    none_of_name_hint: "Versuch es mit einem Teil des Namens.",

    members: "Mitglieder",
    member: "Mitglied",
    organisation: "Organisation",
    since: "Seit",
    how: "Wie sie dazukamen",
    action: "Aktion",
    search_members: "Mitglieder nach Namen suchen",
    no_members: "Niemand ist in dieser Gruppe.",
    no_members_hint: "Wer beitritt oder aufgenommen wird, erscheint hier von selbst.",
    none_found_hint: "Versuch es mit einem Teil des Namens.",
    export: "Als CSV speichern",
    export_hint: "Alle Zeilen, die die Filter durchlassen, für eine Tabellenkalkulation.",
    print: "Drucken",
    remove: "Entfernen",
    removal_effect: "Die Mitgliedschaft endet sofort, und die Person erfährt davon. Sie kann wieder anfragen.",
    removal_gone: "Die Person ist nicht mehr in dieser Liste: Jemand hat sie entfernt, oder sie ist ausgetreten.",
    removal_reason: "Warum? (freiwillig)",
    removal_reason_hint: "Die Person liest es, und es bleibt im Protokoll.",
    cancel: "Abbrechen",

    everything_intro: "Alles, was geschehen ist, das Neueste zuerst.",
    group: "Gruppe",
    from_day: "Von (UTC)",
    to_day: "Bis (UTC)",
    by_name_hint: "Name einer Person",
    group_hint: "Name einer Gruppe",
    more_filters: "Wer und wann",
    username: "Benutzername",
    since_utc: "Seit (EVE/UTC)",
    leading: "Leitet",
    reason: "Begründung",
    all_rows: "Alles zeigen",
    cause: "Ursache",
    detail: "Einzelheiten",
};

impl Language {
    /// The fixed words of the pages about groups one looks after.
    pub(crate) const fn managing(self) -> &'static ManageLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// The title of a group's member list.
    pub(crate) fn members_of(self, group: &str) -> String {
        fill(self.either("Members of {0}", "Mitglieder von {0}"), &[group])
    }

    /// On paper: which part of the list of members this is, by how many there are and who is the first and the last.
    pub(crate) fn part_of_members(self, shown: usize, total: u32, [first, last]: [&str; 2]) -> String {
        fill(
            self.either(
                "This is a part of the list: {0} of {1} members, from {2} to {3}. The whole list is in the exported file.",
                "Dies ist ein Teil der Liste: {0} von {1} Mitgliedern, von {2} bis {3}. Die ganze Liste steht in der exportierten Datei.",
            ),
            &[&self.number(shown as u64), &self.number(total.into()), first, last],
        )
    }

    /// How many requests of a group wait; nothing where none do.
    pub(crate) fn waiting_for(self, counts: QueueCounts) -> Option<String> {
        let join = fill(self.either("{0} to join", "{0} zum Beitritt"), &[&self.number(counts.join.into())]);
        let leave = fill(self.either("{0} to leave", "{0} zum Austritt"), &[&self.number(counts.leave.into())]);
        match (counts.join, counts.leave) {
            (0, 0) => None,
            (_, 0) => Some(join),
            (0, _) => Some(leave),
            _ => Some(format!("{join}, {leave}")),
        }
    }

    /// How somebody came into a group.
    pub(crate) fn grant(self, grant: &Grant) -> String {
        let by = grant.by.as_ref().map(Person::display_name);
        let (alone, with) = match grant.kind {
            GrantKind::Join => (self.either("Joined", "Beigetreten"), self.either("Joined", "Beigetreten")),
            GrantKind::Approval => {
                (self.either("Approved", "Aufgenommen"), self.either("Approved by {0}", "Aufgenommen von {0}"))
            }
            GrantKind::Admin => {
                (self.either("Added", "Hinzugefügt"), self.either("Added by {0}", "Hinzugefügt von {0}"))
            }
            GrantKind::Rule => {
                (self.either("By a rule", "Durch eine Regel"), self.either("By a rule", "Durch eine Regel"))
            }
            GrantKind::Invite => {
                (self.either("Invited", "Eingeladen"), self.either("Invited by {0}", "Eingeladen von {0}"))
            }
            GrantKind::Import => {
                (self.either("Imported", "Importiert"), self.either("Imported by {0}", "Importiert von {0}"))
            }
        };
        by.map_or_else(|| alone.to_owned(), |by| fill(with, &[by]))
    }

    /// That a grant ends by itself.
    pub(crate) fn until(self, at: domain::Timestamp) -> String {
        fill(self.either("until {0}", "bis {0}"), &[&self.exact(at)])
    }

    /// Whether a member leads, and how; nothing where they do not.
    pub(crate) const fn leads(self, lead: Lead) -> Option<&'static str> {
        match lead {
            Lead::None => None,
            Lead::Named => Some(self.either("Leader", "Leitung")),
            Lead::ThroughGroup => Some(self.either("Leads through a group", "Leitet über eine Gruppe")),
        }
    }

    /// The rest of the name of a button that removes a member.
    pub(crate) fn removing(self, member: &Person, group: &GroupRef) -> String {
        fill(self.either(" {0} from {1}", ": {0} aus {1}"), &[member.display_name(), &group.name])
    }

    /// The question before a member is removed.
    pub(crate) fn removal_question(self, member: &Person, group: &GroupRef) -> String {
        fill(self.either("Remove {0} from {1}?", "{0} aus {1} entfernen?"), &[member.display_name(), &group.name])
    }

    /// That a member was removed.
    pub(crate) fn removed(self, member: &str, group: &str) -> String {
        let sentence = self.either("{0} is no longer a member of {1}.", "{0} ist nicht mehr Mitglied von {1}.");
        fill(sentence, &[member, group])
    }

    /// That no member has a name like this.
    pub(crate) fn no_member_named(self, search: &str) -> String {
        fill(self.either("No member’s name holds “{0}”.", "In keinem Namen kommt „{0}“ vor."), &[search])
    }

    /// The way to the rows about one person alone, for those who do not see the page.
    pub(crate) const fn only_theirs(self) -> &'static str {
        self.either(": show only these rows", ": nur diese Zeilen zeigen")
    }

    /// The name of a button that takes a filter away.
    pub(crate) fn without_filter(self, filter: &str) -> String {
        fill(self.either("Without the filter “{0}”", "Ohne den Filter „{0}“"), &[filter])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Timestamp, UserId};

    #[test]
    fn what_waits_is_told_by_kind_and_not_at_all_where_nothing_does() {
        let told = |join, leave| Language::English.waiting_for(QueueCounts { join, leave });
        assert_eq!(told(0, 0), None);
        assert_eq!(told(3, 0).as_deref(), Some("3 to join"));
        assert_eq!(told(0, 1).as_deref(), Some("1 to leave"));
        assert_eq!(told(1200, 2).as_deref(), Some("1,200 to join, 2 to leave"));
    }

    #[test]
    fn a_grant_names_who_gave_it_where_that_is_known() {
        let bo = Person { id: UserId(2), username: "Bo".to_owned(), main_character: None };
        let grant = |kind, by| Grant { kind, by, reason: None, from: Timestamp(0), until: None };
        assert_eq!(Language::English.grant(&grant(GrantKind::Approval, Some(bo.clone()))), "Approved by Bo");
        assert_eq!(Language::English.grant(&grant(GrantKind::Approval, None)), "Approved");
        assert_eq!(Language::German.grant(&grant(GrantKind::Admin, Some(bo))), "Hinzugefügt von Bo");
        assert_eq!(Language::English.grant(&grant(GrantKind::Join, None)), "Joined");
    }
}
