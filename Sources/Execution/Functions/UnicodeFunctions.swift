import ColumnStore
import Planning

/// Functions of single texts that need Unicode's tables, and small ones beside them.
enum UnicodeFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .normalise: RowFunction { values in
      let forms: [String: UnicodeText.Form] = ["nfd": .nfd, "nfkc": .nfkc, "nfkd": .nfkd]
      return .text(UnicodeText.transformed(values.text(0) ?? "", to: forms[values.text(1) ?? ""] ?? .nfc))
    },
    .stripAccents: .ofText { .text(UnicodeText.withoutAccents($0)) },
    .caseFold: .ofText { .text(UnicodeText.transformed($0, to: .caseFolded)) },
    .collated: RowFunction { $0[0] },
    .collationKey: .ofText { .text(UnicodeText.dictionaryKey($0)) },
    .codePoint: .ofText { .integer(Int64($0.unicodeScalars.first?.value ?? 0)) },
    .character: RowFunction { values in
      guard let number = values.integer(0), number > 0, let code = UInt32(exactly: number) else { return .null }
      return Unicode.Scalar(code).map { .text(String($0)) } ?? .null
    },
    .byteLength: .ofText { .integer(Int64($0.utf8.count)) },
    .bitLength: .ofText { .integer(Int64($0.utf8.count) * 8) },
    .graphemeLength: .ofText { .integer(Int64($0.count)) },
    .leftGraphemes: RowFunction { graphemes($0, isLeft: true) },
    .rightGraphemes: RowFunction { graphemes($0, isLeft: false) },
    .translate: RowFunction { values in
      let targets = Array((values.text(2) ?? "").unicodeScalars)
      var map: [Unicode.Scalar: Unicode.Scalar?] = [:]
      for (index, scalar) in (values.text(1) ?? "").unicodeScalars.enumerated() where map[scalar] == nil {
        map[scalar] = .some(index < targets.count ? targets[index] : nil)
      }
      var result = String.UnicodeScalarView()
      result.append(contentsOf: (values.text(0) ?? "").unicodeScalars.compactMap { map[$0] ?? $0 })
      return .text(String(result))
    },
    .overlay: RowFunction { values in
      let text = Array((values.text(0) ?? "").unicodeScalars)
      let new = values.text(1) ?? ""
      // Bounded, so that sums stay far inside 64 bits.
      func bounded(_ number: Int64) -> Int { Int(max(-(1 << 40), min(number, 1 << 40))) }
      let start = bounded(values.integer(2) ?? 1)
      let end = start + bounded(values.integer(3) ?? Int64(new.unicodeScalars.count))
      var result = String.UnicodeScalarView()
      result.append(contentsOf: text.prefix(max(0, start - 1)))
      result.append(contentsOf: new.unicodeScalars)
      result.append(contentsOf: text.dropFirst(max(0, end - 1)))
      return .text(String(result))
    },
    .quoteLiteral: .ofText { .text(QuotedText.literal($0)) },
    .quoteNullable: RowFunction { .text($0.text(0).map(QuotedText.literal) ?? "NULL") },
    .quoteName: .ofText { .text(QuotedText.name($0)) },
    .format: TemplateText.function,
    .filename: .ofText { .text(String($0.split(separator: "/", omittingEmptySubsequences: false).last ?? "")) },
  ]

  private static func graphemes(_ values: [Value], isLeft: Bool) -> Value {
    guard let text = values.text(0), let count = values.integer(1) else { return .null }
    let length = text.count
    let taken =
      count >= 0 ? Int(min(count, Int64(length))) : max(0, length - Int(min(count.magnitude, UInt64(length))))
    return .text(String(isLeft ? text.prefix(taken) : text.suffix(taken)))
  }
}

extension RowFunction {
  /// A function of one text.
  static func ofText(_ body: @escaping @Sendable (String) -> Value) -> RowFunction {
    RowFunction { $0.text(0).map(body) ?? .null }
  }
}
