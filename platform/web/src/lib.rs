//! Server, shell, forms, texts, assets
