//! Figures of the tree: kept, not counted
