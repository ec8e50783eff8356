//! Working days, counted from a published calendar
