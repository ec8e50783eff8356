//! Fluent catalogues: every word of the interface, in Chinese and English.
//!
//! In a template `{{ t.text("sheet-line").with("n", n) }}`; the text is escaped like any other value.
//! There is one concurrent bundle a language, leaked at start, without isolation marks. A key missing
//! from a language falls to Chinese, then to `⟦key⟧`. A number is written plainly (2026), and in
//! groups (2,807) where the message says `{ GROUP($n) }`.
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue, concurrent::FluentBundle};
use std::{borrow::Cow, collections::BTreeMap, collections::BTreeSet, fmt};

/// The words of this crate: shell, components, error pages.
pub const WORDS: &[(&str, &str)] =
    &[("zh", include_str!("../../../content/locales/zh/web.ftl")), ("en", include_str!("../../../content/locales/en/web.ftl"))];

/// The language every other one falls back to.
const FIRST: &str = "zh";

/// All languages of the installation.
#[derive(Clone, Debug)]
pub struct Texts {
    first: T,
    others: Vec<T>,
}

/// One language. `Copy`, so that every view struct can hold it.
#[derive(Clone, Copy)]
pub struct T(&'static Language);

struct Language {
    lang: &'static str,
    keys: BTreeSet<String>,
    bundle: FluentBundle<FluentResource>,
    fallback: Option<T>,
}

impl Texts {
    /// Builds the catalogues of all slices, one file per slice and language.
    ///
    /// # Errors
    /// A file that is not Fluent, a key that two files give, or no Chinese at all.
    pub fn load(files: impl IntoIterator<Item = (&'static str, &'static str)>) -> Result<Self, String> {
        let mut by_language: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        for (lang, ftl) in files {
            let files = by_language.entry(lang).or_default();
            // Two slices may bring the same catalogue of a floor below.
            if !files.contains(&ftl) {
                files.push(ftl);
            }
        }
        let chinese = by_language.remove(FIRST).ok_or_else(|| format!("no catalogue in {FIRST}"))?;
        let first = language(FIRST, &chinese, None)?;
        let others = by_language.iter().map(|(lang, files)| language(lang, files, Some(first))).collect::<Result<_, _>>()?;
        Ok(Self { first, others })
    }

    /// The language asked for, or Chinese.
    pub fn of(&self, lang: &str) -> T {
        self.others.iter().copied().find(|t| t.lang() == lang).unwrap_or(self.first)
    }

    /// Keys that one language has and another has not, as `en: key`. A test keeps it empty.
    pub fn gaps(&self) -> Vec<String> {
        let all = || std::iter::once(&self.first).chain(&self.others);
        let keys: BTreeSet<&String> = all().flat_map(|t| &t.0.keys).collect();
        all().flat_map(|t| keys.iter().filter(|key| !t.0.keys.contains(**key)).map(|key| format!("{}: {key}", t.lang()))).collect()
    }
}

/// Leaked because a page's texts live as long as the program, and `T` must be `Copy`.
fn language(lang: &'static str, files: &[&str], fallback: Option<T>) -> Result<T, String> {
    let id = lang.parse().map_err(|e| format!("{lang}: {e:?}"))?;
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    bundle
        .add_function("GROUP", |values, _| FluentValue::from(values.first().map(grouped).unwrap_or_default()))
        .map_err(|e| e.to_string())?;
    let mut keys = BTreeSet::new();
    for file in files {
        let resource = FluentResource::try_new((*file).to_owned()).map_err(|(_, errors)| format!("{lang}: {}", said(&errors)))?;
        keys.extend(file.lines().filter_map(message_key));
        bundle.add_resource(resource).map_err(|errors| format!("{lang}: {}", said(&errors)))?;
    }
    Ok(T(Box::leak(Box::new(Language { lang, keys, bundle, fallback }))))
}

/// The key that a line of a catalogue begins, if it begins one.
fn message_key(line: &str) -> Option<String> {
    let key = line.split_once('=')?.0.trim_end();
    (key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .then(|| key.to_owned())
}

fn said<E: fmt::Display>(errors: &[E]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn grouped(value: &FluentValue<'_>) -> String {
    match value {
        FluentValue::Number(n) => group(&n.as_string()),
        FluentValue::String(s) => group(s),
        _ => String::new(),
    }
}

/// 2807 → 2,807; only the digits before the point are grouped.
pub fn group(number: &str) -> String {
    let (sign, plain) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, rest) = plain.find('.').map_or((plain, ""), |at| plain.split_at(at));
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

impl T {
    /// A count as people read it: 2,807.
    pub fn number(self, n: &i64) -> String {
        group(&n.to_string())
    }
    /// `zh` or `en`; what the page's `lang` says.
    pub fn lang(self) -> &'static str {
        self.0.lang
    }

    /// Whether this language itself has the key.
    pub fn has(self, key: &str) -> bool {
        self.0.bundle.has_message(key)
    }

    /// The text of a key, to be shown or given values by [`Text::with`].
    pub fn text<'a>(self, key: &'a str) -> Text<'a> {
        Text { t: self, key: Cow::Borrowed(key), args: None }
    }

    /// Who did something, as the audit names them: a person by name, what is no person in words.
    pub fn actor(self, who: &str) -> String {
        match who.split_once(':') {
            None if who == "visitor" => self.text("actor-visitor").to_string(),
            Some(("os", user)) => self.text("actor-os").with("user", user).to_string(),
            Some(("job", _)) => self.text("actor-job").to_string(),
            _ => who.to_owned(),
        }
    }

    /// The sentence of an error, with its values filled in.
    ///
    /// What was typed is repeated as far as anybody needs it to recognise it; a conflict tells what stands now, which is whole.
    pub fn of(self, error: &kernel::Error) -> Text<'static> {
        let mut text = Text { t: self, key: Cow::Borrowed(error.key), args: None };
        for (name, value) in &error.args {
            let long = error.kind == kernel::Kind::Invalid && value.chars().count() > REPEATED;
            text = match long {
                true => text.with(name, value.chars().take(REPEATED).chain(['…']).collect::<String>()),
                false => text.with(name, whole_number(value)),
            };
        }
        text
    }
}

/// Characters of a value that a sentence about it repeats.
const REPEATED: usize = 120;

/// An error carries its values as text; plural forms need a number where it is one (a code like
/// `0231` is not).
fn whole_number(value: &str) -> FluentValue<'static> {
    match value.parse::<i64>() {
        Ok(n) if n.to_string() == value => n.into(),
        _ => value.to_owned().into(),
    }
}

impl fmt::Debug for T {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T({})", self.lang())
    }
}

/// A text with its values, written when it is shown.
pub struct Text<'a> {
    t: T,
    key: Cow<'a, str>,
    args: Option<FluentArgs<'static>>,
}

impl Text<'_> {
    /// Fills a placeholder.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Value) -> Self {
        self.args.get_or_insert_with(FluentArgs::new).set(name.to_owned(), value.value());
        self
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut language = Some(self.t);
        while let Some(T(l)) = language {
            if let Some(pattern) = l.bundle.get_message(&self.key).and_then(|m| m.value()) {
                // A placeholder without a value shows its name; that is what the test of the page finds.
                let mut errors: Vec<FluentError> = Vec::new();
                return l.bundle.write_pattern(f, pattern, self.args.as_ref(), &mut errors);
            }
            language = l.fallback;
        }
        write!(f, "⟦{}⟧", self.key)
    }
}

/// What can stand in a placeholder. References too, since templates pass everything by reference.
pub trait Value {
    fn value(&self) -> FluentValue<'static>;
}

macro_rules! numbers { ($($t:ty),*) => { $(
    impl Value for $t {
        fn value(&self) -> FluentValue<'static> { FluentValue::from(*self) }
    }
)* } }
numbers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

macro_rules! words { ($($t:ty),*) => { $(
    impl Value for $t {
        fn value(&self) -> FluentValue<'static> { FluentValue::from(self.to_string()) }
    }
)* } }
words!(str, String, Cow<'_, str>, Text<'_>, kernel::Points, kernel::BusinessDate, kernel::Quantity);

impl Value for FluentValue<'static> {
    fn value(&self) -> FluentValue<'static> {
        self.clone()
    }
}

impl<V: Value + ?Sized> Value for &V {
    fn value(&self) -> FluentValue<'static> {
        (**self).value()
    }
}

#[cfg(test)]
#[path = "texts_tests.rs"]
mod tests;
