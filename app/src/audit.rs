//! The columns of the audit log: what stands above each, and what it says of a row. The page shows them, and the file for
//! spreadsheets has them.

use crate::text::{Language, iso};
use domain::{RecordedEvent, listed};

listed! {
    /// A column of the audit log, under the name that the API has for it. The page and the file have them in this order.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum AuditColumn {
        /// When it happened.
        Time = "time",
        /// In which group.
        Group = "group",
        /// To whom.
        Requestor = "requestor",
        /// Their main character then.
        Character = "character",
        /// What it is about.
        Type = "type",
        /// What became of it.
        Action = "action",
        /// Who did it.
        Actor = "actor",
        /// Which rule did it.
        Cause = "cause",
        /// What changed with it.
        Detail = "detail",
        /// Why, in the words of whoever asked.
        Reason = "reason",
        /// What the decider said. On the page, everything that is said stands here.
        Comment = "comment",
    }
}

impl AuditColumn {
    /// What stands above it.
    #[must_use]
    pub const fn label(self, words: Language) -> &'static str {
        let (labels, lead) = (words.labels(), words.managing());
        match self {
            Self::Time => labels.when,
            Self::Group => lead.group,
            Self::Requestor => labels.requestor,
            Self::Character => labels.character,
            Self::Type => labels.kind,
            Self::Action => labels.action,
            Self::Actor => labels.actor,
            Self::Cause => lead.cause,
            Self::Detail => lead.detail,
            Self::Reason => lead.reason,
            Self::Comment => labels.their_words,
        }
    }

    /// What it says of a row, as plain text.
    #[must_use]
    pub fn text(self, words: Language, row: &RecordedEvent) -> String {
        let event = &row.event;
        let (kind, action) = event.what.filed_as();
        let subject = event.subject.as_ref();
        let main = subject.and_then(|subject| subject.main_character.as_ref());
        match self {
            Self::Time => iso(row.at),
            Self::Group => event.group.as_ref().map(|group| group.name.clone()).unwrap_or_default(),
            Self::Requestor => subject.map(|subject| subject.username.clone()).unwrap_or_default(),
            Self::Character => main.map(|main| main.name.clone()).unwrap_or_default(),
            Self::Type => words.event_type(kind).to_owned(),
            Self::Action => words.event_action(action).to_owned(),
            Self::Actor => row.actor.as_ref().map_or_else(|| words.system().to_owned(), |actor| actor.username.clone()),
            Self::Cause => event.cause.map(|cause| words.cause(cause).to_owned()).unwrap_or_default(),
            Self::Detail => words.details(event).join(" "),
            Self::Reason => event.reason.clone().unwrap_or_default(),
            Self::Comment => event.comment.clone().unwrap_or_default(),
        }
    }

    /// Those that the page has: of everything, or of one group.
    pub(crate) fn on_page(is_whole: bool) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |column| match column {
            Self::Group => is_whole,
            Self::Cause | Self::Detail | Self::Reason => false,
            _ => true,
        })
    }
}
