//! The routes of the portal, read from the text of the router: the one place where they are all written.

/// Returns the method and the path of every route in a router's text.
///
/// # Panics
/// When a route is written in a way that is not understood here, so that none is overlooked.
pub fn of(text: &str) -> Vec<(&'static str, String)> {
    // Comments may speak of anything.
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let other_ways = [".nest(", ".route_service(", ".nest_service(", "any(", "MethodRouter"];
    for way in other_ways {
        assert!(!code.contains(way), "a router that uses `{way}` has routes that are not enumerated");
    }
    let mut routes = Vec::new();
    for (at, _) in code.match_indices(".route(") {
        let call = arguments(&code[at + ".route(".len()..]);
        let mut parts = call.splitn(3, '"');
        let (Some(before), Some(path), Some(handlers)) = (parts.next(), parts.next(), parts.next()) else {
            panic!("a route without an address in quotes: {call}")
        };
        assert!(before.trim().is_empty(), "a route without an address in quotes: {call}");
        let methods = [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("patch(", "PATCH"), ("delete(", "DELETE")];
        let found: Vec<&'static str> =
            methods.into_iter().filter(|(called, _)| is_called(handlers, called)).map(|(_, method)| method).collect();
        assert!(!found.is_empty(), "a route without a method: {call}");
        routes.extend(found.into_iter().map(|method| (method, path.to_owned())));
    }
    routes
}

/// Returns the arguments of a call, up to the bracket that closes it.
fn arguments(text: &str) -> &str {
    let mut depth = 1;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    panic!("a call without an end: {text}")
}

/// Returns whether a method is called, and not something whose name ends like it.
fn is_called(handlers: &str, method: &str) -> bool {
    handlers.match_indices(method).any(|(at, _)| {
        !handlers[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_in_which_routes_are_written_is_read() {
        let text = r#"
            // .route("/said", get(only))
            .route("/", get(home::budget))
            .route(
                "/a/{id}",
                get(a::form).post(a::send),
            )
            .route("/b", post(b::post))
        "#;

        let routes = of(text);

        let expected = [("GET", "/"), ("GET", "/a/{id}"), ("POST", "/a/{id}"), ("POST", "/b")];
        assert_eq!(routes, expected.map(|(method, path)| (method, path.to_owned())));
    }

    #[test]
    #[should_panic(expected = "not enumerated")]
    fn a_router_in_another_style_is_not_passed_over() {
        of(r#".nest("/admin", admin())"#);
    }
}
