//! Permissions are types declared in a slice; which roles hold them is content.

/// A permission. Use [`permissions!`](crate::permissions) to declare some.
pub trait Permission: Send + Sync + 'static {
    const CODE: &'static str;
    /// Nobody has to be signed in.
    const PUBLIC: bool = false;
    /// Whoever is signed in holds it.
    const EVERYONE: bool = false;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PermissionInfo {
    pub code: &'static str,
}

/// `permissions! { SheetWrite = "assessment.sheet.write"; }` declares types and a const list of them.
#[macro_export]
macro_rules! permissions {
    ($($(#[$m:meta])* $n:ident = $code:literal;)*) => {
        $($(#[$m])* pub struct $n; impl $crate::Permission for $n { const CODE: &'static str = $code; })*
        pub const PERMISSIONS: &[$crate::PermissionInfo] = &[$($crate::PermissionInfo { code: $code }),*];
    };
}

/// Needs no sign-in. Only paths on the reviewed list of `web` may be mounted with it.
pub struct Public;
impl Permission for Public {
    const CODE: &'static str = "public";
    const PUBLIC: bool = true;
}

/// Needs sign-in and no role: one's own page, one's own todo, the results in publicity.
pub struct SignedIn;
impl Permission for SignedIn {
    const CODE: &'static str = "signed-in";
    const EVERYONE: bool = true;
}
