//! Finds what held at a feed number among all that ever held: the relational interval tree.
//!
//! H.-P. Kriegel, M. Pötke, T. Seidl, *Managing Intervals Efficiently in Object-Relational Databases*, VLDB 2000. Each
//! interval of whole numbers is kept at one node of a binary tree that is never stored: at the number in it that the
//! highest power of two divides. Whatever holds a number is kept at one of its ancestors, of which there are two for
//! each power of two.

/// The node of spans that still hold.
pub const HOLDS: i64 = 0;

/// The node of a span `from ≤ n < to`, of positive numbers.
pub fn node(from: i64, to: i64) -> i64 {
    let last = to - 1;
    let common = 63 - (from ^ last).leading_zeros().min(63);
    if from == last { last } else { (last >> common) << common }
}

/// The nodes of spans that may hold at a number up to `head`, the highest there is: [`HOLDS`] and its ancestors.
pub fn above(number: i64, head: i64) -> Vec<i64> {
    let mut nodes = vec![HOLDS];
    for power in 0..i64::BITS - 1 {
        let low = (number >> power) << power;
        let high = low.saturating_add(1 << power);
        nodes.extend([low, high].into_iter().filter(|node| (1..=head).contains(node)));
        if low == 0 && high > head {
            break;
        }
    }
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

#[cfg(test)]
mod tests {
    use super::{HOLDS, above, node};

    #[test]
    fn every_span_is_found_at_each_number_it_holds_and_lies_in_itself() {
        let head = 70;
        for from in 1..head {
            for to in from + 1..=head {
                let at = node(from, to);
                assert!(from <= at && at < to, "{from}..{to} is kept at {at}");
                for number in from..to {
                    let nodes = above(number, head);
                    assert!(nodes.contains(&at), "{from}..{to} at {number}: {at} not in {nodes:?}");
                }
            }
        }
    }

    #[test]
    fn what_still_holds_is_always_looked_at_and_the_nodes_are_few() {
        for number in [0, 1, 6_000_000, i64::MAX - 1] {
            let nodes = above(number, i64::MAX);
            assert!(nodes.contains(&HOLDS) && nodes.len() <= 2 * 63 + 1, "{number}: {nodes:?}");
        }
    }
}
