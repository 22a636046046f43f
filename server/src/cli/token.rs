//! `muster token`: tokens of the API from the command line, in the name of the system. Runs beside a serving process.

use super::{Refused, json_line, open_current};
use crate::{auth::token::Secret, clock::Sources, config::Settings, rfc3339, service::Service};
use app::{
    error::AppError,
    text::{Language, field_flaw},
};
use clap::Subcommand;
use domain::{Conflict, Timestamp, TokenId, TokenName, TokenRow, UserId};
use serde::Serialize;
use std::io::{self, Write};
use store::{CallerId, Store, TokenLine};

/// When a token ends by itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// It does not.
    Never,
    /// At this moment.
    At(Timestamp),
}

#[derive(Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token that acts as a user, and print it: it is never shown again
    Create {
        /// The username of whom it acts as
        #[arg(value_name = "NAME")]
        username: String,
        /// The last day it works (2027-01-31, in UTC), the moment it ends (2027-01-31T12:00:00Z), or `never` [default: a year from now]
        #[arg(long, value_name = "DATE", value_parser = end)]
        expires: Option<End>,
        /// What it is for
        #[arg(long, value_name = "TEXT", value_parser = label, default_value = "command line")]
        label: TokenName,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// List all tokens, never their secrets
    List {
        /// Only those of this user
        #[arg(value_name = "NAME")]
        username: Option<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Make a token worthless at once
    Revoke {
        /// Its number in the list, or the token itself, or a username for all tokens of that user
        #[arg(value_name = "TOKEN")]
        which: String,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(
    command: TokenCommand,
    settings: &Settings,
    sources: Sources,
    out: &mut dyn Write,
) -> Result<(), Refused> {
    let store = open_current(settings).await?;
    let service = Service::new(store.clone(), sources);
    let done = match command {
        TokenCommand::Create { username, expires, label, json } => {
            let expires_at = match expires {
                None => Some(TokenRow::usual_end(service.now())),
                Some(End::Never) => None,
                Some(End::At(end)) => Some(end),
            };
            create(&service, &username, expires_at, label, json, out).await
        }
        TokenCommand::List { username, json } => list(&store, username.as_deref(), json, out).await,
        TokenCommand::Revoke { which, json } => revoke(&service, &which, json, out).await,
    };
    store.close().await;
    done
}

async fn create(
    service: &Service,
    username: &str,
    expires_at: Option<Timestamp>,
    label: TokenName,
    json: bool,
    out: &mut dyn Write,
) -> Result<(), Refused> {
    let user = user(service.store(), username).await?;
    let name = label.as_str().to_owned();
    let secret = service.create_token(CallerId::System, user, label, expires_at).await.map_err(said)?;
    if expires_at.is_some_and(|end| end <= service.now()) {
        writeln!(io::stderr(), "muster: this token has ended already, so it opens nothing")?;
    }
    if json {
        let expires_at = expires_at.map(rfc3339::written);
        return json_line(out, &Made { username, name: &name, expires_at, token: &secret });
    }
    Ok(writeln!(out, "{secret}")?)
}

async fn user(store: &Store, username: &str) -> Result<UserId, Refused> {
    let found = store.credentials(username).await?;
    found.map(|found| found.user).ok_or_else(|| Refused(format!("there is no user {username}")))
}

async fn revoke(service: &Service, which: &str, json: bool, out: &mut dyn Write) -> Result<(), Refused> {
    let store = service.store();
    let tokens: Vec<TokenId> = if let Ok(id) = which.parse() {
        vec![id]
    } else if let Some(secret) = Secret::parse(which) {
        store.token_id(&secret.hash()).await?.into_iter().collect()
    } else {
        let user = user(store, which).await?;
        store.tokens(user).await?.into_iter().map(|token| token.id).collect()
    };
    if tokens.is_empty() {
        return Err(Refused("there is no such token".to_owned()));
    }
    for id in tokens {
        match service.revoke_token(id).await {
            Ok(_) if json => json_line(out, &Gone { id: id.0, revoked: true })?,
            Ok(_) => writeln!(out, "Token {id} is revoked.")?,
            Err(AppError::NotFound) => return Err(Refused(format!("there is no token {id} that is not revoked yet"))),
            Err(error) => return Err(said(error)),
        }
    }
    Ok(())
}

fn said(error: AppError) -> Refused {
    Refused(match error {
        AppError::Conflict(Conflict::AccountInactive) => {
            "the account is inactive, so a token would open nothing".into()
        }
        AppError::Conflict(Conflict::TooManyTokens) => {
            format!("the account has {} tokens already: revoke one that is not used any more", TokenRow::MOST)
        }
        AppError::Busy => "the database is busy; try again".into(),
        AppError::Unwritable(_) => Language::English.trouble(&error),
        AppError::Internal(ticket) => format!("see the log under {}", ticket.0),
        error => format!("not done: {error:?}"),
    })
}

/// A new token as `--json` prints it.
#[derive(Serialize)]
struct Made<'a> {
    username: &'a str,
    name: &'a str,
    expires_at: Option<String>,
    token: &'a str,
}

/// A revoked token as `--json` prints it.
#[derive(Serialize)]
struct Gone {
    id: i64,
    revoked: bool,
}

/// A token as `--json` prints it.
#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    username: &'a str,
    name: &'a str,
    created_at: String,
    last_used_at: Option<String>,
    expires_at: Option<String>,
    revoked_at: Option<String>,
}

async fn list(store: &Store, username: Option<&str>, json: bool, out: &mut dyn Write) -> Result<(), Refused> {
    let only = match username {
        Some(username) => Some(user(store, username).await?),
        None => None,
    };
    let mut after = None;
    loop {
        let page = store.list_tokens(after).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        for token in page.iter().filter(|token| only.is_none_or(|user| user == token.user)) {
            print_token(token, json, out)?;
        }
    }
}

fn print_token(token: &TokenLine, json: bool, out: &mut dyn Write) -> Result<(), Refused> {
    if json {
        let line = Line {
            id: token.id.0,
            username: &token.username,
            name: &token.name,
            created_at: rfc3339::written(token.created_at),
            last_used_at: token.last_used_at.map(rfc3339::written),
            expires_at: token.expires_at.map(rfc3339::written),
            revoked_at: token.revoked_at.map(rfc3339::written),
        };
        return json_line(out, &line);
    }
    let used = token.last_used_at.map_or("never used".to_owned(), |at| format!("used {}", rfc3339::written(at)));
    let end = match (token.revoked_at, token.expires_at) {
        (Some(at), _) => format!("revoked {}", rfc3339::written(at)),
        (None, Some(at)) => format!("ends {}", rfc3339::written(at)),
        (None, None) => "never ends".to_owned(),
    };
    Ok(writeln!(out, "{:>8}  {:<24} {:<32} {used}, {end}", token.id, token.username, token.name)?)
}

/// A day counts to its end: a token is good on the day that is named as its last.
fn end(text: &str) -> Result<End, String> {
    if text == "never" {
        return Ok(End::Never);
    }
    let end = rfc3339::parse(text).or_else(|| rfc3339::end_of_day(text)).map(End::At);
    end.ok_or_else(|| "expected a day such as 2027-01-31, a moment such as 2027-01-31T12:00:00Z, or never".to_owned())
}

fn label(text: &str) -> Result<TokenName, String> {
    TokenName::parse(text).map_err(|flaw| field_flaw("the label", flaw.into()))
}
