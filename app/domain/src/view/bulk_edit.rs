//! Rolls: pasted lists of names, to add or remove many members of a group (each by a command of its own).

use crate::{GroupId, GroupRef, Note, Obstacle, Person, UserId, closed::closed};
use serde::{Deserialize, Serialize};

closed! {
    /// What is to happen to those on a roll.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum BulkAction {
        /// Make them members.
        Add = "add",
        /// End their memberships.
        Remove = "remove",
    }
}

/// A list of people for one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkEdit {
    /// The group.
    pub group: GroupId,
    /// What is to happen.
    pub verb: BulkAction,
    /// One name a line: a username, an e-mail address or the name of a character. At most [`BulkEdit::MOST`]; empty lines do
    /// not count.
    pub names: Vec<String>,
    /// Why.
    pub reason: Option<Note>,
}

impl BulkEdit {
    /// The most names of one roll.
    pub const MOST: usize = 500;

    /// The names in a pasted text: one a line, or the first column of a table.
    #[must_use]
    pub fn names_in(text: &str) -> Vec<String> {
        text.lines().map(first_cell).filter(|name| !name.is_empty()).collect()
    }
}

/// The first cell of a line. Where it is quoted, two quotes stand for one, and what is between them may separate cells.
fn first_cell(line: &str) -> String {
    let line = line.trim_start_matches('\u{feff}').trim();
    let Some(quoted) = line.strip_prefix('"') else {
        return line.split(['\t', ';', ',']).next().unwrap_or_default().trim().to_owned();
    };
    let mut cell = String::new();
    let mut rest = quoted.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if rest.peek() == Some(&'"') => cell.extend(rest.next()),
            '"' => break,
            c => cell.push(c),
        }
    }
    cell.trim().to_owned()
}

/// What a line of a roll would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkVerdict {
    /// It would be done.
    Ready,
    /// Nobody has this name.
    Unknown,
    /// Several have it.
    Ambiguous(Vec<Person>),
    /// An earlier line names the same person.
    Repeated,
    /// It would be refused.
    Refused(Obstacle),
}

/// One line of a roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkLine {
    /// The name as it stands there.
    pub name: String,
    /// Whom it names, if one person.
    pub person: Option<Person>,
    /// What it would come to.
    pub verdict: BulkVerdict,
}

/// A roll line by line, before anything is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkPreview {
    /// The group.
    pub group: GroupRef,
    /// What is to happen.
    pub verb: BulkAction,
    /// The lines, in their order.
    pub lines: Vec<BulkLine>,
}

impl BulkPreview {
    /// Those to whom it would be done.
    pub fn ready(&self) -> impl Iterator<Item = UserId> {
        let ready = self.lines.iter().filter(|line| line.verdict == BulkVerdict::Ready);
        ready.filter_map(|line| line.person.as_ref()).map(|person| person.id)
    }
}

/// What came of one line of a roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkOutcome {
    /// It was done.
    Done,
    /// The roll itself says why it was not tried.
    Passed(BulkVerdict),
    /// It was refused.
    Refused(Obstacle),
    /// The store was too busy for it; it can be tried again.
    Busy,
    /// A fault of ours, with the number under which it stands in the log.
    Failed(String),
}

/// A roll line by line, after it was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkResult {
    /// The name as it stands there.
    pub name: String,
    /// Whom it names, if one person.
    pub person: Option<Person>,
    /// What came of it.
    pub outcome: BulkOutcome,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_text_is_read_line_by_line() {
        let text = "\u{feff}ana\r\n\n  Bo Vex ; Acme;3\n\"Vex, Cy \"\"the\"\" II\",Acme\nd@example.org\tx\n,\n";
        assert_eq!(BulkEdit::names_in(text), ["ana", "Bo Vex", "Vex, Cy \"the\" II", "d@example.org"]);
        assert_eq!(BulkEdit::names_in("\"never closed"), ["never closed"]);
    }
}
