/// A statement that is being typed, with its line ends, and where the cursor is.
///
/// ```swift
/// var edited = EditedText("from t |>\n  share x", cursor: 2)
/// edited.moveDown(by: 1)   // true: the cursor is in the second line, in the same column
/// ```
///
/// Places are counted in Unicode scalars, as libedit counts them. What moves or deletes does so by whole graphemes, as a
/// person sees them. Each operation costs one pass over the text at most.
struct EditedText: Equatable {
  /// The characters.
  private(set) var scalars: [Unicode.Scalar]
  /// How many of them stand before the cursor.
  private(set) var cursor: Int

  /// A text with the cursor behind so many of its characters; behind the last one unless said.
  init(_ text: String, cursor: Int = .max) { self.init(scalars: Array(text.unicodeScalars), cursor: cursor) }

  /// The same for a text that is there as an array.
  init(scalars: [Unicode.Scalar], cursor: Int) {
    self.scalars = scalars
    self.cursor = min(max(0, cursor), scalars.count)
  }

  /// The whole text.
  var text: String { EditedText.string(scalars[...]) }
  /// What stands before the cursor.
  var before: String { EditedText.string(scalars[..<cursor]) }
  /// Whether nothing but blanks is there.
  var isBlank: Bool { scalars.allSatisfy(\.properties.isWhitespace) }
  /// Whether the cursor stands behind the last character.
  var isAtEnd: Bool { cursor == scalars.count }

  /// Where the line of the cursor begins.
  var lineStart: Int { (scalars[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }
  /// Where the line of the cursor ends, before its line end.
  var lineEnd: Int { scalars[cursor...].firstIndex(of: "\n") ?? scalars.count }
  /// Whether there is more than one line.
  var hasLines: Bool { scalars.contains("\n") }
  /// The line of the cursor.
  var line: String { EditedText.string(scalars[lineStart..<lineEnd]) }
  /// Of this line, what stands before the cursor.
  var lineBefore: String { EditedText.string(scalars[lineStart..<cursor]) }
  /// The blanks that the line of the cursor begins with, up to the cursor.
  var indentation: String {
    EditedText.string(scalars[lineStart..<cursor].prefix { $0 == " " })
  }

  /// Puts the cursor behind so many characters, or as near as can be.
  mutating func move(to place: Int) { cursor = min(max(0, place), scalars.count) }

  /// Goes up by lines, or down where `count` is negative, as near to its column as can be; false in the outermost line.
  mutating func moveUp(by count: Int = 1) -> Bool {
    let column = cursor - lineStart
    var place = self
    for _ in 0..<abs(count) {
      if count > 0 {
        guard place.lineStart > 0 else { break }
        place.cursor = place.lineStart - 1
      } else {
        guard place.lineEnd < scalars.count else { break }
        place.cursor = place.lineEnd + 1
      }
    }
    guard place.cursor != cursor else { return false }
    cursor = min(place.lineStart + column, place.lineEnd)
    return true
  }

  /// Where the grapheme before the cursor begins, and where the one behind it ends.
  var previousGrapheme: Int { cursor - (before.last?.unicodeScalars.count ?? 0) }
  var nextGrapheme: Int { cursor + (EditedText.string(scalars[cursor...]).first?.unicodeScalars.count ?? 0) }

  /// Where the word before the cursor begins, blanks and signs behind it passed over; a word is letters, digits and `_`.
  var previousWord: Int {
    var place = cursor
    while place > 0, !EditedText.isWord(scalars[place - 1]) { place -= 1 }
    while place > 0, EditedText.isWord(scalars[place - 1]) { place -= 1 }
    return place
  }

  /// Where the word behind the cursor ends.
  var nextWord: Int {
    var place = cursor
    while place < scalars.count, !EditedText.isWord(scalars[place]) { place += 1 }
    while place < scalars.count, EditedText.isWord(scalars[place]) { place += 1 }
    return place
  }

  /// Puts a text before the cursor.
  mutating func insert(_ text: String) { replace(cursor..<cursor, with: text) }

  /// Puts a text in the place of some characters, the cursor behind it. Gives back what stood there.
  @discardableResult
  mutating func replace(_ range: Range<Int>, with text: String) -> String {
    let range = range.clamped(to: 0..<scalars.count)
    let removed = EditedText.string(scalars[range])
    let added = Array(text.unicodeScalars)
    scalars.replaceSubrange(range, with: added)
    cursor = range.lowerBound + added.count
    return removed
  }

  /// Deletes what lies between the cursor and a place, and gives it back.
  mutating func delete(to place: Int) -> String { replace(min(place, cursor)..<max(place, cursor), with: "") }

  /// The text with another in the place of some UTF-8 offsets, the cursor behind it; nil when these are not at characters.
  func replacing(_ range: Range<Int>, with text: String) -> EditedText? {
    guard CompletionEdit.part(range, of: self.text) != nil else { return nil }
    let utf8 = self.text.utf8
    func place(_ offset: Int) -> Int { String(Substring(utf8.prefix(offset))).unicodeScalars.count }
    var edited = self
    edited.replace(place(range.lowerBound)..<place(range.upperBound), with: text)
    return edited
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.generalCategory == .nonspacingMark
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
