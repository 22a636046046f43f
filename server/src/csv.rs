//! Rows as comma-separated values (RFC 4180), safe to open in a spreadsheet. The only place that writes a cell: pages, API
//! and command line all come here.

/// Tells programs that the file is UTF-8; without it some read it as something older.
pub(crate) const MARK: &str = "\u{feff}";

/// Characters by which some program begins a formula, those of full width included, which spreadsheets take for the plain ones.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Characters at which some program ends a cell or a row unless the cell is quoted: spreadsheets of half the world part cells
/// by semicolons, and many readers of lines know more line ends than the two of the RFC.
const PARTING: [char; 11] = [',', ';', '"', '\t', '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Appends a row, with its end.
pub(crate) fn push_row<T: AsRef<str>>(file: &mut String, cells: impl IntoIterator<Item = T>) {
    push_cells(file, cells);
    file.push_str("\r\n");
}

/// A row without an end, for the command line, whose lines end as those of other commands do.
pub(crate) fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let mut line = String::new();
    push_cells(&mut line, cells);
    line
}

fn push_cells<T: AsRef<str>>(file: &mut String, cells: impl IntoIterator<Item = T>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            file.push(',');
        }
        push_cell(file, cell.as_ref());
    }
}

/// Appends a cell. What a spreadsheet would take for a formula gets an apostrophe in front, which makes it a text: a name or
/// a comment may come from anybody.
fn push_cell(file: &mut String, cell: &str) {
    let is_formula = begins_formula(cell);
    let is_padded = cell.starts_with(char::is_whitespace) || cell.ends_with(char::is_whitespace);
    if !is_formula && !is_padded && !cell.contains(PARTING) {
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

/// Whether a spreadsheet could take the cell for a formula. White space, control characters and what shows nothing may stand
/// before the sign: some programs drop them when they read.
fn begins_formula(cell: &str) -> bool {
    let is_dropped = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}');
    cell.starts_with(['\t', '\r']) || cell.trim_start_matches(is_dropped).starts_with(FORMULA)
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
        for parting in [";", "\u{2028}", "\u{2029}", "\u{85}", "\u{b}", "\u{c}"] {
            assert_eq!(line([format!("a{parting}b")]), format!("\"a{parting}b\""));
        }
    }

    #[test]
    fn no_cell_starts_a_formula() {
        for start in
            ["=1+1", "+49", "-2", "@SUM(A1)", "\tx", "\rx", "＝1+1", "＋1", "－1", "＠x", " =1", "\u{feff}=1", "\n=1"]
        {
            assert_eq!(row(&[start]), format!("\"'{start}\"\r\n"));
        }
        assert_eq!(row(&["=HYPERLINK(\"http://evil\")"]), "\"'=HYPERLINK(\"\"http://evil\"\")\"\r\n");
        assert_eq!(row(&["a=1", "1-2"]), "a=1,1-2\r\n");
    }
}
