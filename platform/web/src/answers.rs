//! What an operation of the API may answer besides its own 200. It follows from what the operation is (who may call it, what its
//! address names, whether it takes a body), so it is told here once for all of them, and not at each handler.
use axum::http::StatusCode;
use db::planted::Defect;
use serde::Serialize;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::{Components, ContentBuilder, KnownFormat, ObjectBuilder, Ref, RefOr, Response, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

/// A refusal in words, as programs get it (RFC 9457).
#[derive(Serialize, ToSchema)]
pub(crate) struct Problem {
    /// `/problems/` and the error's key.
    #[serde(rename = "type")]
    pub kind: String,
    /// A sentence for people.
    pub title: String,
    pub status: u16,
    /// The field that is wrong.
    pub field: Option<&'static str>,
    /// The number under which the log knows it.
    pub instance: Option<String>,
    /// Who could do it.
    pub detail: Option<String>,
}

/// What an answer depends on.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    /// A role gives the permission: there are people who do not hold it.
    pub of_a_role: bool,
    /// It changes something, and takes a body.
    pub writes: bool,
}

/// The address names something, in its path or its query; so may a body.
fn names(o: &Operation) -> bool {
    o.parameters.as_ref().is_some_and(|all| all.iter().any(|p| matches!(p.parameter_in, ParameterIn::Path | ParameterIn::Query)))
}

/// The address says more than which object is meant.
fn asks(o: &Operation) -> bool {
    o.parameters.as_ref().is_some_and(|all| all.iter().any(|p| p.parameter_in == ParameterIn::Query))
}

type When = fn(&Operation, Kind) -> bool;

/// Every answer the house gives in the place of a handler's own: when it may, its name among the components, what it means.
const ALL: [(StatusCode, &str, When, &str); 9] = [
    (
        StatusCode::SEE_OTHER,
        "Repeated",
        |_, kind| kind.writes,
        "The same Idempotency-Key with the same body was done before, and its object has moved on since: it was not done again",
    ),
    (StatusCode::UNAUTHORIZED, "Unknown", |_, _| true, "No token, or one that is not valid any more"),
    (StatusCode::FORBIDDEN, "Refused", |_, kind| kind.of_a_role || kind.writes, "It can be seen, but this is another role's to do"),
    (StatusCode::NOT_FOUND, "Missing", |o, kind| kind.writes || names(o), "It is not there, or out of one's reach"),
    (StatusCode::CONFLICT, "Conflict", |_, kind| kind.writes, "As things stand it cannot be done"),
    (StatusCode::PAYLOAD_TOO_LARGE, "TooLarge", |_, kind| kind.writes, "The body is larger than any that is taken"),
    (StatusCode::UNPROCESSABLE_ENTITY, "Invalid", |o, kind| kind.writes || asks(o), "What was sent cannot be accepted"),
    (StatusCode::TOO_MANY_REQUESTS, "TooMany", |_, _| true, "This person has too many requests on the way"),
    (StatusCode::SERVICE_UNAVAILABLE, "Busy", |_, _| true, "Not now; it can be tried again"),
];

/// Says of an operation what else it may answer, and which header it takes.
pub(crate) fn tell(operation: &mut Operation, kind: Kind) {
    let forgotten = |status: StatusCode| status == StatusCode::CONFLICT && Defect::Untold.is_on();
    let told: Vec<_> = ALL.iter().filter(|(status, _, when, _)| when(operation, kind) && !forgotten(*status)).collect();
    for (status, name, ..) in told {
        operation.responses.responses.entry(status.as_str().into()).or_insert_with(|| RefOr::Ref(Ref::from_response_name(*name)));
    }
    if kind.writes {
        let key = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .description(Some("Sent again with the same key, the same request is done once"))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Za-z0-9_-]{1,64}$")).build()))
            .build();
        operation.parameters.get_or_insert_default().push(key);
    }
}

/// What the operations refer to.
pub(crate) fn describe(components: &mut Components) {
    components.schemas.insert("Problem".into(), Problem::schema());
    for (status, name, _, means) in ALL {
        components.responses.insert(name.into(), RefOr::T(response(status, means)));
    }
}

fn response(status: StatusCode, means: &str) -> Response {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    let answer = ResponseBuilder::new().description(means);
    if status == StatusCode::SEE_OTHER {
        let place = HeaderBuilder::new().schema(text).description(Some("Where what was done is shown")).build();
        return answer.header("Location", place).build();
    }
    let answer = answer.content("application/problem+json", ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build());
    if !matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        return answer.build();
    }
    let seconds = ObjectBuilder::new().schema_type(Type::Integer).format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32))).build();
    answer.header("Retry-After", HeaderBuilder::new().schema(seconds).description(Some("Seconds")).build()).build()
}
