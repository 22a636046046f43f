//! Who is calling. Never what they may do: that is loaded with every decision and every read.

pub(crate) mod back;
pub(crate) mod cookie;
pub(crate) mod gate;
pub(crate) mod limits;
mod next;
pub(crate) mod password;
pub(crate) mod register;
pub(crate) mod reset;
pub(crate) mod session;
pub(crate) mod setup;
pub(crate) mod setup_code;
pub(crate) mod sign_in;
pub(crate) mod token;

pub(crate) use next::{FRONT, local_path};

use crate::process::Process;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, HeaderName, request::Parts},
};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address a request comes from: the peer's, or the one that the outermost trusted proxy saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl FromRequestParts<Arc<Process>> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, process: &Arc<Process>) -> Result<Self, Self::Rejection> {
        // Without a socket (a test that calls the router) all callers count as one.
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Ok(Self(forwarded(&parts.headers, process.trusted_proxies).unwrap_or(peer)))
    }
}

/// Each proxy appends the address it was called from, so with `n` of them the client is the `n`th from the end;
/// whatever stands before it, the client may have made up.
fn forwarded(headers: &HeaderMap, trusted_proxies: usize) -> Option<IpAddr> {
    let place = trusted_proxies.checked_sub(1)?;
    let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok()).collect();
    let address = lines.iter().flat_map(|line| line.split(',')).rev().nth(place)?.trim();
    address.parse().ok().or_else(|| address.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_what_trusted_proxies_appended_is_believed() {
        let mut headers = HeaderMap::new();
        headers.append(FORWARDED_FOR, HeaderValue::from_static("6.6.6.6, 10.0.0.1"));
        headers.append(FORWARDED_FOR, HeaderValue::from_static("10.0.0.2"));
        let address = |text: &str| Some(text.parse().expect("is an address"));
        assert_eq!(forwarded(&headers, 0), None);
        assert_eq!(forwarded(&headers, 1), address("10.0.0.2"));
        assert_eq!(forwarded(&headers, 2), address("10.0.0.1"));
        assert_eq!(forwarded(&headers, 4), None);
        headers.append(FORWARDED_FOR, HeaderValue::from_static("[::1]:99"));
        assert_eq!(forwarded(&headers, 1), address("::1"));
    }
}
