//! Rows of the audit log as CSV (RFC 4180), safe to open in a spreadsheet: no cell begins a formula.

use super::shape::AuditRow;
use serde::Serialize;
use serde_json::Value;

/// The names of the columns.
pub(super) const HEAD: &str = "id,time,group_id,group,requestor_id,requestor,character,type,action,actor_id,actor,cause,reason,comment,detail\r\n";

/// Appends one row.
pub(super) fn push(text: &mut String, row: &AuditRow) {
    let (group, requestor, actor) = (row.group.as_ref(), row.requestor.as_ref(), row.actor.as_ref());
    let cells = [
        row.id.to_string(),
        word(&row.time),
        group.map(|group| group.id.to_string()).unwrap_or_default(),
        group.map(|group| group.name.clone()).unwrap_or_default(),
        requestor.map(|user| user.id.to_string()).unwrap_or_default(),
        requestor.map(|user| user.username.clone()).unwrap_or_default(),
        row.character.clone().unwrap_or_default(),
        word(&row.kind),
        word(&row.action),
        actor.map(|user| user.id.to_string()).unwrap_or_default(),
        actor.map(|user| user.username.clone()).unwrap_or_default(),
        row.cause.as_ref().map(word).unwrap_or_default(),
        row.reason.clone().unwrap_or_default(),
        row.comment.clone().unwrap_or_default(),
        row.detail.to_string(),
    ];
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        push_cell(text, cell);
    }
    text.push_str("\r\n");
}

/// What serializes to a word, as that word.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it a text there.
fn push_cell(text: &mut String, cell: &str) {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = cell.contains([',', '"', '\r', '\n']);
    if quoted {
        text.push('"');
    }
    if is_formula {
        text.push('\'');
    }
    if quoted {
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut cell = String::new();
        push_cell(&mut cell, text);
        cell
    }

    #[test]
    fn no_cell_begins_a_formula() {
        for start in ["=", "+", "-", "@", "\t"] {
            assert_eq!(cell(&format!("{start}1")), format!("'{start}1"));
        }
        assert_eq!(cell("\r1"), "\"'\r1\"");
        assert_eq!(cell("=HYPERLINK(\"a\",1)"), "\"'=HYPERLINK(\"\"a\"\",1)\"");
        assert_eq!(cell("1-2"), "1-2");
    }

    #[test]
    fn a_cell_stays_one() {
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("a\"b"), "\"a\"\"b\"");
        assert_eq!(cell("a\nb"), "\"a\nb\"");
        assert_eq!(cell(""), "");
    }
}
