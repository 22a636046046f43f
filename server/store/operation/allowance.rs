//! Rate limits: buckets that every process draws from.

use store_model::{Draw, Drawn, StoreError};

operations! {
    /// Takes so many out of a bucket at once, or none of them, whichever process asks.
    write "counting an attempt"
    fn draw_allowance(draw: Draw) -> Result<Drawn, StoreError>
        = allowance::draw(draw);

    /// Takes so many out of each of these buckets, or nothing out of any. Each answer says whether its own bucket had as
    /// many. Whoever draws from several of them elsewhere names them in the same order.
    write "counting an attempt"
    fn draw_allowances(draws: Vec<Draw>) -> Result<Vec<Drawn>, StoreError>
        = allowance::draw_all(&draws);

    /// Puts back what was taken out of a bucket.
    write "taking an attempt back"
    fn give_back_allowance(draw: Draw) -> Result<(), StoreError>
        = allowance::give_back(draw);

    /// Fills a bucket.
    write "forgetting attempts"
    fn reset_attempts(key: [u8; 32]) -> Result<(), StoreError>
        = allowance::fill(key);
}
