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
    /// What is done with it is published or final: whoever holds it signs in with a second factor.
    pub publishes: bool,
}

/// `permissions! { SheetWrite = "assessment.sheet.write"; }` declares types and a const list of them;
/// `SchemePublish = "standards.scheme.publish", publishes;` is one of those that need a second factor.
#[macro_export]
macro_rules! permissions {
    (@publishes) => { false };
    (@publishes publishes) => { true };
    ($($(#[$m:meta])* $n:ident = $code:literal $(, $mark:ident)?;)*) => {
        $($(#[$m])* pub struct $n; impl $crate::Permission for $n { const CODE: &'static str = $code; })*
        pub const PERMISSIONS: &[$crate::PermissionInfo] =
            &[$($crate::PermissionInfo { code: $code, publishes: $crate::permissions!(@publishes $($mark)?) }),*];
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
