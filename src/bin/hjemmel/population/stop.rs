//! Ctrl-C: what is half done is put away before the program ends.

use std::sync::atomic::{AtomicBool, Ordering};

static STOPPED: AtomicBool = AtomicBool::new(false);

/// From here on Ctrl-C only leaves word.
pub(super) fn listen() {
    // where it cannot be heard, it ends the program as ever; nothing half done stands under its own name
    let _ = ctrlc::set_handler(|| STOPPED.store(true, Ordering::Relaxed));
}

/// Whether somebody has pressed it.
pub(super) fn is_asked() -> bool {
    STOPPED.load(Ordering::Relaxed)
}
