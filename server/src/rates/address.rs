//! Whose address a request comes from.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The address of whoever asks: the peer's, or where that is a proxy we trust, the last address in
/// `X-Forwarded-For` that is none of our proxies. What stands before it, the client may have written
/// itself.
///
/// `forwarded` are the header's lines in their order.
pub fn address<'h>(
    peer: IpAddr,
    forwarded: impl DoubleEndedIterator<Item = &'h str>,
    trusted: &[IpAddr],
) -> IpAddr {
    let is_ours = |address: IpAddr| trusted.iter().any(|one| one.to_canonical() == address);
    let mut known = peer.to_canonical();
    let hops = forwarded.rev().flat_map(|line| line.rsplit(','));
    for hop in hops {
        if !is_ours(known) {
            break;
        }
        let Some(said) = read(hop.trim()) else { break };
        known = said;
    }
    known
}

/// An address, perhaps with a port.
fn read(hop: &str) -> Option<IpAddr> {
    let plain = hop.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let address = plain.or_else(|_| hop.parse::<SocketAddr>().map(|with_port| with_port.ip()));
    address.ok().map(|address| address.to_canonical())
}

/// What is counted as one: an IPv4 address, or the /64 that one subscriber of IPv6 has to himself
/// (RFC 6177).
pub fn block(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let network = u128::from(address) & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from(network))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let trusted: Vec<IpAddr> = trusted.iter().map(|one| one.parse().unwrap()).collect();
        address(peer.parse().unwrap(), forwarded.iter().copied(), &trusted).to_string()
    }

    #[test]
    fn a_peer_that_is_no_proxy_of_ours_says_nothing_of_others() {
        assert_eq!(from("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(from("203.0.113.9", &["198.51.100.1"], &["10.0.0.1"]), "203.0.113.9");
    }

    #[test]
    fn the_last_address_that_is_not_ours_counts() {
        let ours = ["10.0.0.1", "10.0.0.2", "::1"];
        for (forwarded, expected) in [
            (&["198.51.100.1"][..], "198.51.100.1"),
            (&["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
            (&["6.6.6.6", "198.51.100.1"], "198.51.100.1"),
            (&["6.6.6.6, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            (&["198.51.100.1:4711"], "198.51.100.1"),
            (&["[2001:db8::1]:4711"], "2001:db8::1"),
            (&["::ffff:198.51.100.1"], "198.51.100.1"),
            (&["10.0.0.2, 10.0.0.1"], "10.0.0.2"),
            (&["6.6.6.6, nonsense"], "10.0.0.1"),
            (&[""], "10.0.0.1"),
            (&[], "10.0.0.1"),
        ] {
            assert_eq!(from("10.0.0.1", forwarded, &ours), expected, "{forwarded:?}");
        }
        assert_eq!(from("::ffff:10.0.0.1", &["198.51.100.1"], &ours), "198.51.100.1");
        assert_eq!(from("10.0.0.1", &["198.51.100.1"], &["::ffff:10.0.0.1"]), "198.51.100.1");
    }

    #[test]
    fn a_subscriber_of_ipv6_is_one() {
        let of = |text: &str| block(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("2001:db8:1:3::1"), "2001:db8:1:3::");
        assert_eq!(of("::ffff:198.51.100.1"), "198.51.100.1");
        assert_eq!(of("198.51.100.1"), "198.51.100.1");
    }
}
