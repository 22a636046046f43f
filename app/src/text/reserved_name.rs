//! What the page of the reserved names says.

use super::{Language, fill};

/// The fixed words.
pub(crate) struct ReservedNameLabels {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) search: &'static str,
    pub(crate) name: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) by: &'static str,
    pub(crate) when: &'static str,
    pub(crate) add: &'static str,
    pub(crate) name_hint: &'static str,
    pub(crate) reason_hint: &'static str,
    pub(crate) look: &'static str,
    pub(crate) reserve: &'static str,
    pub(crate) free: &'static str,
    pub(crate) freeing: &'static str,
    pub(crate) why_free: &'static str,
    pub(crate) why_free_hint: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) reserved: &'static str,
    pub(crate) freed: &'static str,
    pub(crate) none: &'static str,
    pub(crate) none_hint: &'static str,
    pub(crate) none_found: &'static str,
    pub(crate) none_found_hint: &'static str,
    pub(crate) all: &'static str,
}

static ENGLISH: ReservedNameLabels = ReservedNameLabels {
    title: "Reserved names",
    intro: "No group can be made with such a name, or renamed to it. Whoever tries is told so.",
    search: "Search reserved names",
    name: "Name",
    reason: "Reason",
    by: "Reserved by",
    when: "Since",
    add: "Reserve a name",
    name_hint: "Case, spaces around it and look-alike letters make no difference. A name that a group has cannot be reserved.",
    reason_hint: "Others who look after Muster read it here and in the audit log.",
    look: "See what it would do",
    reserve: "Reserve the name",
    free: "Free",
    freeing: "Free the name",
    why_free: "Why? (optional)",
    why_free_hint: "It stands in the audit log.",
    cancel: "Cancel",
    reserved: "The name is reserved.",
    freed: "The name is free again.",
    none: "No name is reserved.",
    none_hint: "Reserve what nobody should call a group, such as the names of your own services.",
    none_found: "No reserved name fits.",
    none_found_hint: "Search for another part of it.",
    all: "Show all reserved names",
};

static GERMAN: ReservedNameLabels = ReservedNameLabels {
    title: "Reservierte Namen",
    intro: "So kann keine Gruppe heißen, weder neu noch umbenannt. Wer es versucht, erfährt es.",
    search: "Reservierte Namen suchen",
    name: "Name",
    reason: "Grund",
    by: "Reserviert von",
    when: "Seit",
    add: "Einen Namen reservieren",
    name_hint: "Groß und klein, Leerzeichen außen und gleich aussehende Buchstaben zählen nicht. Ein Name, den eine Gruppe trägt, lässt sich nicht reservieren.",
    reason_hint: "Wer sich sonst um Muster kümmert, liest ihn hier und im Protokoll.",
    look: "Sehen, was es bewirken würde",
    reserve: "Namen reservieren",
    free: "Freigeben",
    freeing: "Namen freigeben",
    why_free: "Warum? (freiwillig)",
    why_free_hint: "Es steht dann im Protokoll.",
    cancel: "Abbrechen",
    reserved: "Der Name ist reserviert.",
    freed: "Der Name ist wieder frei.",
    none: "Kein Name ist reserviert.",
    none_hint: "Reserviere, wie keine Gruppe heißen soll, etwa die Namen eurer eigenen Dienste.",
    none_found: "Kein reservierter Name passt.",
    none_found_hint: "Such nach einem anderen Teil davon.",
    all: "Alle reservierten Namen zeigen",
};

impl Language {
    /// The fixed words.
    pub(crate) const fn reserved_names(self) -> &'static ReservedNameLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// What would change by reserving a name.
    pub(crate) fn name_goes(self, name: &str) -> String {
        fill(
            self.either("No group can be called “{0}” from then on.", "Keine Gruppe kann dann mehr „{0}“ heißen."),
            &[name],
        )
    }

    /// What would change by freeing a name.
    pub(crate) fn name_comes(self, name: Option<&str>) -> String {
        match name {
            Some(name) => fill(
                self.either("A group can be called “{0}” again.", "Eine Gruppe kann dann wieder „{0}“ heißen."),
                &[name],
            ),
            None => {
                self.either("A group can have this name again.", "Eine Gruppe kann dann wieder so heißen.").to_owned()
            }
        }
    }

    /// Why a name would be freed.
    pub(crate) fn reason_is(self, reason: &str) -> String {
        fill(self.either("The reason that is kept: “{0}”.", "Der Grund, der bleibt: „{0}“."), &[reason])
    }

    /// The rest of the name of a button that frees a name, for those who do not see where it stands.
    pub(crate) fn of_name(self, name: &str) -> String {
        fill(self.either(" {0}", ": {0}"), &[name])
    }
}
