//! Seeded sampling that anyone can run again
