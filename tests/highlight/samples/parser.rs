//! A small parser; it exists to show a lexer most of Rust.

#![allow(dead_code, unused_variables)]

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Display, Write as _};
use std::rc::Rc;

/* Block comments /* do nest */ in Rust: "this" is still 'inside'. */

/// Tokens borrow from the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'a> {
    Word(&'a str),
    Number(f64),
    Symbol(char),
    Text { value: String, raw: bool },
    End,
}

const LIMIT: usize = 1_000;
static NAMES: [&str; 3] = ["one", "two", "th\"ree\u{301}"];

const NUMBERS: (u8, i64, f32, f64, u128, usize) =
    (0xff_u8, -0b1010_1010, 1.5e-3f32, 2., 0o777, 1_000_000usize);

const CHARS: [char; 7] = ['a', '\'', '\\', '\n', '\x41', '\u{1F600}', '世'];
const BYTES: (&[u8], u8, &[u8]) = (b"bytes \xff\n", b'\'', br"raw \bytes");

#[derive(Debug)]
pub enum Error {
    #[allow(unused)]
    Unexpected { found: char, at: usize },
    Eof,
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unexpected { found, at } => write!(f, "unexpected {found:?} at {at:>4}"),
            Self::Eof => f.write_str("unexpected end"),
        }
    }
}

impl std::error::Error for Error {}

type Result<T, E = Error> = std::result::Result<T, E>;

pub struct Lexer<'a> {
    text: &'a str,
    at: usize,
    seen: HashMap<&'a str, usize>,
}

impl<'a> Lexer<'a> {
    pub const fn size() -> usize {
        LIMIT
    }

    pub fn new(text: &'a str) -> Self {
        Lexer { text, at: 0, seen: HashMap::new() }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take_while<F>(&mut self, test: F) -> &'a str
    where
        F: Fn(char) -> bool,
    {
        let start = self.at;
        while let Some(c) = self.peek() {
            if !test(c) {
                break;
            }
            self.at += c.len_utf8();
        }
        &self.text[start..self.at]
    }

    pub fn next_token(&mut self) -> Result<Token<'a>> {
        self.take_while(char::is_whitespace);
        let token = match self.peek() {
            None => Token::End,
            Some('0'..='9') => {
                let digits = self.take_while(|c| c.is_ascii_digit() || c == '.');
                Token::Number(digits.parse().unwrap_or(f64::NAN))
            }
            Some(c) if c.is_alphabetic() || c == '_' => {
                let word = self.take_while(|c| c.is_alphanumeric());
                *self.seen.entry(word).or_insert(0) += 1;
                Token::Word(word)
            }
            Some(c @ ('+' | '-' | '*' | '/')) => {
                self.at += 1;
                Token::Symbol(c)
            }
            Some(found) => return Err(Error::Unexpected { found, at: self.at }),
        };
        Ok(token)
    }
}

pub trait Shape: Send + Sync + 'static {
    const SIDES: u32;
    type Unit: Default;

    fn area(&self) -> f64;
    fn name(&self) -> String {
        String::from("shape")
    }
}

struct Square(f64);

impl Shape for Square {
    const SIDES: u32 = 4;
    type Unit = ();

    fn area(&self) -> f64 {
        self.0 * self.0
    }
}

fn largest<'a, T: PartialOrd + ?Sized>(list: &'a [&'a T]) -> Option<&'a T> {
    let mut best = *list.first()?;
    for &item in list.iter().skip(1) {
        if item > best {
            best = item;
        }
    }
    Some(best)
}

macro_rules! hash {
    ($($key:expr => $value:expr),* $(,)?) => {{
        let mut map = ::std::collections::BTreeMap::new();
        $(map.insert($key, $value);)*
        map
    }};
}

mod raw {
    pub(crate) const PATH: &str = r"C:\new\table";
    pub const JSON: &str = r#"{"key": "value # with hash"}"#;
    pub const DEEP: &str = r##"ends "# here"##;
    pub const LONG: &str = "a string
        over lines \
        and on, // no comment";
}

async fn fetch(url: &str) -> std::result::Result<String, Box<dyn std::error::Error>> {
    let body = get(url).await?;
    Ok(body.to_uppercase())
}

async fn get(url: &str) -> Result<String> {
    Ok(format!("{url}: {:08.3} {{}} {0:#x}", 255))
}

unsafe fn swap(a: *mut i32, b: *mut i32) {
    let t = *a;
    *a = *b;
    *b = t;
}

extern "C" {
    fn abs(n: i32) -> i32;
}

fn closures() -> impl Fn(i32) -> i32 {
    let factor = 3;
    let shared = Rc::new(factor);
    move |x| x * *shared + (x << 2) - (x >> 1) & !0x0f
}

fn main() {
    let mut lexer = Lexer::new("let x = 1.5 + y");
    'outer: loop {
        for step in (0..10).rev().step_by(2) {
            match lexer.next_token() {
                Ok(Token::End) | Err(_) => break 'outer,
                Ok(token) => println!("{step}: {:?}", token),
            }
            if step == 0 {
                continue 'outer;
            }
        }
    }
    let map: BTreeMap<&str, i32> = hash! { "one" => 1, "two" => 2, };
    let tuple = (1, "two", 3.0);
    let total: i32 = map.values().copied().sum::<i32>() + tuple.0;
    let mut out = String::new();
    write!(out, "{}", total).expect("a string takes anything");
    let done = if total > 3 && !out.is_empty() { true } else { false };
    let r#type = raw::JSON.len() as u64 ^ 0xFF;
    assert!(done, "total was {}", total);
    assert_eq!(largest(&[&1, &2]), Some(&2));
    let x = unsafe { abs(-3) };
    let Some(first) = NAMES.first() else { return };
    println!("{first} {x} {} {type}", closures()(2), type = r#type);
}
