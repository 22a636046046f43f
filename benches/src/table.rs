//! What is printed in the end: one table.

/// Rows of measure, Muster's figure, what it is beside, their ratio, and the aim.
#[derive(Default)]
pub struct Table(Vec<[String; 5]>);

impl Table {
    /// Adds a row, and prints it at once for whoever waits.
    pub fn add(&mut self, measure: &str, muster: String, beside: String, ratio: String, aim: &str) {
        let row = [measure.to_owned(), muster, beside, ratio, aim.to_owned()];
        eprintln!("  {}", row.join(" | "));
        self.0.push(row);
    }

    /// Prints all rows, as Markdown.
    pub fn print(&self) {
        println!("| measure | Muster | beside it | ratio | aim |\n| --- | --- | --- | --- | --- |");
        for row in &self.0 {
            println!("| {} |", row.join(" | "));
        }
    }
}
