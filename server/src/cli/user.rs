//! `muster user`: accounts from the command line, in the name of the system. Runs beside a serving process.

use super::{Refused, json_line, open_current};
use crate::{
    auth::password::{self, NewPassword},
    clock::Sources,
    config::Settings,
    service::Service,
};
use app::{error::AppError, text::field_flaw};
use clap::{Args, Subcommand};
use domain::{Command, Conflict, Email, Flaw, Outcome, UserChange, UserDraft, UserId, Username};
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
        #[command(flatten)]
        secret: Secret,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// List all accounts
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Set another password, end all sessions and revoke all tokens; prints a random password unless one is given
    Password {
        #[command(flatten)]
        named: Named,
        #[command(flatten)]
        secret: Secret,
    },
    /// Let an account sign in again; prints which groups it leads then
    Activate {
        #[command(flatten)]
        named: Named,
        /// Take away the groups it is named to lead
        #[arg(long)]
        drop_leads: bool,
    },
    /// Let an account sign in no more, take it out of all groups and revoke its tokens
    Deactivate(Named),
    /// Give an account every permission
    Superuser {
        #[command(flatten)]
        named: Named,
        /// Take them away instead
        #[arg(long)]
        revoke: bool,
    },
}

/// An account that is there.
#[derive(Args)]
pub(super) struct Named {
    /// Its username or e-mail address
    #[arg(value_name = "NAME")]
    name: String,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

/// Where a password comes from.
#[derive(Args)]
pub(super) struct Secret {
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
}

pub(super) async fn run(
    command: UserCommand,
    settings: &Settings,
    sources: Sources,
    out: &mut dyn Write,
) -> Result<(), Refused> {
    match command {
        UserCommand::List { json } => list(json, settings, out).await,
        UserCommand::Create { .. }
        | UserCommand::Password { .. }
        | UserCommand::Activate { .. }
        | UserCommand::Deactivate(_)
        | UserCommand::Superuser { .. } => {
            let desk = Accounts { service: Service::new(open_current(settings).await?, sources) };
            let done = write(command, &desk, out).await;
            desk.service.store().close().await;
            done
        }
    }
}

/// Carries out what writes.
async fn write(command: UserCommand, desk: &Accounts, out: &mut dyn Write) -> Result<(), Refused> {
    match command {
        UserCommand::Create { username, email, superuser, staff, secret, json } => {
            let draft = UserDraft { username, email, staff, superuser, permissions: domain::Permissions::NONE };
            desk.create(draft, &secret, json, out).await
        }
        UserCommand::Password { named, secret } => desk.set_password(named, &secret, out).await,
        UserCommand::Activate { named, drop_leads } => desk.activate(named, drop_leads, out).await,
        UserCommand::Deactivate(named) => {
            let change = UserChange { active: Some(false), ..UserChange::default() };
            desk.edit(named, change, "inactive", out).await
        }
        UserCommand::Superuser { named, revoke } => {
            let change = UserChange { superuser: Some(!revoke), ..UserChange::default() };
            desk.edit(named, change, if revoke { "no superuser" } else { "a superuser" }, out).await
        }
        // Writes nothing.
        UserCommand::List { .. } => Ok(()),
    }
}

/// A password that is to be set: its hash, and itself where whoever typed the command has to be told.
struct Password {
    hash: String,
    made_up: Option<String>,
}

impl Password {
    async fn of(secret: &Secret, sources: &Sources) -> Result<Self, Refused> {
        let given = secret.password_stdin.then(|| read_password(&mut io::stdin().lock())).transpose()?;
        let made_up = given.is_none().then(|| sources.random.word());
        let text = given.or_else(|| made_up.clone()).unwrap_or_default();
        let new = NewPassword::parse(&text).map_err(|flaw| Refused(unfit(flaw)))?;
        let hash = password::hash_alone(sources.random.clone(), new).await;
        let hash = hash.ok_or_else(|| Refused("the password cannot be hashed".to_owned()))?;
        Ok(Self { hash, made_up })
    }
}

/// An account that was made or changed, as `--json` prints it.
#[derive(Serialize)]
struct Done<'a> {
    id: i64,
    name: &'a str,
    changed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<&'a str>,
    /// What an account that came back leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    leads: Option<&'a [String]>,
}

/// The write path over an open database.
struct Accounts {
    service: Service,
}

impl Accounts {
    async fn find(&self, name: &str) -> Result<UserId, Refused> {
        let found = self.service.store().credentials(name).await?;
        found.map(|found| found.user).ok_or_else(|| Refused(format!("there is no account {name}")))
    }

    async fn create(&self, draft: UserDraft, secret: &Secret, json: bool, out: &mut dyn Write) -> Result<(), Refused> {
        let name = draft.username.as_str().to_owned();
        let Password { hash, made_up } = Password::of(secret, self.service.sources()).await?;
        let id = match self.service.create_user(CallerId::System, draft, hash).await {
            Ok(id) => id,
            Err(AppError::Conflict(Conflict::NameTaken)) => {
                return Err(Refused(format!("another account already has the name {name}")));
            }
            Err(AppError::Conflict(Conflict::EmailTaken)) => {
                return Err(Refused(format!("another account already has the e-mail address that {name} is to have")));
            }
            Err(error) => return Err(error.into()),
        };
        if json {
            return json_line(
                out,
                &Done { id: id.0, name: &name, changed: true, password: made_up.as_deref(), leads: None },
            );
        }
        writeln!(out, "{name} is user {id}.")?;
        print_password(made_up.as_deref(), out)
    }

    async fn set_password(
        &self,
        Named { name, json }: Named,
        secret: &Secret,
        out: &mut dyn Write,
    ) -> Result<(), Refused> {
        let user = self.find(&name).await?;
        let Password { hash, made_up } = Password::of(secret, self.service.sources()).await?;
        self.service.execute_as_system(Command::SetPassword { user }, Some(hash)).await?;
        if json {
            return json_line(
                out,
                &Done { id: user.0, name: &name, changed: true, password: made_up.as_deref(), leads: None },
            );
        }
        writeln!(out, "{name} has another password.")?;
        print_password(made_up.as_deref(), out)
    }

    /// Brings an account back, and says what it leads then: nobody asked for that.
    async fn activate(
        &self,
        Named { name, json }: Named,
        drop_leads: bool,
        out: &mut dyn Write,
    ) -> Result<(), Refused> {
        let user = self.find(&name).await?;
        let keeps_leads = drop_leads.then_some(false);
        let change = UserChange { active: Some(true), keeps_leads, ..UserChange::default() };
        let named = self.leads(user).await?;
        let command = Command::EditUser { user, change: Box::new(change) };
        let changed = self.service.execute_as_system(command, None).await?.outcome != Outcome::Unchanged;
        let leads = self.leads(user).await?;
        if json {
            return json_line(out, &Done { id: user.0, name: &name, changed, password: None, leads: Some(&leads) });
        }
        writeln!(out, "{name} is {} active.", if changed { "now" } else { "already" })?;
        if drop_leads && !named.is_empty() {
            writeln!(out, "{name} leads no more: {}.", named.join(", "))?;
        }
        if !leads.is_empty() {
            writeln!(out, "{name} leads: {}. With --drop-leads that is taken away.", leads.join(", "))?;
        }
        Ok(())
    }

    /// The names of the groups it is named to lead.
    async fn leads(&self, user: UserId) -> Result<Vec<String>, Refused> {
        let leads = self.service.store().named_leads(user).await?;
        Ok(leads.into_iter().map(|lead| lead.group.name).collect())
    }

    async fn edit(
        &self,
        Named { name, json }: Named,
        change: UserChange,
        state: &str,
        out: &mut dyn Write,
    ) -> Result<(), Refused> {
        let user = self.find(&name).await?;
        let command = Command::EditUser { user, change: Box::new(change) };
        let changed = self.service.execute_as_system(command, None).await?.outcome != Outcome::Unchanged;
        if json {
            return json_line(out, &Done { id: user.0, name: &name, changed, password: None, leads: None });
        }
        let already = if changed { "now" } else { "already" };
        Ok(writeln!(out, "{name} is {already} {state}.")?)
    }
}

fn print_password(made_up: Option<&str>, out: &mut dyn Write) -> Result<(), Refused> {
    match made_up {
        Some(password) => Ok(writeln!(out, "Password: {password}")?),
        None => Ok(()),
    }
}

/// One line of standard input, without its end.
fn read_password(input: &mut dyn Read) -> Result<String, Refused> {
    let mut text = String::new();
    input.take(4096).read_to_string(&mut text)?;
    let line = text.lines().next().unwrap_or_default().to_owned();
    Ok(line)
}

/// What is the matter with a password.
fn unfit(flaw: Flaw) -> String {
    match flaw {
        Flaw::TooLong(most) => format!("a password has at most {most} characters"),
        _ => format!("a password has at least {} characters", password::MIN),
    }
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
        return json_line(out, &line);
    }
    let marks: Vec<&str> = [(!user.active, "inactive"), (user.staff, "staff"), (user.superuser, "superuser")]
        .into_iter()
        .filter_map(|(holds, mark)| holds.then_some(mark))
        .collect();
    let email = user.email.as_deref().unwrap_or("-");
    Ok(writeln!(out, "{:>8}  {:<24} {email:<32} {}", user.id, user.username, marks.join(" "))?)
}

fn username(text: &str) -> Result<Username, String> {
    Username::parse(text).map_err(|flaw| field_flaw("the name", flaw.into()))
}

fn email(text: &str) -> Result<Email, String> {
    Email::parse(text).map_err(|flaw| match flaw {
        Flaw::Character(..) => field_flaw("the address", flaw.into()),
        _ => "not an e-mail address".to_owned(),
    })
}
