//! Where the browser starts: it takes over the page the server has drawn, and does nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the page to life, once all its code is there. Without it the page stays what it is without scripts.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    let path = leptos::prelude::window().location().pathname().unwrap_or_default();
    if app::load(&path).await {
        leptos::mount::hydrate_body(app::App);
    }
}
