//! A made-up Microsoft Entra tenant over real HTTP: sign-in, and the part of Microsoft Graph that group management needs.
//!
//! Everything lives in memory and shares no type with any client. The emulator is strict: where the documentation of
//! Graph or Entra says that a call is refused, it is refused here in the same shape, and what the documentation leaves
//! open is a switch in [`Behaviour`].
//!
//! How to read it:
//! - [`Company`] says who works where; [`Company::contoso`] is the sample, [`Company::generated`] a large one.
//! - `directory` holds it while the server runs, `journal` what changed in it, `history` shows it as it was; `rules` says which change of a group Entra accepts.
//! - `tenant` is what the directory keeps besides: policies, settings, the recycle bin, the audit log, mail.
//! - `server` takes requests; `authorize`, `token_endpoint`, `discovery` and `logout` are the sign-in side,
//!   `graph` is Microsoft Graph.
//! - `record` writes down every exchange for those who want to check them.
//! - `facts` holds it against what is published about Graph, where that is at hand.
//! - [`Emulator`] is the handle that tests and the demo hold; [`Fault`] makes things go wrong on demand, and `mishaps`
//!   does it.

mod audit;
mod authorize;
mod authorize_request;
mod by_hand;
mod by_hand_tenant;
mod calls;
mod claims;
mod client_auth;
mod clock;
mod company;
mod consent;
mod contoso;
mod contoso_groups;
mod contoso_people;
mod directory;
mod directory_roles;
mod discovery;
mod emulator;
mod exchange;
mod faults;
mod generated;
mod grants;
mod graph;
mod groups_claim;
mod history;
mod id_token;
mod journal;
mod keys;
mod logout;
mod mail;
mod mishaps;
mod naming;
mod options;
mod pages;
mod policies;
mod quota;
mod record;
mod recycle_bin;
mod rules;
mod rules_links;
mod server;
mod settings;
mod sign_ins;
mod tamper;
mod tenant;
mod throttling;
mod token_endpoint;
mod tokens;
mod trail;
mod world;

#[cfg(test)]
mod facts;
#[cfg(test)]
mod walk_through;

pub use calls::Call;
pub use company::{AppRoleAssignment, Company, Group, Person, ServicePrincipal};
pub use emulator::Emulator;
pub use faults::{Action, Fault, HoldWhen};
pub use mail::Mail;
pub use options::{Behaviour, Certificate, ClientRegistration, Options};
pub use policies::{AuthorizationPolicy, LifecyclePolicy};
pub use sign_ins::SignIns;
pub use tamper::Tamper;
pub use throttling::Throttling;
