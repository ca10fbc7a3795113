//! Reads the text of a `$filter` into its tree.

use serde_json::Value;

use super::errors::GraphError;
use super::filter::{Filter, Operator};

/// Reads a filter to its end.
pub(crate) fn read(text: &str) -> Result<Filter, GraphError> {
    let mut reader = Reader { tokens: tokens(text).ok_or_else(malformed)?, at: 0 };
    let filter = reader.or()?;
    if reader.at == reader.tokens.len() { Ok(filter) } else { Err(malformed()) }
}

fn malformed() -> GraphError {
    GraphError::new(400, "BadRequest", "Invalid filter clause")
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Open,
    Close,
    Comma,
    Colon,
}

/// Splits a filter; a quote inside text is doubled.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut rest = text.chars().peekable();
    let mut found = Vec::new();
    while let Some(next) = rest.next() {
        found.push(match next {
            ' ' => continue,
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            ':' => Token::Colon,
            '\'' => {
                let mut content = String::new();
                loop {
                    match rest.next()? {
                        '\'' if rest.peek() == Some(&'\'') => content.extend(rest.next()),
                        '\'' => break,
                        other => content.push(other),
                    }
                }
                Token::Text(content)
            }
            other => {
                let mut word = String::from(other);
                while let Some(more) = rest.next_if(|c| !" (),'".contains(*c) && (*c != ':' || word_is_date(&word))) {
                    word.push(more);
                }
                Token::Word(word)
            }
        });
    }
    Some(found)
}

/// A colon belongs to a word only within a date and time.
fn word_is_date(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn or(&mut self) -> Result<Filter, GraphError> {
        let mut left = self.and()?;
        while self.takes_word("or") {
            left = Filter::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Filter, GraphError> {
        let mut left = self.not()?;
        while self.takes_word("and") {
            left = Filter::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Filter, GraphError> {
        if self.takes_word("not") {
            return Ok(Filter::Not(Box::new(self.not()?)));
        }
        if self.takes(&Token::Open) {
            let inner = self.or()?;
            self.expect(&Token::Close)?;
            return Ok(inner);
        }
        self.condition()
    }

    fn condition(&mut self) -> Result<Filter, GraphError> {
        let name = self.word()?;
        if self.takes(&Token::Open) {
            return self.function(&name);
        }
        let operator = self.word()?;
        if operator == "in" {
            return self.list(name);
        }
        let operator = operator_of(&operator)?;
        let value = self.literal()?;
        Ok(match name.strip_suffix("/$count") {
            Some(collection) => Filter::Count(collection.to_owned(), operator, value),
            None => Filter::Compare(name, operator, value),
        })
    }

    fn function(&mut self, name: &str) -> Result<Filter, GraphError> {
        if let Some(property) = name.strip_suffix("/any") {
            let variable = self.word()?;
            self.expect(&Token::Colon)?;
            let subject = self.word()?;
            let inner = subject.strip_prefix(variable.as_str()).ok_or_else(malformed)?;
            if !(inner.is_empty() || inner.starts_with('/')) || self.word()? != "eq" {
                return Err(malformed());
            }
            let value = self.literal()?;
            self.expect(&Token::Close)?;
            return Ok(Filter::Any(format!("{property}{inner}"), value));
        }
        let property = self.word()?;
        self.expect(&Token::Comma)?;
        let Value::String(text) = self.literal()? else {
            return Err(malformed());
        };
        self.expect(&Token::Close)?;
        match name.to_ascii_lowercase().as_str() {
            "startswith" => Ok(Filter::StartsWith(property, text)),
            "endswith" => Ok(Filter::EndsWith(property, text)),
            _ => Err(malformed()),
        }
    }

    fn list(&mut self, name: String) -> Result<Filter, GraphError> {
        self.expect(&Token::Open)?;
        let mut values = vec![self.literal()?];
        while self.takes(&Token::Comma) {
            values.push(self.literal()?);
        }
        self.expect(&Token::Close)?;
        // Graph takes at most 15 values.
        if values.len() > 15 {
            return Err(GraphError::bad(
                "Too many child clauses specified in search filter expression containing 'OR' operators.",
            ));
        }
        Ok(Filter::In(name, values))
    }

    fn literal(&mut self) -> Result<Value, GraphError> {
        let token = self.tokens.get(self.at).cloned().ok_or_else(malformed)?;
        self.at += 1;
        match token {
            Token::Text(text) => Ok(Value::String(text)),
            Token::Word(word) => match word.as_str() {
                "true" => Ok(Value::Bool(true)),
                "false" => Ok(Value::Bool(false)),
                "null" => Ok(Value::Null),
                date if date.contains('T') => Ok(Value::String(date.to_owned())),
                number => number.parse::<i64>().map(Value::from).map_err(|_| malformed()),
            },
            _ => Err(malformed()),
        }
    }

    fn word(&mut self) -> Result<String, GraphError> {
        match self.tokens.get(self.at) {
            Some(Token::Word(word)) => {
                self.at += 1;
                Ok(word.clone())
            }
            _ => Err(malformed()),
        }
    }

    fn takes_word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Word(word)) if word.eq_ignore_ascii_case(wanted));
        self.at += usize::from(found);
        found
    }

    fn takes(&mut self, wanted: &Token) -> bool {
        let found = self.tokens.get(self.at) == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), GraphError> {
        if self.takes(wanted) { Ok(()) } else { Err(malformed()) }
    }
}

fn operator_of(word: &str) -> Result<Operator, GraphError> {
    Ok(match word {
        "eq" => Operator::Eq,
        "ne" => Operator::Ne,
        "ge" => Operator::Ge,
        "le" => Operator::Le,
        "gt" => Operator::Gt,
        "lt" => Operator::Lt,
        _ => return Err(malformed()),
    })
}
