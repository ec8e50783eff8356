//! How exact values stand in JSON. In the canonical form they are texts; in an explanation points are
//! numbers with at most two decimals, so that any program can add them.
use kernel::{BusinessDate, Points, Quantity};
use serde::{Deserialize, Deserializer, Serializer, de::Error as _, ser::SerializeMap};
use std::collections::BTreeMap;

/// Serialises points as a JSON number (`97.45`), which two decimals make exact as text.
///
/// # Errors
/// Only the serializer's own.
pub fn points_number<S: Serializer>(value: &Points, to: S) -> Result<S::Ok, S::Error> {
    #[allow(clippy::cast_precision_loss)]
    to.serialize_f64(value.as_hundredths() as f64 / 100.0)
}

/// Serialises a quantity as its canonical text.
///
/// # Errors
/// Only the serializer's own.
pub fn quantity_text<S: Serializer>(value: &Quantity, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}

macro_rules! as_text {
    ($one:ident, $option:ident, $type:ty) => {
        pub(crate) mod $one {
            use super::*;
            pub fn serialize<S: Serializer>(value: &$type, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(value)
            }
            pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<$type, D::Error> {
                <$type>::parse(&String::deserialize(from)?).map_err(D::Error::custom)
            }
        }
        #[allow(clippy::ref_option)]
        pub(crate) mod $option {
            use super::*;
            pub fn serialize<S: Serializer>(value: &Option<$type>, to: S) -> Result<S::Ok, S::Error> {
                match value {
                    Some(value) => to.collect_str(value),
                    None => to.serialize_none(),
                }
            }
            pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<$type>, D::Error> {
                let text: Option<String> = Option::deserialize(from)?;
                text.map(|text| <$type>::parse(&text).map_err(D::Error::custom)).transpose()
            }
        }
    };
}

as_text!(points, points_option, Points);
as_text!(quantity, quantity_option, Quantity);
as_text!(date, date_option, BusinessDate);

pub(crate) mod points_map {
    use super::*;
    pub fn serialize<S: Serializer>(values: &BTreeMap<String, Points>, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(values.len()))?;
        for (key, value) in values {
            map.serialize_entry(key, &value.to_string())?;
        }
        map.end()
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Points>, D::Error> {
        let texts: BTreeMap<String, String> = BTreeMap::deserialize(from)?;
        texts.into_iter().map(|(key, text)| Points::parse(&text).map(|value| (key, value)).map_err(D::Error::custom)).collect()
    }
}
