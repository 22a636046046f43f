//! `muster user`: accounts from the command line, in the name of the system. Runs beside a serving process.

use super::{Refused, open_current};
use crate::{
    auth::password::{self, Passwords},
    clock::Sources,
    config::Settings,
    service::Service,
};
use app::error::AppError;
use clap::Subcommand;
use domain::{Conflict, Email, Flaw, UserDraft, Username};
use serde::Serialize;
use std::io::{self, Read, Write};
use store::{CallerId, UserLine};

#[derive(Subcommand)]
pub(super) enum UserCommand {
    /// Make an account; prints a random password unless one is given
    Create {
        /// What they sign in with
        #[arg(value_name = "NAME", value_parser = username)]
        username: Username,
        /// Where mail reaches them
        #[arg(long, value_parser = email)]
        email: Option<Email>,
        /// Give them every permission
        #[arg(long)]
        superuser: bool,
        /// Let them into the admin area, as far as their permissions reach
        #[arg(long)]
        staff: bool,
        /// Read the password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// List all accounts
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(
    command: UserCommand,
    settings: &Settings,
    sources: Sources,
    out: &mut dyn Write,
) -> Result<(), Refused> {
    match command {
        UserCommand::Create { username, email, superuser, staff, password_stdin } => {
            let draft = UserDraft { username, email, staff, superuser };
            create(draft, password_stdin, settings, sources, out).await
        }
        UserCommand::List { json } => list(json, settings, out).await,
    }
}

async fn create(
    draft: UserDraft,
    from_stdin: bool,
    settings: &Settings,
    sources: Sources,
    out: &mut dyn Write,
) -> Result<(), Refused> {
    let name = draft.username.as_str().to_owned();
    let secret = if from_stdin { read_password(&mut io::stdin().lock())? } else { sources.random.word() };
    let hash = Passwords::new(sources.random.clone()).hash(secret.clone()).await;
    let hash = hash.ok_or_else(|| Refused("the password cannot be hashed".to_owned()))?;
    let store = open_current(settings).await?;
    let made = Service::new(store.clone(), sources).create_user(CallerId::System, draft, hash).await;
    store.close().await;
    match made {
        Ok(id) => writeln!(out, "{name} is user {id}.")?,
        Err(AppError::Conflict(Conflict::NameTaken)) => {
            return Err(Refused(format!("another account already has the name or the e-mail address of {name}")));
        }
        Err(AppError::Busy) => return Err(Refused("the database is busy; try again".to_owned())),
        Err(AppError::Internal(ticket)) => return Err(Refused(format!("see the log under {}", ticket.0))),
        Err(error) => return Err(Refused(format!("not made: {error:?}"))),
    }
    if !from_stdin {
        writeln!(out, "Password: {secret}")?;
    }
    Ok(())
}

/// One line of standard input, without its end.
fn read_password(input: &mut dyn Read) -> Result<String, Refused> {
    let mut text = String::new();
    input.take(4096).read_to_string(&mut text)?;
    let line = text.lines().next().unwrap_or_default().to_owned();
    if password::is_too_short(&line) {
        return Err(Refused(format!("a password has at least {} characters", password::MIN)));
    }
    Ok(line)
}

/// An account as `--json` prints it.
#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    username: &'a str,
    email: Option<&'a str>,
    is_active: bool,
    is_staff: bool,
    is_superuser: bool,
}

async fn list(json: bool, settings: &Settings, out: &mut dyn Write) -> Result<(), Refused> {
    let store = open_current(settings).await?;
    let mut after = None;
    loop {
        let page = store.list_users(after).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for user in &page {
            print_user(user, json, out)?;
        }
    }
    store.close().await;
    Ok(())
}

fn print_user(user: &UserLine, json: bool, out: &mut dyn Write) -> Result<(), Refused> {
    if json {
        let line = Line {
            id: user.id.0,
            username: &user.username,
            email: user.email.as_deref(),
            is_active: user.active,
            is_staff: user.staff,
            is_superuser: user.superuser,
        };
        let line = serde_json::to_string(&line).map_err(io::Error::from)?;
        return Ok(writeln!(out, "{line}")?);
    }
    let marks: Vec<&str> = [(!user.active, "inactive"), (user.staff, "staff"), (user.superuser, "superuser")]
        .into_iter()
        .filter_map(|(holds, mark)| holds.then_some(mark))
        .collect();
    let email = user.email.as_deref().unwrap_or("-");
    Ok(writeln!(out, "{:>8}  {:<24} {email:<32} {}", user.id, user.username, marks.join(" "))?)
}

fn username(text: &str) -> Result<Username, String> {
    Username::parse(text).map_err(|flaw| match flaw {
        Flaw::TooLong(max) => format!("at most {max} characters"),
        Flaw::Missing
        | Flaw::TooShort(_)
        | Flaw::Malformed
        | Flaw::Mismatch
        | Flaw::Unknown
        | Flaw::Itself
        | Flaw::OutOfRange(..) => "no spaces or control characters".to_owned(),
    })
}

fn email(text: &str) -> Result<Email, String> {
    Email::parse(text).map_err(|_| "not an e-mail address".to_owned())
}
