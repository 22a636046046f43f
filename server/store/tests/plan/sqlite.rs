//! Plans of SQLite. It tells how it walks through each table, not how far: a walk along an index is taken for a page where
//! the statement has a limit.

use super::LARGE;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with the plan of each statement; those with nothing wrong are left out.
pub async fn faults(url: &str, statements: &BTreeSet<String>) -> BTreeMap<String, Vec<String>> {
    let mut conn = SqliteConnection::connect(url).await.unwrap();
    sqlx::query("ANALYZE").execute(&mut conn).await.unwrap();
    let mut faults = BTreeMap::new();
    for statement in statements {
        let explained = format!("EXPLAIN QUERY PLAN {statement}");
        let steps: Vec<(i64, i64, i64, String)> =
            match sqlx::query_as(AssertSqlSafe(explained)).fetch_all(&mut conn).await {
                Ok(steps) => steps,
                Err(error) => panic!("{error}: {statement}"),
            };
        let names = tables(statement);
        let steps: Vec<String> = steps.into_iter().map(|step| step.3).collect();
        let found: Vec<String> =
            steps.iter().filter(|step| is_wrong(step, &steps, statement, &names)).cloned().collect();
        if !found.is_empty() {
            faults.insert(statement.clone(), found);
        }
    }
    conn.close().await.unwrap();
    faults
}

fn is_wrong(step: &str, steps: &[String], statement: &str, names: &BTreeMap<String, String>) -> bool {
    if step.starts_with("USE TEMP B-TREE FOR") && step.contains("ORDER BY") {
        // What belongs to the ids of a page is a page.
        return !statement.contains("json_each(");
    }
    let Some(rest) = step.strip_prefix("SCAN ") else { return false };
    let name = rest.split_whitespace().next().unwrap_or_default();
    let table = names.get(name).map_or(name, String::as_str);
    let is_made = ["CO-ROUTINE", "MATERIALIZE"].iter().any(|word| steps.contains(&format!("{word} {name}")));
    // Along an index, or along the table in the order of its rows.
    let sorts = steps.iter().any(|step| step.starts_with("USE TEMP B-TREE"));
    let walks = statement.contains("LIMIT") && (rest.contains("USING") || !sorts);
    LARGE.contains(&table) && !is_made && !walks
}

/// Which table each name stands for in a statement.
fn tables(statement: &str) -> BTreeMap<String, String> {
    const NO_NAMES: [&str; 14] = [
        "WHERE", "JOIN", "LEFT", "ON", "SET", "ORDER", "GROUP", "UNION", "LIMIT", "CROSS", "INNER", "VALUES", "SELECT",
        "AND",
    ];
    let words: Vec<&str> = statement
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty() && *word != "AS")
        .collect();
    let pairs = words.windows(2).filter(|pair| LARGE.contains(&pair[0]) && !NO_NAMES.contains(&pair[1]));
    pairs.map(|pair| (pair[1].to_owned(), pair[0].to_owned())).collect()
}
