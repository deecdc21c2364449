//! How many files and sockets the process may have open.

/// Raises that to the most the machine allows: every waiting client is a socket, and a shell's usual
/// 1,024 are few.
#[cfg(unix)]
pub(super) fn raise() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current == maximum {
        return;
    }
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}

/// Nothing to raise.
#[cfg(not(unix))]
pub(super) fn raise() {}
