//! Draws up who has to do with which group, and how it ended: in a table of its own, group by group.
//!
//! The people of a group are met by steps around the circle of all, so that each is met once and whatever comes next for
//! the group goes on where the last stopped.

use super::{CHUNK, signed, stride, unsigned};
use crate::{
    Conn,
    shared::{Fault, bulk::Meter},
};
use store_model::Growth;

/// How a story ended, as the table keeps it.
pub(super) const IN: i64 = 0;
/// The request was refused.
const REFUSED: i64 = 1;
/// The request was withdrawn.
const WITHDRAWN: i64 = 2;
/// They were in it, and left.
const LEFT: i64 = 3;
/// The request waits.
const WAITS: i64 = 4;

const TABLE: &str = "CREATE TEMPORARY TABLE stories (place INTEGER PRIMARY KEY, group_id BIGINT NOT NULL, \
    user_id BIGINT NOT NULL, ending BIGINT NOT NULL)";

/// $3 the place of the first, $4 the group, $5 how it ends, $6 the first of all users, $7 how many there are, $8 how far
/// the steps are, $9 whether whoever comes need not be
/// allowed to ask.
const STORIES: &str = numbered!(
    "INSERT INTO stories (place, group_id, user_id, ending) \
    SELECT $3 + row_number() OVER (ORDER BY n.i) - 1, $4, u.id, $5 \
    FROM n JOIN users u ON u.id = $6 + ($4 * 104729 + n.i * $8) % $7 \
    WHERE u.is_active AND ($9 OR u.settled_requester) \
        AND (NOT EXISTS (SELECT 1 FROM group_states s WHERE s.group_id = $4) \
            OR EXISTS (SELECT 1 FROM group_states s WHERE s.group_id = $4 AND s.state_id = u.state_id))"
);

/// What the stories take from the groups.
struct Group {
    id: i64,
    open: bool,
    internal: bool,
    public: bool,
    /// How far around the circle of users its stories have come.
    met: i64,
}

impl Group {
    /// Whether one asks to be let in.
    const fn asks(&self) -> bool {
        !self.open && !self.internal
    }
}

/// How many stories there are.
pub(super) struct Stories {
    /// Those that are over, from place 0 on.
    pub(super) over: i64,
    /// Those and, after them, the ones of whoever waits.
    pub(super) all: i64,
}

/// Where the next story goes.
struct Author<'a> {
    conn: &'a mut Conn,
    first: i64,
    users: i64,
    stride: i64,
    place: i64,
}

impl Author<'_> {
    /// Draws up as many stories of a group as it wants, or as there are people left to meet. Answers how many are missing.
    async fn write(&mut self, group: &mut Group, ending: i64, wanted: i64) -> sqlx::Result<i64> {
        let mut missing = wanted;
        while missing > 0 && group.met < self.users {
            let to = (group.met + missing.min(CHUNK)).min(self.users);
            let written = sqlx::query(STORIES)
                .bind(group.met)
                .bind(to)
                .bind(self.place)
                .bind(group.id)
                .bind(ending)
                .bind(self.first)
                .bind(self.users)
                .bind(self.stride)
                .bind(group.public || group.internal)
                .execute(&mut *self.conn)
                .await?
                .rows_affected();
            group.met = to;
            self.place += signed(written);
            missing -= signed(written);
        }
        Ok(missing)
    }
}

/// How much of `total` the group of each rank has: the first very much, the many last little.
fn shares(total: i64, count: usize) -> Vec<i64> {
    let ranks = 1..=u32::try_from(count).unwrap_or(u32::MAX);
    let weights: Vec<f64> = ranks.map(|rank| f64::from(rank).powf(-0.7)).collect();
    let sum: f64 = weights.iter().sum();
    let (mut weight, mut given) = (0.0, 0);
    let mut share = |own: f64| {
        weight += own;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "what is rounded is given to the next, and far below where it would not fit"
        )]
        let share = (total.max(0) as f64 * weight / sum).round() as i64 - given;
        given += share;
        share
    };
    weights.iter().map(|own| share(*own)).collect()
}

/// Draws up everything. `first` is the first of the users who were added.
pub(super) async fn draw_up(
    conn: &mut Conn,
    growth: &Growth,
    first: i64,
    meter: &mut Meter<'_>,
) -> Result<Stories, Fault> {
    sqlx::query(TABLE).execute(&mut *conn).await?;
    let mut groups = list_groups(conn, growth).await?;
    let (users, count) = (signed(growth.users), groups.len());
    let mut author = Author { conn, first, users, stride: stride(users), place: 0 };

    let (mut events, mut missing) = (0, 0);
    for (group, share) in groups.iter_mut().zip(shares(signed(growth.memberships), count)) {
        // What one group had no people for is left to the next.
        let wanted = share + missing;
        missing = author.write(group, IN, wanted).await?;
        events += (wanted - missing) * if group.asks() { 2 } else { 1 };
        meter.add(unsigned(wanted - missing));
    }
    // Whoever is in it is met no more; those who come now may ask again.
    let inside: Vec<i64> = groups.iter().map(|group| group.met).collect();

    missing = 0;
    let past = (signed(growth.events) - events - signed(growth.waiting)) / 2;
    for (group, share) in groups.iter_mut().zip(shares(past, count)) {
        missing += share;
        if group.asks() {
            let withdrawn = missing / 4;
            missing = author.write(group, REFUSED, missing - withdrawn).await?;
            missing += author.write(group, WITHDRAWN, withdrawn).await?;
        } else if group.open && !group.internal {
            missing = author.write(group, LEFT, missing).await?;
        }
    }

    let over = author.place;
    let mut waiting = signed(growth.waiting);
    for (group, met) in groups.iter_mut().zip(inside).filter(|(group, _)| group.asks()) {
        group.met = met;
        author.write(group, WAITS, waiting).await?;
        waiting = waiting.min(1);
    }
    Ok(Stories { over, all: author.place })
}

/// The groups for which stories are told, the one with the most members first and then in no order.
async fn list_groups(conn: &mut Conn, growth: &Growth) -> sqlx::Result<Vec<Group>> {
    let rows = sqlx::query!(
        r#"SELECT g.id, g.open, g.internal, g.public FROM groups g
            WHERE g.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM group_permissions p WHERE p.group_id = g.id)
                AND NOT EXISTS (SELECT 1 FROM leader_groups l WHERE l.leader_group_id = g.id)
            ORDER BY CASE WHEN g.id = $1 THEN 0 ELSE 1 END, g.id * 7919 % 10007, g.id"#,
        growth.busiest.0
    )
    .fetch_all(conn)
    .await?;
    let group = |id, open, internal, public| Group { id, open, internal, public, met: 0 };
    Ok(rows.into_iter().map(|row| group(row.id, row.open, row.internal, row.public)).collect())
}
