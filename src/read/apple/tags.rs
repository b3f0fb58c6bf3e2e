//! The tags of a document too large to be held, one at a time, whatever lies between them.
//!
//! quick-xml would have to hold whatever a damaged document does not end; and the document type of some exports is damaged.

use quick_xml::events::BytesStart;
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// A longer tag is none of those that are read.
const LONGEST_TAG_BYTES: u64 = 64 << 10;

pub struct RawTags<R> {
    reader: R,
    tag: Vec<u8>,
}

/// What stands between `<` and `>`.
pub struct RawTag<'a> {
    content: &'a str,
}

impl<R: BufRead> RawTags<R> {
    pub fn new(reader: R) -> Self {
        RawTags { reader, tag: Vec::new() }
    }

    /// The next tag that is text and of a sane length; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<RawTag<'_>>> {
        while self.advance()? {
            // The borrow checker would not let go of it otherwise.
            if std::str::from_utf8(&self.tag).is_ok() {
                break;
            }
        }
        let content = std::str::from_utf8(&self.tag).unwrap_or_default();
        Ok((!content.is_empty()).then_some(RawTag { content }))
    }

    /// Reads up to the end of the next tag and keeps it; false at the end of the document.
    fn advance(&mut self) -> io::Result<bool> {
        loop {
            self.tag.clear();
            self.reader.skip_until(b'<')?;
            let (mut is_open, mut quotes) = (true, 0);
            while is_open {
                let read = self.tag.len();
                let left = LONGEST_TAG_BYTES.saturating_sub(read as u64);
                if self.reader.by_ref().take(left).read_until(b'>', &mut self.tag)? == 0 {
                    break;
                }
                quotes += self.tag[read..].iter().filter(|byte| **byte == b'"').count();
                // The `>` may stand in the value of an attribute; declarations may hold an odd quote.
                let is_element = !matches!(self.tag.first(), Some(b'!' | b'?'));
                is_open = !self.tag.ends_with(b">") || is_element && quotes % 2 == 1;
            }
            if !is_open {
                self.tag.pop();
                if !self.tag.is_empty() {
                    return Ok(true);
                }
            } else if (self.tag.len() as u64) < LONGEST_TAG_BYTES {
                self.tag.clear();
                return Ok(false);
            }
        }
    }
}

impl<'a> RawTag<'a> {
    /// The element's name; with the slash of a closing tag.
    pub fn name(&self) -> &'a str {
        let end = self.content.bytes().skip(1).position(|byte| byte.is_ascii_whitespace() || byte == b'/');
        end.map_or(self.content, |end| &self.content[..=end])
    }

    pub fn is_empty_element(&self) -> bool {
        self.content.ends_with('/')
    }

    /// The attributes with their values as they are written.
    pub fn attributes(&self) -> BytesStart<'a> {
        let content = self.content.strip_suffix('/').unwrap_or(self.content);
        BytesStart::from_content(content, self.name().len())
    }
}

/// Calls `each` with the names and values of a tag's attributes until it has enough.
pub fn each_attribute(tag: &BytesStart<'_>, mut each: impl FnMut(&str, Cow<'_, str>) -> bool) {
    for attribute in tag.attributes().with_checks(false).flatten() {
        if !each(attribute.key.local_name().as_ref(), attribute.value) {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    /// The tags' contents, read in steps of so many bytes.
    fn contents(document: &[u8], step: usize) -> Vec<String> {
        let mut tags = RawTags::new(BufReader::with_capacity(step, document));
        std::iter::from_fn(|| tags.next().expect("memory").map(|tag| tag.content.to_owned())).collect()
    }

    #[test]
    fn tags_in_steps_of_any_size() {
        let document =
            b"\xef\xbb\xbf<?xml version='1.0'?><!DOCTYPE H [ <!-- it's -->\n<!ELEMENT H (a)\n<!ELEMENT \"> ]>\
            <H a=\"x > y\">text > <a b=\"&lt;\"/>\n</H><b c=\"\xff\"/><last";
        let expected = [
            "?xml version='1.0'?",
            "!DOCTYPE H [ <!-- it's --",
            "!ELEMENT H (a)\n<!ELEMENT \"",
            "H a=\"x > y\"",
            "a b=\"&lt;\"/",
            "/H",
        ];
        for step in [1, 2, 7, 8192] {
            assert_eq!(contents(document, step), expected, "{step}");
        }
        let tag = RawTag { content: "a b=\"&lt;\" c=\"2\"/" };
        let mut values = Vec::new();
        each_attribute(&tag.attributes(), |name, value| {
            values.push(format!("{name}={value}"));
            name != "b"
        });
        assert_eq!((tag.name(), tag.is_empty_element(), values), ("a", true, vec!["b=&lt;".to_owned()]));
        assert_eq!(RawTag { content: "/a" }.name(), "/a");
    }

    #[test]
    fn what_never_ends_is_not_held() {
        let mut document = b"<a>".to_vec();
        document.extend(b"<b c=\"".repeat(100_000));
        let mut tags = RawTags::new(document.as_slice());
        assert!(tags.next().expect("memory").is_some());
        assert!(tags.next().expect("memory").is_none());
        assert!(tags.tag.capacity() <= 256 << 10);
    }
}
