//! What the page of the instance's health says: what was found, and what to do about it.

use super::{Language, fill};
use domain::{NameOf, Namesake, OldRequest, OpenJob};

/// The fixed words.
pub(crate) struct HealthLabels {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) calm: &'static str,
    pub(crate) calm_hint: &'static str,
    pub(crate) leaderless: &'static str,
    pub(crate) leaderless_do: &'static str,
    pub(crate) old_requests: &'static str,
    pub(crate) old_requests_do: &'static str,
    pub(crate) inactive_leaders: &'static str,
    pub(crate) inactive_leaders_do: &'static str,
    pub(crate) clashes: &'static str,
    pub(crate) clashes_do: &'static str,
    pub(crate) shared_keys: &'static str,
    pub(crate) shared_keys_do: &'static str,
    pub(crate) namesakes: &'static str,
    pub(crate) namesakes_do: &'static str,
    pub(crate) see_reservation: &'static str,
    pub(crate) see_queue: &'static str,
    pub(crate) instance: &'static str,
    pub(crate) version: &'static str,
    pub(crate) database: &'static str,
    pub(crate) size: &'static str,
    pub(crate) backup: &'static str,
    pub(crate) never: &'static str,
    pub(crate) backup_do: &'static str,
    pub(crate) backup_elsewhere: &'static str,
    pub(crate) feed: &'static str,
    pub(crate) feed_true: &'static str,
    pub(crate) feed_do: &'static str,
    pub(crate) jobs: &'static str,
    pub(crate) jobs_hint: &'static str,
}

static ENGLISH: HealthLabels = HealthLabels {
    title: "Health",
    intro: "What was found when this page was read, and what to do about it.",
    calm: "All is well.",
    calm_hint: "Nothing needs you here. What turns up stands on this page and on the overview.",
    leaderless: "Groups without a leader",
    leaderless_do: "Group managers decide for them meanwhile. Name somebody to lead each, or a group whose members do.",
    old_requests: "Requests older than a week",
    old_requests_do: "Whoever asked is still waiting. Remind the leaders, or decide them yourself if you may.",
    inactive_leaders: "Leaders with inactive accounts",
    inactive_leaders_do: "They lead nothing while their accounts are inactive. Activate the account, or name somebody else.",
    clashes: "Groups with reserved names",
    clashes_do: "They had their names before those were reserved. Rename the group, or free the name.",
    shared_keys: "Usernames that are somebody else's address",
    shared_keys_do: "Signing in by that address leads to the account with the username. Give one of them another.",
    namesakes: "Names that are the same as others",
    namesakes_do: "They differ in nothing that one sees, and are from before that was refused. Change one of the two.",
    see_reservation: "See the reservation",
    see_queue: "See the queue",
    instance: "This instance",
    version: "Version of Muster",
    database: "Database",
    size: "Size of the database",
    backup: "Last backup",
    never: "Muster has made none.",
    backup_do: "Make one now and then, best by a schedule: muster backup FILE. Keep it on another machine.",
    backup_elsewhere: "PostgreSQL is copied by its own tools, which Muster does not see: pg_dump, or a base backup.",
    feed: "Live updates",
    feed_true: "Up to date",
    feed_do: "Pages show what happened late. If this stays, look whether every process of Muster runs, and into its log.",
    jobs: "Large changes being worked off",
    jobs_hint: "Rights that are lost are lost already; the lists follow step by step. There is nothing to do.",
};

static GERMAN: HealthLabels = HealthLabels {
    title: "Zustand",
    intro: "Was auffiel, als diese Seite gelesen wurde, und was dagegen zu tun ist.",
    calm: "Alles ist gut.",
    calm_hint: "Hier braucht dich nichts. Was auftaucht, steht auf dieser Seite und im Überblick.",
    leaderless: "Gruppen ohne Leitung",
    leaderless_do: "Solange entscheidet die Gruppenverwaltung für sie. Gib jeder eine Leitung, oder eine Gruppe, deren Mitglieder leiten.",
    old_requests: "Anfragen, die älter als eine Woche sind",
    old_requests_do: "Wer angefragt hat, wartet noch. Erinnere die Leitung, oder entscheide selbst, wenn du darfst.",
    inactive_leaders: "Leitungen mit inaktivem Konto",
    inactive_leaders_do: "Solange ihr Konto inaktiv ist, leiten sie nichts. Aktivier das Konto, oder benenne jemand anderen.",
    clashes: "Gruppen mit reserviertem Namen",
    clashes_do: "Sie hießen schon so, bevor der Name reserviert wurde. Benenn die Gruppe um, oder gib den Namen frei.",
    shared_keys: "Benutzernamen, die die Adresse von jemand anderem sind",
    shared_keys_do: "Wer sich mit dieser Adresse anmeldet, kommt zum Konto mit dem Benutzernamen. Gib einem der beiden etwas anderes.",
    namesakes: "Namen, die anderen gleichen",
    namesakes_do: "Sie unterscheiden sich in nichts, was man sieht, und stammen aus der Zeit, als das noch ging. Ändere einen von beiden.",
    see_reservation: "Zur Reservierung",
    see_queue: "Zu den Anfragen",
    instance: "Diese Instanz",
    version: "Version von Muster",
    database: "Datenbank",
    size: "Größe der Datenbank",
    backup: "Letzte Sicherung",
    never: "Muster hat noch keine gemacht.",
    backup_do: "Mach ab und zu eine, am besten nach Plan: muster backup DATEI. Bewahr sie auf einem anderen Rechner auf.",
    backup_elsewhere: "PostgreSQL wird mit seinen eigenen Werkzeugen gesichert, die Muster nicht sieht: pg_dump oder eine Basissicherung.",
    feed: "Laufende Aktualisierung",
    feed_true: "Auf dem neuesten Stand",
    feed_do: "Seiten zeigen spät, was geschehen ist. Bleibt das so, sieh nach, ob jeder Prozess von Muster läuft, und in sein Protokoll.",
    jobs: "Große Änderungen in Arbeit",
    jobs_hint: "Rechte, die enden, sind schon beendet; die Listen folgen Schritt für Schritt. Es gibt nichts zu tun.",
};

/// The greatest unit is first.
const UNITS: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")];

impl Language {
    /// The fixed words.
    pub(crate) const fn health(self) -> &'static HealthLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// Whose name is the same as whose.
    pub(crate) fn namesake(self, found: &Namesake) -> String {
        let sentence = match found.of {
            NameOf::User => self.either(
                "Account {0} (no. {1}) has the same name as {2} (no. {3}).",
                "Konto {0} (Nr. {1}) heißt wie {2} (Nr. {3}).",
            ),
            NameOf::Email => self.either(
                "The address {0} of account no. {1} is the same as {2} of no. {3}.",
                "Die Adresse {0} von Konto Nr. {1} ist dieselbe wie {2} von Nr. {3}.",
            ),
            NameOf::Group => self.either(
                "Group {0} (no. {1}) has the same name as {2} (no. {3}).",
                "Gruppe {0} (Nr. {1}) heißt wie {2} (Nr. {3}).",
            ),
            NameOf::State => self.either(
                "State {0} (no. {1}) has the same name as {2} (no. {3}).",
                "Status {0} (Nr. {1}) heißt wie {2} (Nr. {3}).",
            ),
            NameOf::ReservedName => self.either(
                "The reserved name {0} (no. {1}) is the same as {2} (no. {3}).",
                "Der reservierte Name {0} (Nr. {1}) ist derselbe wie {2} (Nr. {3}).",
            ),
        };
        fill(sentence, &[&found.name, &found.id.to_string(), &found.other, &found.other_id.to_string()])
    }

    /// So many bytes, as people write them: `1.5 MB`, in German `1,5 MB`.
    pub(crate) fn bytes(self, bytes: u64) -> String {
        let Some((size, unit)) = UNITS.into_iter().find(|(size, _)| bytes >= *size) else {
            return fill("{0} B", &[&bytes.to_string()]);
        };
        let tenths = bytes.saturating_mul(10) / size;
        let whole = self.number(tenths / 10);
        let point = self.either(".", ",");
        if tenths >= 100 || tenths.is_multiple_of(10) {
            fill("{0} {1}", &[&whole, unit])
        } else {
            fill("{0}{1}{2} {3}", &[&whole, point, &(tenths % 10).to_string(), unit])
        }
    }

    /// How far the feed is behind.
    pub(crate) fn behind(self, waiting: u32) -> String {
        let sentence = if waiting == 1 {
            self.either("One event is not shown yet.", "Ein Ereignis wird noch nicht gezeigt.")
        } else {
            self.either("{0} events are not shown yet.", "{0} Ereignisse werden noch nicht gezeigt.")
        };
        fill(sentence, &[&self.number(waiting.into())])
    }

    /// How far a large change is.
    pub(crate) fn job(self, job: &OpenJob) -> String {
        let sentence = self.either("{0} of {1} people are settled.", "{0} von {1} Personen sind abgearbeitet.");
        fill(sentence, &[&self.number(job.done.into()), &self.number(job.total.into())])
    }

    /// How many are found and how many of them stand there.
    pub(crate) fn first_of(self, shown: usize, total: u32) -> Option<String> {
        let sentence = self.either("The first {0} of {1}.", "Die ersten {0} von {1}.");
        let is_part = u64::from(total) > shown as u64;
        is_part.then(|| fill(sentence, &[&self.number(shown as u64), &self.number(total.into())]))
    }

    /// How many requests wait in a group.
    pub(crate) fn waiting_there(self, waiting: u32) -> Option<String> {
        let sentence = if waiting == 1 {
            self.either("one request waits", "eine Anfrage wartet")
        } else {
            self.either("{0} requests wait", "{0} Anfragen warten")
        };
        (waiting > 0).then(|| fill(sentence, &[&self.number(waiting.into())]))
    }

    /// Who waits for what.
    pub(crate) fn old_request(self, request: &OldRequest) -> String {
        let sentence = self.either("{0} asks to {1} {2}", "{0}: {1}sanfrage für {2}");
        fill(sentence, &[request.applicant.display_name(), self.request_kind(request.kind), &request.group.name])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_people_do() {
        let written = [900, 1536, 1 << 20, 157_286_400, 3 << 30].map(|bytes| Language::English.bytes(bytes));
        assert_eq!(written, ["900 B", "1.5 kB", "1 MB", "150 MB", "3 GB"]);
        assert_eq!(Language::German.bytes(1536), "1,5 kB");
    }
}
