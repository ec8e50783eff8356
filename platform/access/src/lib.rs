//! Who may: accounts, posts, sessions and the grants made from them
