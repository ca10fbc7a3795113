//! THE MAP of addresses: every URL on one page, grouped by slice, each group under its guard.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use crate::{
    features::{
        approvals, commissions, designations, groups, home, memberships, mirror, new_groups, owned, requests,
        responsibilities,
    },
    sign_in,
    web::{
        app::App,
        assets,
        cookies::Purpose,
        headers::be_careful,
        request_id::name_request,
        theme,
        trouble::Trouble,
        trouble_pages::{FORM_LIMIT, UPLOAD_LIMIT, show_trouble},
    },
};

/// Pages for people who are signed in.
fn signed_in(app: &App) -> Router<App> {
    Router::new()
        // What needs me
        .route("/", get(home::show::home))
        .route("/help", get(home::help::help))
        .route("/theme", post(theme::choose))
        // Finding a group
        .route("/groups", get(groups::browse::browse))
        .route("/groups/{id}", get(groups::show::show))
        // Asking to join
        .route("/groups/{id}/ask", get(requests::ask::form).post(requests::ask::ask))
        .route("/requests", get(requests::list::list))
        .route("/requests/{id}", get(requests::show::show))
        .route("/requests/{id}/withdraw", post(requests::withdraw::withdraw))
        // Answering requests: owners of the group, read live
        .route("/approvals", get(approvals::list::list))
        .route("/approvals/{id}", get(approvals::show::show))
        .route("/approvals/{id}/approve", post(approvals::approve::approve))
        .route("/approvals/{id}/deny", post(approvals::deny::deny))
        .route("/approvals/{id}/finish", post(approvals::finish::finish))
        .route("/approvals/owed/{id}", get(approvals::finish_direct::show))
        .route("/approvals/owed/{id}/finish", post(approvals::finish_direct::finish))
        // My memberships
        .route("/memberships", get(memberships::list::list))
        .route("/memberships/{id}/leave", get(memberships::leave::form).post(memberships::leave::leave))
        .route("/memberships/{id}/extend", get(memberships::extend::form).post(memberships::extend::ask))
        .route("/memberships/{id}/stay", post(memberships::stay::stay))
        // Groups I own: owners, by the table in domain/powers.rs; administrators and auditors see
        .route("/owned", get(owned::list::list))
        .route("/owned/new", get(owned::create::form::form).post(owned::create::form::post))
        .route("/owned/new/{id}", get(owned::create::show::show).post(owned::create::show::again))
        // What an administrator asked of them
        .route("/owned/commissions/{id}", get(commissions::answer::show))
        .route("/owned/commissions/{id}/decline", post(commissions::answer::decline))
        .route("/owned/deleted", get(owned::deleted::list))
        .route("/owned/{id}", get(owned::show::show))
        .route("/owned/{id}/members", get(owned::members::members))
        .route("/owned/{id}/members/add", get(owned::add_member::form).post(owned::add_member::add))
        .route("/owned/{id}/details", get(owned::details::form).post(owned::details::change))
        .route("/owned/{id}/delete", get(owned::delete::form).post(owned::delete::delete))
        .route("/owned/{id}/terms", get(owned::terms::form).post(owned::terms::change))
        .route("/owned/{id}/restore", post(owned::restore::restore))
        .route("/owned/{id}/renew", post(owned::renew::renew))
        .route("/owned/{id}/owners", get(owned::owners::owners))
        .route("/owned/{id}/owners/add", get(owned::change_owner::add_form).post(owned::change_owner::add))
        .route(
            "/owned/{id}/owners/{person}/remove",
            get(owned::change_owner::remove_form).post(owned::change_owner::remove),
        )
        .route(
            "/owned/{id}/members/{person}/remove",
            get(owned::remove_member::form).post(owned::remove_member::remove),
        )
        .route("/owned/{id}/responsibilities", get(owned::responsibilities::form).post(owned::responsibilities::accept))
        .route("/owned/{id}/members/{person}/end", get(owned::change_end::form).post(owned::change_end::change))
        .route("/owned/{id}/members.csv", get(owned::members_file::save))
        .route("/owned/{id}/history", get(owned::history::history))
        .route("/owned/{id}/history.csv", get(owned::history::file::save))
        // Confirming who still belongs
        .route("/owned/{id}/review", get(owned::review::show).post(owned::review::answer))
        .route("/owned/{id}/review/start", post(owned::review::start))
        .route("/owned/{id}/review/end", post(owned::review::report::end))
        .route("/owned/{id}/review/{review}", get(owned::review::report::show))
        .route("/owned/{id}/review/{review}/remove", post(owned::review::report::remove))
        .route("/owned/{id}/review/{review}/report.csv", get(owned::review::report::file))
        // Many at once
        .route("/owned/{id}/import", get(owned::import::form::form).post(owned::import::form::paste))
        .route("/owned/{id}/import/file", post(owned::import::form::file).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
        .route("/owned/{id}/import/{job}", get(owned::import::show::show))
        .route("/owned/{id}/import/{job}/start", post(owned::import::start::start))
        .route("/owned/{id}/import/{job}/continue", post(owned::import::start::go_on))
        .route("/owned/{id}/import/{job}/cancel", post(owned::import::cancel::cancel))
        .route("/owned/{id}/import/{job}/result.csv", get(owned::import::result::result))
        // Groups that take part: administrators change, auditors see, nobody else knows
        .route("/admin/groups", get(designations::list::list))
        .route("/admin/groups/{id}", get(designations::show::show).post(designations::designate::designate))
        .route("/admin/groups/{id}/pause", post(designations::pause::pause))
        .route("/admin/groups/{id}/resume", post(designations::pause::resume))
        .route("/admin/responsibilities", get(responsibilities::show::show).post(responsibilities::write::write))
        .route("/admin/commissions", get(commissions::list::list))
        .route("/admin/commissions/new", get(commissions::ask::form).post(commissions::ask::ask))
        .route("/admin/commissions/{id}", get(commissions::show::show))
        .route("/admin/commissions/{id}/withdraw", post(commissions::end::withdraw))
        .route("/admin/commissions/{id}/close", post(commissions::end::close))
        .route("/admin/new-groups", get(new_groups::show::show).post(new_groups::set::set))
        .route("/admin/directory", get(mirror::show::show))
        .route("/admin/directory/refresh", post(mirror::refresh_now::refresh_now))
        // A form whose sender had to sign in first
        .route("/sign-in/kept/{key}", get(sign_in::held::show))
        .route_layer(from_fn_with_state(app.clone(), sign_in::require::require))
}

/// Pages for everybody.
fn open() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign_in::start::start))
        .route("/sign-in/callback", get(sign_in::callback::callback))
        .route("/sign-out", post(sign_in::sign_out::sign_out))
        .route("/signed-out", get(sign_in::sign_out::signed_out))
        .route("/static/{name}", get(assets::show))
}

/// Makes the router of all addresses.
pub fn router(app: App) -> Router {
    let pages = signed_in(&app).merge(open());
    with_everything_around(pages, app)
}

/// Puts around pages what every answer needs, whatever goes wrong. Layers run from the last to the first.
pub fn with_everything_around(pages: Router<App>, app: App) -> Router {
    let https = app.settings.is_https();
    let session_layer = SessionManagerLayer::new(app.sessions())
        .with_name(Purpose::Session.name(https))
        .with_secure(https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        // The store keeps the limits; the cookie ends with the browser.
        .with_expiry(Expiry::OnSessionEnd);

    pages
        .fallback(not_found)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(same_origin(&app))
        // Inside the pages of trouble, so that a handler that panics still answers with one.
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn_with_state(app.clone(), show_trouble))
        .layer(session_layer)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn(name_request))
                .layer(from_fn_with_state(app.clone(), be_careful))
                .layer(CompressionLayer::new())
                .layer(CatchPanicLayer::custom(after_panic)),
        )
        .with_state(app)
}

/// Takes forms from our own pages only. A proxy may have put another name into `Host`; the address people type holds.
fn same_origin(app: &App) -> CsrfLayer {
    let own = app.settings.base_url.origin().ascii_serialization();
    CsrfLayer::new().add_trusted_origin(&own).unwrap_or_else(|error| {
        tracing::error!(%error, "the base address is no origin; forms are compared with the host of the request");
        CsrfLayer::new()
    })
}

async fn not_found(_: Request) -> Trouble {
    Trouble::NotFound
}

fn after_panic(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Trouble::Fault.into_response()
}
