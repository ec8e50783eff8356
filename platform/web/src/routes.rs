//! The only door. A handler whose first argument is not a `Grant` does not compile here, nor a writing one
//! whose last argument is not a checked body.
use crate::App;
use crate::answers::{self, Kind};
use crate::body::Checked;
use access::{Grant, Permission};
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter};
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::HttpMethod;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, Info, OpenApi, OpenApiBuilder};

/// A mounted route. The list of them is what OpenAPI, the permission page and the matrix test are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteInfo {
    pub slice: &'static str,
    pub method: Method,
    pub path: String,
    pub permission: &'static str,
}

/// Routes of a slice, each behind a permission.
///
/// What takes a grant, and a checked body if it writes, is mounted:
///
/// ```
/// use access::{Grant, SignedIn};
/// use web::{Fields, Form, Routes, See, Ui};
///
/// async fn read(_: Grant<SignedIn>, _: Ui) -> &'static str {
///     "read"
/// }
/// async fn write(_: Grant<SignedIn>, _: Ui, _: Form<Fields>) -> See {
///     See::to("/")
/// }
/// let routes = Routes::new("test").get("/things", read).post("/things", write);
/// assert_eq!(routes.inventory().len(), 2);
/// ```
///
/// Without a grant, or with a body whose token nobody compares, it does not compile (`tests/unguarded.rs`).
pub struct Routes {
    slice: &'static str,
    router: Router<App>,
    list: Vec<RouteInfo>,
    doc: OpenApi,
}

/// A handler whose first argument is `Grant<P>`.
pub trait GuardedBy<P, T> {}
/// A handler whose first argument is `Grant<P>` and whose last is a checked body.
pub trait WrittenBy<P, T> {}

macro_rules! guarded {
    ($($t:ident),*) => {
        impl<P, F, Fut, M, $($t),*> GuardedBy<P, (M, Grant<P>, $($t,)*)> for F where F: Fn(Grant<P>, $($t),*) -> Fut {}
        impl<P, F, Fut, M, B: Checked, $($t),*> WrittenBy<P, (M, Grant<P>, $($t,)* B,)> for F where F: Fn(Grant<P>, $($t,)* B) -> Fut {}
    };
}
guarded!();
guarded!(A);
guarded!(A, C);
guarded!(A, C, D);

impl Routes {
    pub fn new(slice: &'static str) -> Self {
        Self { slice, router: Router::new(), list: Vec::new(), doc: OpenApiBuilder::new().build() }
    }
    /// A page: changes nothing.
    #[must_use]
    pub fn get<P: Permission, H, T: 'static>(self, path: &str, handler: H) -> Self
    where
        H: Handler<T, App> + GuardedBy<P, T>,
    {
        self.mount::<P>(Method::GET, path, MethodRouter::new().get(handler))
    }
    /// A form's action.
    #[must_use]
    pub fn post<P: Permission, H, T: 'static>(self, path: &str, handler: H) -> Self
    where
        H: Handler<T, App> + WrittenBy<P, T>,
    {
        self.mount::<P>(Method::POST, path, MethodRouter::new().post(handler))
    }
    /// A JSON answer: method and path come from `#[utoipa::path]` on the handler itself.
    #[must_use]
    pub fn api_get<D: utoipa::Path + utoipa::__dev::SchemaReferences, P: Permission, H, T: 'static>(self, handler: H) -> Self
    where
        H: Handler<T, App> + GuardedBy<P, T>,
    {
        let path = D::path();
        self.describe::<D, P>(&path, false).mount::<P>(Method::GET, &path, MethodRouter::new().get(handler))
    }
    /// A JSON operation that changes something.
    #[must_use]
    pub fn api<D: utoipa::Path + utoipa::__dev::SchemaReferences, P: Permission, H, T: 'static>(self, handler: H) -> Self
    where
        H: Handler<T, App> + WrittenBy<P, T>,
    {
        let path = D::path();
        let (method, filter) = match D::methods().first() {
            Some(HttpMethod::Put) => (Method::PUT, MethodFilter::PUT),
            Some(HttpMethod::Delete) => (Method::DELETE, MethodFilter::DELETE),
            _ => (Method::POST, MethodFilter::POST),
        };
        self.describe::<D, P>(&path, true).mount::<P>(method, &path, MethodRouter::new().on(filter, handler))
    }
    #[must_use]
    pub fn merge(mut self, other: Routes) -> Self {
        self.router = self.router.merge(other.router);
        self.list.extend(other.list);
        self.doc.merge(other.doc);
        self
    }
    pub fn inventory(&self) -> &[RouteInfo] {
        &self.list
    }
    /// The description of the API, with the token every operation of it takes.
    pub fn openapi(&self) -> OpenApi {
        let token = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("leitu_…").build());
        let mut doc = self.doc.clone();
        doc.info = Info::new("Leitu", env!("CARGO_PKG_VERSION"));
        let components = doc.components.get_or_insert_default();
        components.add_security_scheme("token", token);
        answers::describe(components);
        doc.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>("token", [])]);
        doc
    }
    /// Refuses public routes that are not on the reviewed list, and listed ones that are gone.
    ///
    /// # Errors
    /// A sentence for the console naming the path.
    pub fn check_public(&self, reviewed: &str) -> Result<(), String> {
        let listed: Vec<&str> = reviewed.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
        let public: Vec<String> =
            self.list.iter().filter(|r| r.permission == "public").map(|r| format!("{} {}", r.method, r.path)).collect();
        if let Some(path) = public.iter().find(|p| !listed.contains(&p.as_str())) {
            return Err(format!("{path} is public but not on the reviewed list"));
        }
        match listed.iter().find(|l| !public.iter().any(|p| p == *l)) {
            Some(line) => Err(format!("{line} is on the list of public routes but is not one")),
            None => Ok(()),
        }
    }
    pub(crate) fn into_router(self) -> Router<App> {
        self.router
    }
    fn describe<D: utoipa::Path + utoipa::__dev::SchemaReferences, P: Permission>(mut self, path: &str, writes: bool) -> Self {
        let mut operation = D::operation();
        operation.extensions = Some(ExtensionsBuilder::new().add("x-permission", P::CODE).build());
        answers::tell(&mut operation, Kind { of_a_role: !P::PUBLIC && !P::EVERYONE, writes });
        for method in D::methods() {
            self.doc.paths.add_path_operation(path, vec![method], operation.clone());
        }
        let mut schemas = Vec::new();
        D::schemas(&mut schemas);
        self.doc.components.get_or_insert_with(|| ComponentsBuilder::new().build()).schemas.extend(schemas);
        self
    }
    #[allow(clippy::disallowed_methods)] // the door itself
    fn mount<P: Permission>(mut self, method: Method, path: &str, handler: MethodRouter<App>) -> Self {
        self.router = self.router.route(path, handler);
        self.list.push(RouteInfo { slice: self.slice, method, path: path.into(), permission: P::CODE });
        self
    }
}
