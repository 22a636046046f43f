//! Rows as comma-separated values (RFC 4180), safe to open in a spreadsheet.

/// Tells programs that the file is UTF-8; without it some read it as something older.
pub(super) const MARK: &str = "\u{feff}";

/// Adds a row.
pub(super) fn push_row<T: AsRef<str>>(file: &mut String, cells: impl IntoIterator<Item = T>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            file.push(',');
        }
        push_cell(file, cell.as_ref());
    }
    file.push_str("\r\n");
}

/// Adds a cell. What a spreadsheet would take for a formula gets an apostrophe in front, which makes it a text: a name or
/// a comment may come from anybody.
fn push_cell(file: &mut String, cell: &str) {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !is_formula && !cell.contains(['"', ',', '\r', '\n']) && !cell.starts_with(' ') && !cell.ends_with(' ') {
        file.push_str(cell);
        return;
    }
    file.push('"');
    if is_formula {
        file.push('\'');
    }
    for (place, part) in cell.split('"').enumerate() {
        if place > 0 {
            file.push_str("\"\"");
        }
        file.push_str(part);
    }
    file.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> String {
        let mut file = String::new();
        push_row(&mut file, cells);
        file
    }

    #[test]
    fn cells_are_quoted_where_they_have_to_be() {
        assert_eq!(row(&["ana", "", "Straße"]), "ana,,Straße\r\n");
        assert_eq!(
            row(&["a,b", "say \"hi\"", "two\nlines", " pad "]),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\" pad \"\r\n"
        );
    }

    #[test]
    fn no_cell_starts_a_formula() {
        for start in ["=1+1", "+49", "-2", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(row(&[start]), format!("\"'{start}\"\r\n"));
        }
        assert_eq!(row(&["=HYPERLINK(\"http://evil\")"]), "\"'=HYPERLINK(\"\"http://evil\"\")\"\r\n");
        assert_eq!(row(&["a=1"]), "a=1\r\n");
    }
}
