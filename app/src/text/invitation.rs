//! What is said about invitations.

use super::{Language, fill};
use domain::Invitation;

/// The fixed words about invitations.
pub(crate) struct InvitationLabels {
    pub(crate) invitations: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) kinds: &'static str,
    pub(crate) all: &'static str,
    pub(crate) live: &'static str,
    pub(crate) create: &'static str,
    pub(crate) uses: &'static str,
    pub(crate) uses_label: &'static str,
    pub(crate) uses_hint: &'static str,
    pub(crate) ends: &'static str,
    pub(crate) ends_hint: &'static str,
    pub(crate) note: &'static str,
    pub(crate) note_hint: &'static str,
    pub(crate) note_column: &'static str,
    pub(crate) by: &'static str,
    pub(crate) status: &'static str,
    pub(crate) good: &'static str,
    pub(crate) used_up: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) revoked: &'static str,
    pub(crate) revoke: &'static str,
    pub(crate) revoked_now: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) nothing_hint: &'static str,
    pub(crate) closed_hint: &'static str,
}

static ENGLISH: InvitationLabels = InvitationLabels {
    invitations: "Invitations",
    intro: "Links by which people make accounts of their own.",
    kinds: "Which invitations",
    all: "All",
    live: "Still good",
    create: "Create an invitation",
    uses: "Accounts",
    uses_label: "How many accounts",
    uses_hint: "At most 1,000 can be made by one invitation.",
    ends: "Good until",
    ends_hint: "The last day, in EVE time. At most a year from now.",
    note: "For whom, or for what (optional)",
    note_hint: "For you to know it again. Whoever comes by it does not see it.",
    note_column: "Note",
    by: "Made by",
    status: "State",
    good: "Good",
    used_up: "Used up",
    ended: "Ended",
    revoked: "Revoked",
    revoke: "Revoke",
    revoked_now: "The invitation is revoked. Nobody comes by it any more.",
    nothing: "There are no invitations.",
    nothing_hint: "Create one and pass the link on.",
    closed_hint: "An invitation opens only while the setting “Registration” asks for one.",
};

static GERMAN: InvitationLabels = InvitationLabels {
    invitations: "Einladungen",
    intro: "Links, mit denen Leute sich selbst ein Konto anlegen.",
    kinds: "Welche Einladungen",
    all: "Alle",
    live: "Noch gültig",
    create: "Einladung anlegen",
    uses: "Konten",
    uses_label: "Wie viele Konten",
    uses_hint: "Höchstens 1.000 lassen sich mit einer Einladung anlegen.",
    ends: "Gilt bis",
    ends_hint: "Der letzte Tag, in EVE-Zeit. Höchstens ein Jahr von jetzt an.",
    note: "Für wen oder wofür (freiwillig)",
    note_hint: "Damit du sie wiedererkennst. Wer mit ihr kommt, sieht es nicht.",
    note_column: "Notiz",
    by: "Von",
    status: "Zustand",
    good: "Gültig",
    used_up: "Aufgebraucht",
    ended: "Abgelaufen",
    revoked: "Widerrufen",
    revoke: "Widerrufen",
    revoked_now: "Die Einladung ist widerrufen. Niemand kommt mehr mit ihr herein.",
    nothing: "Es gibt keine Einladungen.",
    nothing_hint: "Leg eine an und gib den Link weiter.",
    closed_hint: "Eine Einladung öffnet nur, solange die Einstellung „Registrierung“ eine verlangt.",
};

impl Language {
    /// The fixed words about invitations.
    pub(crate) fn invitations(self) -> &'static InvitationLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// How many accounts were made by an invitation, of how many.
    pub(crate) fn used_of(self, invitation: &Invitation) -> String {
        let sentence = self.either("{0} of {1}", "{0} von {1}");
        fill(sentence, &[&self.number(invitation.used.into()), &self.number(invitation.uses.into())])
    }

    /// What became of an invitation.
    pub(crate) fn invitation_status(self, invitation: &Invitation, live: bool) -> &'static str {
        let labels = self.invitations();
        if live {
            labels.good
        } else if invitation.revoked {
            labels.revoked
        } else if invitation.used >= invitation.uses {
            labels.used_up
        } else {
            labels.ended
        }
    }

    /// The rest of the name of a button that revokes an invitation.
    pub(crate) fn of_invitation(self, invitation: &Invitation) -> String {
        let id = invitation.id.to_string();
        let name = invitation.note.as_deref().unwrap_or(&id);
        fill(self.either(" the invitation {0}", ": die Einladung {0}"), &[name])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{InvitationId, Timestamp};

    #[test]
    fn an_invitation_says_what_became_of_it() {
        let made =
            Invitation { id: InvitationId(3), uses: 2, used: 1, ends_at: Timestamp(10), revoked: false, note: None };
        let status = |invitation: &Invitation, now| {
            Language::English.invitation_status(invitation, invitation.is_live(Timestamp(now)))
        };
        assert_eq!(status(&made, 5), "Good");
        assert_eq!(status(&made, 10), "Ended");
        assert_eq!(status(&Invitation { used: 2, ..made.clone() }, 5), "Used up");
        assert_eq!(status(&Invitation { revoked: true, ..made.clone() }, 5), "Revoked");
        assert_eq!(Language::English.used_of(&made), "1 of 2");
    }
}
