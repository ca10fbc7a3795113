//! What is tried against the portal, and held off.

mod addresses;
mod connections;
mod forms;
mod framing;
mod headers;
mod methods;
mod reading;
mod secrets;
