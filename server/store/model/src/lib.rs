//! The plain types of the store's contract. They know no database and no rule.

mod allowance;
mod error;
mod export;
mod feed;
mod grant;
mod growth;
mod opening;
mod order;
mod seed;
mod session;
mod token;
mod transfer;

pub use allowance::{Draw, Drawn, Rate};
pub use error::{Answer, ExecuteError, StoreError};
pub use export::{GroupLine, MemberLine, UserLine};
pub use feed::{FeedGroup, FeedViewer};
pub use grant::{Grant, Job};
pub use growth::Growth;
pub use opening::Opening;
pub use order::{CallerId, Order};
pub use seed::{Seed, SeedCharacter, SeedEvent, SeedGroup, SeedMembership, SeedRequest, SeedUser};
pub use session::{Credentials, Named, NewSession, Session};
pub use token::{Claim, KeptAnswer, Token, TokenLine};
pub use transfer::{Cell, Column, Kind, Table};
