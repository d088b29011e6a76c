//! Blocks through many threads, and out again in their order.

use crate::exit::Failure;
use std::collections::BTreeMap;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use hjemmel::Text;

/// So many blocks for each thread are under way at most: this bounds the memory.
const AHEAD: usize = 3;

type Done<D> = (usize, thread::Result<D>);

/// Reads blocks with `next` until there are no more, does `work` on each in some thread, and gives what comes of it to
/// `put`, in the order of the blocks. Whatever fails first ends it.
pub(super) fn flow<B: Send, D: Send>(
    threads: usize,
    mut next: impl FnMut() -> Result<Option<B>, Failure> + Send,
    work: impl Fn(B) -> D + Sync,
    mut put: impl FnMut(D) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let room = threads * AHEAD;
    let (permits, returned) = sync_channel::<()>(room);
    let (blocks, waiting) = sync_channel::<(usize, B)>(room);
    let (results, done): (SyncSender<Done<D>>, Receiver<Done<D>>) = sync_channel(room);
    let waiting = Mutex::new(waiting);
    let (waiting, work) = (&waiting, &work);
    thread::scope(|scope| {
        // whatever is dropped here ends those who wait for it
        let (returned, done) = (returned, done);
        let read = move || {
            let mut number = 0;
            while permits.send(()).is_ok() {
                let Some(block) = next()? else { break };
                if blocks.send((number, block)).is_err() {
                    break;
                }
                number += 1;
            }
            Ok(())
        };
        let reader = spawned(scope, read)?;
        for _ in 0..threads {
            let results = results.clone();
            spawned(scope, move || {
                loop {
                    let block = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, block)) = block else { break };
                    let made = panic::catch_unwind(AssertUnwindSafe(|| work(block)));
                    if results.send((number, made)).is_err() {
                        break;
                    }
                }
            })?;
        }
        drop(results);
        let mut early = BTreeMap::new();
        let mut number = 0;
        let mut put_all = || -> Result<(), Failure> {
            for (at, made) in &done {
                early.insert(at, made.unwrap_or_else(|panic| panic::resume_unwind(panic)));
                while let Some(made) = early.remove(&number) {
                    put(made)?;
                    number += 1;
                    let _ = returned.recv();
                }
            }
            Ok(())
        };
        let all_put = put_all();
        // those who still work find nobody to give it to, and the reader no permit
        drop((done, returned));
        let read = reader.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
        all_put.and(read)
    })
}

fn spawned<'scope, T: Send + 'scope>(
    scope: &'scope thread::Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Result<thread::ScopedJoinHandle<'scope, T>, Failure> {
    let started = thread::Builder::new().stack_size(crate::commands::STACK).spawn_scoped(scope, work);
    started.map_err(|error: io::Error| {
        Text {
            en: format!("cannot start the threads: {error}"),
            da: format!("trådene kan ikke startes: {error}"),
        }
        .into()
    })
}

#[cfg(test)]
mod tests {
    use super::flow;
    use crate::exit::Failure;
    use hjemmel::Text;

    fn numbers(to: usize) -> impl FnMut() -> Result<Option<usize>, Failure> + Send {
        let mut next = 0;
        move || {
            next += 1;
            Ok((next <= to).then_some(next))
        }
    }

    #[test]
    fn what_goes_in_comes_out_in_its_order() {
        for threads in [1, 2, 7] {
            let mut out = Vec::new();
            let put = |made| {
                out.push(made);
                Ok(())
            };
            flow(threads, numbers(500), |number| number * 2, put).unwrap();
            assert_eq!(out, (1..=500).map(|number| number * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn whatever_fails_ends_it() {
        let failed = || Failure::from(Text { en: "no".to_owned(), da: "nej".to_owned() });
        let put = |made| if made == 40 { Err(failed()) } else { Ok(()) };
        assert!(flow(3, numbers(100_000), |number| number, put).is_err());
        let mut next = numbers(100);
        let read = move || match next()? {
            Some(50) => Err(failed()),
            other => Ok(other),
        };
        let mut count = 0;
        let put = |_| {
            count += 1;
            Ok(())
        };
        assert!(flow(3, read, |number: usize| number, put).is_err());
        assert_eq!(count, 49);
    }

    #[test]
    #[should_panic(expected = "forty")]
    fn a_panic_is_no_deadlock() {
        let work = |number: usize| assert!(number != 40, "forty");
        let _ = flow(3, numbers(100_000), work, |()| Ok(()));
    }
}
