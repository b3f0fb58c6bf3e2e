//! Exports of Apple Health in an archive: read first, since each of their routes is read with its workout.

use super::beside::{may_be_export, may_be_route, plain};
use super::stretch::{ByteStretch, Guarded};
use super::{Directory, Size, Visit, WITHIN, name_of};
use crate::read::apple::Export;
use std::collections::HashSet;
use std::io::BufReader;
use std::rc::Rc;
use zip::read::ZipFileEntry;
use zip::{CompressionMethod, ZipReadOptions};

impl Visit<'_> {
    /// Reads the exports in an archive and keeps their workouts until the routes come. An archive that would have to be
    /// unpacked a second time for that is none that a phone hands out.
    pub(super) fn read_exports(&mut self, name: &str, archive: &mut Directory<'_>, packed: &ByteStretch<'_>) {
        if packed.is_inflated() {
            return;
        }
        let Ok(entries) = archive.files() else { return };
        let mut bodies = BufReader::new(packed.clone());
        let (mut exports, mut routes) = (Vec::new(), HashSet::new());
        for entry in entries.flatten() {
            let full = format!("{name}{WITHIN}{}", name_of(&entry));
            if may_be_route(&full) {
                routes.insert(plain(&full));
            } else if may_be_export(&full)
                && let Some(export) = self.export(entry, &mut bodies)
            {
                exports.push((full, export));
            }
        }
        for (full, export) in exports {
            self.beside.add(&full, export, &routes);
        }
    }

    /// An export may be larger than any other entry: nothing of it is held but its workouts.
    fn export(&self, entry: ZipFileEntry<'_>, bodies: &mut BufReader<ByteStretch<'_>>) -> Option<Export> {
        let is_packed_well = matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
        let size = Size { packed: entry.compressed_size(), unpacked: entry.size() };
        if entry.encrypted() || !is_packed_well || size.check(self.limits, u64::MAX).is_err() {
            return None;
        }
        let body = entry.with_reader(bodies, ZipReadOptions::new()).ok()?;
        Export::sniffed(Guarded { inner: body, left: size.unpacked, tally: Rc::clone(&self.tally) })
    }
}
