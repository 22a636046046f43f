//! What is said on the ways in, sign-in and set-up. The browser has these pages from the server alone, never this code.

use super::{Language, fill};
use domain::{Flaw, Problem, Stray};

/// The fixed words of the ways in.
pub(crate) struct EntranceLabels {
    pub(crate) login_intro: &'static str,
    pub(crate) login_name: &'static str,
    pub(crate) password: &'static str,
    pub(crate) setup_title: &'static str,
    pub(crate) setup_intro: &'static str,
    pub(crate) setup_closed: &'static str,
    pub(crate) setup_other_way: &'static str,
    pub(crate) setup_code: &'static str,
    pub(crate) setup_open: &'static str,
    pub(crate) username: &'static str,
    pub(crate) username_hint: &'static str,
    pub(crate) email: &'static str,
    pub(crate) email_hint: &'static str,
    pub(crate) password_hint: &'static str,
    pub(crate) password_again: &'static str,
    pub(crate) setup_submit: &'static str,
    pub(crate) has_account: &'static str,
    pub(crate) register_title: &'static str,
    pub(crate) register_intro: &'static str,
    pub(crate) register_submit: &'static str,
    pub(crate) reset_title: &'static str,
    pub(crate) reset_submit: &'static str,
    pub(crate) reset_ended: &'static str,
    pub(crate) new_password: &'static str,
    pub(crate) wants_account: &'static str,
    pub(crate) password_done: &'static str,
    pub(crate) typed_kept: &'static str,
}

static ENGLISH: EntranceLabels = EntranceLabels {
    login_intro: "Find your groups, ask to join, decide together.",
    login_name: "Username or e-mail",
    password: "Password",
    setup_title: "Set up Muster",
    setup_intro: "This instance is new. Create the first account: a superuser, who may do everything and lets the others in. This page closes once it exists.",
    setup_closed: "This instance is new, and whoever makes its first account may do everything. So this page opens by a code: Muster prints a link with it where it was started, such as in the terminal or the log of the service. Open that link, or enter the code here.",
    setup_other_way: "On the server, `muster user create NAME --superuser` makes the first account, too.",
    setup_code: "Code",
    setup_open: "Go on",
    username: "Username",
    username_hint: "What you sign in with. No spaces.",
    email: "E-mail",
    email_hint: "Optional. You can sign in with it too.",
    password_hint: "At least 12 characters. A few words in a row do well.",
    password_again: "Password again",
    setup_submit: "Create the superuser",
    has_account: "You have an account? Sign in.",
    register_title: "Create your account",
    register_intro: "Choose a name and a password. Then find your groups.",
    register_submit: "Create the account",
    reset_title: "Set a new password",
    reset_submit: "Set the password",
    reset_ended: "This link is no longer good: it was used, a day has passed, or another one was made. Ask an administrator for a new one.",
    new_password: "New password",
    wants_account: "No account yet? Create one.",
    password_done: "Your new password is set. Sign in with it.",
    typed_kept: "You were signed out meanwhile, so nothing was changed. Sign in again: what you typed is there once more.",
};

static GERMAN: EntranceLabels = EntranceLabels {
    login_intro: "Finde deine Gruppen, frag an, entscheide mit.",
    login_name: "Benutzername oder E-Mail",
    password: "Passwort",
    setup_title: "Muster einrichten",
    setup_intro: "Diese Instanz ist neu. Leg das erste Konto an: einen Superuser, der alles darf und die anderen hereinlässt. Danach schließt diese Seite.",
    setup_closed: "Diese Instanz ist neu, und wer ihr erstes Konto anlegt, darf alles. Darum öffnet ein Code diese Seite: Muster gibt einen Link damit dort aus, wo es gestartet wurde, etwa im Terminal oder im Protokoll des Dienstes. Öffne diesen Link oder gib den Code hier ein.",
    setup_other_way: "Auf dem Server legt auch `muster user create NAME --superuser` das erste Konto an.",
    setup_code: "Einrichtungscode",
    setup_open: "Weiter",
    username: "Benutzername",
    username_hint: "Damit meldest du dich an. Ohne Leerzeichen.",
    email: "E-Mail",
    email_hint: "Freiwillig. Du kannst dich auch damit anmelden.",
    password_hint: "Mindestens 12 Zeichen. Ein paar Wörter hintereinander sind gut.",
    password_again: "Passwort noch einmal",
    setup_submit: "Superuser anlegen",
    has_account: "Du hast ein Konto? Melde dich an.",
    register_title: "Konto anlegen",
    register_intro: "Wähl einen Namen und ein Passwort. Dann finde deine Gruppen.",
    register_submit: "Konto anlegen",
    reset_title: "Neues Passwort setzen",
    reset_submit: "Passwort setzen",
    reset_ended: "Dieser Link gilt nicht mehr: Er wurde benutzt, ein Tag ist um, oder es gibt einen neueren. Bitte die Administration um einen neuen.",
    new_password: "Neues Passwort",
    wants_account: "Noch kein Konto? Leg eins an.",
    password_done: "Dein neues Passwort ist gesetzt. Melde dich damit an.",
    typed_kept: "Du wurdest inzwischen abgemeldet, geändert ist nichts. Melde dich wieder an: Was du geschrieben hast, steht dann wieder da.",
};

impl Language {
    /// The fixed words of the ways in.
    pub(crate) const fn entrance(self) -> &'static EntranceLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// Why somebody was not signed in, by the code in the address. An unknown code says nothing.
    pub(crate) fn login_problem(self, code: &str) -> Option<&'static str> {
        match self {
            Self::English => match code {
                "wrong" => Some("No account has this name and password together. Check both and try again."),
                "slow" => Some("Too many attempts. Wait a minute, then try again."),
                "missing" => Some("Enter both your name and your password."),
                _ => None,
            },
            Self::German => match code {
                "wrong" => Some(
                    "Kein Konto hat diesen Namen zusammen mit diesem Passwort. Prüf beides und versuch es noch einmal.",
                ),
                "slow" => Some("Zu viele Versuche. Warte eine Minute und versuch es dann noch einmal."),
                "missing" => Some("Gib deinen Namen und dein Passwort ein."),
                _ => None,
            },
        }
    }

    /// Why the set-up did not open, by the code in the address.
    pub(crate) fn setup_shut(self, code: &str) -> Option<&'static str> {
        match code {
            "code" => Some(self.either(
                "This is not the code of the last start. Each start has a new one.",
                "Das ist nicht der Code des letzten Starts. Jeder Start hat einen neuen.",
            )),
            "code_slow" => Some(self.either(
                "Too many wrong codes. Wait a minute, then try again.",
                "Zu viele falsche Codes. Warte eine Minute und versuch es dann noch einmal.",
            )),
            _ => None,
        }
    }

    /// Why the first account was not made: the field it concerns and the sentence, by the code in the address.
    pub(crate) fn setup_problem(self, code: &str) -> Option<(&'static str, &'static str)> {
        match self {
            Self::English => match code {
                "username" => {
                    Some(("username", "A username has 1 to 150 characters and no spaces. Choose another one."))
                }
                "email" => Some(("email", "This does not look like an e-mail address. Correct it, or leave it empty.")),
                "password_long" => {
                    Some(("password", "This password is too long. It can have 1,000 characters at most."))
                }
                "password_short" => Some(("password", "This password is too short. It needs at least 12 characters.")),
                "password_mismatch" => Some(("password_again", "The two passwords differ. Enter the same one twice.")),
                "taken" => {
                    Some(("username", "Somebody else was quicker: an account with this name exists. Sign in with it."))
                }
                "slow" => Some(("username", "Too many attempts. Wait a minute, then try again.")),
                _ => None,
            },
            Self::German => match code {
                "username" => Some((
                    "username",
                    "Ein Benutzername hat 1 bis 150 Zeichen und keine Leerzeichen. Wähl einen anderen.",
                )),
                "email" => {
                    Some(("email", "Das sieht nicht nach einer E-Mail-Adresse aus. Berichtige sie oder lass sie weg."))
                }
                "password_long" => {
                    Some(("password", "Dieses Passwort ist zu lang. Es darf höchstens 1.000 Zeichen haben."))
                }
                "password_short" => {
                    Some(("password", "Dieses Passwort ist zu kurz. Es braucht mindestens 12 Zeichen."))
                }
                "password_mismatch" => {
                    Some(("password_again", "Die beiden Passwörter sind verschieden. Gib zweimal dasselbe ein."))
                }
                "taken" => Some((
                    "username",
                    "Jemand war schneller: Ein Konto mit diesem Namen gibt es schon. Melde dich damit an.",
                )),
                "slow" => Some(("username", "Zu viele Versuche. Warte eine Minute und versuch es dann noch einmal.")),
                _ => None,
            },
        }
    }
}

impl Language {
    /// Why no account was made, or no password set: the field it concerns and the sentence, by the code in the address.
    pub(crate) fn register_problem(self, code: &str) -> Option<(&'static str, &'static str)> {
        match code {
            "taken" => Some((
                "username",
                self.either(
                    "Another account signs in with this name. Choose another one, or sign in.",
                    "Mit diesem Namen meldet sich schon ein anderes Konto an. Wähl einen anderen oder melde dich an.",
                ),
            )),
            "email_taken" => Some((
                "email",
                self.either(
                    "Another account signs in with this address. Enter another one, or sign in.",
                    "Mit dieser Adresse meldet sich schon ein anderes Konto an. Gib eine andere an oder melde dich an.",
                ),
            )),
            code => self.setup_problem(code),
        }
    }

    /// What in a username cannot stand there, by the code in the address.
    pub(crate) fn username_character(self, code: &str) -> Option<String> {
        let (c, kind) = code.split_once('-')?;
        let kind = Stray::ALL.get(kind.parse::<usize>().ok()?)?;
        Some(self.problem(&Problem::new("username", Flaw::Character(c.parse().ok()?, *kind))))
    }

    /// Whose password is set.
    pub(crate) fn reset_intro(self, username: &str) -> String {
        let sentence = self.either(
            "For the account {0}. It is signed out everywhere then.",
            "Für das Konto {0}. Es wird dann überall abgemeldet.",
        );
        fill(sentence, &[username])
    }
}

/// The code of a character that cannot stand in a name, for the address of the page that says so.
#[cfg(feature = "ssr")]
#[must_use]
pub fn character_code(flaw: Flaw) -> Option<String> {
    match flaw {
        Flaw::Character(c, kind) => Some(format!("{c}-{}", kind as usize)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_named_by_its_code_in_the_address() {
        for kind in Stray::ALL {
            let code = character_code(Flaw::Character(0x301, kind)).expect("has one");
            let said = Language::English.username_character(&code).expect("is read");
            assert!(said.starts_with("The username holds U+0301, "), "{said}");
        }
        assert_eq!(Language::English.username_character("x-1"), None);
        assert_eq!(character_code(Flaw::Missing), None);
    }

    #[test]
    fn every_code_of_the_sign_in_has_a_sentence() {
        let english = Language::English;
        assert!(["wrong", "slow", "missing"].iter().all(|code| english.login_problem(code).is_some()));
        let codes = ["username", "email", "password_short", "password_long", "password_mismatch", "taken", "slow"];
        assert!(codes.iter().all(|code| english.setup_problem(code).is_some()));
        assert!(codes.iter().chain(&["email_taken"]).all(|code| english.register_problem(code).is_some()));
        assert_eq!(english.login_problem("<script>"), None);
    }
}
