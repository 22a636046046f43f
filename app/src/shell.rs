//! The document around the app: what the browser must know before the first paint, and the scripts that hydrate.

use crate::{
    App, Chunk,
    address::is_way_in,
    browser::WAITING_SHEET,
    document::{Assets, ShellFacts, Still},
    live::SHARED_STREAM,
    present::PageTime,
    view::dynamic::TRANSLATED,
};
use domain::{Seq, Timestamp};
use http::request::Parts;
use leptos::{either::Either, html::link, nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

/// Whether the page has anything to do in the browser that plain links and forms do not.
///
/// The ways in have not. The page for what is missing stands under addresses that lead elsewhere for others, so the
/// browser could not tell that it is the one.
fn comes_alive() -> bool {
    if use_context::<Still>().is_some() {
        return false;
    }
    let stands_alone = |path: &str| path == "/not-found" || is_way_in(path);
    with_context::<Parts, _>(|parts| !stands_alone(parts.uri.path())).unwrap_or(true)
}

/// The chunk that the page is in.
fn chunk() -> Option<Chunk> {
    with_context::<Parts, _>(|parts| Chunk::of(parts.uri.path())).flatten()
}

/// The style sheets: what the page needs is there with its first paint. The others wait under a name that no browser
/// loads, until the chunk that they belong to is needed (`browser::load_stylesheet`): some load a sheet that is `disabled`.
fn sheets(assets: &Assets) -> impl IntoView + use<> {
    let here = chunk().map(Chunk::code);
    let others = assets.sheets.iter().map(|(chunk, sheet)| {
        let (chunk, sheet) = (chunk.clone(), sheet.clone());
        let relation = if here == Some(chunk.as_str()) { "stylesheet" } else { WAITING_SHEET };
        link().rel(relation).href(sheet).attr("data-chunk", chunk)
    });
    view! {
        <link rel="stylesheet" href=assets.css.clone() />
        {others.collect_view()}
    }
}

/// Brings the page to life. All files are asked for at once, by scripts: where there are none, nothing is loaded in vain.
/// The loader finds those of a chunk under their addresses in `chunks`. The stream opens meanwhile, unless nobody looks, and
/// what it says before anybody listens is kept: `live::stream` takes both over.
fn scripts(assets: &Assets, since: Option<Seq>) -> impl IntoView + use<> {
    let files = chunk().and_then(|chunk| assets.chunks.get(chunk.code())).map_or(&[][..], Vec::as_slice);
    let chunks: Vec<_> = files.iter().map(|file| format!("{file:?}:fetch({file:?})")).collect();
    let stream =
        since.map_or_else(String::new, |since| format!("{SHARED_STREAM}document.hidden||(stream=live({since}));"));
    let fetch = format!("{TRANSLATED}{stream}wasm=fetch({:?});chunks={{{}}}", assets.wasm, chunks.join(","));
    let start = format!("import init,{{hydrate}} from {:?};await init({{module_or_path:wasm}});hydrate()", assets.js);
    view! {
        <script nonce=use_nonce() inner_html=fetch></script>
        <script type="module" nonce=use_nonce() inner_html=start></script>
    }
}

/// Loads the page again once another build is served.
fn follow_builds(assets: &Assets) -> impl IntoView + use<> {
    assets.build.as_ref().map(|build| {
        let script = format!(
            "{{const name=()=>fetch({build:?},{{cache:'no-store'}}).then(it=>it.text());name().then(mine=>\
             setInterval(()=>name().then(it=>it==mine||location.reload(),()=>0),500))}}"
        );
        view! { <script nonce=use_nonce() inner_html=script></script> }
    })
}

/// Fetches what the next page needs while somebody types their password.
fn in_advance(assets: &Assets) -> impl IntoView + use<> {
    view! {
        <link rel="prefetch" href=assets.js.clone() />
        <link rel="prefetch" href=assets.wasm.clone() />
    }
}

/// The id of the last element of every document: once the browser has read it, the whole page is there.
const END: &str = "end";

/// The whole document. Theme and language are right in its first bytes, so nothing flashes and nothing is said twice.
///
/// A module script runs once the document is parsed, so hydration never holds up the first paint.
pub fn shell(facts: ShellFacts) -> impl IntoView {
    let ShellFacts { assets, theme, language, now, follows, .. } = facts.clone();
    let (account, since) = (follows.map(|(account, _)| account.to_string()), follows.map(|(_, since)| since));
    // Whole seconds, as the document tells the browser.
    let now = Timestamp(now.unix_seconds() * 1_000_000);
    provide_context(PageTime { now, local: false });
    provide_context(facts);
    view! {
        <!DOCTYPE html>
        <html
            lang=language.tag()
            data-theme=theme.code()
            data-icons=assets.icons.clone()
            data-now=now.unix_seconds().to_string()
            data-account=account
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                {sheets(&assets)}
                // Nothing is painted before all of it is there: rows and navigation would move as the next packet comes.
                <link rel="expect" href=format!("#{END}") blocking="render" />
                <link rel="icon" type="image/svg+xml" href=assets.icons.clone() />
                <MetaTags />
                {follow_builds(&assets)}
                {if comes_alive() { Either::Left(scripts(&assets, since)) } else { Either::Right(in_advance(&assets)) }}
            </head>
            <body>
                <App />
                <div id=END hidden></div>
            </body>
        </html>
    }
}
