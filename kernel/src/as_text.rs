//! Our words in JSON: as the text that they are written in, never as a number that a program could round.
#[doc(hidden)]
pub use serde_core;

/// Serialises by `Display` and reads by `FromStr`.
#[macro_export]
macro_rules! as_text {
    ($name:ident) => {
        impl $crate::serde_core::Serialize for $name {
            fn serialize<S: $crate::serde_core::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl<'de> $crate::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde_core::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
                let text: std::borrow::Cow<'de, str> = $crate::serde_core::Deserialize::deserialize(from)?;
                text.parse().map_err($crate::serde_core::de::Error::custom)
            }
        }
    };
}
