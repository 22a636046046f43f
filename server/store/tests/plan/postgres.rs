//! Plans of PostgreSQL: the general one, which a prepared statement gets after some uses, whatever is bound to it.
//!
//! The tables are a hundredth of what they may become, and a few thousand rows are read whole more quickly than a page of
//! them is found. So reading whole is made dear: where a plan still does it, there is no other way.

use super::LARGE;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::collections::{BTreeMap, BTreeSet};

/// How many rows a page reads and sorts at most: the largest page, its look-ahead, and some for the guesses of the planner.
const PAGE: f64 = 1_500.0;

/// What is wrong with the plan of each statement; those with nothing wrong are left out.
pub async fn faults(url: &str, statements: &BTreeSet<String>) -> BTreeMap<String, Vec<String>> {
    let mut conn = PgConnection::connect(url).await.unwrap();
    for setting in [
        "plan_cache_mode = force_generic_plan",
        "enable_seqscan = off",
        "enable_hashjoin = off",
        "enable_mergejoin = off",
    ] {
        conn.execute(AssertSqlSafe(format!("SET {setting}"))).await.unwrap();
    }
    let mut faults = BTreeMap::new();
    for statement in statements {
        let plan = plan(&mut conn, statement).await.unwrap_or_else(|error| panic!("{error}: {statement}"));
        let mut found = Vec::new();
        look(&plan[0]["Plan"], false, &mut found);
        if !found.is_empty() {
            faults.insert(statement.clone(), found);
        }
    }
    conn.close().await.unwrap();
    faults
}

async fn plan(conn: &mut PgConnection, statement: &str) -> sqlx::Result<Value> {
    if conn.execute(AssertSqlSafe(format!("PREPARE asked AS {statement}"))).await.is_err() {
        // Lists of ids are of no type that could be seen from where they stand.
        let types = vec!["BIGINT"; statement.matches('$').count()].join(", ");
        conn.execute(AssertSqlSafe(format!("PREPARE asked ({types}) AS {statement}"))).await?;
    }
    let count: i32 = sqlx::query_scalar(
        "SELECT COALESCE(array_length(parameter_types, 1), 0) FROM pg_prepared_statements WHERE name = 'asked'",
    )
    .fetch_one(&mut *conn)
    .await?;
    let nothing = vec!["NULL"; usize::try_from(count).unwrap()].join(", ");
    let arguments = if nothing.is_empty() { nothing } else { format!("({nothing})") };
    let explained = AssertSqlSafe(format!("EXPLAIN (FORMAT JSON) EXECUTE asked{arguments}"));
    let plan = sqlx::raw_sql(explained).fetch_one(&mut *conn).await?;
    let plan: Value = serde_json::from_str(sqlx::Row::try_get_unchecked::<&str, _>(&plan, 0)?).unwrap();
    conn.execute("DEALLOCATE asked").await?;
    Ok(plan)
}

/// Looks at a part of a plan and at all below it. `stops`: whoever asked for it stops it after a page.
fn look(node: &Value, stops: bool, found: &mut Vec<String>) {
    let kind = node["Node Type"].as_str().unwrap_or_default();
    let rows = node["Plan Rows"].as_f64().unwrap_or_default();
    let table = node["Relation Name"].as_str().unwrap_or_default();
    let large = LARGE.contains(&table);
    let fault = match kind {
        "Seq Scan" => large,
        "Index Scan" | "Index Only Scan" => large && node.get("Index Cond").is_none() && !stops && rows > PAGE,
        "Sort" | "Incremental Sort" => rows > PAGE,
        _ => false,
    };
    if fault {
        let filter = node["Filter"].as_str().unwrap_or_default();
        found.push(format!("{kind} {table} of {rows} rows {filter}"));
    }
    // A limit stops what is below it, but for what has to be read whole before its first row is known.
    let stops = match kind {
        "Limit" => true,
        "Sort" | "Aggregate" | "Hash" | "HashAggregate" | "Materialize" | "WindowAgg" => false,
        _ => stops || node["Subplan Name"].as_str().is_some_and(|name| name.starts_with("EXISTS")),
    };
    for below in node["Plans"].as_array().into_iter().flatten() {
        look(below, stops, found);
    }
}
