//! Name, area, keys and business date of this installation
