//! SVG as PNG.

use resvg::{tiny_skia, usvg};
use std::io::Write;
use std::sync::{Arc, OnceLock};

/// Longest side of a picture that is still painted, px.
const MOST_PX: u32 = 20_000;

/// Paints an SVG as PNG at `scale` pixels for each of its own.
///
/// `None` when the text is no SVG, or when the picture would have no pixels or more than 20 000 along a side.
pub fn png(svg: &str, scale: f32) -> Option<Vec<u8>> {
    let tree = usvg::Tree::from_str(svg, &options()).ok()?;
    let pixels = |length: f32| Some((length * scale).round()).filter(|p| (1.0..=MOST_PX as f32).contains(p));
    let (width, height) = (pixels(tree.size().width())?, pixels(tree.size().height())?);
    let mut pixmap = tiny_skia::Pixmap::new(width as u32, height as u32)?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    encoded(&pixmap)
}

/// The picture as a file, on white. Flat colours pack well without filters, and packing is most of the work.
fn encoded(pixmap: &tiny_skia::Pixmap) -> Option<Vec<u8>> {
    let over_white = |channel: u8, alpha: u8| channel + (u8::MAX - alpha);
    let rgb = |p: &tiny_skia::PremultipliedColorU8| {
        [p.red(), p.green(), p.blue()].map(|channel| over_white(channel, p.alpha()))
    };
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.add_text_chunk("Software".to_owned(), "freshlegs".to_owned()).ok()?;
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(3));
    // Row by row: the whole picture once more would cost more time than its packing.
    let mut writer = encoder.write_header().ok()?;
    let mut rows = writer.stream_writer().ok()?;
    let mut row = Vec::with_capacity(3 * pixmap.width() as usize);
    for pixels in pixmap.pixels().chunks(pixmap.width() as usize) {
        row.clear();
        row.extend(pixels.iter().flat_map(rgb));
        rows.write_all(&row).ok()?;
    }
    rows.finish().ok()?;
    drop(writer);
    Some(bytes)
}

/// How an SVG is read: with the embedded fonts and no others.
fn options() -> usvg::Options<'static> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let fontdb = FONTS.get_or_init(|| {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_data(dejavu::sans::regular().to_vec());
        fonts.load_font_data(dejavu::sans::bold().to_vec());
        fonts.set_sans_serif_family("DejaVu Sans");
        Arc::new(fonts)
    });
    usvg::Options { fontdb: Arc::clone(fontdb), ..usvg::Options::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Width and height from the header of a PNG.
    fn png_size(bytes: &[u8]) -> (u32, u32) {
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    }

    const SMALL: &str =
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="9" height="9"/></svg>"#;

    #[test]
    fn paints_at_the_asked_scale() {
        assert_eq!(png_size(&png(SMALL, 1.0).unwrap()), (40, 20));
        assert_eq!(png_size(&png(SMALL, 2.5).unwrap()), (100, 50));
    }

    #[test]
    fn refuses_what_cannot_be_painted() {
        assert_eq!(png("no picture", 1.0), None);
        for scale in [0.0, -1.0, 1e9, f32::NAN, f32::INFINITY] {
            assert_eq!(png(SMALL, scale), None, "scale {scale}");
        }
    }

    #[test]
    fn text_is_painted_with_the_embedded_font() {
        let text = |family: &str| {
            let svg = format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text y="20" font-family="{family}">run</text></svg>"#
            );
            png(&svg, 1.0).unwrap()
        };
        let empty = png(r#"<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"></svg>"#, 1.0).unwrap();
        assert_ne!(text("DejaVu Sans, Verdana, sans-serif"), empty);
        assert_eq!(text("DejaVu Sans, Verdana, sans-serif"), text("sans-serif"));
    }
}
