import Planning

/// A pattern of SQL's `like`: `%` stands for any characters, `_` for one code point; an escape character takes away their meaning.
struct LikePattern {
  private enum Piece: Equatable {
    case byte(UInt8)
    case anyOne
    case anyNumber
  }

  private var pieces: [Piece] = []

  /// Reads a pattern. An escape character at its very end stands for itself. With `ignoresCase` the texts to match must
  /// be in lower case.
  init(_ pattern: String, escape: Unicode.Scalar?, ignoresCase: Bool = false) {
    func append(_ character: Unicode.Scalar) {
      let folded = ignoresCase ? character.properties.lowercaseMapping : String(character)
      pieces += folded.utf8.map { Piece.byte($0) }
    }
    var isEscaped = false
    for character in pattern.unicodeScalars {
      if isEscaped {
        append(character)
        isEscaped = false
      } else if character == escape {
        isEscaped = true
      } else if character == "%" {
        if pieces.last != .anyNumber { pieces.append(.anyNumber) }
      } else if character == "_" {
        pieces.append(.anyOne)
      } else {
        append(character)
      }
    }
    if isEscaped, let escape { append(escape) }
  }

  /// The plain search that the pattern comes down to, if it has `%` at its ends only and no `_`.
  var simpleSearch: (ScalarFunction, String)? {
    var middle = pieces[...]
    let isOpenAtStart = middle.first == .anyNumber
    if isOpenAtStart { middle = middle.dropFirst() }
    let isOpenAtEnd = middle.last == .anyNumber
    if isOpenAtEnd { middle = middle.dropLast() }
    var bytes: [UInt8] = []
    for piece in middle {
      guard case .byte(let byte) = piece else { return nil }
      bytes.append(byte)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return switch (isOpenAtStart, isOpenAtEnd) {
    case (true, true): (.contains, text)
    case (true, false): middle.isEmpty ? (.contains, text) : (.endsWith, text)
    case (false, true): (.startsWith, text)
    case (false, false): (.equal, text)
    }
  }

  /// Whether a whole text fits.
  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }

  /// Whether a whole text of UTF-8 fits. Time is at most the product of both lengths: only the last `%` is ever gone back
  /// to.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    /// The place of the code point that follows.
    func following(_ place: Int) -> Int {
      var next = place + 1
      while next < text.count, text[next].continuesCodePoint { next += 1 }
      return next
    }
    var position = 0
    var piece = 0
    var retry: (piece: Int, position: Int)?
    while position < text.count {
      if piece < pieces.count {
        switch pieces[piece] {
        case .anyNumber:
          retry = (piece + 1, position)
          piece += 1
          continue
        case .anyOne:
          piece += 1
          position = following(position)
          continue
        case .byte(let byte) where byte == text[position]:
          piece += 1
          position += 1
          continue
        case .byte: break
        }
      }
      guard let last = retry else { return false }
      retry = (last.piece, following(last.position))
      piece = last.piece
      position = following(last.position)
    }
    return pieces[min(piece, pieces.count)...].allSatisfy { $0 == .anyNumber }
  }
}
