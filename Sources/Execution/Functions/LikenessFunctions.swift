import ColumnStore
import Planning

/// How alike two texts are. All compare code points.
enum LikenessFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .levenshtein: distance("levenshtein") { levenshtein($0, $1) },
    .damerauLevenshtein: distance("damerau_levenshtein") { damerau($0, $1) },
    .hamming: RowFunction { values in
      let (first, second) = scalars(values)
      guard first.count == second.count else { return .null }
      return .integer(zip(first, second).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) })
    },
    .jaccard: RowFunction { values in
      let (first, second) = scalars(values)
      let all = Set(first).union(second)
      return all.isEmpty ? .null : .double(Double(Set(first).intersection(second).count) / Double(all.count))
    },
    .jaro: similarity("jaro_similarity") { jaro($0, $1) },
    .jaroWinkler: similarity("jaro_winkler_similarity") { first, second in
      let likeness = jaro(first, second)
      // Winkler 1990: up to four characters that agree, a tenth each; only where the texts are much alike already.
      let prefix = zip(first.prefix(4), second.prefix(4)).prefix { $0 == $1 }.count
      return likeness > 0.7 ? likeness + Double(prefix) * 0.1 * (1 - likeness) : likeness
    },
    .soundex: .ofText { .text(soundex($0)) },
  ]

  /// The most pairs of characters that are compared for two texts: those of texts of 8,192 characters each.
  private static let pairLimit = 1 << 26

  private static func scalars(_ values: [Value]) -> ([Unicode.Scalar], [Unicode.Scalar]) {
    (Array((values.text(0) ?? "").unicodeScalars), Array((values.text(1) ?? "").unicodeScalars))
  }

  private static func bounded(
    _ name: String, _ body: @escaping @Sendable ([Unicode.Scalar], [Unicode.Scalar]) -> Value
  ) -> RowFunction {
    RowFunction(failing: { values, call in
      let (first, second) = scalars(values)
      guard first.isEmpty || second.count <= pairLimit / first.count else {
        throw ExecutionError.argumentTooLong(function: name, span: call.span)
      }
      return body(first, second)
    })
  }

  private static func distance(
    _ name: String, _ body: @escaping @Sendable ([Unicode.Scalar], [Unicode.Scalar]) -> Int
  ) -> RowFunction {
    bounded(name) { .integer(Int64(body($0, $1))) }
  }

  private static func similarity(
    _ name: String, _ body: @escaping @Sendable ([Unicode.Scalar], [Unicode.Scalar]) -> Double
  ) -> RowFunction {
    bounded(name) { .double(body($0, $1)) }
  }

  /// V. I. Levenshtein (1966), by the rows of R. A. Wagner and M. J. Fischer (1974).
  private static func levenshtein(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    var row = Array(0...second.count)
    for (index, scalar) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (place, other) in second.enumerated() {
        let changed = diagonal + (scalar == other ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(changed, min(row[place], diagonal) + 1)
      }
    }
    return row[second.count]
  }

  /// The distance of F. J. Damerau (1964) without restriction, by the matrix of R. Lowrance and R. A. Wagner (1975).
  private static func damerau(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    let width = second.count + 2
    let beyond = first.count + second.count
    var matrix = [Int](repeating: beyond, count: (first.count + 2) * width)
    for row in 0...first.count { matrix[(row + 1) * width + 1] = row }
    for column in 0...second.count { matrix[width + column + 1] = column }
    var lastRow: [Unicode.Scalar: Int] = [:]
    for (row, scalar) in first.enumerated() {
      var lastColumn = 0
      for (column, other) in second.enumerated() {
        let matchRow = lastRow[other] ?? 0
        let matchColumn = lastColumn
        var cost = 1
        if scalar == other {
          cost = 0
          lastColumn = column + 1
        }
        let changed = matrix[(row + 1) * width + column + 1] + cost
        let putIn = matrix[(row + 2) * width + column + 1] + 1
        let takenOut = matrix[(row + 1) * width + column + 2] + 1
        let swapped = matrix[matchRow * width + matchColumn] + (row - matchRow) + 1 + (column - matchColumn)
        matrix[(row + 2) * width + column + 2] = min(min(changed, putIn), min(takenOut, swapped))
      }
      lastRow[scalar] = row + 1
    }
    return matrix[(first.count + 1) * width + second.count + 1]
  }

  /// M. A. Jaro (1989): characters that agree within half the longer text, and how many of them change places.
  private static func jaro(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Double {
    if first.isEmpty || second.isEmpty { return first.isEmpty && second.isEmpty ? 1 : 0 }
    let window = max(0, max(first.count, second.count) / 2 - 1)
    var taken = [Bool](repeating: false, count: second.count)
    var agreeing: [Unicode.Scalar] = []
    for (index, scalar) in first.enumerated() {
      let low = max(0, index - window)
      let high = min(second.count, index + window + 1)
      guard low < high, let place = (low..<high).first(where: { !taken[$0] && second[$0] == scalar }) else { continue }
      taken[place] = true
      agreeing.append(scalar)
    }
    if agreeing.isEmpty { return 0 }
    let others = second.indices.filter { taken[$0] }.map { second[$0] }
    let moved = zip(agreeing, others).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) } / 2
    let count = Double(agreeing.count)
    return (count / Double(first.count) + count / Double(second.count) + (count - Double(moved)) / count) / 3
  }

  /// R. C. Russell's code (1918) as the US National Archives have it: `h` and `w` do not part letters of one sound.
  private static func soundex(_ text: String) -> String {
    let codes: [Character: Character] = [
      "B": "1", "F": "1", "P": "1", "V": "1", "C": "2", "G": "2", "J": "2", "K": "2", "Q": "2", "S": "2", "X": "2",
      "Z": "2", "D": "3", "T": "3", "L": "4", "M": "5", "N": "5", "R": "6",
    ]
    let letters = UnicodeText.withoutAccents(text).uppercased().filter { $0.isASCII && $0.isLetter }
    guard let first = letters.first else { return "" }
    var result = String(first)
    var last = codes[first]
    for letter in letters.dropFirst() where letter != "H" && letter != "W" {
      let code = codes[letter]
      if let code, code != last { result.append(code) }
      last = code
      if result.count == 4 { return result }
    }
    return result + String(repeating: "0", count: 4 - result.count)
  }
}
