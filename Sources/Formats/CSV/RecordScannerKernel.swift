import CScan

/// Reads records one after the other, exactly and for every dialect, at the price of speed: headers, samples, chunks
/// whose rows differ in their fields, and files whose quotes are not as they should be.
///
/// - A quote opens a field only as its first byte.
/// - Inside, a doubled quote (or one after a backslash) is a quote of the text. A quote that neither a delimiter nor a
///   line end follows is taken literally and is a fault.
/// - A quoted field that never closes begins with a literal quote; its line is read as unquoted. That is a fault too.
struct RecordScanner {
  /// What was wrong with a field and how it was read all the same.
  struct Fault {
    enum Kind {
      case quoteInside
      case unclosed
    }
    var field: Int
    var kind: Kind
  }

  /// What one record took.
  struct Record {
    /// Where the next record begins.
    var next: Int
    /// Where the content ends, before the line end.
    var contentEnd: Int
    /// Lines passed, the last one included even if nothing ends it.
    var lines: Int
    /// Whether a line end was found.
    var isTerminated: Bool
    /// Whether it has nothing but delimiters.
    var isBlank: Bool
  }

  let base: UnsafePointer<UInt8>
  /// Nothing from here on is read.
  let limit: Int
  let delimiter: UInt8
  let quote: UInt8
  let hasQuote: Bool
  let hasBackslash: Bool
  let skipsBlank: Bool
  private let endsAtLF: Bool
  private let endsAtCR: Bool
  private let stripsCR: Bool

  /// No quoted field that begins at or after this closes beyond its first run of quotes; found when one did not. (Where
  /// a field closes depends only on the runs of quotes behind its first, and those are the same for all fields before.)
  private(set) var unclosedFrom: Int

  /// The spans of the record read last, and its faults. Spans count from `origin`.
  private(set) var fields: [FieldSpan] = []
  private(set) var faults: [Fault] = []

  init(base: UnsafePointer<UInt8>, limit: Int, dialect: Dialect, unclosedFrom: Int = .max) {
    self.base = base
    self.limit = limit
    endsAtLF = dialect.lineEnd != .carriageReturn
    endsAtCR = dialect.lineEnd == .carriageReturn || dialect.lineEnd == .mixed
    stripsCR = !endsAtCR
    delimiter = dialect.delimiter ?? (endsAtLF ? 0x0A : 0x0D)
    skipsBlank = dialect.delimiter != nil
    quote = dialect.quote ?? 0
    hasQuote = dialect.quote != nil
    hasBackslash = hasQuote && dialect.escape == .backslash
    self.unclosedFrom = unclosedFrom
  }

  /// Reads the record at `start`, which must be below `limit`. Spans count from `origin`, at most 4 GiB before the end.
  ///
  /// - Throws: `RecordTooLong` when a field or the record cannot be addressed.
  mutating func read(at start: Int, origin: Int) throws(RecordTooLong) -> Record {
    fields.removeAll(keepingCapacity: true)
    faults.removeAll(keepingCapacity: true)
    var position = start
    var lines = 1
    while true {
      if hasQuote, position < limit, base[position] == quote,
        let end = try quotedField(at: position, origin: origin, &lines)
      {
        position = end
      } else {
        let end = cscan_find(
          base, position, limit, delimiter, endsAtLF ? 0x0A : 0x0D, endsAtCR ? 0x0D : 0x0A, delimiter)
        var contentEnd = end
        if stripsCR, end > position, base[end - 1] == 0x0D, end == limit || base[end] == 0x0A { contentEnd -= 1 }
        try append(position, contentEnd, origin: origin, flags: 0)
        position = end
      }
      // Behind a field: a delimiter, a line end or the end of everything. A return before a line feed counts to it.
      if position >= limit { return record(start, limit, limit, lines, false) }
      let byte = base[position]
      if isLineEnd(byte) {
        var next = position + 1
        if byte == 0x0D, endsAtLF, next < limit, base[next] == 0x0A { next += 1 }
        return record(start, position, next, lines, true)
      }
      if stripsCR, byte == 0x0D, position + 1 >= limit { return record(start, position, limit, lines, false) }
      if stripsCR, byte == 0x0D, base[position + 1] == 0x0A {
        return record(start, position, position + 2, lines, true)
      }
      position += 1
    }
  }

  @inline(__always)
  private func isLineEnd(_ byte: UInt8) -> Bool { (byte == 0x0A && endsAtLF) || (byte == 0x0D && endsAtCR) }

  private func record(_ start: Int, _ contentEnd: Int, _ next: Int, _ lines: Int, _ terminated: Bool) -> Record {
    var isBlank = skipsBlank
    var position = start
    while isBlank, position < contentEnd {
      let byte = base[position]
      isBlank = byte == delimiter || (stripsCR && byte == 0x0D)
      position += 1
    }
    return Record(next: next, contentEnd: contentEnd, lines: lines, isTerminated: terminated, isBlank: isBlank)
  }

  private mutating func append(_ start: Int, _ end: Int, origin: Int, flags: UInt32) throws(RecordTooLong) {
    guard end - start <= FieldSpan.lengthLimit, end - origin < 1 << 32 else { throw RecordTooLong() }
    fields.append(
      FieldSpan(
        start: UInt32(truncatingIfNeeded: start - origin), bits: UInt32(truncatingIfNeeded: end - start) | flags))
  }

  /// Whether a quoted field may end before this position.
  @inline(__always)
  private func closes(before position: Int) -> Bool {
    if position >= limit { return true }
    let byte = base[position]
    if byte == delimiter || isLineEnd(byte) { return true }
    return stripsCR && byte == 0x0D && (position + 1 >= limit || base[position + 1] == 0x0A)
  }

  /// Reads a quoted field and gives the position behind its closing quote; nil when it never closes.
  private mutating func quotedField(at start: Int, origin: Int, _ lines: inout Int) throws(RecordTooLong) -> Int? {
    if start >= unclosedFrom {
      var end = start
      while end < limit, base[end] == quote { end += 1 }
      if (end - start) & 1 == 1 || !closes(before: end) {
        faults.append(Fault(field: fields.count, kind: .unclosed))
        return nil
      }
    }
    var position = start + 1
    var innerLines = 0
    var flags = FieldSpan.quoted
    var literalQuotes = false
    while true {
      position = cscan_find(base, position, limit, quote, hasBackslash ? 0x5C : quote, 0x0A, 0x0D)
      if position >= limit {
        unclosedFrom = min(unclosedFrom, start)
        faults.append(Fault(field: fields.count, kind: .unclosed))
        return nil
      }
      let byte = base[position]
      if byte == quote {
        if position + 1 < limit, base[position + 1] == quote {
          flags |= FieldSpan.escaped
          position += 2
        } else if closes(before: position + 1) {
          break
        } else {
          literalQuotes = true
          position += 1
        }
      } else if hasBackslash, byte == 0x5C {
        flags |= FieldSpan.escaped
        // A line end behind a backslash is still seen as one.
        position += position + 1 < limit && (base[position + 1] == quote || base[position + 1] == 0x5C) ? 2 : 1
      } else {
        if isLineEnd(byte), !(byte == 0x0D && endsAtLF && position + 1 < limit && base[position + 1] == 0x0A) {
          innerLines += 1
        }
        position += 1
      }
    }
    if literalQuotes { faults.append(Fault(field: fields.count, kind: .quoteInside)) }
    lines += innerLines
    try append(start + 1, position, origin: origin, flags: flags)
    return position + 1
  }
}

/// A record or field that is longer than a span can say.
struct RecordTooLong: Error {}

/// Writes a field's text without its escapes: `""` becomes `"`, and where backslashes escape, `\"` and `\\` lose theirs.
/// There must be room for `count` bytes. Gives back how many were written.
func unescape(
  _ source: UnsafePointer<UInt8>, _ count: Int, quote: UInt8, hasBackslash: Bool,
  into target: UnsafeMutablePointer<UInt8>
) -> Int {
  var read = 0
  var written = 0
  while read < count {
    let byte = source[read]
    if read + 1 < count {
      let next = source[read + 1]
      if (byte == quote && next == quote) || (hasBackslash && byte == 0x5C && (next == quote || next == 0x5C)) {
        target[written] = next
        written += 1
        read += 2
        continue
      }
    }
    target[written] = byte
    written += 1
    read += 1
  }
  return written
}
