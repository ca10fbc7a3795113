//! The import order, as one function that can say no. `src/lib.rs` draws it; this keeps it.

/// From top to bottom. A module may use those below it; modules on one line of [`TOGETHER`] may use each other.
const ORDER: [&[&str]; 8] = [
    &["main"],
    &["cli"],
    &["demo", "gallery"],
    &["portal"],
    &["router", "jobs"],
    &["features"],
    &["web", "sign_in"],
    &["store", "graph"],
];

/// Signing in shows pages, and pages know who signed in.
const TOGETHER: [&str; 2] = ["web", "sign_in"];

/// Small modules that those above the rules may use, each with all it may name itself.
const LEAVES: [(&str, &[&str]); 2] =
    [("clock", &[]), ("config", &["sign_in::Certificate", "sign_in::Credential", "sign_in::OwnIdentity"])];

/// The one that looks up: what reads with the portal's own identity asks for the proof that a job is under way, which the
/// jobs alone can make.
const PROOF: (&str, &str) = ("graph::service", "jobs::JobContext");

/// What may name the type that reads, and ends memberships, with the portal's own identity. No file that a handler lives in is among them.
const AS_SERVICE: [&str; 6] = [
    "graph",
    "jobs::reading",
    "jobs::ending",
    "features::mirror::refresh",
    "features::mirror::authors",
    "features::mirror::inactive",
];

/// Returns why a module may not name the type that reads with the portal's own identity.
pub fn reads_as_service(module: &[String], path: &[String]) -> Option<String> {
    let module = module.join("::");
    let may = AS_SERVICE.iter().any(|known| module == *known || module.starts_with(&format!("{known}::")));
    let names = path.last().is_some_and(|name| name == "AsService");
    (names && !may).then(|| format!("{module} reads with the portal's own identity"))
}

/// Returns why a module may not name a path, or `None` when it may.
pub fn objection(module: &[String], path: &[String]) -> Option<String> {
    let (from, to) = (module.first()?.as_str(), path.first()?.as_str());
    if to == "features" && from == "features" && module.get(1) != path.get(1) {
        return Some(format!("slice {} imports slice {}", part(module), part(path)));
    }
    if from == to {
        return None;
    }
    if (module.join("::").as_str(), path.join("::").as_str()) == PROOF {
        return None;
    }
    if let Some((_, may)) = LEAVES.iter().find(|(leaf, _)| *leaf == from) {
        let named = path.join("::");
        return (!may.contains(&named.as_str())).then(|| format!("{from} is a leaf and imports {named}"));
    }
    if from == "domain" {
        return Some(format!("the rules import {}", path.join("::")));
    }
    if to == "domain"
        || LEAVES.iter().any(|(leaf, _)| *leaf == to)
        || (TOGETHER.contains(&from) && TOGETHER.contains(&to))
    {
        return None;
    }
    match (height(from), height(to)) {
        (Some(from), Some(to)) if from < to => None,
        (Some(_), Some(_)) => Some(format!("{from} imports {to}, which is not below it")),
        (None, _) => Some(format!("{from} has no place in the order")),
        (_, None) => Some(format!("{to} has no place in the order")),
    }
}

fn height(module: &str) -> Option<usize> {
    ORDER.iter().position(|level| level.contains(&module))
}

fn part(path: &[String]) -> &str {
    path.get(1).map_or("(all of them)", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects(module: &str, path: &str) -> bool {
        let parts = |text: &str| text.split("::").map(str::to_owned).collect::<Vec<_>>();
        objection(&parts(module), &parts(path)).is_some()
    }

    #[test]
    fn imports_point_down() {
        for (from, to) in [
            ("main", "cli"),
            ("cli", "portal::Portal"),
            ("router", "features::groups"),
            ("features::groups::show", "web::page"),
            ("web::app", "store::Store"),
            ("graph::live", "domain::ids"),
            ("sign_in::claims", "config::Settings"),
            ("web::frame", "sign_in::Signed"),
            ("sign_in::callback", "web::app"),
            ("config", "sign_in::Credential"),
            ("graph::service", "jobs::JobContext"),
        ] {
            assert!(!objects(from, to), "{from} may use {to}");
        }
    }

    #[test]
    fn nothing_points_up_or_aside() {
        for (from, to) in [
            ("web::app", "features::groups"),
            ("store", "web::app"),
            ("store", "graph"),
            ("features::home::show", "features::groups::show"),
            ("features::home::show", "features"),
            ("features::home::show", "router"),
            ("portal", "cli"),
            ("router", "portal"),
            ("domain::terms", "store"),
            ("domain::terms", "clock"),
            ("clock", "web"),
            ("config", "sign_in::Provider"),
            ("graph::reader", "jobs::JobContext"),
            ("graph::service", "jobs::DueWork"),
            ("web", "somewhere_new"),
        ] {
            assert!(objects(from, to), "{from} may not use {to}");
        }
    }

    #[test]
    fn nobody_but_a_job_reads_with_the_portals_own_identity() {
        let reads = |module: &str| {
            let parts = |text: &str| text.split("::").map(str::to_owned).collect::<Vec<_>>();
            reads_as_service(&parts(module), &parts("graph::AsService")).is_none()
        };

        assert!(reads("jobs::reading") && reads("graph::service") && reads("features::mirror::refresh"));
        for page in ["features::mirror::refresh_now", "features::mirror::show", "features::groups::show", "web::app"] {
            assert!(!reads(page), "{page}");
        }
    }
}
