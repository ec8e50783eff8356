//! Members, posts and terms
