/// The texts that stand for NULL. The empty field is always the first of them.
struct NullMarkers: Sendable {
  /// The usual ones.
  static let usual = ["NA", "N/A", "n/a", "null", "NULL", "-"]

  let texts: [String]
  /// Whether somebody named them, so that they may look like values: `999`, `1900-01-01`.
  let areGiven: Bool
  private let words: [[UInt8]]
  /// One bit per length that some marker has, up to 63.
  private let lengths: UInt64
  private let longest: Int

  init(_ given: [String]?) {
    areGiven = given != nil
    var texts = [""]
    for text in given ?? NullMarkers.usual where !texts.contains(text) { texts.append(text) }
    self.texts = texts
    words = texts.map { Array($0.utf8) }
    longest = words.map(\.count).max() ?? 0
    lengths = words.reduce(0) { $0 | (1 << UInt64(min($1.count, 63))) }
  }

  /// The number of the marker that bytes spell, or -1. Number 0 is the empty text.
  @inline(__always)
  func index(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    if count > longest || lengths >> UInt64(min(count, 63)) & 1 == 0 { return -1 }
    return search(bytes, count)
  }

  @inline(never)
  private func search(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    for (number, word) in words.enumerated() where word.count == count {
      var position = 0
      while position < count, word[position] == bytes[position] { position += 1 }
      if position == count { return number }
    }
    return -1
  }
}
