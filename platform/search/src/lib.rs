//! Search by name, pinyin, initials and code
