//! Servers that do nothing but what is measured against: the rows of a page as JSON out of a bare axum and sqlx, or some
//! bytes from memory.

use axum::{
    Router, body::Bytes, extract::State, http::header, response::IntoResponse, routing::get, serve::ListenerExt,
};
use serde_json::{Value, json};
use sqlx::{
    Row, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::str::FromStr;

/// The rows of the groups page for user $1.
const GROUPS: &str = "SELECT g.id, g.name, g.description, g.member_count, g.open, g.public, \
        EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = g.id AND m.user_id = $1) AS member, \
        EXISTS (SELECT 1 FROM leaders l WHERE l.group_id = g.id AND l.user_id = $1) AS leader, \
        (SELECT r.id FROM requests r WHERE r.user_id = $1 AND r.group_id = g.id AND r.status = 0) AS request, \
        (SELECT group_concat(COALESCE(c.name, u.username), ', ') FROM leaders l JOIN users u ON u.id = l.user_id \
            LEFT JOIN characters c ON c.id = u.main_character_id WHERE l.group_id = g.id) AS leaders \
    FROM groups g WHERE g.deleted_at IS NULL AND NOT g.internal AND NOT g.hidden ORDER BY g.sort_key, g.id LIMIT 50";
/// The rows of the queue of user $1.
const QUEUE: &str = "SELECT r.id, r.reason, r.created_at, g.name AS group_name, u.username, c.name AS character, \
        c.corporation_name FROM requests r JOIN groups g ON g.id = r.group_id JOIN users u ON u.id = r.user_id \
        LEFT JOIN characters c ON c.id = u.main_character_id \
    WHERE r.status = 0 AND r.kind = 0 AND r.group_id IN (SELECT group_id FROM leaders WHERE user_id = $1) \
    ORDER BY r.id LIMIT 50";
/// The members of the group $1. The page comes first, by the index that Muster reads it by; then what is joined to it.
const MEMBERS: &str = "SELECT u.id, u.username, c.name AS character, c.corporation_name, m.since, gr.kind, \
        d.username AS giver FROM (SELECT group_id, user_id, sort_key, since FROM memberships WHERE group_id = $1 \
            ORDER BY sort_key, user_id LIMIT 100) AS m CROSS JOIN users u ON u.id = m.user_id \
        LEFT JOIN characters c ON c.id = u.main_character_id \
        LEFT JOIN grants gr ON gr.user_id = m.user_id AND gr.group_id = m.group_id AND gr.ended_at IS NULL \
        LEFT JOIN users d ON d.id = gr.actor_id ORDER BY m.sort_key, m.user_id";
/// The log of the group $1.
const AUDIT: &str = "SELECT id, at, kind, group_name, subject, actor_name, reason, comment, detail FROM events \
    WHERE group_id = $1 ORDER BY id DESC LIMIT 50";

#[derive(Clone)]
struct Rows {
    pool: SqlitePool,
    statement: &'static str,
    id: i64,
}

/// Serves the rows of one page as JSON.
pub async fn rows(database: &str, page: &str, id: i64) {
    let options = SqliteConnectOptions::from_str(database).expect("is a URL").read_only(true);
    let options = options.pragma("mmap_size", "268435456").pragma("cache_size", "-16384");
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await.expect("opens");
    let statement = match page {
        "groups" => GROUPS,
        "queue" => QUEUE,
        "members" => MEMBERS,
        _ => AUDIT,
    };
    serve(Router::new().route("/", get(answer)).with_state(Rows { pool, statement, id })).await;
}

async fn answer(State(rows): State<Rows>) -> impl IntoResponse {
    let found = sqlx::query(rows.statement).bind(rows.id).fetch_all(&rows.pool).await.expect("are read");
    let list: Vec<Value> = found
        .iter()
        .map(|row| {
            let cells = (0..row.len()).map(|place| {
                row.try_get::<Option<i64>, _>(place)
                    .map(|number| json!(number))
                    .or_else(|_| row.try_get::<Option<String>, _>(place).map(|text| json!(text)))
                    .unwrap_or(Value::Null)
            });
            cells.collect()
        })
        .collect();
    axum::Json(list)
}

/// Serves so many bytes from memory.
pub async fn constant(count: usize) {
    let page = Bytes::from(vec![b'x'; count]);
    let answer = move || {
        let page = page.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page) }
    };
    serve(Router::new().route("/", get(answer))).await;
}

async fn serve(router: Router) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("http://{}", listener.local_addr().expect("has one"));
    let listener = listener.tap_io(|stream| stream.set_nodelay(true).expect("is open"));
    axum::serve(listener, router).await.expect("serves");
}
