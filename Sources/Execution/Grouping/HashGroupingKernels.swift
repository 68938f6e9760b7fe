import ColumnStore

/// Groups by keys of any values: a hash table with open addressing and linear probing.
///
/// Each key becomes one 64-bit word (texts and values that are longer by a number of their own); one more word for every 64 keys says which of them
/// are NULL. A group's words lie side by side; the table holds group numbers only.
final class HashGrouper: Grouper {
  private let types: [DataType]
  private let width: Int
  private var slots = GroupSlots()
  private let hashes = GroupArray<UInt64>(filledWith: 0)
  private let words = GroupArray<UInt64>(filledWith: 0)
  private let firstRows = GroupArray<Int64>(filledWith: 0)
  /// Where all rows of a key use one dictionary, its codes are the words, and nothing is interned.
  private let dictionaries: [TextDictionary?]
  private var interners: [TextInterner?]
  private var valueInterners: [ValueInterner?]
  private var dictionaryCodes: [(dictionary: TextDictionary, numbers: [UInt32])?]
  private(set) var groupCount = 0
  private var rowWords = MutableBuffer<UInt64>(count: 0)
  private var rowHashes = MutableBuffer<UInt64>(count: 0)
  private var rowGroups = MutableBuffer<UInt32>(count: 0)

  init(types: [DataType], dictionaries: [TextDictionary?]? = nil) {
    self.types = types
    self.dictionaries = dictionaries ?? types.map { _ in nil }
    width = types.count + max(1, (types.count + 63) / 64)
    interners = types.map { $0 == .text ? TextInterner() : nil }
    valueInterners = types.map { ValueInterner.isNeeded(for: $0) ? ValueInterner($0) : nil }
    dictionaryCodes = types.map { _ in nil }
  }

  func groups(_ keys: [Column], count: Int, firstRow: Int) -> Buffer<UInt32> {
    assign(keys, count: count) { Int64(firstRow + $0) }
  }

  func merge(_ other: any Grouper) -> Buffer<UInt32> {
    guard let other = other as? HashGrouper else { return Buffer([]) }
    return merge(other, keys: other.keyColumns())
  }

  /// Takes over another's groups under other keys, given one row per group: for each of its groups, the number here.
  func merge(_ other: HashGrouper, keys: [Column]) -> Buffer<UInt32> {
    let rows = other.firstRows
    let map = assign(keys, count: other.groupCount) { rows[$0] }
    return Buffer(Array(map))
  }

  /// The groups in the order in which the input first had them.
  func order() -> Buffer<UInt32> {
    let rows = MutableBuffer<UInt64>(count: groupCount)
    for group in 0..<groupCount { rows.pointer[group] = UInt64(bitPattern: firstRows[group]) }
    return SortOperator.sorted(.numbered(groupCount), by: rows.frozen()).frozen()
  }

  func known(_ keys: [Column], count: Int) -> Buffer<UInt32> {
    lookUp(keys, nullsMatch: keys.map { _ in true }, count: count)
  }

  func keyColumns(of groups: Buffer<UInt32>) -> [Column] { keyColumns().map { $0.gather(groups) } }

  /// One column per key, one row per group.
  func keyColumns() -> [Column] {
    types.indices.map { key in
      let validity = MutableBitmap(count: groupCount)
      let values = MutableBuffer<Int64>(count: groupCount)
      for group in 0..<groupCount {
        values.pointer[group] = Int64(bitPattern: words[group * width + key])
        if words[group * width + types.count + key >> 6] >> UInt64(key & 63) & 1 == 0 { validity.set(group) }
      }
      return column(key, values.frozen(), validity.frozenValidity())
    }
  }

  private func column(_ key: Int, _ values: Buffer<Int64>, _ validity: Bitmap?) -> Column {
    if let interner = valueInterners[key] { return interner.column(values, validity: validity) }
    switch types[key] {
    case .boolean:
      return Column(type: .boolean, data: .boolean(Bitmap(values.map { $0 == 1 })), validity: validity)
    case .integer: return Column(type: .integer, data: .integer64(values), validity: validity)
    case .decimal: return Column(type: types[key], data: .decimal64(values), validity: validity)
    case .time: return Column(type: .time, data: .time(values), validity: validity)
    case .timestamp: return Column(type: .timestamp, data: .timestamp(values), validity: validity)
    case .date:
      return Column(
        type: .date, data: .date(Buffer(values.map { Int32(truncatingIfNeeded: $0) })), validity: validity)
    case .double:
      return Column(
        type: .double, data: .double(Buffer(values.map { Double(orderedBits: $0) })), validity: validity)
    case .text where dictionaries[key] != nil:
      guard let dictionary = dictionaries[key], dictionary.count > 0 else {
        return .nulls(type: .text, count: groupCount)
      }
      // Where there is no value the word is 0, which is a code as well.
      return Column(
        type: .text, data: .codes32(Buffer(values.map { UInt32(truncatingIfNeeded: $0) }), dictionary),
        validity: validity)
    case .text, .interval, .count, .list:
      guard let interner = interners[key], interner.count > 0 else {
        return .nulls(type: types[key], count: groupCount)
      }
      return Column(
        type: .text, data: .codes32(Buffer(values.map { UInt32(truncatingIfNeeded: $0) }), interner.dictionary()),
        validity: validity)
    }
  }

  // MARK: Looking groups up

  private func assign(_ keys: [Column], count: Int, firstRow: (Int) -> Int64) -> Buffer<UInt32> {
    if rowGroups.count < count {
      rowGroups = MutableBuffer(count: max(count, 1024))
      rowHashes = MutableBuffer(count: max(count, 1024))
      rowWords = MutableBuffer(count: max(count, 1024) * width)
    }
    for nullWord in types.count..<width {
      for row in 0..<count { rowWords.pointer[row * width + nullWord] = 0 }
    }
    for (key, column) in keys.enumerated() { encode(column, key, count, into: rowWords.pointer) }
    var first = 0
    while first < count {
      let rows = first..<min(first + Self.chunkRows, count)
      while (groupCount + rows.count) * 2 > slots.count { slots.grow(hashes.pointer, groupCount: groupCount) }
      // A single key has the width of two words, which the compiler then knows.
      if width == 2 { find(rows, width: 2, firstRow) } else { find(rows, width: width, firstRow) }
      first = rows.upperBound
    }
    return rowGroups.frozen().slice(0..<count)
  }

  /// So many rows may all be new groups before it is looked whether the table has room.
  private static let chunkRows = 256

  /// Finds the groups of rows whose words are there. All hashes come first, so that they need not wait for the table.
  @inline(__always)
  private func find(_ rows: Range<Int>, width: Int, _ firstRow: (Int) -> Int64) {
    let (rowWords, rowHashes, rowGroups) = (rowWords.pointer, rowHashes.pointer, rowGroups.pointer)
    for row in rows { rowHashes[row] = PackedKeys.hash(rowWords + row * width, width: width) }
    hashes.grow(groupCount + rows.count)
    words.grow((groupCount + rows.count) * width)
    firstRows.grow(groupCount + rows.count)
    let (slots, firstRows) = (slots, firstRows.pointer)
    let (hashes, words) = (hashes.pointer, words.pointer)
    var count = groupCount
    for row in rows {
      let key = rowWords + row * width
      let (slot, known) = slots.find(key, hash: rowHashes[row], width: width, hashes, words)
      let place = firstRow(row)
      if let known {
        if place < firstRows[Int(known)] { firstRows[Int(known)] = place }
        rowGroups[row] = known
        continue
      }
      let group = UInt32(truncatingIfNeeded: count)
      slots.fill(slot, group)
      hashes[count] = rowHashes[row]
      firstRows[count] = place
      for word in 0..<width { words[count * width + word] = key[word] }
      rowGroups[row] = group
      count += 1
    }
    groupCount = count
  }

  /// The group of every row, `UInt32.max` where there is none, or where a key is NULL whose NULLs match nothing. Adds no
  /// groups, so that several workers may look up at the same time once the groups are complete.
  func lookUp(_ keys: [Column], nullsMatch: [Bool], count: Int) -> Buffer<UInt32> {
    let wordBuffer = MutableBuffer<UInt64>(count: count * width, zeroed: true)
    let found = MutableBuffer<UInt32>(count: count)
    found.pointer.update(repeating: 0, count: count)
    for (key, column) in keys.enumerated() {
      switch column.data {
      case _ where dictionaries[key] != nil && column.dictionary === dictionaries[key]:
        encode(column, key, count, into: wordBuffer.pointer)
      case .codes8, .codes16, .codes32, .views:
        if let dictionary = column.dictionary, dictionary.count <= count {
          // Each text is looked up once, not in every row.
          let numbers = (0..<dictionary.count).map { interners[key]?.find(dictionary.bytes($0)) }
          let codes = column.widened()
          for row in 0..<count where !column.isNull(row) {
            let number = numbers[Int(codes[row])]
            wordBuffer.pointer[row * width + key] = UInt64(number ?? 0)
            if number == nil { found.pointer[row] = .max }
          }
          break
        }
        let (words, groups, width) = (wordBuffer.pointer, found.pointer, width)
        guard let interner = interners[key] else {
          groups.update(repeating: .max, count: count)
          continue
        }
        interner.find(column, count: count) { row, number in
          words[row * width + key] = UInt64(number ?? 0)
          if number == nil { groups[row] = .max }
        }
      case .decimal128, .interval, .counts, .lists:
        for row in 0..<count where !column.isNull(row) {
          let number = valueInterners[key]?.find(column, row)
          wordBuffer.pointer[row * width + key] = UInt64(number ?? 0)
          if number == nil { found.pointer[row] = .max }
        }
      default: encode(column, key, count, into: wordBuffer.pointer)
      }
      guard let validity = column.validity else { continue }
      let bit: UInt64 = 1 << UInt64(key & 63)
      for row in 0..<count where !validity[row] {
        if nullsMatch[key] {
          wordBuffer.pointer[row * width + types.count + key >> 6] |= bit
        } else {
          found.pointer[row] = .max
        }
      }
    }
    for row in 0..<count where found.pointer[row] != .max {
      let key = UnsafePointer(wordBuffer.pointer + row * width)
      let hash = PackedKeys.hash(key, width: width)
      found.pointer[row] = slots.find(key, hash: hash, width: width, hashes.pointer, words.pointer).group ?? .max
    }
    return found.frozen()
  }

  // MARK: Words

  private func encode(_ column: Column, _ key: Int, _ count: Int, into rowWords: UnsafeMutablePointer<UInt64>) {
    precondition(column.count >= count)
    let target = rowWords + key
    switch column.data {
    case .boolean(let bits): for row in 0..<count { target[row * width] = bits[row] ? 1 : 0 }
    case .integer8(let values): copy(values, target, count)
    case .integer16(let values): copy(values, target, count)
    case .integer32(let values), .date(let values): copy(values, target, count)
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values):
      copy(values, target, count)
    case .double(let values):
      for row in 0..<count { target[row * width] = UInt64(bitPattern: values.pointer[row].orderedBits) }
    case .codes8(let codes, let dictionary) where dictionary === dictionaries[key]: copy(codes, target, count)
    case .codes8(let codes, let dictionary): intern(codes, dictionary, column.validity, key, target, count)
    case .codes16(let codes, let dictionary) where dictionary === dictionaries[key]: copy(codes, target, count)
    case .codes16(let codes, let dictionary): intern(codes, dictionary, column.validity, key, target, count)
    case .codes32(let codes, let dictionary) where dictionary === dictionaries[key]: copy(codes, target, count)
    case .codes32(let codes, let dictionary): intern(codes, dictionary, column.validity, key, target, count)
    case .views(let views, let heap):
      guard let interner = interners[key] else { break }
      for row in 0..<count where column.validity?[row] ?? true {
        target[row * width] = UInt64(interner.intern(heap.bytes(at: views.pointer + row)))
      }
    case .decimal128, .interval, .counts, .lists:
      guard let interner = valueInterners[key] else { break }
      for row in 0..<count where column.validity?[row] ?? true {
        target[row * width] = UInt64(interner.intern(column, row))
      }
    }
    guard let validity = column.validity else { return }
    let bit: UInt64 = 1 << UInt64(key & 63)
    for row in 0..<count where !validity[row] {
      target[row * width] = 0
      rowWords[row * width + types.count + key >> 6] |= bit
    }
  }

  private func copy<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Number>, _ target: UnsafeMutablePointer<UInt64>, _ count: Int
  ) {
    for row in 0..<count { target[row * width] = UInt64(bitPattern: Int64(truncatingIfNeeded: values.pointer[row])) }
  }

  /// Texts with a dictionary are interned once per entry met.
  private func intern<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: Buffer<Code>, _ dictionary: TextDictionary, _ validity: Bitmap?, _ key: Int,
    _ target: UnsafeMutablePointer<UInt64>, _ count: Int
  ) {
    guard let interner = interners[key] else { return }
    var numbers: [UInt32]
    if let known = dictionaryCodes[key], known.dictionary === dictionary {
      numbers = known.numbers
    } else {
      numbers = Array(repeating: .max, count: dictionary.count)
    }
    dictionaryCodes[key] = nil
    for row in 0..<count where validity?[row] ?? true {
      let code = Int(truncatingIfNeeded: codes.pointer[row])
      if numbers[code] == .max { numbers[code] = interner.intern(dictionary.bytes(code)) }
      target[row * width] = UInt64(numbers[code])
    }
    dictionaryCodes[key] = (dictionary, numbers)
  }
}

extension Double {
  /// The double that `orderedBits` came from, but for the sign of zero and the payload of NaN.
  init(orderedBits bits: Int64) {
    self = bits == .max ? .nan : Double(bitPattern: UInt64(bitPattern: bits ^ (bits >> 63 & .max)))
  }
}
