//! What is said about the join link of a hidden group.

use super::Language;

/// The fixed words about a join link.
pub(crate) struct JoinLinkLabels {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) not_copied: &'static str,
    pub(crate) replace: &'static str,
    pub(crate) consequence: &'static str,
    pub(crate) replace_now: &'static str,
    pub(crate) replaced: &'static str,
}

static ENGLISH: JoinLinkLabels = JoinLinkLabels {
    title: "Join link",
    intro: "The way to this group, even if it is hidden. Whoever has the link sees the group and can ask to join; who may join stays the same.",
    copy: "Copy",
    copied: "The link is copied.",
    not_copied: "This browser does not let us copy. The link is selected: copy it by hand.",
    replace: "Replace the link",
    consequence: "The present link leads nowhere from then on, for everybody who has it. Members and requests stay.",
    replace_now: "Replace now",
    replaced: "There is a new link. The old one leads nowhere.",
};

static GERMAN: JoinLinkLabels = JoinLinkLabels {
    title: "Beitrittslink",
    intro: "Der Weg zu dieser Gruppe, auch wenn sie versteckt ist. Wer den Link hat, sieht die Gruppe und kann anfragen; wer beitreten darf, bleibt gleich.",
    copy: "Kopieren",
    copied: "Der Link ist kopiert.",
    not_copied: "Dieser Browser lässt uns nicht kopieren. Der Link ist markiert: Kopier ihn von Hand.",
    replace: "Link ersetzen",
    consequence: "Der jetzige Link führt dann nirgendwohin, für alle, die ihn haben. Mitglieder und Anfragen bleiben.",
    replace_now: "Jetzt ersetzen",
    replaced: "Es gibt einen neuen Link. Der alte führt nirgendwohin.",
};

impl Language {
    /// The fixed words about a join link.
    pub(crate) const fn join_link(self) -> &'static JoinLinkLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}
