//! What is said beside a secret that is shown this once.

use super::{Language, fill};
use domain::Timestamp;

/// The fixed words around a secret.
pub(crate) struct OneTimeSecretLabels {
    pub(crate) token: &'static str,
    pub(crate) token_hint: &'static str,
    pub(crate) password_link: &'static str,
    pub(crate) password_link_hint: &'static str,
    pub(crate) invitation: &'static str,
    pub(crate) invitation_hint: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) not_copied: &'static str,
    #[cfg(feature = "ssr")]
    pub(crate) back: &'static str,
}

static ENGLISH: OneTimeSecretLabels = OneTimeSecretLabels {
    token: "Your new token",
    token_hint: "Copy it now: it is shown this once and cannot be read again.",
    password_link: "Link to set a password",
    password_link_hint: "Copy it now and hand it over by a way you trust: it is shown this once, works once, and whoever has it sets the password.",
    invitation: "Invitation link",
    invitation_hint: "Copy it now: it is shown this once and cannot be read again. Whoever has it can make an account.",
    copy: "Copy",
    copied: "Copied.",
    not_copied: "This browser does not let us copy. The text is selected: copy it by hand.",
    #[cfg(feature = "ssr")]
    back: "I have copied it: go on",
};

static GERMAN: OneTimeSecretLabels = OneTimeSecretLabels {
    token: "Dein neues Token",
    token_hint: "Kopier es jetzt: Es wird nur dieses eine Mal gezeigt und lässt sich nicht noch einmal lesen.",
    password_link: "Link für ein neues Passwort",
    password_link_hint: "Kopier ihn jetzt und gib ihn auf einem Weg weiter, dem du traust: Er wird nur dieses eine Mal gezeigt, gilt einmal, und wer ihn hat, setzt das Passwort.",
    invitation: "Einladungslink",
    invitation_hint: "Kopier ihn jetzt: Er wird nur dieses eine Mal gezeigt und lässt sich nicht noch einmal lesen. Wer ihn hat, kann ein Konto anlegen.",
    copy: "Kopieren",
    copied: "Kopiert.",
    not_copied: "Dieser Browser lässt uns nicht kopieren. Der Text ist markiert: Kopier ihn von Hand.",
    #[cfg(feature = "ssr")]
    back: "Ich habe ihn kopiert: weiter",
};

impl Language {
    /// The fixed words around a secret.
    pub(crate) const fn one_time_secret(self) -> &'static OneTimeSecretLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// Until when a link is good.
    pub(crate) fn good_until(self, at: Timestamp) -> String {
        fill(self.either("Good until {0} (EVE/UTC).", "Gilt bis {0} (EVE/UTC)."), &[&self.exact(at)])
    }
}
