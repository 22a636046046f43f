//! What the admin area says. Apart from the other words, so that only its pages bring them to the browser.

use super::Language;
use domain::{Flag, Flags};

/// The fixed words of the admin area.
pub(crate) struct AdminLabels {
    pub(crate) groups: &'static str,
    pub(crate) groups_intro: &'static str,
    pub(crate) filters: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) properties: &'static str,
    pub(crate) members: &'static str,
    pub(crate) has_leader: &'static str,
    pub(crate) any: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) nothing_hint: &'static str,
    pub(crate) all: &'static str,
}

static ENGLISH: AdminLabels = AdminLabels {
    groups: "All groups",
    groups_intro: "Every group there is, internal and hidden ones too.",
    filters: "Which groups",
    name: "Name",
    description: "Description",
    properties: "Properties",
    members: "Members",
    has_leader: "Has leader",
    any: "Any",
    yes: "Yes",
    no: "No",
    nothing: "No group fits.",
    nothing_hint: "Search for another name, or choose fewer properties.",
    all: "Show all groups",
};

static GERMAN: AdminLabels = AdminLabels {
    groups: "Alle Gruppen",
    groups_intro: "Jede Gruppe, die es gibt, auch interne und versteckte.",
    filters: "Welche Gruppen",
    name: "Name",
    description: "Beschreibung",
    properties: "Eigenschaften",
    members: "Mitglieder",
    has_leader: "Hat Leitung",
    any: "Egal",
    yes: "Ja",
    no: "Nein",
    nothing: "Keine Gruppe passt.",
    nothing_hint: "Suche nach einem anderen Namen oder wähle weniger Eigenschaften.",
    all: "Alle Gruppen zeigen",
};

impl Language {
    /// The fixed words.
    pub(crate) fn admin(self) -> &'static AdminLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// The properties of a group in the words and the order of Alliance Auth: `Internal`, else any of `Hidden`, `Open`
    /// and `Public`, else `Default`; and `Restricted`.
    pub(crate) fn properties(self, flags: Flags) -> Vec<&'static str> {
        let is_internal = flags.has(Flag::Internal);
        let shown = flags.iter().filter(|flag| match flag {
            Flag::Internal => true,
            Flag::Hidden | Flag::Open | Flag::Public => !is_internal,
            Flag::Restricted => false,
        });
        let mut words: Vec<&str> = shown.map(|flag| self.flag(flag)).collect();
        if words.is_empty() {
            words.push(self.either("Default", "Standard"));
        }
        words.extend(flags.has(Flag::Restricted).then(|| self.flag(Flag::Restricted)));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_the_words_and_order_of_alliance_auth() {
        let none = Flags::NONE;
        let all = Flags::of(|_| true);
        let words = |flags| Language::English.properties(flags);
        assert_eq!(words(none), ["Default"]);
        assert_eq!(words(all), ["Internal", "Restricted"]);
        assert_eq!(words(all.with(Flag::Internal, false)), ["Hidden", "Open", "Public", "Restricted"]);
        assert_eq!(words(none.with(Flag::Restricted, true)), ["Default", "Restricted"]);
    }
}
