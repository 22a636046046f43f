//! What is said about one's own account.

use super::{Language, fill};

/// The fixed words of one's own account.
pub(crate) struct ProfileLabels {
    pub(crate) title: &'static str,
    pub(crate) you: &'static str,
    pub(crate) username: &'static str,
    pub(crate) email: &'static str,
    pub(crate) no_email: &'static str,
    pub(crate) state: &'static str,
    pub(crate) state_hint: &'static str,
    pub(crate) rights: &'static str,
    pub(crate) no_rights: &'static str,

    pub(crate) main: &'static str,
    pub(crate) main_hint: &'static str,
    pub(crate) no_characters: &'static str,
    pub(crate) no_main: &'static str,
    pub(crate) no_main_hint: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) main_chosen: &'static str,

    pub(crate) appearance: &'static str,

    pub(crate) password: &'static str,
    pub(crate) password_hint: &'static str,
    pub(crate) old_password: &'static str,
    pub(crate) new_password: &'static str,
    pub(crate) new_password_hint: &'static str,
    pub(crate) again: &'static str,
    pub(crate) change_password: &'static str,
    pub(crate) password_changed: &'static str,

    pub(crate) sessions: &'static str,
    pub(crate) sessions_hint: &'static str,
    pub(crate) this_session: &'static str,
    pub(crate) signed_in: &'static str,
    pub(crate) last_used: &'static str,
    pub(crate) end: &'static str,
    pub(crate) end_others: &'static str,
    pub(crate) session_ended: &'static str,
    pub(crate) others_ended: &'static str,
    pub(crate) unknown_browser: &'static str,

    pub(crate) tokens: &'static str,
    pub(crate) tokens_hint: &'static str,
    pub(crate) no_tokens: &'static str,
    pub(crate) token_name: &'static str,
    pub(crate) token_name_hint: &'static str,
    pub(crate) token_expires: &'static str,
    pub(crate) token_expires_hint: &'static str,
    pub(crate) token_password_hint: &'static str,
    pub(crate) revoke_all: &'static str,
    pub(crate) create_token: &'static str,
    pub(crate) created: &'static str,
    pub(crate) never_used: &'static str,
    pub(crate) works_for_ever: &'static str,
    pub(crate) works_until: &'static str,
    pub(crate) revoke: &'static str,
    pub(crate) token_revoked: &'static str,
}

static ENGLISH: ProfileLabels = ProfileLabels {
    title: "Your profile",
    you: "You",
    username: "Username",
    email: "E-mail",
    no_email: "None. An administrator can add one.",
    state: "State",
    state_hint: "It follows from your main character, and decides which groups take you.",
    rights: "What you may do",
    no_rights: "See groups and join those that are public. More comes with a state or a group.",

    main: "Main character",
    main_hint: "How others see you. Your state follows from it: with another main you may lose groups that ask for a state.",
    no_characters: "Your account has no characters, so others see your username. An administrator adds characters.",
    no_main: "None",
    no_main_hint: "Others see your username.",
    choose: "Use as main character",
    main_chosen: "Your main character is changed.",

    appearance: "Appearance and language",

    password: "Password",
    password_hint: "Changing it signs you out everywhere but here.",
    old_password: "Present password",
    new_password: "New password",
    new_password_hint: "At least 12 characters. A few words in a row do well.",
    again: "New password again",
    change_password: "Change password",
    password_changed: "Your password is changed. Every other session has ended.",

    sessions: "Where you are signed in",
    sessions_hint: "If you do not know one of these, end it and change your password.",
    this_session: "This browser",
    signed_in: "signed in",
    last_used: "last used",
    end: "End",
    end_others: "End all others",
    session_ended: "The session has ended.",
    others_ended: "Every other session has ended.",
    unknown_browser: "Unknown browser",

    tokens: "API tokens",
    tokens_hint: "For scripts and bots that act in your name, with exactly your rights.",
    no_tokens: "You have no tokens.",
    token_name: "What it is for",
    token_name_hint: "Such as the name of the bot.",
    token_expires: "Works until (optional)",
    token_expires_hint: "The last day, in EVE time. Empty: a year from now.",
    token_password_hint: "So that nobody makes one who only found your browser open.",
    revoke_all: "Revoke my API tokens, too",
    create_token: "Create token",
    created: "created",
    never_used: "never used",
    works_for_ever: "works until revoked",
    works_until: "works until",
    revoke: "Revoke",
    token_revoked: "The token is revoked. Whatever uses it is refused from now on.",
};

static GERMAN: ProfileLabels = ProfileLabels {
    title: "Dein Profil",
    you: "Du",
    username: "Benutzername",
    email: "E-Mail",
    no_email: "Keine. Die Administration kann eine eintragen.",
    state: "Status",
    state_hint: "Er folgt aus deinem Hauptcharakter und entscheidet, welche Gruppen dich aufnehmen.",
    rights: "Was du darfst",
    no_rights: "Gruppen sehen und öffentlichen beitreten. Mehr kommt mit einem Status oder einer Gruppe.",

    main: "Hauptcharakter",
    main_hint: "Wie andere dich sehen. Dein Status folgt aus ihm: Mit einem anderen verlierst du vielleicht Gruppen, die einen Status verlangen.",
    no_characters: "Dein Konto hat keine Charaktere, daher sehen andere deinen Benutzernamen. Die Administration fügt Charaktere hinzu.",
    no_main: "Keiner",
    no_main_hint: "Andere sehen deinen Benutzernamen.",
    choose: "Als Hauptcharakter nehmen",
    main_chosen: "Dein Hauptcharakter ist geändert.",

    appearance: "Darstellung und Sprache",

    password: "Passwort",
    password_hint: "Ein neues meldet dich überall ab, nur hier nicht.",
    old_password: "Jetziges Passwort",
    new_password: "Neues Passwort",
    new_password_hint: "Mindestens 12 Zeichen. Ein paar Wörter hintereinander sind gut.",
    again: "Neues Passwort noch einmal",
    change_password: "Passwort ändern",
    password_changed: "Dein Passwort ist geändert. Jede andere Sitzung ist beendet.",

    sessions: "Wo du angemeldet bist",
    sessions_hint: "Kennst du eine davon nicht, beende sie und ändere dein Passwort.",
    this_session: "Dieser Browser",
    signed_in: "angemeldet",
    last_used: "zuletzt benutzt",
    end: "Beenden",
    end_others: "Alle anderen beenden",
    session_ended: "Die Sitzung ist beendet.",
    others_ended: "Jede andere Sitzung ist beendet.",
    unknown_browser: "Unbekannter Browser",

    tokens: "API-Token",
    tokens_hint: "Für Skripte und Bots, die in deinem Namen handeln, mit genau deinen Rechten.",
    no_tokens: "Du hast keine Token.",
    token_name: "Wofür es ist",
    token_name_hint: "Etwa der Name des Bots.",
    token_expires: "Gilt bis (freiwillig)",
    token_expires_hint: "Der letzte Tag, in EVE-Zeit. Leer: in einem Jahr.",
    token_password_hint: "Damit niemand eines anlegt, der nur deinen Browser offen vorfand.",
    revoke_all: "Auch meine API-Token widerrufen",
    create_token: "Token anlegen",
    created: "angelegt",
    never_used: "nie benutzt",
    works_for_ever: "gilt bis zum Widerruf",
    works_until: "gilt bis",
    revoke: "Widerrufen",
    token_revoked: "Das Token ist widerrufen. Was es benutzt, wird von jetzt an abgewiesen.",
};

/// Names by which browsers call themselves, the most particular first: each also claims to be those below it.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// The same for what they run on.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

impl Language {
    /// The fixed words of one's own account.
    pub(crate) const fn profile(self) -> &'static ProfileLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// A browser and its machine, by what the browser calls itself.
    pub(crate) fn browser(self, user_agent: &str) -> String {
        let named = |names: &[(&'static str, &'static str)]| {
            names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
        };
        match (named(&BROWSERS), named(&SYSTEMS)) {
            (Some(browser), Some(system)) => fill(self.either("{0} on {1}", "{0} auf {1}"), &[browser, system]),
            (Some(only), None) | (None, Some(only)) => only.to_owned(),
            (None, None) if user_agent.is_empty() => self.profile().unknown_browser.to_owned(),
            (None, None) => user_agent.chars().take(40).collect(),
        }
    }

    /// The rest of the name of a button that ends one session.
    pub(crate) fn of_session(self, browser: &str) -> String {
        fill(self.either(" the session of {0}", ": Sitzung von {0}"), &[browser])
    }

    /// The rest of the name of a button that revokes one token.
    pub(crate) fn of_token(self, name: &str) -> String {
        fill(self.either(" the token {0}", ": Token {0}"), &[name])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_known_by_what_they_call_themselves() {
        let english = |user_agent| Language::English.browser(user_agent);
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
        assert_eq!(english(chrome), "Chrome on Linux");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0";
        assert_eq!(Language::German.browser(edge), "Edge auf Windows");
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
        assert_eq!(english(phone), "Safari on iPhone");
        assert_eq!(english("curl/8.5.0"), "curl/8.5.0");
        assert_eq!(english(""), "Unknown browser");
    }
}
