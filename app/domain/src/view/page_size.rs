//! How many rows a page of a list has.

use serde::{Deserialize, Serialize};

/// How many rows a page of a list has: 1 to 200, 50 where nothing is asked for (api.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct PageSize(u8);

impl PageSize {
    /// The most rows a page may have.
    pub const MAX: Self = Self(200);

    /// `None` unless it is 1 to 200.
    #[must_use]
    pub const fn new(rows: u8) -> Option<Self> {
        if rows >= 1 && rows <= Self::MAX.0 { Some(Self(rows)) } else { None }
    }

    /// The number of rows.
    #[must_use]
    pub const fn rows(self) -> usize {
        self.0 as usize
    }
}

impl Default for PageSize {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<u8> for PageSize {
    type Error = &'static str;

    fn try_from(rows: u8) -> Result<Self, Self::Error> {
        Self::new(rows).ok_or("a page has 1 to 200 rows")
    }
}

impl From<PageSize> for u8 {
    fn from(size: PageSize) -> Self {
        size.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_1_to_200_rows() {
        assert_eq!(PageSize::new(0), None);
        assert_eq!(PageSize::new(1).map(PageSize::rows), Some(1));
        assert_eq!(PageSize::new(200), Some(PageSize::MAX));
        assert_eq!(PageSize::new(201), None);
        assert_eq!(PageSize::default().rows(), 50);
    }
}
