//! On the server a piece is written once, and looked at no time before.
//!
//! Leptos goes through whatever is inside a `Suspense` twice before it writes it, to find what has to be waited for, and
//! draws all that follows signals anew each time. Nothing inside a piece has to be waited for but by a `Suspense` of its
//! own (`draw::awaited`), which says so where it is written.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        ssr::StreamBuilder,
        view::{Position, PositionState, add_attr::AddAnyAttr},
    },
};

/// A view without its type.
pub(crate) struct ErasedView(Box<dyn Unwritten>);

/// A view that is to be written.
trait Unwritten: Send {
    /// About how many bytes it will be.
    fn length(&self) -> usize;
    /// Writes it, but for what has to be waited for: of that, what stands there meanwhile.
    fn write(self: Box<Self>, html: &mut String, position: &mut Position, escape: bool);
    /// Writes it with all that has to be waited for.
    fn write_whole(self: Box<Self>, html: &mut StreamBuilder, position: &mut Position, escape: bool);
}

impl<V: RenderHtml + Send> Unwritten for V {
    fn length(&self) -> usize {
        self.html_len()
    }

    fn write(self: Box<Self>, html: &mut String, position: &mut Position, escape: bool) {
        self.to_html_with_buf(html, position, escape, false, Vec::new());
    }

    fn write_whole(self: Box<Self>, html: &mut StreamBuilder, position: &mut Position, escape: bool) {
        self.to_html_async_with_buf::<false>(html, position, escape, false, Vec::new());
    }
}

impl ErasedView {
    pub(super) fn of<V: IntoView + 'static>(view: V) -> Self {
        Self(Box::new(view))
    }
}

/// The server writes and shows nothing.
impl Render for ErasedView {
    type State = ();

    fn build(self) {}

    fn rebuild(self, (): &mut ()) {}
}

impl AddAnyAttr for ErasedView {
    type Output<New: Attribute> = Self;

    /// Nothing adds attributes from outside to a piece.
    fn add_any_attr<New: Attribute>(self, _: New) -> Self {
        self
    }
}

impl RenderHtml for ErasedView {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn html_len(&self) -> usize {
        self.0.length()
    }

    fn to_html_with_buf(self, html: &mut String, position: &mut Position, escape: bool, _: bool, _: Vec<AnyAttribute>) {
        self.0.write(html, position, escape);
    }

    /// Pages are sent in order (`SsrMode::Async`), whatever they are asked for.
    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        html: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
        self.0.write_whole(html, position, escape);
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) {}

    fn into_owned(self) -> Self {
        self
    }
}
