//! In the browser a piece is built, hydrated in one step, changed and removed.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        renderer::types::{Element, Node},
        view::{Mountable, Position, PositionState, add_attr::AddAnyAttr},
    },
};
use std::any::{Any, TypeId};

/// A view without its type.
pub(crate) struct ErasedView(Box<dyn Undrawn>);

/// What is on the page of it.
pub(crate) struct DrawnPiece {
    view: TypeId,
    state: Box<dyn Drawn>,
}

/// A view that is to be drawn.
trait Undrawn: Send {
    fn view(&self) -> TypeId;
    fn build(self: Box<Self>) -> Box<dyn Drawn>;
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Drawn>;
    fn rebuild(self: Box<Self>, state: &mut dyn Any);
}

impl<V: RenderHtml + Send + 'static> Undrawn for V {
    fn view(&self) -> TypeId {
        TypeId::of::<V>()
    }

    fn build(self: Box<Self>) -> Box<dyn Drawn> {
        Box::new(Render::build(*self))
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Drawn> {
        // The server marks the place of a view that shows nothing; a piece always shows something.
        const { assert!(V::EXISTS) };
        Box::new(RenderHtml::hydrate::<true>(*self, cursor, position))
    }

    fn rebuild(self: Box<Self>, state: &mut dyn Any) {
        if let Some(state) = state.downcast_mut() {
            Render::rebuild(*self, state);
        }
    }
}

/// A view that is on the page.
trait Drawn: Mountable + Any {}

impl<S: Mountable + Any> Drawn for S {}

impl ErasedView {
    pub(super) fn of<V: IntoView + 'static>(view: V) -> Self {
        Self(Box::new(view))
    }
}

impl Render for ErasedView {
    type State = DrawnPiece;

    fn build(self) -> DrawnPiece {
        DrawnPiece { view: self.0.view(), state: self.0.build() }
    }

    fn rebuild(self, drawn: &mut DrawnPiece) {
        if self.0.view() == drawn.view {
            self.0.rebuild(&mut *drawn.state);
        } else {
            let mut next = self.build();
            drawn.insert_before_this(&mut next);
            drawn.unmount();
            *drawn = next;
        }
    }
}

impl Mountable for DrawnPiece {
    fn unmount(&mut self) {
        self.state.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.state.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.state.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.state.elements()
    }
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

    /// The browser writes no HTML.
    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> DrawnPiece {
        DrawnPiece { view: self.0.view(), state: self.0.hydrate(cursor, position) }
    }

    fn into_owned(self) -> Self {
        self
    }
}
