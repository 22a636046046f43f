//! `muster group`: groups and members as they are, for whoever runs the instance: internal and hidden ones too.

use super::{Refused, json_line, open_current};
use crate::{config::Settings, csv, rfc3339};
use clap::Subcommand;
use domain::{Flag, Flags};
use serde::Serialize;
use std::io::Write;
use store::{GroupLine, MemberLine};

#[derive(Subcommand)]
pub(super) enum GroupCommand {
    /// List all groups
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print every member of every group, as CSV
    Export {
        /// One JSON object a line instead
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(
    command: GroupCommand,
    settings: &Settings,
    out: &mut (dyn Write + Send),
) -> Result<(), Refused> {
    match command {
        GroupCommand::List { json } => list(json, settings, out).await,
        GroupCommand::Export { json } => export(json, settings, out).await,
    }
}

/// A group as `--json` prints it.
#[derive(Serialize)]
struct Group<'a> {
    id: i64,
    name: &'a str,
    description: &'a str,
    #[serde(flatten)]
    flags: Flags,
    members: u64,
}

async fn list(json: bool, settings: &Settings, out: &mut (dyn Write + Send)) -> Result<(), Refused> {
    let store = open_current(settings).await?;
    let mut after = String::new();
    loop {
        let page = store.list_groups(&after).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.place);
        for group in &page {
            print_group(group, json, out)?;
        }
    }
    store.close().await;
    Ok(())
}

fn print_group(group: &GroupLine, json: bool, out: &mut dyn Write) -> Result<(), Refused> {
    if json {
        let (name, description) = (group.name.as_str(), group.description.as_str());
        let (id, flags, members) = (group.id.0, group.flags, group.members);
        return json_line(out, &Group { id, name, description, flags, members });
    }
    let marks: Vec<&str> = group.flags.iter().map(Flag::code).collect();
    Ok(writeln!(out, "{:>8}  {:<40} {:>8} members  {}", group.id, group.name, group.members, marks.join(" "))?)
}

/// A membership as `--json` prints it.
#[derive(Serialize)]
struct Member<'a> {
    group_id: i64,
    group: &'a str,
    user_id: i64,
    username: &'a str,
    character: Option<&'a str>,
    since: String,
}

async fn export(json: bool, settings: &Settings, out: &mut (dyn Write + Send)) -> Result<(), Refused> {
    let store = open_current(settings).await?;
    if !json {
        writeln!(out, "group_id,group,user_id,username,character,since")?;
    }
    let mut printed = Ok(());
    let mut tell = |member: MemberLine| {
        if printed.is_ok() {
            printed = print_member(&member, json, out);
        }
    };
    store.export_members(&mut tell).await?;
    store.close().await;
    printed
}

fn print_member(member: &MemberLine, json: bool, out: &mut dyn Write) -> Result<(), Refused> {
    let MemberLine { group, group_name, user, username, character, since } = member;
    let (character, since) = (character.as_deref(), rfc3339::written(*since));
    if json {
        let (group_id, user_id) = (group.0, user.0);
        return json_line(out, &Member { group_id, group: group_name, user_id, username, character, since });
    }
    let (group, user) = (group.0.to_string(), user.0.to_string());
    let cells = [&group, group_name.as_str(), &user, username, character.unwrap_or_default(), &since];
    Ok(writeln!(out, "{}", csv::line(cells))?)
}
