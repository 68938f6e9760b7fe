import CRegex
import Synchronization

/// A regular expression in the syntax of RE2, which takes time linear in the text's length whatever the pattern.
///
/// ```swift
/// let pattern = try RegularExpression.compiled("^acc_(\\d+)$")
/// pattern.matches("acc_17")  // true
/// ```
public final class RegularExpression: Sendable {
  /// Why a pattern is none.
  public struct Invalid: Error {
    /// What is wrong with it: in RE2's words, or the flag that there is none of.
    public let reason: String
    /// Whether it is the flags that are wrong.
    public var isFlag = false
  }

  /// Part of a text, in bytes; nil for a group that took no part in a match.
  public typealias Span = Range<Int>

  /// The most groups of a match that are told.
  public static let groupLimit = 63

  /// How many groups in brackets it has, as far as they are told.
  public let groupCount: Int

  /// RE2 itself locks what its matches share, and nothing here changes it after `init`.
  private nonisolated(unsafe) let regex: OpaquePointer

  /// Compiles a pattern. `flags` are letters, those of PostgreSQL and DuckDB: `i` ignores case, `c` does not, `m` or `n`
  /// let `^` and `$` match at lines, `s` lets `.` match a line's end, `l` takes the pattern as plain text, `g` is for who
  /// replaces.
  public init(_ pattern: String, flags: String = "") throws(Invalid) {
    if let unknown = flags.first(where: { !"icmnslg".contains($0) }) {
      throw Invalid(reason: String(unknown), isFlag: true)
    }
    var pattern = flags.contains("l") ? Self.escaped(pattern) : pattern
    var modes = ""
    if let letter = flags.last(where: { $0 == "i" || $0 == "c" }), letter == "i" { modes += "i" }
    if flags.contains(where: { $0 == "m" || $0 == "n" }) { modes += "m" }
    if flags.contains("s") { modes += "s" }
    if !modes.isEmpty { pattern = "(?\(modes))" + pattern }
    var message = [CChar](repeating: 0, count: 256)
    let made = pattern.withUTF8 { nb_regex_make($0.baseAddress, $0.count, &message, message.count) }
    guard let made else {
      let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw Invalid(reason: reason.isEmpty ? "it needs too much memory" : reason)
    }
    regex = made
    groupCount = min(Int(nb_regex_group_count(made)), Self.groupLimit)
  }

  deinit { nb_regex_free(regex) }

  /// The number of the group `(?P<name>...)`; nil if there is none.
  public func group(named name: String) -> Int? {
    let number = nb_regex_group_number(regex, name)
    return number < 0 ? nil : Int(number)
  }

  /// Whether it matches somewhere in a text, or with `whole` the text as a whole.
  public func matches(_ text: UnsafeBufferPointer<UInt8>, whole: Bool = false) -> Bool {
    nb_regex_match(regex, text.baseAddress, text.count, 0, whole ? nb_regex_whole : nb_regex_anywhere, nil, 0)
  }

  /// Whether it matches somewhere in a text, or with `whole` the text as a whole.
  public func matches(_ text: String, whole: Bool = false) -> Bool {
    var text = text
    return text.withUTF8 { matches($0, whole: whole) }
  }

  /// The matches of a text one after the other, as RE2 counts them: they do not overlap, and an empty one does not lie at
  /// the end of the one before. Each is the span of the whole and of the groups.
  /// - Parameters:
  ///   - from: the byte where the search begins.
  ///   - body: gets each match; false ends the search.
  public func forEachMatch(in text: String, from: Int = 0, _ body: ([Span?]) throws -> Bool) rethrows {
    var text = text
    var spans = [nb_regex_span](repeating: nb_regex_span(start: -1, end: -1), count: groupCount + 1)
    try text.withUTF8 { bytes in
      var position = from
      var lastEnd = -1
      while position <= bytes.count {
        guard
          nb_regex_match(
            regex, bytes.baseAddress, bytes.count, position, nb_regex_anywhere, &spans, Int32(spans.count))
        else { return }
        let match = spans.map { $0.start < 0 ? nil : Int($0.start)..<Int($0.end) }
        guard let whole = match[0] else { return }
        if whole.isEmpty {
          if whole.lowerBound != lastEnd, try !body(match) { return }
          // On to the next code point, past the bytes that continue one.
          position = whole.upperBound + 1
          while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
        } else {
          if try !body(match) { return }
          position = whole.upperBound
        }
        lastEnd = whole.upperBound
      }
    }
  }

  /// A text as a pattern that matches it and nothing else.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII, scalar != "_", !scalar.properties.isAlphabetic, scalar.properties.numericType == nil {
        result += scalar == "\0" ? "\\x00" : "\\\(scalar)"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  // MARK: Compiled once

  private struct Key: Hashable {
    let pattern: String
    let flags: String
  }

  private static let known = Mutex<[Key: RegularExpression]>([:])
  private static let knownLimit = 64

  /// The compiled pattern, from those compiled lately if it is among them.
  public static func compiled(_ pattern: String, flags: String = "") throws(Invalid) -> RegularExpression {
    let key = Key(pattern: pattern, flags: flags)
    if let regex = known.withLock({ $0[key] }) { return regex }
    let regex = try RegularExpression(pattern, flags: flags)
    known.withLock { known in
      if known.count >= knownLimit { known.removeAll() }
      known[key] = regex
    }
    return regex
  }
}
