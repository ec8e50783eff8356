//! A unit of work as the writers see it: something to run, perhaps twice, and somebody to answer once it is durable.
use crate::{Error, Result, Tx};
use futures_util::{FutureExt, future::LocalBoxFuture};
use std::panic::AssertUnwindSafe;
use tokio::sync::oneshot;

pub(crate) trait Unit: Send {
    /// Keeps the value for [`Unit::answer`].
    fn run<'a, 'b: 'a>(&'a mut self, tx: &'a mut Tx<'b>) -> LocalBoxFuture<'a, Result<()>>;
    fn answer(self: Box<Self>, end: Result<()>);
    /// Nobody waits any more: the caller was dropped before the unit began, so it need not begin.
    fn is_abandoned(&self) -> bool;
}

struct Asked<T, F> {
    work: F,
    value: Option<T>,
    caller: oneshot::Sender<Result<T>>,
}

/// The unit for a queue, and where its answer arrives.
pub(crate) fn ask<T, F>(work: F) -> (Box<dyn Unit>, oneshot::Receiver<Result<T>>)
where
    T: Send + 'static,
    F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
{
    let (caller, answer) = oneshot::channel();
    (Box::new(Asked { work, value: None, caller }), answer)
}

impl<T: Send, F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send> Unit for Asked<T, F> {
    fn run<'a, 'b: 'a>(&'a mut self, tx: &'a mut Tx<'b>) -> LocalBoxFuture<'a, Result<()>> {
        Box::pin(async move {
            // One unit's bug must not take the writer, and with it everybody's writing, down.
            let end = AssertUnwindSafe((self.work)(tx)).catch_unwind().await;
            self.value = Some(end.unwrap_or(Err(Error::Panicked))?);
            Ok(())
        })
    }
    fn answer(self: Box<Self>, end: Result<()>) {
        let me = *self;
        let _ = me.caller.send(end.and_then(|()| me.value.ok_or(Error::Closed)));
    }
    fn is_abandoned(&self) -> bool {
        self.caller.is_closed()
    }
}

/// Stands where a unit has been answered already; only a planted defect leaves one behind.
pub(crate) fn nobody() -> Box<dyn Unit> {
    ask(async |_| Ok(())).0
}
