//! PostgreSQL writing, grouped: a few lanes, each one connection, one thread; what has queued up shares one COMMIT.
//! Inside a lane units run one after the other; a unit's `later` statements leave without waiting, the next unit sees them.
use crate::{
    Error, Inner, Param, Result, Tx,
    pg::{Open, Session, Unit},
    value::Owned,
};
use deadpool::managed::Manager;
use futures_util::future::{LocalBoxFuture, join_all};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use std::task::Poll;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio_postgres::types::ToSql;

const GROUP: usize = 64;
trait Job: Send {
    fn run<'a, 'b: 'a>(&'a mut self, tx: &'a mut Tx<'b>) -> LocalBoxFuture<'a, Result<()>>;
    fn answer(self: Box<Self>, end: Result<()>);
}
struct One<T, F> {
    f: F,
    out: Option<T>,
    ack: oneshot::Sender<Result<T>>,
}
impl<T: Send, F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send> Job for One<T, F> {
    fn run<'a, 'b: 'a>(&'a mut self, tx: &'a mut Tx<'b>) -> LocalBoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.out = Some((self.f)(tx).await?);
            Ok(())
        })
    }
    fn answer(self: Box<Self>, end: Result<()>) {
        let me = *self;
        let _ = me.ack.send(end.and_then(|()| me.out.ok_or(Error::Closed)));
    }
}
type Queue = Arc<Mutex<mpsc::Receiver<Box<dyn Job>>>>;
pub struct Lanes(mpsc::Sender<Box<dyn Job>>);
impl Lanes {
    pub fn open(open: &Open, begin: &'static str, n: usize, again: &Arc<AtomicU64>) -> Lanes {
        let (tx, rx) = mpsc::channel(8192);
        let queue: Queue = Arc::new(Mutex::new(rx));
        for i in 0..n {
            let (open, queue, again) = (open.clone(), queue.clone(), again.clone());
            let _ = std::thread::Builder::new().name(format!("db-lane{i}")).spawn(move || {
                if let Ok(rt) = tokio::runtime::Builder::new_current_thread().enable_all().build() {
                    rt.block_on(lane(&open, begin, &queue, &again));
                }
            });
        }
        Lanes(tx)
    }
    pub async fn write<T: Send + 'static>(&self, f: impl AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (ack, done) = oneshot::channel();
        self.0.try_send(Box::new(One { f, out: None, ack })).map_err(|_| Error::Busy)?;
        done.await.map_err(|_| Error::Closed)?
    }
}
async fn lane(open: &Open, begin: &'static str, queue: &Queue, again: &AtomicU64) {
    let mut session: Option<Session> = None;
    loop {
        let mut jobs = Vec::new();
        if queue.lock().await.recv_many(&mut jobs, GROUP).await == 0 {
            return;
        }
        if session.as_ref().is_none_or(|s| s.client.is_closed()) {
            session = open.create().await.ok();
        }
        let Some(s) = session.as_mut() else {
            for j in jobs {
                j.answer(Err(Error::Closed));
            }
            continue;
        };
        let before = s.chain.clone();
        match group(s, begin, &mut jobs).await {
            Ok(ends) => {
                for (j, end) in jobs.into_iter().zip(ends) {
                    j.answer(end);
                }
            }
            Err(_) => {
                again.fetch_add(1, Ordering::Relaxed);
                let _ = s.client.batch_execute("ROLLBACK").await;
                s.chain = before;
                for mut j in jobs {
                    let end = alone(s, begin, &mut j, again).await;
                    j.answer(end);
                }
            }
        }
    }
}
/// One transaction for all. An error of the database, or of a unit that had already written, fails the group.
async fn group(s: &mut Session, begin: &'static str, jobs: &mut [Box<dyn Job>]) -> Result<Vec<Result<()>>> {
    let client = s.client.clone();
    let mut tx = Tx(Inner::Pg(Unit { session: s, begin: Some(begin), later: Vec::new(), wrote: false }));
    let (mut ends, mut sent) = (Vec::with_capacity(jobs.len()), Vec::new());
    for j in jobs {
        let before = tx.pg().session.chain.clone();
        let end = j.run(&mut tx).await;
        let u = tx.pg();
        match &end {
            Ok(()) => {
                for (st, p) in u.later.drain(..) {
                    let client = client.clone();
                    let mut f: LocalBoxFuture<'static, Result<()>> = Box::pin(async move {
                        let p: Vec<Param<'_>> = p.iter().map(Owned::param).collect();
                        let p: Vec<&(dyn ToSql + Sync)> = p.iter().map(|p| p as _).collect();
                        Ok(client.execute(&st, &p).await.map(drop)?)
                    });
                    match std::future::poll_fn(|cx| Poll::Ready(f.as_mut().poll(cx))).await {
                        Poll::Pending => sent.push(f),
                        Poll::Ready(r) => r?,
                    }
                }
            }
            Err(Error::Unit(_) | Error::Missing) if !u.wrote => {
                u.later.clear();
                u.session.chain = before;
            }
            Err(_) => return end.map(|()| vec![]),
        }
        u.wrote = false;
        ends.push(end);
    }
    if tx.pg().begin.is_some() {
        return Ok(ends);
    }
    if *crate::pg::FAR {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    let (sent, end) = futures_util::future::join(join_all(sent), client.batch_execute("COMMIT")).await;
    for s in sent {
        s?;
    }
    end?;
    Ok(ends)
}
async fn alone(s: &mut Session, begin: &'static str, job: &mut Box<dyn Job>, again: &AtomicU64) -> Result<()> {
    for left in (0..10).rev() {
        let before = s.chain.clone();
        let r = group(s, begin, std::slice::from_mut(job)).await.and_then(|mut e| e.pop().unwrap_or(Ok(())));
        let Err(e) = r else { return Ok(()) };
        if matches!(e, Error::Unit(_) | Error::Missing) && !s.client.is_closed() {
            let _ = s.client.batch_execute("ROLLBACK").await;
            s.chain = before;
            return Err(e);
        }
        let _ = s.client.batch_execute("ROLLBACK").await;
        s.chain = before;
        if left == 0 || !e.again() {
            return Err(e);
        }
        again.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(std::time::Duration::from_millis(1 << (10 - left).min(5))).await;
    }
    Err(Error::Busy)
}
impl<'a> Tx<'a> {
    fn pg(&mut self) -> &mut Unit<'a> {
        match &mut self.0 {
            Inner::Pg(u) => u,
            Inner::Sqlite(_) => unreachable!("a lane is PostgreSQL"),
        }
    }
}
