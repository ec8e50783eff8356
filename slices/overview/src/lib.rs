//! The figures of every level of the tree
