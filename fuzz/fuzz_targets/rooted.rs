//! XML documents under a given root element.

/// The data as a document: seeds bring their own root, perhaps after a prolog; all else is put below one.
pub fn rooted(root: &[u8], data: &[u8]) -> Vec<u8> {
    let begins = &root[..root.len() - 1];
    let has_root = data.windows(begins.len()).take(1000).any(|window| window == begins);
    if has_root { data.to_vec() } else { [root, data].concat() }
}
