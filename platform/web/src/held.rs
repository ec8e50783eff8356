//! Bodies that are read into memory before anything is done with them: forms, JSON. Whoever sends one slowly holds what has
//! come so far, and thousands may; together they hold no more than [`STORE`], and beyond it the answer is "busy".
use axum::body::{Body, Bytes, HttpBody};
use db::planted::Defect;
use futures_util::StreamExt;
use kernel::{Error, Kind, Result};
use tokio::sync::{Semaphore, SemaphorePermit};

/// The first bytes of each body are held outside the store: what people type fits into them, so that a full store keeps
/// nobody from signing in or saving.
const FREE: usize = 16 << 10;
/// What the store is counted in, bytes.
const UNIT: usize = 4 << 10;
/// All together, bytes; the largest body of the API fits.
const MOST: usize = 192 << 20;

static STORE: Semaphore = Semaphore::const_new(MOST / UNIT);

/// The whole body.
///
/// # Errors
/// `body-too-large` beyond `most` bytes; `form-malformed` if it breaks off; `busy` if others hold too much.
pub(crate) async fn whole(body: Body, most: usize) -> Result<Bytes> {
    // What is announced is made room for once: a buffer that grows leaves holes behind it.
    let announced = body.size_hint().exact().and_then(|n| usize::try_from(n).ok());
    let (mut stream, mut all) = (body.into_data_stream(), Vec::new());
    let mut held: Vec<SemaphorePermit<'_>> = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Error::invalid("form-malformed"))?;
        let size = all.len() + chunk.len();
        if size > most {
            return Err(Error::invalid("body-too-large"));
        }
        if size > FREE && size > all.capacity() {
            let room = announced.map_or(size * 2, |n| n.clamp(size, most));
            held.extend(take(room - all.capacity())?);
            all.reserve_exact(room - all.len());
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all.into())
}

/// Room for so many bytes more.
fn take(bytes: usize) -> Result<Option<SemaphorePermit<'static>>> {
    if Defect::KeepAll.is_on() {
        return Ok(None);
    }
    let units = u32::try_from(bytes.div_ceil(UNIT)).map_err(Error::internal)?;
    STORE.try_acquire_many(units).map(Some).map_err(|_| Error::new(Kind::Busy, "busy"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll, Waker};

    fn chunk(size: usize) -> std::result::Result<Bytes, Infallible> {
        Ok(vec![b'x'; size].into())
    }

    /// A body that has sent so much and goes on for ever.
    fn unfinished(size: usize) -> Pin<Box<dyn Future<Output = Result<Bytes>>>> {
        let body = Body::from_stream(stream::iter([chunk(size)]).chain(stream::pending()));
        Box::pin(whole(body, usize::MAX))
    }

    fn poll(reading: &mut Pin<Box<dyn Future<Output = Result<Bytes>>>>) -> Poll<Result<Bytes>> {
        reading.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    }

    #[tokio::test]
    async fn what_is_held_together_is_bounded_and_short_bodies_are_read_all_the_same() {
        let mut most = unfinished(MOST / 2);
        assert!(poll(&mut most).is_pending());
        let mut more = unfinished(64 << 10);
        assert!(matches!(poll(&mut more), Poll::Ready(Err(e)) if e.kind == Kind::Busy));
        assert_eq!(whole(Body::from("a=b"), 3).await.unwrap(), "a=b");
        assert_eq!(whole(Body::from("a=bc"), 3).await.unwrap_err().key, "body-too-large");
        drop(most);
        let pieces = Body::from_stream(stream::iter((0..64).map(|_| chunk(4 << 10))));
        assert_eq!(whole(pieces, usize::MAX).await.unwrap().len(), 256 << 10);
        assert_eq!(STORE.available_permits(), MOST / UNIT, "what was held is given back");
    }
}
