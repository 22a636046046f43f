//! Why something did not happen, and what to do about it.
//!
//! Long, because it has a sentence in each language for every code there is, in one match for each closed enum.

use super::{Language, fill};
use crate::error::AppError;
use domain::{Conflict, Denial, Flaw, Problem, Request, RequestKind, RequestStatus, Stray, Unwritable};

impl Language {
    /// Why the reader may not do something.
    #[must_use]
    pub const fn denial(self, denial: Denial) -> &'static str {
        match self {
            Self::English => match denial {
                Denial::GroupInternal => "This group is run by administrators alone. Ask one of them about it.",
                Denial::StateNotAllowed => {
                    "Only for people in certain states, and yours is not among them. Ask an administrator if that looks wrong."
                }
                Denial::PermissionRequired => "You need the right to request groups. Ask an administrator for it.",
                Denial::NotAManager => "Only leaders of this group and group managers can do this. Ask one of them.",
                Denial::OwnRequest => "Nobody decides their own request. Another leader has to.",
                Denial::NotTheApplicant => "Only the person who asked can take this request back.",
                Denial::SuperuserRequired => {
                    "This is restricted, or reaches further than your own rights, so only a superuser can do it. Ask one."
                }
                Denial::StaffPermissionRequired => {
                    "Your account lacks the staff permission for this. Ask a superuser for it."
                }
                Denial::RegistrationClosed => "Accounts are made by administrators here. Ask one for yours.",
                Denial::InvitationRequired => {
                    "An account is made by an invitation here, and this one is no longer good. Ask for another one."
                }
            },
            Self::German => match denial {
                Denial::GroupInternal => "Diese Gruppe führt allein die Administration. Frag dort nach ihr.",
                Denial::StateNotAllowed => {
                    "Nur für Leute mit bestimmtem Status, und deiner gehört nicht dazu. Frag die Administration, wenn das falsch aussieht."
                }
                Denial::PermissionRequired => {
                    "Du brauchst das Recht, Gruppen anzufragen. Bitte die Administration darum."
                }
                Denial::NotAManager => {
                    "Das können nur die Leitung dieser Gruppe und die Gruppenverwaltung. Frag dort nach."
                }
                Denial::OwnRequest => {
                    "Niemand entscheidet über die eigene Anfrage. Das muss jemand anderes aus der Leitung tun."
                }
                Denial::NotTheApplicant => "Nur wer angefragt hat, kann diese Anfrage zurückziehen.",
                Denial::SuperuserRequired => {
                    "Das ist eingeschränkt oder reicht weiter als deine eigenen Rechte, also kann es nur ein Superuser. Frag einen."
                }
                Denial::StaffPermissionRequired => {
                    "Deinem Konto fehlt die Team-Berechtigung dafür. Bitte einen Superuser darum."
                }
                Denial::RegistrationClosed => "Konten legt hier die Administration an. Bitte sie um deins.",
                Denial::InvitationRequired => {
                    "Ein Konto gibt es hier nur mit einer Einladung, und diese gilt nicht mehr. Bitte um eine neue."
                }
            },
        }
    }

    /// What approving somebody's request would meet, for whoever decides.
    #[must_use]
    pub const fn warning(self, denial: Denial) -> &'static str {
        match self {
            Self::English => match denial {
                Denial::GroupInternal => "The group has become internal, so nobody can be let in.",
                Denial::StateNotAllowed => "No longer in a state this group takes, so approving will be refused.",
                Denial::PermissionRequired => {
                    "No longer has the right to request groups, so approving will be refused."
                }
                Denial::OwnRequest => "This is your own request. Another leader has to decide it.",
                Denial::NotAManager
                | Denial::NotTheApplicant
                | Denial::SuperuserRequired
                | Denial::StaffPermissionRequired
                | Denial::RegistrationClosed
                | Denial::InvitationRequired => "You no longer decide for this group.",
            },
            Self::German => match denial {
                Denial::GroupInternal => "Die Gruppe ist intern geworden, also kann niemand aufgenommen werden.",
                Denial::StateNotAllowed => {
                    "Hat keinen Status mehr, den diese Gruppe aufnimmt. Annehmen wird abgewiesen."
                }
                Denial::PermissionRequired => {
                    "Hat das Recht, Gruppen anzufragen, nicht mehr. Annehmen wird abgewiesen."
                }
                Denial::OwnRequest => "Das ist deine eigene Anfrage. Jemand anderes aus der Leitung muss entscheiden.",
                Denial::NotAManager
                | Denial::NotTheApplicant
                | Denial::SuperuserRequired
                | Denial::StaffPermissionRequired
                | Denial::RegistrationClosed
                | Denial::InvitationRequired => "Du entscheidest für diese Gruppe nicht mehr.",
            },
        }
    }

    /// What has moved on meanwhile.
    #[must_use]
    pub fn conflict(self, conflict: &Conflict) -> String {
        let sentence = match conflict {
            Conflict::AlreadyMember => self.either(
                "Already a member, so there is nothing left to do.",
                "Schon Mitglied, es bleibt also nichts zu tun.",
            ),
            Conflict::NotAMember => self.either(
                "No longer a member, so there is nothing left to do.",
                "Kein Mitglied mehr, es bleibt also nichts zu tun.",
            ),
            Conflict::AlreadyRequested => self.either(
                "Your request for this group already waits. You can withdraw it first.",
                "Deine Anfrage für diese Gruppe wartet schon. Du kannst sie erst zurückziehen.",
            ),
            Conflict::RequestSettled(request) => return self.settled(request),
            Conflict::NameTaken => self.either(
                "This name is in use. Choose another one.",
                "Dieser Name ist vergeben. Wähl einen anderen.",
            ),
            Conflict::EmailTaken => self.either(
                "Another account signs in with this e-mail address. Enter another one.",
                "Mit dieser E-Mail-Adresse meldet sich schon ein anderes Konto an. Gib eine andere an.",
            ),
            Conflict::NameReserved => self.either(
                "This name is reserved. Choose another one.",
                "Dieser Name ist reserviert. Wähl einen anderen.",
            ),
            Conflict::NameInUse => self.either(
                "A group has this name. Rename the group first.",
                "Eine Gruppe heißt so. Benenn erst die Gruppe um.",
            ),
            Conflict::AccountInactive => self.either(
                "This account is inactive, so it can be in no group. Activate it first.",
                "Dieses Konto ist nicht aktiv, also kann es in keiner Gruppe sein. Aktivier es erst.",
            ),
            Conflict::TooManyTokens => self.either(
                "The account has as many tokens as it may. Revoke one that is not used any more.",
                "Das Konto hat so viele Token, wie es darf. Widerruf eines, das nicht mehr benutzt wird.",
            ),
            Conflict::LastSuperuser => self.either(
                "This is the last active superuser. Make somebody else a superuser first.",
                "Das ist der letzte aktive Superuser. Mach erst jemand anderen zum Superuser.",
            ),
            Conflict::PriorityTaken => self.either(
                "Another state has this priority. Choose another one.",
                "Ein anderer Status hat diese Priorität. Wähl eine andere.",
            ),
            Conflict::GuestState => self.either(
                "This state takes whoever fits no other, so it stays as it is. Only its name and its permissions can change.",
                "Dieser Status nimmt alle auf, die in keinen anderen passen, also bleibt er, wie er ist. Nur sein Name und seine Berechtigungen lassen sich ändern.",
            ),
            Conflict::CharacterTaken => self.either(
                "Another character has this external id. Look whose it is, or correct the id.",
                "Ein anderer Charakter hat diese externe ID. Sieh nach, wem er gehört, oder berichtige die ID.",
            ),
            Conflict::CommandReused => self.either(
                "This form was already used for something else. Reload the page and try again.",
                "Dieses Formular wurde schon für etwas anderes benutzt. Lad die Seite neu und versuch es noch einmal.",
            ),
            Conflict::PreviewOutdated => self.either(
                "Things have changed since you looked, so this would come to other people by now. Look again, and confirm.",
                "Seit du hingesehen hast, hat sich etwas geändert, also würde es jetzt andere treffen. Sieh noch einmal hin und bestätige.",
            ),
        };
        sentence.to_owned()
    }

    fn settled(self, request: &Request) -> String {
        let by = request.settlement.as_ref().and_then(|end| end.by.as_ref());
        let done = match request.status {
            RequestStatus::Approved => self.either("approved", "angenommen"),
            RequestStatus::Rejected => self.either("rejected", "abgelehnt"),
            RequestStatus::Withdrawn => self.either("withdrawn", "zurückgezogen"),
            RequestStatus::Closed | RequestStatus::Open => self.either("closed", "geschlossen"),
        };
        match by {
            Some(person) => fill(
                self.either(
                    "{0} has {1} this request already, so yours changed nothing.",
                    "{0} hat diese Anfrage schon {1}, also hat sich nichts geändert.",
                ),
                &[person.display_name(), done],
            ),
            None => fill(
                self.either(
                    "This request was {0} already, so yours changed nothing.",
                    "Diese Anfrage wurde schon {0}, also hat sich nichts geändert.",
                ),
                &[done],
            ),
        }
    }

    /// What a field of a form is called.
    fn field(self, field: &str) -> &'static str {
        match field {
            "reason" => self.either("The reason", "Die Begründung"),
            "comment" => self.either("The comment", "Der Kommentar"),
            "old" => self.either("The present password", "Das jetzige Passwort"),
            "new" | "again" | "password" => self.either("The new password", "Das neue Passwort"),
            "name" | "character_name" => self.either("The name", "Der Name"),
            "username" => self.either("The username", "Der Benutzername"),
            "email" => self.either("The e-mail address", "Die E-Mail-Adresse"),
            "external_id" => self.either("The external id", "Die externe Nummer"),
            "corporation" => self.either("The name of the corporation", "Der Name der Corporation"),
            "corporation_id" => self.either("The id of the corporation", "Die Nummer der Corporation"),
            "alliance" => self.either("The name of the alliance", "Der Name der Allianz"),
            "alliance_id" => self.either("The id of the alliance", "Die Nummer der Allianz"),
            "faction" => self.either("The name of the faction", "Der Name der Fraktion"),
            "faction_id" => self.either("The id of the faction", "Die Nummer der Fraktion"),
            "priority" => self.either("The priority", "Die Priorität"),
            "characters" => self.either("The list of characters", "Die Liste der Charaktere"),
            "corporations" => self.either("The list of corporations", "Die Liste der Corporations"),
            "alliances" => self.either("The list of alliances", "Die Liste der Allianzen"),
            "factions" => self.either("The list of factions", "Die Liste der Fraktionen"),
            "expires" | "ends_at" => self.either("The last day", "Der letzte Tag"),
            "theme" => self.either("The choice of light or dark", "Die Wahl von Hell oder Dunkel"),
            "language" => self.either("The choice of language", "Die Wahl der Sprache"),
            "leaders" => self.either("The list of leaders", "Die Liste der Leitung"),
            "leader_groups" => self.either("The list of leader groups", "Die Liste der leitenden Gruppen"),
            "leader" => self.either("The name of the leader", "Der Name der leitenden Person"),
            "leading" => self.either("The name of the leader group", "Der Name der leitenden Gruppe"),
            "member" => self.either("The name of the member", "Der Name des Mitglieds"),
            "names" => self.either("The list of names", "Die Liste der Namen"),
            "description" => self.either("The description", "Die Beschreibung"),
            "typed" => self.either("The name that was typed", "Der eingetippte Name"),
            "states" => self.either("The list of states", "Die Liste der Status"),
            "uses" => self.either("The number of uses", "Die Zahl der Verwendungen"),
            "notifications_max_per_user" => self
                .either("The number of notifications kept for each user", "Die Zahl der Benachrichtigungen je Konto"),
            _ => self.either("What the page sent", "Eine Angabe der Seite"),
        }
    }

    /// What is the matter with a field of a form.
    #[must_use]
    pub fn problem(self, problem: &Problem) -> String {
        let field = self.field(&problem.field);
        let (sentence, least, most) = match problem.flaw {
            Flaw::Character(c, stray) => {
                let sentence = self.either("{0} holds {1}. Take it out.", "{0} enthält {1}. Nimm das Zeichen heraus.");
                return fill(sentence, &[field, &self.character(c, stray)]);
            }
            Flaw::Invisible => (
                self.either(
                    "{0} holds nothing that can be seen. Enter letters, digits or signs.",
                    "{0} enthält nichts, was man sehen kann. Gib Buchstaben, Ziffern oder Zeichen ein.",
                ),
                0,
                0,
            ),
            Flaw::Missing => (self.either("{0} is missing.", "{0} fehlt."), 0, 0),
            Flaw::TooShort(least) => (
                self.either("{0} needs at least {1} characters.", "{0} braucht mindestens {1} Zeichen."),
                least as u64,
                0,
            ),
            Flaw::TooLong(most) => (
                self.either(
                    "{0} can have {2} characters at most. Shorten it.",
                    "{0} darf höchstens {2} Zeichen haben. Fass dich kürzer.",
                ),
                0,
                most as u64,
            ),
            Flaw::Malformed => (
                self.either(
                    "{0} holds characters that cannot stand there. Take them out, or reload the page.",
                    "{0} enthält Zeichen, die dort nicht stehen können. Nimm sie heraus oder lad die Seite neu.",
                ),
                0,
                0,
            ),
            Flaw::Mismatch => (
                self.either(
                    "{0} was entered in two ways. Enter it again.",
                    "{0} kam in zwei Fassungen an. Mach die Eingabe noch einmal.",
                ),
                0,
                0,
            ),
            Flaw::Unknown => (
                self.either(
                    "{0} names something that is not there any more. Reload the page and choose again.",
                    "{0} nennt etwas, das es nicht mehr gibt. Lad die Seite neu und wähl noch einmal.",
                ),
                0,
                0,
            ),
            Flaw::UnknownLine(line) => (
                self.either(
                    "{0} names nothing that is known on line {1}. Correct that line.",
                    "{0} nennt in Zeile {1} nichts, das bekannt ist. Berichtige diese Zeile.",
                ),
                line as u64,
                0,
            ),
            Flaw::AmbiguousLine(line) => (
                self.either(
                    "{0} names several people on line {1}. Write a username there.",
                    "{0} nennt in Zeile {1} mehrere Leute. Schreib dort einen Benutzernamen.",
                ),
                line as u64,
                0,
            ),
            Flaw::Itself => (
                self.either(
                    "{0} names the group itself. Choose another group.",
                    "{0} nennt die Gruppe selbst. Wähl eine andere Gruppe.",
                ),
                0,
                0,
            ),
            Flaw::Wrong => {
                (self.either("{0} is not right. Try again.", "{0} stimmt nicht. Versuch es noch einmal."), 0, 0)
            }
            Flaw::OutOfRange(least, most) => (
                self.either(
                    "{0} has to lie between {1} and {2}. Choose another value.",
                    "{0} muss zwischen {1} und {2} liegen. Wähl einen anderen Wert.",
                ),
                least.into(),
                most.into(),
            ),
        };
        fill(sentence, &[field, &self.number(least), &self.number(most)])
    }

    /// A character that cannot stand where it was typed: its number in Unicode, and what it is.
    #[must_use]
    pub fn character(self, c: u32, stray: Stray) -> String {
        let what = match stray {
            Stray::Control => self.either("a control character", "ein Steuerzeichen"),
            Stray::LineBreak => self.either("a line break", "ein Zeilenumbruch"),
            Stray::PrivateUse => self.either("a private-use character", "ein Zeichen zum privaten Gebrauch"),
            Stray::Unassigned => self.either("which is no character of Unicode", "das in Unicode kein Zeichen ist"),
            Stray::LoneMark => self.either("a mark without a letter", "ein Zusatzzeichen ohne Buchstaben"),
            Stray::Space => self.either("a space", "ein Leerzeichen"),
        };
        format!("U+{c:04X}, {what}")
    }

    /// Why there is no answer.
    #[must_use]
    pub fn trouble(self, error: &AppError) -> String {
        let sentence = match error {
            AppError::SignedOut => self.either(
                "You are signed out, so nothing was changed. Sign in and try again.",
                "Du bist abgemeldet, also wurde nichts geändert. Melde dich an und versuch es noch einmal.",
            ),
            AppError::Denied(denial) => self.denial(*denial),
            AppError::NotFound => self.either(
                "This is gone, or not for you to see. Go back to the list.",
                "Das gibt es nicht mehr, oder du darfst es nicht sehen. Geh zurück zur Liste.",
            ),
            AppError::Conflict(conflict) => return self.conflict(conflict),
            AppError::Invalid(problems) if problems.is_empty() => self.either(
                "The page sent something the server could not read. Reload the page and try again.",
                "Die Seite hat etwas geschickt, das der Server nicht lesen konnte. Lad sie neu und versuch es noch einmal.",
            ),
            AppError::Invalid(problems) => {
                return problems.iter().map(|problem| self.problem(problem)).collect::<Vec<_>>().join(" ");
            }
            AppError::Slow { retry_after } => {
                let sentence = self.either(
                    "That was too often in a short time. Try again in {0}.",
                    "Das war in kurzer Zeit zu oft. Versuch es in {0} noch einmal.",
                );
                return fill(sentence, &[&self.seconds(*retry_after)]);
            }
            AppError::Busy => self.either(
                "The server has too much to do and changed nothing. Try again in a moment.",
                "Der Server hat zu viel zu tun und hat nichts geändert. Versuch es gleich noch einmal.",
            ),
            AppError::Unwritable(Unwritable::DiskFull) => self.either(
                "The disk of the server is full, so nothing was changed. Tell an administrator, then try again.",
                "Die Festplatte des Servers ist voll, darum wurde nichts geändert. Sag der Administration Bescheid und versuch es dann noch einmal.",
            ),
            AppError::Unwritable(Unwritable::ReadOnly) => self.either(
                "The server may only read its database, so nothing was changed. Tell an administrator, then try again.",
                "Der Server darf seine Datenbank nur lesen, darum wurde nichts geändert. Sag der Administration Bescheid und versuch es dann noch einmal.",
            ),
            AppError::Unwritable(Unwritable::DatabaseReplaced) => self.either(
                "The database of the server was deleted or replaced, so nothing is kept. Tell an administrator: Muster has to be started again.",
                "Die Datenbank des Servers wurde gelöscht oder ersetzt, darum wird nichts behalten. Sag der Administration Bescheid: Muster muss neu gestartet werden.",
            ),
            AppError::Internal(ticket) if ticket.0.is_empty() => self.either(
                "Something broke on our side, and it is not your fault. Try again in a moment.",
                "Bei uns ist etwas kaputtgegangen, und es liegt nicht an dir. Versuch es gleich noch einmal.",
            ),
            AppError::Internal(ticket) => {
                let sentence = self.either(
                    "Something broke on our side, and it is not your fault. Try again; if it stays, quote number {0}.",
                    "Bei uns ist etwas kaputtgegangen, und es liegt nicht an dir. Versuch es noch einmal; wenn es so bleibt, nenn die Nummer {0}.",
                );
                return fill(sentence, &[&ticket.0]);
            }
            AppError::Offline => self.either(
                "The server cannot be reached. Nothing is lost: try again once you are connected.",
                "Der Server ist nicht zu erreichen. Nichts ist verloren: Versuch es noch einmal, sobald du verbunden bist.",
            ),
        };
        sentence.to_owned()
    }

    /// What in an address narrows nothing.
    pub(crate) fn misread(self, filters: &[(&'static str, String)]) -> String {
        let filters: Vec<String> = filters.iter().map(|(name, value)| [name, "=", value].concat()).collect();
        let sentence = self.either(
            "The address asks for {0}, which is not understood: nothing is left out by it.",
            "Die Adresse verlangt {0}, was nicht zu verstehen ist: Dadurch wird nichts ausgelassen.",
        );
        fill(sentence, &[&filters.join(", ")])
    }

    fn seconds(self, seconds: u32) -> String {
        let (sentence, count) = match seconds {
            0 | 1 => (self.either("a second", "einer Sekunde"), seconds),
            2..=99 => (self.either("{0} seconds", "{0} Sekunden"), seconds),
            _ => (self.either("{0} minutes", "{0} Minuten"), seconds.div_ceil(60)),
        };
        fill(sentence, &[&count.to_string()])
    }

    /// What a request is for: in English the verb after “request to”, in German the noun before “sanfrage”.
    pub(crate) const fn request_kind(self, kind: RequestKind) -> &'static str {
        match self {
            Self::English => match kind {
                RequestKind::Join => "join",
                RequestKind::Leave => "leave",
            },
            Self::German => match kind {
                RequestKind::Join => "Beitritt",
                RequestKind::Leave => "Austritt",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Ticket;
    use domain::{GroupId, GroupRef, Person, RequestId, Settlement, Timestamp, UserId};

    fn settled() -> Request {
        let bo = Person { id: UserId(2), username: "Bo".to_owned(), main_character: None };
        Request {
            id: RequestId(1),
            group: GroupRef { id: GroupId(1), name: "Pilots".to_owned() },
            applicant: Person { id: UserId(1), username: "ana".to_owned(), main_character: None },
            kind: RequestKind::Join,
            status: RequestStatus::Approved,
            reason: None,
            created_at: Timestamp(0),
            settlement: Some(Settlement { at: Timestamp(1), by: Some(bo), comment: None, cause: None }),
        }
    }

    #[test]
    fn every_sentence_is_a_sentence_without_jargon() {
        let english = Language::English;
        let conflicts = [
            Conflict::AlreadyMember,
            Conflict::NotAMember,
            Conflict::AlreadyRequested,
            Conflict::RequestSettled(Box::new(settled())),
            Conflict::NameTaken,
            Conflict::EmailTaken,
            Conflict::NameReserved,
            Conflict::NameInUse,
            Conflict::AccountInactive,
            Conflict::LastSuperuser,
            Conflict::TooManyTokens,
            Conflict::PriorityTaken,
            Conflict::GuestState,
            Conflict::CharacterTaken,
            Conflict::CommandReused,
            Conflict::PreviewOutdated,
        ];
        assert_eq!(conflicts.each_ref().map(Conflict::code), Conflict::CODES, "these are all there are");
        let flaws = [
            Flaw::Missing,
            Flaw::TooShort(8),
            Flaw::TooLong(1000),
            Flaw::Malformed,
            Flaw::Character(7, Stray::Control),
            Flaw::Invisible,
            Flaw::Mismatch,
            Flaw::Wrong,
            Flaw::Unknown,
            Flaw::UnknownLine(2),
            Flaw::AmbiguousLine(2),
            Flaw::Itself,
            Flaw::OutOfRange(1, 1000),
        ];
        assert_eq!(flaws.each_ref().map(Flaw::code), Flaw::CODES, "these are all there are");
        let errors = Denial::ALL
            .map(AppError::Denied)
            .into_iter()
            .chain(conflicts.map(AppError::Conflict))
            .chain(flaws.map(|flaw| AppError::Invalid(vec![Problem::new("comment", flaw)])))
            .chain([
                AppError::SignedOut,
                AppError::NotFound,
                AppError::Invalid(Vec::new()),
                AppError::Slow { retry_after: 30 },
                AppError::Busy,
                AppError::Internal(Ticket("4711".to_owned())),
                AppError::Internal(Ticket(String::new())),
                AppError::Offline,
            ])
            .chain(Unwritable::ALL.map(AppError::Unwritable));
        let sentences = errors
            .map(|error| english.trouble(&error))
            .chain(Denial::ALL.map(|denial| english.warning(denial).to_owned()));
        for sentence in sentences {
            let lower = sentence.to_lowercase();
            assert!(!lower.contains("error") && !lower.contains("invalid") && !lower.contains('_'), "{sentence}");
            assert!(sentence.starts_with(char::is_uppercase) && sentence.ends_with('.'), "{sentence}");
        }
    }

    #[test]
    fn whoever_comes_second_is_told_who_decided_and_what() {
        let sentence = Language::English.conflict(&Conflict::RequestSettled(Box::new(settled())));
        assert_eq!(sentence, "Bo has approved this request already, so yours changed nothing.");
    }

    #[test]
    fn a_character_that_cannot_stand_somewhere_is_named() {
        let said =
            |language: Language, c: u32, stray| language.problem(&Problem::new("name", Flaw::Character(c, stray)));
        assert_eq!(
            said(Language::English, 7, Stray::Control),
            "The name holds U+0007, a control character. Take it out."
        );
        assert_eq!(
            said(Language::German, 0x0010_FFFD, Stray::PrivateUse),
            "Der Name enthält U+10FFFD, ein Zeichen zum privaten Gebrauch. Nimm das Zeichen heraus."
        );
    }
}
