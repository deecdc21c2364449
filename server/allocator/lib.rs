//! Has the C library's allocator give memory back to the system (decisions/0011).
//!
//! Left alone, glibc learns from every large piece that is freed to keep the next ones (mallopt(3),
//! `M_MMAP_THRESHOLD`), and has eight heaps a processor that each keep their own: four photos that are
//! looked at together, or a dozen passwords, leave a process several times as large as it was, for good.

/// Pieces from this length on, bytes, are the system's as soon as they are freed.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 256 * 1024;

/// Has large pieces go back when they are freed, and keeps no more heaps than there are processors.
///
/// Call it first of all, while there is one thread. Where the C library is not glibc it does nothing.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let heaps = libc::c_int::try_from(processors.max(2)).unwrap_or(libc::c_int::MAX);
        // SAFETY: mallopt takes two numbers and touches nothing but the allocator's own settings. One
        // it does not know it leaves alone, and says so.
        #[allow(unsafe_code)]
        let taken = unsafe {
            libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE) & libc::mallopt(libc::M_ARENA_MAX, heaps)
        };
        debug_assert_eq!(taken, 1, "both settings are in glibc since 2.10");
    }
}

/// Gives the system what heaps hold and nothing uses: after work that took many small pieces, such as
/// starting. Takes some milliseconds. Where the C library is not glibc it does nothing.
pub fn trim() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: malloc_trim takes a number, may be called at any time from any thread (malloc_trim(3)), and
    // leaves alone what is in use.
    #[allow(unsafe_code)]
    unsafe {
        libc::malloc_trim(0);
    }
}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    /// Memory of this process, bytes.
    fn resident() -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    }

    #[test]
    fn what_many_threads_took_is_given_back() {
        super::give_back();
        let before = resident();
        let take = || {
            // The first one freed is what glibc would learn from; the small one in between would hold
            // the others back.
            drop(vec![1_u8; 24 << 20]);
            let many: Vec<_> = (0..6).map(|_| (vec![1_u8; 4 << 20], Box::new(1_u8))).collect();
            many.into_iter().map(|(_large, small)| small).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(take)).collect();
        let kept: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        let after = resident();
        assert!(
            after < before + (8 << 20),
            "{before} bytes before and {after} after {}",
            kept.len()
        );
    }
}
