//! The checksum at the end of every section.

/// CRC-16 with the reflected polynomial 0xA001, as FIT uses it. Eight bytes at a time: `TABLES[k]` holds what a byte comes
/// to with `k` zero bytes after it.
pub fn crc(bytes: &[u8]) -> u16 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let crc = eights.iter().fold(0_u16, |crc, eight| {
        let [low, high] = crc.to_le_bytes();
        let [a, b, others @ ..] = *eight;
        let others =
            others.iter().zip(TABLES[..6].iter().rev()).fold(0, |sum, (byte, table)| sum ^ table[usize::from(*byte)]);
        TABLES[7][usize::from(a ^ low)] ^ TABLES[6][usize::from(b ^ high)] ^ others
    });
    rest.iter().fold(crc, |crc, byte| (crc >> 8) ^ TABLES[0][usize::from((crc as u8) ^ byte)])
}

static TABLES: [[u16; 256]; 8] = tables();

const fn tables() -> [[u16; 256]; 8] {
    let mut tables = [[0_u16; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u16;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 };
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut zeros = 1;
    while zeros < 8 {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[zeros - 1][byte];
            tables[zeros][byte] = (before >> 8) ^ tables[0][(before & 0xff) as usize];
            byte += 1;
        }
        zeros += 1;
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_this_checksum() {
        // CRC-16/ARC of the digits: 0xBB3D in every catalogue of checksums.
        assert_eq!(crc(b"123456789"), 0xBB3D);
        assert_eq!(crc(b""), 0);
    }

    #[test]
    fn many_bytes_at_a_time_give_what_one_at_a_time_gives() {
        let bytes: Vec<u8> = (0..1000_u32).map(|i| (i * i + 7 * i) as u8).collect();
        for length in [1, 7, 8, 9, 15, 16, 17, 1000] {
            let slowly = bytes[..length].iter().fold(0_u16, |crc, byte| {
                (0..8).fold(crc ^ u16::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 })
            });
            assert_eq!(crc(&bytes[..length]), slowly, "{length}");
        }
    }
}
