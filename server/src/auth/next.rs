//! Where to go after signing in. The wish comes with the request, so it may only ever be a page of ours.

/// Where everybody starts.
pub(crate) const FRONT: &str = "/groups";

/// Longest path that is carried through the sign-in.
const MAX: usize = 2000;

/// The path, where it can only lead to a page of this very site.
///
/// Browsers take `//host` and `/\host` for other sites and drop control characters before they look; answers must not
/// be split by CR or LF. The forms of the sign-in itself are no place to go to afterwards. In a query a backslash is a letter
/// like any other, and browsers send it as it is.
pub(crate) fn local_path(next: &str) -> Option<&str> {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let is_local = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= MAX
        && next.bytes().all(|byte| byte.is_ascii_graphic())
        && !path.contains('\\');
    let is_page = !["/login", "/logout", "/setup", "/api", "/live", "/pkg"]
        .iter()
        .any(|taken| path.strip_prefix(taken).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    (is_local && is_page).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_ours_are_gone_to() {
        for good in
            ["/", "/groups", "/groups/7?tab=members", "/manage/1/audit#e9", "/loginish", "/groups?search=%2541&a=b\\c"]
        {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "groups",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "/groups\\..",
            "\\\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\r\nSet-Cookie: a=b",
            "/groups\u{0}",
            "/gr\u{fc}ppen",
            " /groups",
            "/login",
            "/login?next=/login",
            "/logout/everywhere",
            "/setup",
            "/api/groups/join",
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
        assert_eq!(local_path(&format!("/{}", "a".repeat(MAX))), None);
    }
}
