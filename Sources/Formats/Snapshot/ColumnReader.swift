import ColumnStore
import Synchronization

/// Makes columns of the blocks of a snapshot. Each is checked whole before it is given.
final class ColumnReader: Sendable {
  private let blocks: BlockReader
  private let dictionaries: [SavedDictionary]
  /// The dictionaries made so far; the same one for all columns that share it.
  private let known: Mutex<[Int: TextDictionary]> = Mutex([:])

  init(_ file: FileBytes, _ directory: SnapshotDirectory) {
    blocks = BlockReader(file: file)
    dictionaries = directory.dictionaries
  }

  /// A column. Throws `BlockReader.WrongValues` where it is not what was written.
  func column(_ saved: SavedColumn) throws -> Column {
    let count = saved.count
    let validity = try saved.validity.map { block in
      Bitmap(words: try blocks.values(block, count: Bitmap.wordCount(count)), count: count)
    }
    return Column(type: saved.type, data: try data(saved, validity), validity: validity)
  }

  private func data(_ saved: SavedColumn, _ validity: Bitmap?) throws -> ColumnData {
    let (values, count) = (saved.values, saved.count)
    switch saved.form {
    case .boolean:
      return .boolean(Bitmap(words: try blocks.values(values, count: Bitmap.wordCount(count)), count: count))
    case .integer8: return .integer8(try blocks.values(values, count: count))
    case .integer16: return .integer16(try blocks.values(values, count: count))
    case .integer32: return .integer32(try blocks.values(values, count: count))
    case .integer64: return .integer64(try blocks.values(values, count: count))
    case .double: return .double(try blocks.values(values, count: count))
    case .interval: return .interval(try blocks.values(values, count: count))
    case .counts: return .counts(try blocks.values(values, count: count))
    case .decimal64: return .decimal64(try ranged(saved, validity) { .decimal64($0) })
    case .date: return .date(try ranged(saved, validity) { .date($0) })
    case .time: return .time(try ranged(saved, validity) { .time($0) })
    case .timestamp: return .timestamp(try ranged(saved, validity) { .timestamp($0) })
    case .decimal128:
      guard case .decimal(let precision, _) = saved.type else { throw BlockReader.WrongValues() }
      return .decimal128(
        try blocks.values(values, count: count) { part, first in
          part.indices.allSatisfy {
            Decimal.fits(part[$0], precision: precision) || !(validity?[first + $0] ?? true)
          }
        })
    case .codes8:
      let dictionary = try dictionary(of: saved)
      return .codes8(
        try blocks.values(values, count: count) { part, _ in areCodes(part, below: dictionary.count) }, dictionary)
    case .codes16:
      let dictionary = try dictionary(of: saved)
      return .codes16(
        try blocks.values(values, count: count) { part, _ in areCodes(part, below: dictionary.count) }, dictionary)
    case .codes32:
      let dictionary = try dictionary(of: saved)
      return .codes32(
        try blocks.values(values, count: count) { part, _ in areCodes(part, below: dictionary.count) }, dictionary)
    case .views:
      let texts = try saved.texts.map { try blocks.texts($0) } ?? Buffer<UInt8>([])
      return .views(
        try blocks.values(values, count: count) { part, _ in areViews(part, into: texts) },
        texts.isEmpty ? .none : TextHeap(blocks: [texts]))
    case .lists: return .lists(try lists(saved))
    }
  }

  /// Values of which those that are there lie in the range of their type.
  private func ranged<Element>(
    _ saved: SavedColumn, _ validity: Bitmap?, _ data: @Sendable (Buffer<Element>) -> ColumnData
  ) throws -> Buffer<Element> {
    let allowed = saved.type.allowedRange
    return try blocks.values(saved.values, count: saved.count) { part, first in
      let column = Column(
        type: saved.type, data: data(part), validity: validity?.slice(first..<first + part.count))
      guard let range = column.valueRange else { return true }
      return allowed.contains(range.lowerBound) && allowed.contains(range.upperBound)
    }
  }

  private func lists(_ saved: SavedColumn) throws -> ListData {
    guard let savedItems = saved.items.first else { throw BlockReader.WrongValues() }
    let items = try column(savedItems)
    let offsets: Buffer<Int64> = try blocks.copiedValues(saved.values, count: saved.count + 1)
    guard areOffsets(offsets, itemCount: items.count) else { throw BlockReader.WrongValues() }
    return ListData(offsets: offsets, items: items)
  }

  private func dictionary(of column: SavedColumn) throws -> TextDictionary {
    guard let number = column.dictionary else { throw BlockReader.WrongValues() }
    if let made = known.withLock({ $0[number] }) { return made }
    let saved = dictionaries[number]
    let texts = try blocks.texts(saved.texts)
    let views = try blocks.copiedValues(saved.views, count: saved.count) { part, _ in areViews(part, into: texts) }
    let heap = texts.isEmpty ? TextHeap.none : TextHeap(blocks: [texts])
    guard !saved.isSorted || isAscending(views, heap) else { throw BlockReader.WrongValues() }
    let made = TextDictionary(views: views, heap: heap, isSorted: saved.isSorted)
    return known.withLock { known in
      if let first = known[number] { return first }
      known[number] = made
      return made
    }
  }
}

extension DataType {
  /// What numbers can stand in a column: units of decimals, days, microseconds.
  fileprivate var allowedRange: ClosedRange<Int64> {
    let day: Int64 = 86_400_000_000
    let days = Int64(CivilDate.representableDays.lowerBound)...Int64(CivilDate.representableDays.upperBound)
    switch self {
    case .decimal(let precision, _) where precision <= Decimal.narrowPrecision:
      let limit = Int64(truncatingIfNeeded: Decimal.powersOfTen[precision]) - 1
      return -limit...limit
    case .date: return days
    case .time: return 0...day
    case .timestamp: return days.lowerBound * day...(days.upperBound + 1) * day - 1
    default: return .min ... .max
    }
  }
}
