//! A parallel map over one sequential source, in bounded memory.

use rayon::iter::{ParallelBridge, ParallelIterator};
use std::sync::mpsc;
use std::sync::{Condvar, Mutex, PoisonError};

/// What may wait or be worked on at the same time, bytes; a single larger piece passes alone.
const IN_FLIGHT_BYTES: usize = 64 << 20;
/// As much of it may be small pieces that wait, bytes: enough that nobody who works is kept waiting.
const WAITING_BYTES: usize = 4 << 20;

/// Does `work` on everything that `source` hands over, in parallel; the results stand in the order of the source.
///
/// `source` runs on a thread of its own and is held up while as much as is allowed is in flight; `size` says how many
/// bytes a piece weighs. The results are copies made by the calling thread, side by side: where they were made, each lies
/// between all that was let go with its piece, and keeps it from being used for anything larger.
pub fn bounded_map<T: Send, R: Send + Clone>(
    source: impl FnOnce(&mut dyn FnMut(T)) + Send,
    size: impl Fn(&T) -> usize + Sync + Send,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    let scales = InFlight::default();
    let (sender, pieces) = mpsc::channel();
    let (done, finished) = mpsc::channel();
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut count = 0;
            let sender = sender;
            source(&mut |piece| {
                let weight = scales.put_on(size(&piece));
                // Nobody listens any more only where the work has panicked, which ends everything.
                let _ = sender.send((count, piece, weight));
                count += 1;
            });
        });
        scope.spawn(|| {
            let finish = |done: &mut mpsc::Sender<(usize, R)>, (i, piece, _weight)| done.send((i, work(piece)));
            // Somebody listens until all is done.
            let _ = pieces.into_iter().par_bridge().try_for_each_with(done, finish);
        });
        finished.into_iter().map(|(i, result)| (i, result.clone())).collect()
    });
    results.sort_unstable_by_key(|(i, _)| *i);
    results.into_iter().map(|(_, result)| result).collect()
}

/// What is in flight.
#[derive(Default)]
struct InFlight {
    load: Mutex<InFlightLoad>,
    lighter: Condvar,
}

#[derive(Clone, Copy, Default)]
struct InFlightLoad {
    pieces: usize,
    bytes: usize,
}

/// Taken off the scales when dropped.
struct Weight<'s> {
    scales: &'s InFlight,
    bytes: usize,
}

impl InFlight {
    /// Waits until there is room.
    fn put_on(&self, bytes: usize) -> Weight<'_> {
        let enough = 2 * rayon::current_num_threads();
        let is_full = |load: &mut InFlightLoad| {
            let most = if load.pieces < enough { IN_FLIGHT_BYTES } else { WAITING_BYTES };
            load.pieces > 0 && load.bytes + bytes > most
        };
        let load = self.load.lock().unwrap_or_else(PoisonError::into_inner);
        let mut load = self.lighter.wait_while(load, is_full).unwrap_or_else(PoisonError::into_inner);
        (load.pieces, load.bytes) = (load.pieces + 1, load.bytes + bytes);
        Weight { scales: self, bytes }
    }
}

impl Drop for Weight<'_> {
    fn drop(&mut self) {
        let mut load = self.scales.load.lock().unwrap_or_else(PoisonError::into_inner);
        (load.pieces, load.bytes) = (load.pieces - 1, load.bytes - self.bytes);
        drop(load);
        self.scales.lighter.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_stand_in_the_order_of_the_source() {
        let squares = bounded_map(|give| (0..1000_u64).for_each(give), |_| 1, |n| n * n);
        assert_eq!(squares, (0..1000).map(|n| n * n).collect::<Vec<u64>>());
        assert!(bounded_map(|_: &mut dyn FnMut(u8)| {}, |_| 1, |n| n).is_empty());
    }

    #[test]
    fn no_more_is_in_flight_than_allowed() {
        let in_flight = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let pieces = [IN_FLIGHT_BYTES / 4, IN_FLIGHT_BYTES / 2, IN_FLIGHT_BYTES * 3, 1, IN_FLIGHT_BYTES / 4];
        bounded_map(
            |give| (0..50).for_each(|i| give(pieces[i % pieces.len()])),
            |bytes| *bytes,
            |bytes| {
                let now = in_flight.fetch_add(bytes, Ordering::SeqCst) + bytes;
                most.fetch_max(now, Ordering::SeqCst);
                std::thread::sleep(std::time::Duration::from_micros(200));
                in_flight.fetch_sub(bytes, Ordering::SeqCst);
            },
        );
        assert_eq!(most.into_inner(), IN_FLIGHT_BYTES * 3, "the large piece passes, and alone");
    }
}
