//! What stands on every page of the admin area, and on its front page.

use super::{Language, fill};
use domain::Health;

/// The parts of the admin area, and the words of its front page.
pub(crate) struct AdminAreaLabels {
    pub(crate) parts: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) groups: &'static str,
    pub(crate) people: &'static str,
    pub(crate) states: &'static str,
    pub(crate) reserved_names: &'static str,
    pub(crate) invitations: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) health: &'static str,

    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) your_rights: &'static str,
    pub(crate) is_superuser: &'static str,
    pub(crate) needs_care: &'static str,
    pub(crate) all_well: &'static str,
    pub(crate) see_health: &'static str,
}

static ENGLISH: AdminAreaLabels = AdminAreaLabels {
    parts: "Parts of the admin area",
    overview: "Overview",
    groups: "Groups",
    people: "People",
    states: "States",
    reserved_names: "Reserved names",
    invitations: "Invitations",
    settings: "Settings",
    health: "Health",

    title: "Admin",
    intro: "What needs somebody to look after it, and the ways to it.",
    your_rights: "What you may do here",
    is_superuser: "You are a superuser: everything is open to you.",
    needs_care: "What needs care",
    all_well: "All is well: nothing needs you here.",
    see_health: "More about the health of Muster",
};

static GERMAN: AdminAreaLabels = AdminAreaLabels {
    parts: "Teile des Admin-Bereichs",
    overview: "Überblick",
    groups: "Gruppen",
    people: "Personen",
    states: "Status",
    reserved_names: "Reservierte Namen",
    invitations: "Einladungen",
    settings: "Einstellungen",
    health: "Zustand",

    title: "Admin",
    intro: "Worum sich jemand kümmern sollte, und die Wege dorthin.",
    your_rights: "Was du hier darfst",
    is_superuser: "Du bist Superuser: Dir steht alles offen.",
    needs_care: "Worum sich jemand kümmern sollte",
    all_well: "Alles ist gut: Hier braucht dich nichts.",
    see_health: "Mehr über den Zustand von Muster",
};

impl Language {
    /// The fixed words.
    pub(crate) const fn admin_area(self) -> &'static AdminAreaLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// What needs somebody to look after it: the part of the page of the health that tells more, and a sentence with the
    /// number.
    pub(crate) fn needs(self, health: &Health) -> Vec<(&'static str, String)> {
        let groups = health.groups.as_ref();
        let found = |part: &'static str, total: Option<u32>, one: &str, many: &str| {
            let total = total.unwrap_or(0);
            let sentence = if total == 1 { one } else { many };
            (total > 0).then(|| (part, fill(sentence, &[&self.number(total.into())])))
        };
        [
            found(
                "leaderless",
                groups.map(|groups| groups.leaderless.total),
                self.either("One group has no leader.", "Eine Gruppe hat keine Leitung."),
                self.either("{0} groups have no leader.", "{0} Gruppen haben keine Leitung."),
            ),
            found(
                "old-requests",
                groups.map(|groups| groups.old_requests.total),
                self.either("One request is older than a week.", "Eine Anfrage ist älter als eine Woche."),
                self.either("{0} requests are older than a week.", "{0} Anfragen sind älter als eine Woche."),
            ),
            found(
                "inactive-leaders",
                groups.map(|groups| groups.inactive_leaders.total),
                self.either(
                    "One leader has an inactive account and leads nothing.",
                    "Eine Leitung hat ein inaktives Konto und leitet nichts.",
                ),
                self.either(
                    "{0} leaders have inactive accounts and lead nothing.",
                    "{0} Leitungen haben inaktive Konten und leiten nichts.",
                ),
            ),
            found(
                "clashes",
                health.clashes.as_ref().map(|clashes| clashes.total),
                self.either("One group has a reserved name.", "Eine Gruppe trägt einen reservierten Namen."),
                self.either("{0} groups have reserved names.", "{0} Gruppen tragen reservierte Namen."),
            ),
            found(
                "shared-keys",
                health.shared_keys.as_ref().map(|shared| shared.total),
                self.either(
                    "One username is the address of another account.",
                    "Ein Benutzername ist die Adresse eines anderen Kontos.",
                ),
                self.either(
                    "{0} usernames are addresses of other accounts.",
                    "{0} Benutzernamen sind Adressen anderer Konten.",
                ),
            ),
            found(
                "namesakes",
                Some(health.namesakes.total),
                self.either("One name is the same as another.", "Ein Name gleicht einem anderen."),
                self.either("{0} names are the same as others.", "{0} Namen gleichen anderen."),
            ),
            health.needs_backup().then(|| {
                let sentence = if health.last_backup.is_none() {
                    self.either("No backup has been made yet.", "Noch wurde keine Sicherung gemacht.")
                } else {
                    self.either(
                        "No backup was made for more than a week.",
                        "Seit mehr als einer Woche wurde keine Sicherung gemacht.",
                    )
                };
                ("instance", sentence.to_owned())
            }),
            health.lags().then(|| {
                let sentence = self.either("Pages show late what happened.", "Seiten zeigen spät, was geschehen ist.");
                ("instance", sentence.to_owned())
            }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
