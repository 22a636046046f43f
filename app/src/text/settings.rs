//! What the page of the settings says.

use super::Language;
use domain::Registration;

/// The fixed words of the settings.
pub(crate) struct SettingsLabels {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) accounts: &'static str,
    pub(crate) registration: &'static str,
    pub(crate) groups: &'static str,
    pub(crate) auto_leave: &'static str,
    pub(crate) auto_leave_hint: &'static str,
    pub(crate) show_unavailable: &'static str,
    pub(crate) show_unavailable_hint: &'static str,
    pub(crate) notifications: &'static str,
    pub(crate) requests_notification: &'static str,
    pub(crate) requests_notification_hint: &'static str,
    pub(crate) most: &'static str,
    pub(crate) most_hint: &'static str,
    pub(crate) saved: &'static str,
}

static ENGLISH: SettingsLabels = SettingsLabels {
    title: "Settings",
    intro: "They hold for everybody, and every change of them stands in the audit log.",
    accounts: "Accounts",
    registration: "Who may make an account of their own",
    groups: "Groups",
    auto_leave: "Members leave closed groups at once",
    auto_leave_hint: "Without it they ask, and the leaders decide. A group can say otherwise for itself. In Alliance Auth: GROUPMANAGEMENT_AUTO_LEAVE.",
    show_unavailable: "Everybody sees the groups they cannot enter",
    show_unavailable_hint: "With the reason why they cannot. Without it, a group that is not public is unknown to whoever can neither join nor ask for it. Hidden and internal groups stay so.",
    notifications: "Notifications",
    requests_notification: "Whoever may decide a request is told of it",
    requests_notification_hint: "Leaders, and where a group has none, group managers. In Alliance Auth: GROUPMANAGEMENT_REQUESTS_NOTIFICATION.",
    most: "Notifications kept for each user",
    most_hint: "From 1 to 1,000. The oldest go first. In Alliance Auth: NOTIFICATIONS_MAX_PER_USER.",
    saved: "The settings are saved.",
};

static GERMAN: SettingsLabels = SettingsLabels {
    title: "Einstellungen",
    intro: "Sie gelten für alle, und jede Änderung steht im Protokoll.",
    accounts: "Konten",
    registration: "Wer sich selbst ein Konto anlegen darf",
    groups: "Gruppen",
    auto_leave: "Mitglieder verlassen geschlossene Gruppen sofort",
    auto_leave_hint: "Sonst fragen sie an, und die Leitung entscheidet. Eine Gruppe kann es für sich anders festlegen. In Alliance Auth: GROUPMANAGEMENT_AUTO_LEAVE.",
    show_unavailable: "Alle sehen auch Gruppen, in die sie nicht hineinkommen",
    show_unavailable_hint: "Mit dem Grund dafür. Sonst erfährt von einer nicht öffentlichen Gruppe nur, wer beitreten oder anfragen kann. Versteckte und interne Gruppen bleiben es.",
    notifications: "Benachrichtigungen",
    requests_notification: "Wer über eine Anfrage entscheiden darf, erfährt von ihr",
    requests_notification_hint: "Die Leitung, und wo eine Gruppe keine hat, die Gruppenverwaltung. In Alliance Auth: GROUPMANAGEMENT_REQUESTS_NOTIFICATION.",
    most: "Benachrichtigungen je Konto",
    most_hint: "Von 1 bis 1.000. Die ältesten gehen zuerst. In Alliance Auth: NOTIFICATIONS_MAX_PER_USER.",
    saved: "Die Einstellungen sind gespeichert.",
};

impl Language {
    /// The fixed words.
    pub(crate) const fn settings(self) -> &'static SettingsLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// A way of registering: its name, and what it means.
    pub(crate) const fn way_to_register(self, registration: Registration) -> (&'static str, &'static str) {
        match self {
            Self::English => match registration {
                Registration::Closed => ("Nobody", "Staff make the accounts."),
                Registration::Invitation => ("Whoever is invited", "By a link that staff make and hand out."),
                Registration::Open => ("Everybody", "Whoever finds the page makes an account."),
            },
            Self::German => match registration {
                Registration::Closed => ("Niemand", "Das Team legt die Konten an."),
                Registration::Invitation => {
                    ("Wer eingeladen ist", "Über einen Link, den das Team erstellt und verteilt.")
                }
                Registration::Open => ("Alle", "Wer die Seite findet, legt sich ein Konto an."),
            },
        }
    }
}
