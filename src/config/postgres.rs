//! Whether what passes between Roster and a `PostgreSQL` server can be read or changed on the way.

use std::net::IpAddr;

use url::Url;

/// Returns whether a database on another machine proves who it is, by its certificate. Names are those that the driver
/// reads from an address (sqlx 0.9, `PgConnectOptions`); `by_default` is the host it takes when the address names none.
pub(super) fn is_guarded(address: &Url, by_default: Option<&str>) -> bool {
    let named = |names: &[&str]| -> Vec<String> {
        address
            .query_pairs()
            .filter(|(name, _)| names.contains(&name.as_ref()))
            .map(|(_, value)| value.into())
            .collect()
    };
    let mut hosts = named(&["host", "hostaddr"]);
    hosts.extend(address.host_str().or(by_default).map(str::to_owned));
    if hosts.iter().all(|host| is_here(host)) {
        return true;
    }
    // The last of several counts.
    named(&["sslmode", "ssl-mode"]).last().is_some_and(|mode| ["verify-full", "verify-ca"].contains(&mode.as_str()))
}

/// Returns whether a host is this machine: a socket's folder, or a name or number of the loopback.
fn is_here(host: &str) -> bool {
    let number = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.starts_with('/')
        || host.to_ascii_lowercase().starts_with("%2f")
        || host == "localhost"
        || number.is_ok_and(|number| number.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded(address: &str) -> bool {
        is_guarded(&Url::parse(address).unwrap(), None)
    }

    #[test]
    fn a_server_on_another_machine_has_to_prove_who_it_is() {
        for address in [
            "postgres://roster@db.contoso.example/roster",
            "postgres://roster@db.contoso.example/roster?sslmode=require",
            "postgres://roster@db.contoso.example/roster?sslmode=verify-full&ssl-mode=prefer",
            "postgres://roster@localhost/roster?host=db.contoso.example",
            "postgres://roster@localhost/roster?hostaddr=192.0.2.1",
            "postgres://roster@localhost.contoso.example/roster",
        ] {
            assert!(!guarded(address), "{address}");
        }
        assert!(guarded("postgresql://roster@db.contoso.example/roster?sslmode=verify-full"));
        assert!(guarded("postgres://roster@192.0.2.1/roster?sslmode=verify-ca&sslrootcert=/etc/ssl/own.pem"));
    }

    #[test]
    fn nothing_leaves_this_machine_on_the_way_to_a_server_on_it() {
        for address in [
            "postgres://roster@localhost/roster",
            "postgres://roster@127.0.0.1:5433/roster?sslmode=disable",
            "postgres://roster@[::1]/roster",
            "postgres://roster@%2Frun%2Fpostgresql/roster",
            "postgres://roster@localhost/roster?host=/run/postgresql",
            "postgres:///roster",
        ] {
            assert!(guarded(address), "{address}");
        }
        let unnamed = Url::parse("postgres:///roster").unwrap();
        assert!(!is_guarded(&unnamed, Some("db.contoso.example")));
    }
}
