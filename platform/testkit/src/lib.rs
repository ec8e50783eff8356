//! What tests stand on: engines, application, builders
