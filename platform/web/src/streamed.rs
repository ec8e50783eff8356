//! A file as the body of an answer: read piece by piece while the client takes it, since it may be larger than memory.
use axum::body::Body;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

const PIECE: usize = 64 << 10;

/// From where the file stands to its end.
pub fn streamed(file: File) -> Body {
    Body::from_stream(futures_util::stream::unfold(file, |mut file| async {
        let mut piece = vec![0; PIECE];
        match file.read(&mut piece).await {
            Ok(0) => None,
            Ok(n) => {
                piece.truncate(n);
                Some((Ok(piece), file))
            }
            Err(e) => Some((Err(e), file)),
        }
    }))
}
