//! Tags and texts of an XML file, for GPX and TCX alike: local names only, so that any prefix does, declared or not.
//!
//! Nothing is expanded: a document type is skipped, an unknown entity gives nothing.

use super::{Limits, ReadError};
use crate::shown::Text;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::escape;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use std::borrow::Cow;

/// Why a document was read no further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It breaks; in words. What precedes can be used.
    Break(Text),
    /// It goes beyond a limit, and nothing of it is used.
    Limit(ReadError),
}

impl From<ReadError> for Stop {
    fn from(limit: ReadError) -> Self {
        Stop::Limit(limit)
    }
}

impl Stop {
    /// Where the document breaks, if it does.
    ///
    /// # Errors
    /// Where it goes beyond a limit.
    pub fn reason(read: Result<(), Stop>) -> Result<Option<Text>, ReadError> {
        match read {
            Ok(()) => Ok(None),
            Err(Stop::Break(reason)) => Ok(Some(reason)),
            Err(Stop::Limit(limit)) => Err(limit),
        }
    }
}

/// A tag in a document.
pub enum Tag<'a> {
    Open(BytesStart<'a>),
    /// The element's text is in [`Tags::text`].
    Close(BytesEnd<'a>),
}

/// The tags of a document, one after the other. An empty element gives both of its tags.
pub struct Tags<'a> {
    reader: Reader<&'a [u8]>,
    text: Cow<'a, str>,
    depth: usize,
    just_closed: bool,
}

impl<'a> Tags<'a> {
    pub fn new(document: &'a str) -> Self {
        let mut reader = Reader::from_str(document);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Tags { reader, text: Cow::Borrowed(""), depth: 0, just_closed: false }
    }

    /// The next tag; `None` at the proper end, an error where the file breaks or nests too deep.
    pub fn next(&mut self) -> Result<Option<Tag<'a>>, Stop> {
        self.text = Cow::Borrowed("");
        if std::mem::take(&mut self.just_closed) {
            self.depth = self.depth.saturating_sub(1);
        }
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => {
                    self.depth += 1;
                    if self.depth > Limits::XML_DEPTH {
                        return Err(Stop::Limit(ReadError::TooNested { limit: Limits::XML_DEPTH }));
                    }
                    return Ok(Some(Tag::Open(tag)));
                }
                Ok(Event::End(tag)) => {
                    self.just_closed = true;
                    return Ok(Some(Tag::Close(tag)));
                }
                Ok(Event::Text(text)) => self.append(text.into_inner()),
                Ok(Event::CData(text)) => self.append(text.into_inner()),
                Ok(Event::GeneralRef(entity)) => self.append(resolve(&entity)),
                Ok(Event::Eof) if self.depth == 0 => return Ok(None),
                Ok(Event::Eof) => return Err(Stop::Break("the file ends too early".into())),
                Ok(_) => {}
                Err(error) => return Err(Stop::Break(self.explain(&error))),
            }
        }
    }

    /// How deep the element of the last tag lies; the root has depth 1.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The text between the last two tags.
    pub fn text(&self) -> &str {
        self.text.trim()
    }

    /// Where the last tag ends.
    fn position(&self) -> usize {
        self.reader.buffer_position() as usize
    }

    /// The text between the last two tags, if there is any.
    pub fn words(&self) -> Option<Text> {
        Text::filled(self.text())
    }

    /// Goes on to the end of the element whose opening tag came last.
    pub fn skip(&mut self) -> Result<(), Stop> {
        let depth = self.depth;
        while let Some(tag) = self.next()? {
            if matches!(tag, Tag::Close(_)) && self.depth == depth {
                break;
            }
        }
        Ok(())
    }

    fn append(&mut self, piece: Cow<'a, str>) {
        if self.text.is_empty() {
            self.text = piece;
        } else {
            self.text.to_mut().push_str(&piece);
        }
    }

    fn explain(&self, error: &Error) -> Text {
        let explained = match error {
            Error::Syntax(SyntaxError::InvalidBangMarkup) => format!("the XML is damaged at byte {}", self.position()),
            Error::Syntax(_) => "the file ends too early".into(),
            Error::IllFormed(
                IllFormedError::MismatchedEndTag { found, .. } | IllFormedError::UnmatchedEndTag(found),
            ) => {
                format!("«{}» ends where it did not begin, at byte {}", Text::from(found), self.position())
            }
            _ => format!("the XML is damaged at byte {}", self.position()),
        };
        explained.into()
    }
}

/// The character that a reference stands for; entities of a document type are not expanded.
fn resolve<'a>(entity: &BytesRef<'_>) -> Cow<'a, str> {
    match entity.resolve_char_ref() {
        Ok(Some(letter)) => Cow::Owned(letter.to_string()),
        Ok(None) => Cow::Borrowed(escape::resolve_predefined_entity(entity).unwrap_or("")),
        Err(_) => Cow::Borrowed(""),
    }
}

/// The bytes as text: UTF-8, UTF-16 with its mark, else Latin-1, in which only names are in danger. Blanks and marks
/// before the document are cut off.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    // Read as Latin-1 the mark would be three letters.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let utf16 = |decode: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| decode([pair[0], pair[1]])).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            // A character torn at the end of a broken file is no sign of another encoding.
            Err(error) if error.error_len().is_none() => String::from_utf8_lossy(&bytes[..error.valid_up_to()]),
            Err(_) => Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()),
        },
    };
    let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches(is_blank)),
        Cow::Owned(text) => Cow::Owned(text.trim_start_matches(is_blank).to_owned()),
    }
}

/// Local name of the root element, if the text is XML as far as that: words before it make it a script or a letter that
/// speaks of XML.
pub fn root_name(document: &str) -> Option<String> {
    let mut tags = Tags::new(document);
    match tags.next() {
        Ok(Some(Tag::Open(tag))) if tags.text().is_empty() => Some(tag.local_name().as_ref().to_owned()),
        _ => None,
    }
}

/// The attribute of this name, unescaped.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = raw_attribute(tag, name)?;
    Some(escape::unescape(&value).map_or_else(|_| value.to_string(), Cow::into_owned))
}

/// The number in an attribute.
pub fn number_attribute(tag: &BytesStart<'_>, name: &str) -> Option<f64> {
    number(&raw_attribute(tag, name)?)
}

fn raw_attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<Cow<'t, str>> {
    let mut attributes = tag.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value)
}

/// A finite number; a decimal comma is understood.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = text.parse::<f64>().ok().or_else(|| text.replacen(',', ".", 1).parse().ok())?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite() {
        let cases = [("12.5", Some(12.5)), (" 7 ", Some(7.0)), ("3,25", Some(3.25)), ("1e3", Some(1000.0))];
        for (text, expected) in cases {
            assert_eq!(number(text), expected, "{text}");
        }
        for text in ["", "NaN", "inf", "--", "1e999", "1,2,3"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn encodings_and_blanks_before_the_document() {
        let utf16: Vec<u8> = "\u{feff}<gpx>é</gpx>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: [&[u8]; 6] = [
            b"<gpx>\xc3\xa9</gpx>",
            b"\xef\xbb\xbf<gpx>\xc3\xa9</gpx>",
            b"\xef\xbb\xbf<gpx>\xe9</gpx>",
            b" \r\n<gpx>\xe9</gpx>",
            &utf16,
            b"<gpx>\xc3\xa9</gpx>\xc3",
        ];
        for bytes in cases {
            assert_eq!(decode(bytes), "<gpx>é</gpx>");
        }
    }

    #[test]
    fn entities_are_not_expanded() {
        let bomb = r#"<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
            <gpx>x&b;&amp;&#233;&lt;y</gpx>"#;
        let mut tags = Tags::new(bomb);
        assert!(matches!(tags.next(), Ok(Some(Tag::Open(_)))));
        assert!(matches!(tags.next(), Ok(Some(Tag::Close(_)))));
        assert_eq!(tags.text(), "x&é<y");
        assert!(matches!(tags.next(), Ok(None)));
    }
}
