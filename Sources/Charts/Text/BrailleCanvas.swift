import Formats

/// Dots, two beside each other and four below each other in each cell: the Braille patterns of Unicode from U+2800 on, whose
/// bits are the dots.
struct BrailleCanvas {
  let width: Int
  let height: Int
  private var patterns: [UInt32]
  private var kinds: [Presentation.SpanKind?]

  private static let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// A canvas of so many cells.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    patterns = Array(repeating: 0, count: width * height)
    kinds = Array(repeating: nil, count: width * height)
  }

  /// A dot, counted from the left and from the top.
  mutating func dot(_ x: Int, _ y: Int, _ kind: Presentation.SpanKind?) {
    guard (0..<width * 2).contains(x), (0..<height * 4).contains(y) else { return }
    let cell = y / 4 * width + x / 2
    patterns[cell] |= Self.bits[y % 4][x % 2]
    kinds[cell] = kind
  }

  /// The dots between two, both included.
  ///
  /// - Parameter every: 1 for all of them, 2 for every second ...
  mutating func line(
    from start: (x: Int, y: Int), to end: (x: Int, y: Int), every: Int = 1, _ kind: Presentation.SpanKind?
  ) {
    let (dx, dy) = ((end.x - start.x).magnitude, (end.y - start.y).magnitude)
    let steps = Int(max(dx, dy))
    for step in Swift.stride(from: 0, through: steps, by: every) {
      let part = steps == 0 ? 0 : Double(step) / Double(steps)
      let x = Double(start.x) + Double(end.x - start.x) * part
      let y = Double(start.y) + Double(end.y - start.y) * part
      dot(Int(x.rounded()), Int(y.rounded()), kind)
    }
  }

  /// The lines, from the top.
  var cells: [[Cell]] {
    (0..<height).map { row in
      (0..<width).map { column in
        let index = row * width + column
        guard patterns[index] != 0, let scalar = Unicode.Scalar(0x2800 + patterns[index]) else { return Cell() }
        return Cell(character: Character(scalar), kind: kinds[index])
      }
    }
  }
}
