import Testing

@testable import Engines

@Suite("Patterns that all databases read alike") struct PortablePatternTests {
  @Test(arguments: [
    ("^(IN|TR)$", "^(?:IN|TR)\\z"), ("a.c", "a[^\n]c"), ("x{2,3}y*", "x{2,3}y*"), ("\\d+", "[0-9]+"),
    ("[\\w.-]+@", "[0-9A-Za-z_.\\-]+@"), ("https?://x\\.com", "https?://x\\.com"), ("[^a-f0-9]", "[^a-f0-9]"),
    ("(?:a|b)c", "(?:a|b)c"), ("नोटिस", "नोटिस"), ("[+]", "[+]"), ("a{3}", "a{3}"), ("a{3,}", "a{3,}"),
  ])
  func areWrittenAlike(pattern: String, written: String) {
    #expect(PortablePattern(pattern, end: "\\z")?.text == written)
  }

  @Test(arguments: [
    // Lazy, possessive, flags, classes with other names, boundaries, back references, nothing to choose from or to repeat.
    "a*?", "a++", "(?i)a", "[[:alpha:]]", "\\bword\\b", "\\s", "\\pL", "(a)\\1", "(|a)", "a|", "*a", "^*", "a{2}{3}",
    "[a&&b]", "[a-Z]", "[é]", "[]a]", "[a", "(a", "a)", "a{1000}", "a{", "a{,3}", "\\Qa\\E", "", "a**", "\\",
  ])
  func thoseThatAreNotAreNot(pattern: String) { #expect(PortablePattern(pattern, end: "$") == nil) }
}
