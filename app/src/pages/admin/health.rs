//! How the instance is doing: what was found, what to do about it, and the way there. A calm page where all is well.

use crate::{
    address::address,
    api,
    parts::{
        admin_page::{admin_page, nothing_asked},
        admin_tabs::{AdminHead, path},
        icon::{Glyph, Icon},
        time::When,
        title::page_title,
    },
    text::language,
    view::{
        dynamic::dyn_view,
        erased::{ErasedView, IntoErased},
    },
};
use domain::{
    AdminPage, Findings, GroupHealth, GroupRef, Health, NameClash, NameOf, Namesake, OpenJob, Person, RequestKind,
    SharedKey, Viewer,
};
use leptos::prelude::*;

/// Which ways are open to the viewer.
#[expect(clippy::struct_excessive_bools, reason = "each is a way of its own")]
#[derive(Clone, Copy)]
struct Ways {
    groups: bool,
    people: bool,
    names: bool,
    queue: bool,
}

impl Ways {
    fn of(viewer: &Viewer) -> Self {
        Self {
            groups: viewer.opens(AdminPage::Groups),
            people: viewer.opens(AdminPage::People),
            names: viewer.opens(AdminPage::ReservedNames),
            queue: viewer.decides,
        }
    }
}

/// The page.
#[component]
pub(crate) fn HealthPage() -> impl IntoView {
    let labels = language().health();
    page_title(|| labels.title.to_owned());
    admin_page(
        nothing_asked(),
        |()| api::health::read_health(),
        move |viewer, kept| {
            let seq = kept.shown.with_untracked(|health| health.feed.head);
            kept.follow_admin(seq, |_| true);
            let ways = Ways::of(&viewer);
            view! {
                <AdminHead tab=AdminPage::Health viewer=viewer title=labels.title intro=labels.intro />
                <div class="columns">
                    <div class="column-main">{dyn_view(move || kept.shown.with(|health| found(health, ways)))}</div>
                    <div class="column-side">{dyn_view(move || kept.shown.with(instance))}</div>
                </div>
            }
            .erased()
        },
    )
}

/// What needs somebody to look after it.
fn found(health: &Health, ways: Ways) -> ErasedView {
    let labels = language().health();
    let groups = health.groups.as_ref().map(|groups| of_groups(groups, ways));
    let clashes = health.clashes.as_ref().map(|clashes| of_names(clashes, ways));
    let shared = health.shared_keys.as_ref().map(|shared| of_accounts(shared, ways));
    let namesakes = of_namesakes(&health.namesakes);
    let jobs = (!health.jobs.is_empty()).then(|| of_jobs(&health.jobs));
    let calm = health.is_well().then(|| {
        view! {
            <section class="card section calm">
                <h2><Glyph icon=Icon::Check />{labels.calm}</h2>
                <p>{labels.calm_hint}</p>
            </section>
        }
    });
    view! { {calm} {jobs} {groups} {clashes} {shared} {namesakes} }.erased()
}

/// What was found of one kind; nothing where there is none of it.
fn finding<T>(
    id: &'static str,
    words_of: [&'static str; 2],
    found: &Findings<T>,
    line: impl Fn(&T) -> ErasedView,
) -> ErasedView {
    let [title, advice] = words_of;
    let words = language();
    let lines: Vec<ErasedView> = found.first.iter().map(line).collect();
    let part = words.first_of(lines.len(), found.total).map(|said| view! { <p class="hint">{said}</p> });
    let number = words.number(found.total.into());
    (found.total > 0)
        .then(|| {
            view! {
                <section class="card section finding" id=id>
                    <h2><Glyph icon=Icon::Warning />{title} <span class="number">{number}</span></h2>
                    <p class="hint">{advice}</p>
                    <ul class="lines">{lines}</ul>
                    {part}
                </section>
            }
        })
        .erased()
}

/// A group, with the way to it where that is open.
fn group_name(group: &GroupRef, ways: Ways) -> ErasedView {
    let name = group.name.clone();
    if ways.groups {
        view! { <a href=format!("{}/{}", path(AdminPage::Groups), group.id)>{name}</a> }.erased()
    } else {
        name.erased()
    }
}

/// Somebody, with the way to their account where that is open.
fn person_name(person: &Person, ways: Ways) -> ErasedView {
    let name = person.display_name().to_owned();
    if ways.people {
        view! { <a href=format!("{}/{}", path(AdminPage::People), person.id)>{name}</a> }.erased()
    } else {
        name.erased()
    }
}

/// The way to the requests of a group, for those who decide some.
fn queue_of(group: &GroupRef, kind: RequestKind, ways: Ways) -> ErasedView {
    let href = address("/requests", &[("kind", kind.code()), ("group", &group.id.to_string())]);
    let rest = language().of_name(&group.name);
    let label = language().health().see_queue;
    ways.queue.then(|| view! { <a class="button" href=href>{label}<span class="sr">{rest}</span></a> }).erased()
}

fn of_groups(groups: &GroupHealth, ways: Ways) -> ErasedView {
    let words = language();
    let labels = words.health();
    let leaderless = finding(
        "leaderless",
        [labels.leaderless, labels.leaderless_do],
        &groups.leaderless,
        move |found| {
            let waiting = words.waiting_there(found.waiting).map(|said| view! { <span class="hint">{said}</span> });
            let queue = (found.waiting > 0).then(|| queue_of(&found.group, RequestKind::Join, ways));
            view! { <li class="line"><p class="line-name">{group_name(&found.group, ways)} " " {waiting}</p>{queue}</li> }
            .erased()
        },
    );
    let old_requests =
        finding("old-requests", [labels.old_requests, labels.old_requests_do], &groups.old_requests, move |found| {
            view! {
                <li class="line">
                    <div>
                        <p class="line-name">{words.old_request(found)}</p>
                        <p class="facts"><When at=found.created_at /></p>
                    </div>
                    {queue_of(&found.group, found.kind, ways)}
                </li>
            }
            .erased()
        });
    let inactive = finding(
        "inactive-leaders",
        [labels.inactive_leaders, labels.inactive_leaders_do],
        &groups.inactive_leaders,
        move |found| {
            let person = person_name(&found.person, ways);
            view! { <li class="line"><p class="line-name">{person} " · " {group_name(&found.group, ways)}</p></li> }
                .erased()
        },
    );
    view! { {leaderless} {old_requests} {inactive} }.erased()
}

fn of_names(clashes: &Findings<NameClash>, ways: Ways) -> ErasedView {
    let labels = language().health();
    finding("clashes", [labels.clashes, labels.clashes_do], clashes, move |found| {
        let href = address(path(AdminPage::ReservedNames), &[("search", &found.group.name)]);
        let rest = language().of_name(&found.group.name);
        let reservation = ways.names.then(|| {
            view! { <a class="button" href=href>{labels.see_reservation}<span class="sr">{rest}</span></a> }
        });
        view! { <li class="line"><p class="line-name">{group_name(&found.group, ways)}</p>{reservation}</li> }.erased()
    })
}

fn of_accounts(shared: &Findings<SharedKey>, ways: Ways) -> ErasedView {
    let labels = language().health();
    finding("shared-keys", [labels.shared_keys, labels.shared_keys_do], shared, move |found| {
        let (named, addressed) = (person_name(&found.named, ways), person_name(&found.addressed, ways));
        view! { <li class="line"><p class="line-name">{named} " · " {addressed}</p></li> }.erased()
    })
}

/// Each leads to whoever bears the name.
fn of_namesakes(namesakes: &Findings<Namesake>) -> ErasedView {
    let words = language();
    let labels = words.health();
    finding("namesakes", [labels.namesakes, labels.namesakes_do], namesakes, move |found| {
        let href = match found.of {
            NameOf::User | NameOf::Email => format!("{}/{}", path(AdminPage::People), found.id),
            NameOf::Group => format!("{}/{}", path(AdminPage::Groups), found.id),
            NameOf::State => format!("{}/{}", path(AdminPage::States), found.id),
            NameOf::ReservedName => path(AdminPage::ReservedNames).to_owned(),
        };
        view! { <li class="line"><p class="line-name"><a href=href>{words.namesake(found)}</a></p></li> }.erased()
    })
}

fn of_jobs(jobs: &[OpenJob]) -> ErasedView {
    let words = language();
    let labels = words.health();
    let line = |job: &OpenJob| {
        let what = job.event.as_ref().map(|logged| words.details(&logged.event).join(" ")).unwrap_or_default();
        view! {
            <li class="line">
                <div>
                    <p class="line-name">{what}</p>
                    <p class="facts"><span>{words.job(job)}</span> <span><When at=job.started_at /></span></p>
                </div>
                <progress max=job.total.to_string() value=job.done.to_string() aria-label=labels.jobs></progress>
            </li>
        }
        .erased()
    };
    let lines: Vec<ErasedView> = jobs.iter().map(line).collect();
    view! {
        <section class="card section">
            <h2>{labels.jobs}</h2>
            <p class="hint">{labels.jobs_hint}</p>
            <ul class="lines">{lines}</ul>
        </section>
    }
    .erased()
}

/// What runs here, and how far it is.
fn instance(health: &Health) -> ErasedView {
    let words = language();
    let labels = words.health();
    let backup = match &health.last_backup {
        Some(backup) => view! { <When at=backup.at /> " · " {words.bytes(backup.bytes)} }.erased(),
        None if health.makes_backups() => labels.never.erased(),
        None => view! { <span class="hint">{labels.backup_elsewhere}</span> }.erased(),
    };
    let advice = health.needs_backup().then(|| view! { <p class="hint">{labels.backup_do}</p> });
    let feed = if health.feed.waiting == 0 { labels.feed_true.to_owned() } else { words.behind(health.feed.waiting) };
    let lag = health.lags().then(|| view! { <p class="hint">{labels.feed_do}</p> });
    let warning = |is_due: bool| is_due.then(|| view! { <Glyph icon=Icon::Warning /> " " });
    view! {
        <section class="card section instance" id="instance">
            <h2>{labels.instance}</h2>
            <dl class="facts-list">
                <div><dt>{labels.version}</dt><dd>{health.version.clone()}</dd></div>
                <div><dt>{labels.database}</dt><dd>{health.database.clone()}</dd></div>
                <div><dt>{labels.size}</dt><dd>{words.bytes(health.database_bytes)}</dd></div>
                <div><dt>{labels.backup}</dt><dd>{warning(health.needs_backup())}{backup}{advice}</dd></div>
                <div><dt>{labels.feed}</dt><dd>{warning(health.lags())}{feed}{lag}</dd></div>
            </dl>
        </section>
    }
    .erased()
}
