/// The list of candidates below the line.
enum CompletionMenu {
  /// More candidates than this are listed only after a question.
  static let askAbove = 100

  /// The question before a long list.
  static func question(count: Int) -> String { "Display all \(count) possibilities? (y or n)" }

  /// The lines of the list, each at most `width` columns wide.
  ///
  /// With descriptions there is one candidate a line, when that takes no more than `height` lines; otherwise the
  /// candidates alone stand in columns, sorted downwards.
  static func lines(for candidates: [CompletionCandidate], width: Int, height: Int, colour: Bool) -> [String] {
    guard !candidates.isEmpty else { return [] }
    let names = candidates.map { DisplayWidth.escaped($0.text) }
    let hasDescriptions = candidates.contains { !($0.description ?? "").isEmpty }
    if hasDescriptions, candidates.count <= height {
      return described(candidates, names: names, width: width, colour: colour)
    }
    return columns(names, width: width)
  }

  private static func described(
    _ candidates: [CompletionCandidate], names: [String], width: Int, colour: Bool
  ) -> [String] {
    let gap = 2
    let widest = names.map { DisplayWidth.of($0) }.max() ?? 0
    return zip(candidates, names).map { candidate, name in
      let description = DisplayWidth.escaped(candidate.description ?? "")
      let room = width - widest - gap
      guard room >= 8, !description.isEmpty else { return DisplayWidth.truncate(name, to: width) }
      let shown = DisplayWidth.truncate(description, to: room)
      return padded(name, to: widest + gap) + Style.dim.apply(to: shown, colour: colour)
    }
  }

  private static func columns(_ names: [String], width: Int) -> [String] {
    let widths = names.map { DisplayWidth.of($0) }
    let columnWidth = (widths.max() ?? 0) + 2
    let columnCount = max(1, min(names.count, (width + 2) / columnWidth))
    let rowCount = (names.count + columnCount - 1) / columnCount
    return (0..<rowCount).map { row in
      var line = ""
      for column in 0..<columnCount {
        let index = column * rowCount + row
        guard index < names.count else { break }
        let isLast = (column + 1) * rowCount + row >= names.count
        let name = DisplayWidth.truncate(names[index], to: width)
        line += isLast ? name : padded(name, to: columnWidth)
      }
      return line
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
  }
}
