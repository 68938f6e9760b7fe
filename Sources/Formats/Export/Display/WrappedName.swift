/// A column's name that may be written over several lines, broken after `_`, `-` and spaces.
struct WrappedName {
  /// What may stand on a line of its own, in order; together the name.
  private let pieces: [String]
  /// The cells that the name fills on one line.
  let width: Int

  private static let mostLines = 3
  private static let narrowest = 6
  private static let widestNarrow = 16

  init(_ name: String) {
    var pieces: [String] = []
    var piece = ""
    for character in name {
      piece.append(character)
      if character == "_" || character == "-" || character == " " {
        pieces.append(piece)
        piece = ""
      }
    }
    if !piece.isEmpty || pieces.isEmpty { pieces.append(piece) }
    self.pieces = pieces
    width = displayWidth(name)
  }

  /// The fewest cells in which the name still reads well: whole pieces on at most three lines, or, where that would be
  /// wide, 16 cells.
  var narrowWidth: Int {
    let longest = pieces.map { displayWidth($0) }.max() ?? 0
    var candidate = max(longest, WrappedName.narrowest)
    while candidate < WrappedName.widestNarrow, lines(width: candidate).count > WrappedName.mostLines { candidate += 1 }
    return min(candidate, width, WrappedName.widestNarrow)
  }

  /// The lines at a width. A piece that is wider stands on a line of its own, for the caller to cut.
  func lines(width: Int) -> [String] {
    var lines: [String] = []
    for piece in pieces {
      if let last = lines.last, displayWidth(trimmed(last + piece)) <= width {
        lines[lines.count - 1] = last + piece
      } else {
        lines.append(piece)
      }
    }
    return lines.map(trimmed)
  }

  /// Without the space at which it was broken.
  private func trimmed(_ line: String) -> String { line.hasSuffix(" ") ? String(line.dropLast()) : line }
}
