//! Who is connected: how many in all and from each address. Where there is no more room, whoever has asked for nothing for
//! the longest time makes some; only where all are being served is somebody turned away.

use super::{
    limits::{Bound, Limits, Notes},
    line::Line,
};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// All connections.
pub(super) struct Crowd {
    pub(super) limits: Limits,
    pub(super) notes: Notes,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    count: usize,
    by_address: HashMap<IpAddr, usize>,
    /// Those that a stream has not taken over.
    asking: HashMap<u64, (IpAddr, Line)>,
    next: u64,
}

/// The place of one connection. Dropping it makes room for another.
pub(super) struct Seat {
    crowd: Arc<Crowd>,
    address: IpAddr,
}

/// A connection while it may be asked to leave. Dropped once a stream has it.
pub(super) struct Asking {
    crowd: Arc<Crowd>,
    number: u64,
}

impl Crowd {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, notes: Notes::default(), inside: Mutex::default() })
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place; where there is none, the bound that was met.
    pub(super) fn enter(self: &Arc<Self>, address: IpAddr) -> Result<Seat, Bound> {
        let address = neighbourhood(address);
        let is_counted = self.limits.of_this_computer || !address.is_loopback();
        let most = self.limits.of_address.filter(|_| is_counted);
        let mut inside = self.lock();
        let of_address = inside.by_address.get(&address).copied().unwrap_or_default();
        let met = if most.is_some_and(|most| of_address >= most) {
            Some((Bound::OfAddress, inside.idlest(Some(address))))
        } else if inside.count >= self.limits.connections {
            Some((Bound::Connections, inside.idlest(None)))
        } else {
            None
        };
        if let Some((bound, idlest)) = met {
            self.notes.met(bound);
            // It goes at once, but not in this very moment: until then there is one more.
            let number = idlest.ok_or(bound)?;
            if let Some((_, line)) = inside.asking.remove(&number) {
                line.leave();
            }
        }
        inside.count += 1;
        *inside.by_address.entry(address).or_default() += 1;
        Ok(Seat { crowd: Arc::clone(self), address })
    }
}

impl Inside {
    /// The connection, of one address or of all, that has asked for nothing for the longest time.
    fn idlest(&self, of: Option<IpAddr>) -> Option<u64> {
        let candidates = self.asking.iter().filter(|(_, (address, _))| of.is_none_or(|of| of == *address));
        let idle = candidates.filter_map(|(number, (_, line))| Some((line.idle_since()?, *number)));
        idle.min().map(|(_, number)| number)
    }
}

impl Seat {
    /// Names the connection that is to leave when others need its place.
    pub(super) fn ask_by(&self, line: &Line) -> Asking {
        let mut inside = self.crowd.lock();
        let number = inside.next;
        inside.next += 1;
        inside.asking.insert(number, (self.address, line.clone()));
        Asking { crowd: Arc::clone(&self.crowd), number }
    }

    /// All connections.
    pub(super) fn crowd(&self) -> &Arc<Crowd> {
        &self.crowd
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.crowd.lock().asking.remove(&self.number);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut inside = self.crowd.lock();
        inside.count -= 1;
        if let Some(count) = inside.by_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                inside.by_address.remove(&self.address);
            }
        }
    }
}

/// Whoever has one IPv6 address has the 2^64 beside it; an IPv4 address in IPv6 clothes is an IPv4 address.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
        }
        address => address,
    }
}
