/// Texts as a query writes them.
enum QuotedText {
  static func literal(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// A name, in quotes where it needs them.
  static func name(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.first?.isNumber == false
      && text.utf8.allSatisfy { $0 == 95 || (97...122).contains($0) || (48...57).contains($0) }
    if isPlain { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
