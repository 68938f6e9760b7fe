import ColumnStore

/// A column of a result to which every partition of the groups contributes.
protocol PlacedColumn: Sendable {
  /// Puts the values of some groups where they belong. Several workers do so for different groups at the same time.
  func place(_ groups: PlacedGroups)
  /// The column, once all groups have been placed.
  func column() -> Column
}

/// Values of 1, 2, 4, 8 or 16 bytes, moved without a look at what they are.
struct PlacedValues: PlacedColumn {
  private let columns: [Column]
  private let sources: [RawValues]
  private let values: Memory
  private let flags: MutableBuffer<UInt8>?
  private let groupCount: Int

  /// - Parameter columns: one per partition, of which at least one is not empty; nil where they do not all hold values of
  ///   one width.
  init?(_ columns: [Column], groupCount: Int) {
    let sources = columns.compactMap { RawValues($0.data) }
    guard let width = sources.first?.width, sources.count == columns.count, sources.allSatisfy({ $0.width == width })
    else { return nil }
    self.columns = columns
    self.sources = sources
    self.groupCount = groupCount
    values = Memory(byteCount: groupCount * width)
    flags = columns.contains { $0.validity != nil } ? MutableBuffer(count: groupCount) : nil
  }

  func place(_ groups: PlacedGroups) {
    switch sources[0].width {
    case 1: move(groups, as: UInt8.self)
    case 2: move(groups, as: UInt16.self)
    case 4: move(groups, as: UInt32.self)
    case 8: move(groups, as: UInt64.self)
    default: move(groups, as: Int128.self)
    }
    guard let flags = flags?.pointer else { return }
    groups.forEach {
      columns[$0].validity
    } _: { validity, group, place in
      flags[place] = validity.map { $0[group] } ?? true ? 1 : 0
    }
  }

  @inline(__always)
  private func move<Value: BitwiseCopyable>(_ groups: PlacedGroups, as: Value.Type) {
    let target = values.base.assumingMemoryBound(to: Value.self)
    groups.forEach {
      sources[$0].pointer.assumingMemoryBound(to: Value.self)
    } _: { source, group, place in
      target[place] = source[group]
    }
  }

  func column() -> Column {
    Column(
      type: columns[0].type, data: columns[0].data.holding(values, count: groupCount),
      validity: flags.flatMap { Bitmap(flags: $0.frozen()) })
  }
}

/// The numbers of groups counted over all partitions, by which columns of other kinds are gathered.
struct PlacedNumbers: PlacedColumn {
  private let firsts: [UInt32]
  private let numbers: MutableBuffer<UInt32>

  /// - Parameter counts: how many groups each partition has.
  init(_ counts: [Int]) {
    var total = 0
    firsts = counts.map { count in
      defer { total += count }
      return UInt32(truncatingIfNeeded: total)
    }
    numbers = MutableBuffer(count: total)
  }

  /// For each place, the number of the group there.
  var order: Buffer<UInt32> { numbers.frozen() }

  func place(_ groups: PlacedGroups) {
    let numbers = numbers.pointer
    groups.forEach {
      firsts[$0]
    } _: { first, group, place in
      numbers[place] = first &+ UInt32(truncatingIfNeeded: group)
    }
  }

  func column() -> Column { Column(type: .integer, data: .integer64(Buffer(order.map { Int64($0) }))) }
}

/// The values of a key, taken out of the groups' words.
struct PlacedKey: PlacedColumn {
  private let field: PackedKeys.Field
  private let words: [Buffer<UInt64>]
  private let width: Int
  private let groupCount: Int
  private let values: Memory
  private let flags: MutableBuffer<UInt8>?

  /// - Parameters:
  ///   - words: the words of each partition's groups, `width` of them for each.
  ///   - hasNulls: whether some row may have no value.
  init(_ field: PackedKeys.Field, _ words: [Buffer<UInt64>], width: Int, groupCount: Int, hasNulls: Bool) {
    self.field = field
    self.words = words
    self.width = width
    self.groupCount = groupCount
    values = Memory(byteCount: groupCount * field.valueBytes)
    flags = hasNulls ? MutableBuffer(count: groupCount) : nil
  }

  func place(_ groups: PlacedGroups) {
    switch field.valueBytes {
    case 1: place(groups) { UInt8(truncatingIfNeeded: $0) }
    case 2: place(groups) { UInt16(truncatingIfNeeded: $0) }
    case 4: place(groups) { UInt32(truncatingIfNeeded: $0) }
    default:
      if field.type == .double {
        place(groups) { Double(orderedBits: $0) }
      } else {
        place(groups) { $0 }
      }
    }
  }

  @inline(__always)
  private func place<Value: BitwiseCopyable>(_ groups: PlacedGroups, _ convert: (Int64) -> Value) {
    let (field, width) = (field, width)
    let values = values.base.assumingMemoryBound(to: Value.self)
    guard let flags = flags?.pointer else {
      let (word, shift, mask, lowest) = (field.word, UInt64(field.shift), field.mask, field.lowest)
      groups.forEach {
        words[$0].pointer + word
      } _: { words, group, place in
        values[place] = convert(lowest &+ Int64(bitPattern: words[group * width] &>> shift & mask))
      }
      return
    }
    groups.forEach {
      words[$0].pointer
    } _: { words, group, place in
      let code = field.code(words + group * width)
      values[place] = convert(field.lowest &+ Int64(bitPattern: code ?? 0))
      flags[place] = code == nil ? 0 : 1
    }
  }

  func column() -> Column {
    Column(
      type: field.type, data: field.data(values, count: groupCount),
      validity: flags.flatMap { Bitmap(flags: $0.frozen()) })
  }
}

extension PackedKeys.Field {
  /// How many bytes a value has in a column.
  fileprivate var valueBytes: Int {
    let highest = lowest &+ Int64(bitPattern: limit)
    if let dictionary { return dictionary.count <= 1 << 8 ? 1 : dictionary.count <= 1 << 16 ? 2 : 4 }
    switch type {
    case .boolean: return 1
    case .date: return 4
    case .integer where nullCode != nil:
      return [1, 2, 4].first { lowest >= -(1 << (8 * $0 - 1)) && highest < 1 << (8 * $0 - 1) } ?? 8
    default: return 8
    }
  }

  /// A bit for each byte, set where the byte is not zero.
  private func bits(_ bytes: Buffer<UInt8>) -> Bitmap { packBits(bytes.count) { bytes.pointer[$0] != 0 } }

  /// Values of so many bytes as a column has them.
  fileprivate func data(_ memory: Memory, count: Int) -> ColumnData {
    switch (type, dictionary, valueBytes) {
    case (_, let dictionary?, _) where dictionary.count == 0:
      Column.nulls(type: .text, count: count).data
    case (_, let dictionary?, 1): .codes8(Buffer(memory: memory, count: count), dictionary)
    case (_, let dictionary?, 2): .codes16(Buffer(memory: memory, count: count), dictionary)
    case (_, let dictionary?, _): .codes32(Buffer(memory: memory, count: count), dictionary)
    case (.boolean, _, _): .boolean(bits(Buffer(memory: memory, count: count)))
    case (.date, _, _): .date(Buffer(memory: memory, count: count))
    case (.double, _, _): .double(Buffer(memory: memory, count: count))
    case (.decimal, _, _): .decimal64(Buffer(memory: memory, count: count))
    case (.time, _, _): .time(Buffer(memory: memory, count: count))
    case (.timestamp, _, _): .timestamp(Buffer(memory: memory, count: count))
    case (_, _, 1): .integer8(Buffer(memory: memory, count: count))
    case (_, _, 2): .integer16(Buffer(memory: memory, count: count))
    case (_, _, 4): .integer32(Buffer(memory: memory, count: count))
    default: .integer64(Buffer(memory: memory, count: count))
    }
  }
}
