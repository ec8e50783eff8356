//! Values as PostgreSQL sends them.
use crate::Param;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};

type Wrong = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Wrong> {
        match self {
            Param::Null => Ok(IsNull::Yes),
            // `$1 + 1` and the like are typed int4 by the server.
            Param::Int(i) if *ty == Type::INT4 => i32::try_from(*i)?.to_sql(ty, out),
            Param::Int(i) if *ty == Type::INT2 => i16::try_from(*i)?.to_sql(ty, out),
            Param::Int(i) if *ty == Type::INT8 => i.to_sql(ty, out),
            Param::Bool(b) if *ty == Type::BOOL => b.to_sql(ty, out),
            Param::Text(t) if *ty != Type::BYTEA && <&str as ToSql>::accepts(ty) => t.to_sql(ty, out),
            Param::Blob(b) if *ty == Type::BYTEA => b.to_sql(ty, out),
            // Sent as it is, the server would read the bytes of one type as another's.
            other => Err(format!("{} cannot be bound where {ty} stands", other.kind()).into()),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

/// A whole number of whatever width: sums of BIGINT arrive as NUMERIC, literals as INT4.
pub(crate) struct Whole(pub i64);

impl<'a> FromSql<'a> for Whole {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Wrong> {
        Ok(Whole(match *ty {
            Type::INT2 => i16::from_sql(ty, raw)?.into(),
            Type::INT4 => i32::from_sql(ty, raw)?.into(),
            Type::NUMERIC => numeric(raw).ok_or("not a whole number of 64 bits")?,
            _ => i64::from_sql(ty, raw)?,
        }))
    }
    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT2 | Type::INT4 | Type::INT8 | Type::NUMERIC)
    }
}

/// Count of digits, weight of the first, sign, scale, then digits to base 10,000.
fn numeric(raw: &[u8]) -> Option<i64> {
    let mut words = raw.as_chunks::<2>().0.iter().map(|w| i16::from_be_bytes(*w));
    let (_count, weight, sign, _scale) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let mut value: i128 = 0;
    let mut place = i32::from(weight);
    for digit in words {
        if place < 0 {
            return if digit == 0 { continue } else { None };
        }
        value = value.checked_mul(10_000)?.checked_add(digit.into())?;
        place -= 1;
    }
    for _ in 0..=place {
        value = value.checked_mul(10_000)?;
    }
    match sign {
        0 => i64::try_from(value).ok(),
        0x4000 => i64::try_from(-value).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::numeric;

    fn sent(words: &[i16]) -> Vec<u8> {
        words.iter().flat_map(|w| w.to_be_bytes()).collect()
    }

    #[test]
    fn whole_numerics_are_read_and_others_refused() {
        for (words, value) in [
            (&[0, 0, 0, 0][..], Some(0)),
            (&[1, 0, 0, 0, 42], Some(42)),
            (&[1, 0, 0x4000, 0, 42], Some(-42)),
            (&[1, 1, 0, 0, 3], Some(30_000)),
            (&[2, 1, 0, 0, 1, 2345], Some(12_345)),
            (&[2, 0, 0, 2, 7, 5000], None),
            (&[1, 9, 0, 0, 1], None),
            (&[0, 0, -0x4000, 0], None),
        ] {
            assert_eq!(numeric(&sent(words)), value, "{words:?}");
        }
    }
}
