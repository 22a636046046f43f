//! Why a request was not even looked at: what it is made of, or who sent it where.

use super::{Language, fill};

/// What is the matter with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestFlaw<'a> {
    /// There are as many connections as there may be.
    Crowded,
    /// There are as many from this address.
    CrowdedAddress,
    /// Its head did not come in time.
    SlowHead,
    /// Its body did not come in time.
    SlowBody,
    /// It does not say which host it is for, or names what is none.
    NoHost,
    /// It names two.
    TwoHosts,
    /// It says in two ways how long it is.
    TwoLengths,
    /// It holds bytes that are no text in UTF-8.
    NotText,
    /// Its body ends before it is whole, or its chunks are none.
    BrokenBody,
    /// Its body is no form as browsers send them.
    NotForm,
    /// Its body is longer than any form is.
    TooLong,
    /// A parameter of its address cannot be read.
    Parameter(&'a str),
    /// It was sent to another host than the one people were told.
    Elsewhere {
        /// The host it was sent to.
        host: &'a str,
        /// The origin people were told.
        public: &'a str,
    },
    /// It came from a page of another site.
    Foreign,
    /// It came from a page at another place than it was sent to, as far as the process knows where it is.
    ForeignOrigin {
        /// The origin of the page.
        origin: &'a str,
        /// The host it was sent to.
        host: &'a str,
        /// The origin people were told, if any.
        public: Option<&'a str>,
    },
}

impl Language {
    /// Why a request was not looked at, and what to do.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one sentence for each")]
    pub fn request_flaw(self, flaw: RequestFlaw<'_>) -> String {
        let (sentence, parts): (_, [&str; 3]) = match flaw {
            RequestFlaw::Elsewhere { host, public } => (
                self.either(
                    "Muster is at {1}, but this request was sent to {0}. Go to {1}. If that is where you are, the proxy in front of Muster has to pass the header Host on as it came.",
                    "Muster ist unter {1} zu erreichen, diese Anfrage ging aber an {0}. Geh zu {1}. Wenn du dort bist, muss der Proxy vor Muster den Header Host so weitergeben, wie er kam.",
                ),
                [host, public, ""],
            ),
            RequestFlaw::Parameter(name) => (
                self.either(
                    "The address says {0} in a way that cannot be read. Correct it, or leave it out.",
                    "Die Adresse sagt {0} in einer Form, die nicht zu lesen ist. Berichtige es oder lass es weg.",
                ),
                [name, "", ""],
            ),
            RequestFlaw::ForeignOrigin { origin, host, public: None } => (
                self.either(
                    "This form was sent from {0} to {1}, so nothing was changed: it may be another site that sent it. If {0} is where you see Muster, it does not know that yet: whoever runs it sets --public-url (MUSTER_PUBLIC_URL) to {0}.",
                    "Dieses Formular wurde von {0} an {1} geschickt, also wurde nichts geändert: Es könnte eine andere Website gewesen sein. Wenn du Muster unter {0} siehst, weiß es das noch nicht: Wer es betreibt, setzt --public-url (MUSTER_PUBLIC_URL) auf {0}.",
                ),
                [origin, host, ""],
            ),
            RequestFlaw::ForeignOrigin { origin, host, public: Some(public) } => (
                self.either(
                    "This form was sent from {0} to {1}, so nothing was changed: Muster is at {2} (--public-url, MUSTER_PUBLIC_URL), and takes forms from there alone. Go to {2} and try again.",
                    "Dieses Formular wurde von {0} an {1} geschickt, also wurde nichts geändert: Muster ist unter {2} zu erreichen (--public-url, MUSTER_PUBLIC_URL) und nimmt nur von dort Formulare an. Geh zu {2} und versuch es noch einmal.",
                ),
                [origin, host, public],
            ),
            RequestFlaw::Crowded => (
                self.either(
                    "Muster has as many connections as it can have. Try again in a moment.",
                    "Muster hat so viele Verbindungen, wie es haben kann. Versuch es gleich noch einmal.",
                ),
                [""; 3],
            ),
            RequestFlaw::CrowdedAddress => (
                self.either(
                    "Your address has as many connections to Muster as one may have. Close some, and try again in a moment.",
                    "Deine Adresse hat so viele Verbindungen zu Muster, wie eine haben darf. Schließ einige und versuch es gleich noch einmal.",
                ),
                [""; 3],
            ),
            RequestFlaw::SlowHead => (
                self.either(
                    "The request took too long to arrive. Try again.",
                    "Die Anfrage hat zu lange gebraucht, um anzukommen. Versuch es noch einmal.",
                ),
                [""; 3],
            ),
            RequestFlaw::SlowBody => (
                self.either(
                    "What was sent took too long to arrive, so nothing was changed. Try again.",
                    "Was geschickt wurde, hat zu lange gebraucht, um anzukommen, also wurde nichts geändert. Versuch es noch einmal.",
                ),
                [""; 3],
            ),
            RequestFlaw::NoHost => (
                self.either(
                    "The request has to name the host it is for, by one header Host.",
                    "Die Anfrage muss den Host nennen, für den sie ist, in einem Header Host.",
                ),
                [""; 3],
            ),
            RequestFlaw::TwoHosts => (
                self.either(
                    "The request names more than one host.",
                    "Die Anfrage nennt mehr als einen Host.",
                ),
                [""; 3],
            ),
            RequestFlaw::TwoLengths => (
                self.either(
                    "The request says in two ways how long it is: Content-Length and Transfer-Encoding do not go together.",
                    "Die Anfrage sagt auf zwei Arten, wie lang sie ist: Content-Length und Transfer-Encoding gehen nicht zusammen.",
                ),
                [""; 3],
            ),
            RequestFlaw::NotText => (
                self.either(
                    "The request holds bytes that are no text in UTF-8.",
                    "Die Anfrage enthält Bytes, die kein Text in UTF-8 sind.",
                ),
                [""; 3],
            ),
            RequestFlaw::BrokenBody => (
                self.either(
                    "What was sent broke off or is in no order, so nothing was changed. Try again.",
                    "Was geschickt wurde, brach ab oder ist ungeordnet, also wurde nichts geändert. Versuch es noch einmal.",
                ),
                [""; 3],
            ),
            RequestFlaw::NotForm => (
                self.either(
                    "This takes forms as browsers send them: application/x-www-form-urlencoded.",
                    "Hier werden Formulare angenommen, wie Browser sie schicken: application/x-www-form-urlencoded.",
                ),
                [""; 3],
            ),
            RequestFlaw::TooLong => (
                self.either(
                    "What was sent is too long. Send less at once.",
                    "Was geschickt wurde, ist zu lang. Schick weniger auf einmal.",
                ),
                [""; 3],
            ),
            RequestFlaw::Foreign => (
                self.either(
                    "This request came from another site, so nothing was changed. Open Muster itself and try again.",
                    "Diese Anfrage kam von einer anderen Website, also wurde nichts geändert. Öffne Muster selbst und versuch es noch einmal.",
                ),
                [""; 3],
            ),
        };
        fill(sentence, &parts)
    }
}
