import ColumnStore

/// How the keys of a row become a few 64-bit words: a key takes only the bits that its possible values need, one of them
/// for NULL, and the bits of several keys share a word.
///
/// Six keys of at most 100, 100, 100,000, 100, 100 and 100,000 values are one word:
///
///     7 + 7 + 17 + 7 + 7 + 17 = 62 bits
///
/// Equal keys give equal words, and different keys different ones, so that words are compared in place of keys.
struct PackedKeys: Sendable {
  /// Where a key stands.
  struct Field: Sendable {
    /// The type of the key.
    let type: DataType
    /// The dictionary that its texts come from.
    let dictionary: TextDictionary?
    /// Which word.
    fileprivate(set) var word = 0
    /// How far the code is from the word's lowest bit.
    fileprivate(set) var shift = 0
    /// How many bits the code has.
    let bits: Int
    /// The value of code 0.
    let lowest: Int64
    /// The largest code of a value.
    let limit: UInt64
    /// The code of NULL; nil where all codes of 64 bits are values, and a flag of one bit tells.
    let nullCode: UInt64?
    /// Where the flag is.
    fileprivate(set) var flag: (word: Int, shift: Int)?

    /// The bits of a code.
    var mask: UInt64 { bits == 64 ? .max : 1 << UInt64(bits) - 1 }
  }

  /// One field per key.
  let fields: [Field]
  /// How many words a row has.
  let width: Int

  /// The layout for keys of these domains and types; nil where a key is no word: texts without a dictionary, long
  /// decimals, intervals, lists.
  init?(_ domains: [ColumnDomain], types: [DataType]) {
    var fields: [Field] = []
    for (domain, type) in zip(domains, types) {
      guard let field = Field(domain, type) else { return nil }
      fields.append(field)
    }
    var places = BitPlaces()
    // Whole words first: flags and shorter fields then fill up what is left.
    for index in fields.indices.sorted(by: { (fields[$0].bits, $1) > (fields[$1].bits, $0) }) {
      (fields[index].word, fields[index].shift) = places.take(fields[index].bits)
    }
    for index in fields.indices where fields[index].nullCode == nil { fields[index].flag = places.take(1) }
    self.fields = fields
    width = max(1, places.used.count)
  }
}

/// The bits that are taken, word by word.
private struct BitPlaces {
  private(set) var used: [Int] = []

  /// A place for some bits: in the first word that has room, or in a new one.
  mutating func take(_ bits: Int) -> (word: Int, shift: Int) {
    if let word = used.firstIndex(where: { $0 + bits <= 64 }) {
      defer { used[word] += bits }
      return (word, used[word])
    }
    used.append(bits)
    return (used.count - 1, 0)
  }
}

extension PackedKeys.Field {
  fileprivate init?(_ domain: ColumnDomain, _ type: DataType) {
    self.type = type
    dictionary = domain.dictionary
    let range: ClosedRange<Int64>
    switch (domain, type) {
    case (.dictionary(let dictionary, _), _): range = 0...Int64(max(dictionary.count, 1) - 1)
    case (.boolean, _), (.unknown, .boolean): range = 0...1
    case (.range(let known, _), _): range = known
    case (.unknown, .date): range = Int64(Int32.min)...Int64(Int32.max)
    case (.unknown, .time): range = 0...microsecondsPerDay
    // Among the numbers that order as doubles do, those between infinity and the one NaN are nobody's.
    case (.unknown, .double):
      (lowest, limit, bits, nullCode) = (0, .max, 64, UInt64(bitPattern: Int64.max - 1))
      return
    case (.unknown, .integer), (.unknown, .timestamp): range = .min ... .max
    case (.unknown, .decimal(let precision, _)) where precision <= Decimal.narrowPrecision: range = .min ... .max
    case (.unknown, .decimal), (.unknown, .text), (.unknown, .interval), (.unknown, .count),
      (.unknown, .list):
      return nil
    }
    lowest = range.lowerBound
    limit = UInt64(bitPattern: range.upperBound &- range.lowerBound)
    if limit < 1 << 62 {
      nullCode = limit + 1
      bits = UInt64.bitWidth - (limit + 1).leadingZeroBitCount
    } else {
      nullCode = nil
      bits = 64
    }
  }
}
