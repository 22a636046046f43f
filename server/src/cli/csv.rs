//! Cells of CSV (RFC 4180) that a spreadsheet shows as they are.

use std::borrow::Cow;

/// A text as a cell. What a spreadsheet would take for a formula is led by an apostrophe.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = text.contains(['"', ',', '\n', '\r']);
    match (formula, quoted) {
        (false, false) => Cow::Borrowed(text),
        (true, false) => Cow::Owned(format!("'{text}")),
        (_, true) => {
            let mark = if formula { "'" } else { "" };
            Cow::Owned(format!("\"{mark}{}\"", text.replace('"', "\"\"")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_its_text_and_starts_no_formula() {
        let cells = ["Logi", "a, b", "say \"hi\"", "=1+1", "-", "=a,b"].map(cell);
        assert_eq!(cells, ["Logi", "\"a, b\"", "\"say \"\"hi\"\"\"", "'=1+1", "'-", "\"'=a,b\""]);
    }
}
