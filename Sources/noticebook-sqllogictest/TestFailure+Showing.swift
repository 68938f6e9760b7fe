import SQLLogicTest

extension TestFailure {
  /// The failure for a person, with long texts cut.
  func shown(in file: String) -> String {
    var lines = ["\(file):\(line): failed"]
    if !text.isEmpty { lines += TestFailure.indented(text, "  ") }
    if let expected { lines += ["  expected"] + TestFailure.indented(expected, "    ") }
    lines += ["  got"] + TestFailure.indented(found, "    ")
    return lines.joined(separator: "\n")
  }

  /// The first lines of a text, each not too long.
  private static func indented(_ text: String, _ indent: String) -> [String] {
    let (maxLines, maxLength) = (20, 1_000)
    let lines = text.split(separator: "\n", maxSplits: maxLines, omittingEmptySubsequences: false)
    var shown = lines.prefix(maxLines).map { line in
      line.utf8.count > maxLength ? "\(indent)\(line.prefix(maxLength)) ..." : "\(indent)\(line)"
    }
    if lines.count > maxLines { shown.append("\(indent)...") }
    return shown
  }
}
