//! Several requests of the queue, chosen to be decided together.
//!
//! They are sent in parts, so that one sees how far it has come. Each request has its own answer, and one that is
//! refused holds up no other.

use super::{settled::ended, toast::Toast};
use crate::api::requests::{ApproveEach, RejectEach};
use crate::{
    browser::{self, ATTEMPT_FIELD, Sent},
    error::{AppError, Ticket},
    input::{Decided, MOST_AT_ONCE},
    text::Language,
    wire,
};
use domain::{ActorRef, QueueRow, RequestId, RequestStatus, SettledMark};
use leptos::{prelude::*, server_fn::ServerFn};

/// The form that every box belongs to.
pub(crate) const FORM: &str = "chosen";

/// The field that names the requests.
pub(crate) const REQUESTS_FIELD: &str = "requests[]";

/// Where it is told what came of it.
pub(crate) const REPORT: &str = "chosen-report";

/// Where those go that are approved.
pub(crate) const APPROVE: &str = ApproveEach::PATH;

/// Where those go that are rejected.
pub(crate) const REJECT: &str = RejectEach::PATH;

/// How many are sent at once: few enough that one sees it move, enough that the way to the server does not count.
const PART: usize = 10;

/// A request that is chosen, with what is said about it once its row is out of sight.
#[derive(Clone, PartialEq)]
struct Chosen {
    id: RequestId,
    applicant: String,
    group: String,
}

/// Deciding all that is chosen, while it goes on.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Run {
    /// What is to become of them.
    pub(crate) status: RequestStatus,
    /// How many have their answer.
    pub(crate) done: usize,
    /// How many there are.
    pub(crate) total: usize,
}

/// What came of it, where not all went well.
#[derive(Clone, PartialEq)]
pub(crate) struct Report {
    /// What was to become of them.
    pub(crate) status: RequestStatus,
    /// How many it became of.
    pub(crate) done: usize,
    /// The others, each with the reason.
    pub(crate) missed: Vec<(String, String)>,
    /// Why the rest was not sent, and how many that are.
    pub(crate) unsent: Option<(usize, String)>,
}

/// Under which name they are sent. A repeat after no answer goes under the same one.
#[derive(Clone, PartialEq)]
struct Attempt {
    name: String,
    status: RequestStatus,
    comment: String,
}

/// The requests that are chosen.
#[derive(Clone, Copy)]
pub(crate) struct Selection {
    chosen: RwSignal<Vec<Chosen>>,
    /// Deciding them, while it goes on.
    pub(crate) run: RwSignal<Option<Run>>,
    /// What came of it the last time.
    pub(crate) report: RwSignal<Option<Report>>,
    /// Those that were sent and have no answer yet.
    sent: RwSignal<Vec<RequestId>>,
    refused: RwSignal<Vec<(RequestId, AppError)>>,
    attempt: StoredValue<Option<Attempt>>,
}

/// Who decides, and who is told.
#[derive(Clone)]
pub(crate) struct QueueContext {
    /// Who decides here.
    pub(crate) me: ActorRef,
    /// Told how a request ended, when that is known before the feed says so.
    pub(crate) on_end: Callback<(RequestId, SettledMark)>,
    /// Where it is said that all went well.
    pub(crate) toast: Toast,
    /// In which language.
    pub(crate) words: Language,
}

impl Selection {
    /// None are.
    pub(crate) fn new() -> Self {
        Self {
            chosen: RwSignal::new(Vec::new()),
            run: RwSignal::new(None),
            report: RwSignal::new(None),
            sent: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            attempt: StoredValue::new(None),
        }
    }

    /// How many are.
    pub(crate) fn count(self) -> usize {
        self.chosen.with(Vec::len)
    }

    /// Whether there is no room for more.
    pub(crate) fn is_full(self) -> bool {
        self.count() >= MOST_AT_ONCE as usize
    }

    /// Whether this one is.
    pub(crate) fn has(self, id: RequestId) -> bool {
        self.chosen.with(|chosen| chosen.iter().any(|other| other.id == id))
    }

    /// Chooses requests, as long as there is room.
    pub(crate) fn choose<'a>(self, rows: impl Iterator<Item = &'a QueueRow>) {
        self.chosen.update(|chosen| {
            for row in rows.filter(|row| row.settled_mark.is_none()) {
                if chosen.len() < MOST_AT_ONCE as usize && chosen.iter().all(|other| other.id != row.id) {
                    let applicant = row.applicant.display_name().to_owned();
                    chosen.push(Chosen { id: row.id, applicant, group: row.group.name.clone() });
                }
            }
        });
    }

    /// Takes a request out: it is not meant any more, or has ended.
    pub(crate) fn drop_out(self, id: RequestId) {
        if self.chosen.with_untracked(|chosen| chosen.iter().any(|other| other.id == id)) {
            self.chosen.update(|chosen| chosen.retain(|other| other.id != id));
        }
    }

    /// Takes all out.
    pub(crate) fn clear(self) {
        self.chosen.set(Vec::new());
    }

    /// What is about to become of a request, by what was sent and not answered yet.
    pub(crate) fn ending(self, id: RequestId) -> Option<RequestStatus> {
        let is_sent = self.sent.with(|sent| sent.contains(&id));
        self.run.get().filter(|_| is_sent).map(|run| run.status)
    }

    /// Why a request was not decided with the others.
    pub(crate) fn refusal(self, id: RequestId) -> Option<AppError> {
        self.refused.with(|refused| refused.iter().find(|(other, _)| *other == id).map(|(_, error)| error.clone()))
    }

    /// Decides all that is chosen, part by part.
    pub(crate) async fn decide(self, status: RequestStatus, comment: String, queue_context: QueueContext) {
        let chosen = self.chosen.get_untracked();
        let total = chosen.len();
        let path = if status == RequestStatus::Rejected { REJECT } else { APPROVE };
        let attempt = self.attempt_at(status, &comment);
        self.report.set(None);
        self.refused.set(Vec::new());
        self.sent.set(chosen.iter().map(|chosen| chosen.id).collect());
        self.run.set(Some(Run { status, done: 0, total }));
        let mut report = Report { status, done: 0, missed: Vec::new(), unsent: None };
        for (turn, part) in chosen.chunks(PART).enumerate() {
            let requests = part.iter().map(|chosen| (REQUESTS_FIELD, chosen.id.to_string()));
            let fields: Vec<_> =
                requests.chain([("comment", comment.clone()), (ATTEMPT_FIELD, attempt.clone())]).collect();
            match read(browser::post(path, &fields).await) {
                Ok(decided) => {
                    for chosen in part {
                        self.end(chosen, &decided, path, &mut report, &queue_context);
                    }
                }
                Err(error) => {
                    // Without an answer to this part the rest is not sent. All of it stays chosen.
                    report.unsent = Some((total - turn * PART, queue_context.words.trouble(&error)));
                    break;
                }
            }
            self.run.try_set(Some(Run { status, done: total.min((turn + 1) * PART), total }));
        }
        self.finish(report, &queue_context);
    }

    /// The name of this attempt: the one of the last where that had no answer and was the same.
    fn attempt_at(self, status: RequestStatus, comment: &str) -> String {
        let before = self.attempt.get_value().filter(|before| before.status == status && before.comment == comment);
        let name = before.map_or_else(browser::attempt, |before| before.name);
        self.attempt.set_value(Some(Attempt { name: name.clone(), status, comment: comment.to_owned() }));
        name
    }

    /// One of them has its answer.
    fn end(self, chosen: &Chosen, decided: &[Decided], path: &str, report: &mut Report, queue_context: &QueueContext) {
        let id = chosen.id;
        let answer = decided.iter().find(|decided| decided.request == id).map(|decided| decided.answer.clone());
        let answer = answer.unwrap_or(Err(AppError::NotFound));
        self.sent.try_update(|sent| sent.retain(|other| *other != id));
        match &answer {
            Ok(_) => report.done += 1,
            Err(error) => {
                let which = Language::request_of(&chosen.applicant, &chosen.group);
                report.missed.push((which, queue_context.words.missed(error)));
                self.refused.try_update(|refused| refused.push((id, error.clone())));
            }
        }
        let is_gone = matches!(answer, Err(AppError::NotFound));
        if let Some(settled_mark) = ended(path == REJECT, answer, &queue_context.me) {
            queue_context.on_end.try_run((id, settled_mark));
            self.drop_out(id);
        } else if is_gone {
            self.drop_out(id);
        }
    }

    fn finish(self, report: Report, queue_context: &QueueContext) {
        let holds_focus = browser::has_focus(FORM) || browser::has_lost_focus();
        self.sent.try_set(Vec::new());
        self.run.try_set(None);
        if report.unsent.is_none() {
            self.attempt.try_update_value(|attempt| *attempt = None);
        }
        let went_well = report.missed.is_empty() && report.unsent.is_none();
        if went_well {
            queue_context.toast.say(queue_context.words.decided_count(report.status, report.done));
        } else {
            self.report.try_set(Some(report));
        }
        if holds_focus {
            // The report is drawn a moment after this.
            request_animation_frame(move || browser::focus(if went_well { browser::MAIN } else { REPORT }));
        }
    }
}

fn read(sent: Sent) -> Result<Vec<Decided>, AppError> {
    match sent {
        Sent::Done(body) => wire::read(&body).map_err(|_| AppError::Internal(Ticket(String::new()))),
        Sent::Refused(error) => Err(error),
        Sent::Late => Err(AppError::Offline),
    }
}
