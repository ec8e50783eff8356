//! Problems: opened, owned, put right, verified
