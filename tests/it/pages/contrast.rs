//! Colours can be read, light and dark: the contrast of WCAG 2.2 (1.4.3 and 1.4.11), computed from the tokens.

use std::collections::HashMap;

use roster::web::assets;

/// A red, a green and a blue, from 0 to 255.
type Colour = [u8; 3];

/// Text on what it stands on in the components; needs 4.5 to 1.
const TEXTS: &[(&str, &str)] = &[
    // Pages, cards, lists and their hovered rows
    ("colorNeutralForeground1", "colorNeutralBackground3"),
    ("colorNeutralForeground1", "colorNeutralBackground1"),
    ("colorNeutralForeground1", "colorNeutralBackground1Hover"),
    ("colorNeutralForeground1", "colorNeutralBackground1Pressed"),
    ("colorNeutralForeground1", "colorNeutralBackground1Selected"),
    ("colorNeutralForeground1", "colorSubtleBackgroundHover"),
    ("colorNeutralForeground2", "colorNeutralBackground1"),
    ("colorNeutralForeground2", "colorNeutralBackground3"),
    ("colorNeutralForeground2", "colorSubtleBackgroundHover"),
    ("colorNeutralForeground2", "colorSubtleBackgroundPressed"),
    ("colorNeutralForeground3", "colorNeutralBackground1"),
    ("colorNeutralForeground3", "colorNeutralBackground3"),
    ("colorNeutralForeground3", "colorSubtleBackgroundHover"),
    // Links
    ("colorBrandForegroundLink", "colorNeutralBackground1"),
    ("colorBrandForegroundLink", "colorNeutralBackground3"),
    ("colorBrandForegroundLinkHover", "colorNeutralBackground1"),
    ("colorBrandForegroundLinkHover", "colorNeutralBackground3"),
    ("colorBrandForegroundLinkHover", "colorSubtleBackgroundHover"),
    // The bar, primary buttons, initials, chosen chips
    ("colorNeutralForegroundOnBrand", "colorBrandBackground"),
    ("colorNeutralForegroundOnBrand", "colorBrandBackgroundHover"),
    ("colorNeutralForegroundOnBrand", "colorBrandBackgroundPressed"),
    ("colorBrandForeground2", "colorBrandBackground2"),
    ("colorNeutralForeground1", "colorBrandBackground2"),
    ("colorNeutralForeground3", "colorBrandBackground2"),
    // States: tags and messages
    ("colorStatusSuccessForeground1", "colorStatusSuccessBackground1"),
    ("colorStatusWarningForeground3", "colorStatusWarningBackground1"),
    ("colorStatusDangerForeground3", "colorStatusDangerBackground1"),
    ("colorStatusDangerForeground3", "colorNeutralBackground1"),
    ("colorNeutralForeground1", "colorStatusSuccessBackground1"),
    ("colorNeutralForeground1", "colorStatusWarningBackground1"),
    ("colorNeutralForeground1", "colorStatusDangerBackground1"),
];

/// Edges of controls, rings of the focus and signs, on what they stand on; need 3 to 1.
const EDGES: &[(&str, &str)] = &[
    ("colorNeutralStrokeAccessible", "colorNeutralBackground1"),
    ("colorNeutralStrokeAccessible", "colorNeutralBackground3"),
    ("colorStrokeFocus2", "colorNeutralBackground1"),
    ("colorStrokeFocus2", "colorNeutralBackground3"),
    ("colorStrokeFocus2", "colorStatusWarningBackground1"),
    ("colorNeutralForegroundOnBrand", "colorBrandBackground"),
    ("colorCompoundBrandStroke", "colorNeutralBackground1"),
    ("colorCompoundBrandStroke", "colorBrandBackground2"),
    ("colorBrandForeground1", "colorNeutralBackground1"),
];

#[test]
fn every_colour_can_be_read_on_what_it_stands_on() {
    let css = String::from_utf8(assets::file("css/tokens.css")).unwrap();
    let tokens = tokens(&css);

    let complaints = complaints(&tokens);

    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_colour_that_cannot_be_read_is_noticed() {
    let css = String::from_utf8(assets::file("css/tokens.css")).unwrap();
    let paler =
        css.replace("--colorNeutralForeground3: light-dark(#616161", "--colorNeutralForeground3: light-dark(#9a9a9a");
    assert_ne!(css, paler);

    let complaints = complaints(&tokens(&paler));

    assert!(complaints.iter().any(|complaint| complaint.contains("colorNeutralForeground3")), "{complaints:?}");
}

#[test]
fn no_file_but_the_tokens_names_a_colour() {
    for file in ["base.css", "layout.css", "components.css"] {
        let css = String::from_utf8(assets::file(&format!("css/{file}"))).unwrap();

        let named = css.split(['#', '(']).skip(1).find(|rest| {
            let word: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
            (word.len() == 6 || word.len() == 3) && !rest[word.len()..].starts_with(|c: char| c.is_alphanumeric())
        });

        assert!(named.is_none_or(|rest| rest.starts_with(|c: char| c.is_ascii_digit())), "{file}: {named:?}");
        assert!(!css.contains("rgb(") && !css.contains("rgba(") && !css.contains("hsl("), "{file}");
    }
}

fn complaints(tokens: &HashMap<String, [Colour; 2]>) -> Vec<String> {
    let mut complaints = Vec::new();
    for (pairs, least) in [(TEXTS, 4.5), (EDGES, 3.0)] {
        for (front, back) in pairs {
            let (fronts, backs) = (tokens[*front], tokens[*back]);
            for (theme, (front_colour, back_colour)) in ["light", "dark"].iter().zip(fronts.into_iter().zip(backs)) {
                let ratio = contrast(front_colour, back_colour);
                if ratio < least {
                    complaints.push(format!("{front} on {back}, {theme}: {ratio:.2} and not {least}"));
                }
            }
        }
    }
    complaints
}

/// Returns the colours of the tokens, light and dark.
fn tokens(css: &str) -> HashMap<String, [Colour; 2]> {
    css.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
            let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
            Some((name.to_owned(), [colour(light), colour(dark)]))
        })
        .collect()
}

fn colour(text: &str) -> Colour {
    let part = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("a colour has six digits");
    [part(1), part(3), part(5)]
}

/// The contrast ratio of WCAG 2.2.
fn contrast(one: Colour, other: Colour) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let linear = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}
