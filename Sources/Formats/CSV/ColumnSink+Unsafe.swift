import CScan
import ColumnStore
import Glibc
import Synchronization

/// How a column's values are stored while they are read.
enum ColumnStorage: Equatable {
  case bits
  case integers8
  case integers16
  case integers32
  case integers64
  case doubles
  case codes8
  case codes16
  case codes32
  case views
  /// Whole numbers or lengths of time of 16 bytes.
  case wide

  /// Bytes a row; 0 for bits.
  var width: Int {
    switch self {
    case .bits: 0
    case .integers8, .codes8: 1
    case .integers16, .codes16: 2
    case .integers32, .codes32: 4
    case .integers64, .doubles: 8
    case .views, .wide: 16
    }
  }
}

/// How a column is to be read.
struct ColumnPlan {
  var reading: ColumnReading
  var storage: ColumnStorage
  /// Whether the type was prescribed: values that do not fit are then NULL and rejected, and nothing is guessed.
  var isDeclared = false
  /// The decimal separator for declared numbers.
  var decimal: UInt8 = ColumnSummary.point
  /// The most texts that the dictionary may have.
  var dictionaryLimit = 0
  /// Texts that are likely to come, in their order.
  var seeds: [[UInt8]] = []
}

/// Where the workers write a column: one long buffer, every chunk to its own rows.
///
/// `@unchecked Sendable`: chunks have disjoint rows; bits in words that two chunks share are set atomically; blocks are
/// numbered under a lock.
final class ColumnSink: @unchecked Sendable {
  let plan: ColumnPlan
  /// How many rows there are; until all are read, for how many there is room.
  private(set) var rowCount: Int
  let values: Memory
  /// One bit a row, 1 for NULL.
  let nulls: MutableBitmap
  /// Whether some chunk had a value that does not fit the plan.
  let hasFailed = Atomic<Bool>(false)
  let dictionary: SharedDictionary?
  private let nextBlock: Atomic<Int>

  /// A sink for up to `capacity` rows; blocks of texts are numbered from `firstBlock` on.
  init(plan: ColumnPlan, capacity: Int, firstBlock: Int, dictionary: SharedDictionary?) {
    self.plan = plan
    rowCount = capacity
    nextBlock = Atomic(firstBlock)
    values = Memory(byteCount: ColumnSink.byteCount(capacity, plan.storage), zeroed: true)
    nulls = MutableBitmap(count: capacity)
    self.dictionary = dictionary
  }

  /// Says how many rows there are, now that all are read.
  func close(rowCount: Int) {
    precondition(rowCount <= self.rowCount)
    self.rowCount = rowCount
    values.use(only: ColumnSink.byteCount(rowCount, plan.storage))
  }

  private static func byteCount(_ rows: Int, _ storage: ColumnStorage) -> Int {
    storage == .bits ? Bitmap.wordCount(rows) * 8 : rows * storage.width
  }

  /// The number of a new block of texts.
  func newBlock(path: String) throws -> Int {
    let number = nextBlock.wrappingAdd(1, ordering: .relaxed).oldValue
    guard number < 1 << 16 else { throw LoadError.tooLarge(path: path, limit: 1 << 38) }
    return number
  }
}

/// Sets bits in ascending order, a word at a time.
struct BitWriter {
  private let words: UnsafeMutablePointer<UInt64>
  private var word = -1
  private var bits: UInt64 = 0
  private(set) var count = 0

  init(_ bitmap: MutableBitmap) { words = bitmap.words.pointer }

  init(words: UnsafeMutablePointer<UInt64>) { self.words = words }

  @inline(__always)
  mutating func set(_ row: Int) {
    if row >> 6 != word { flush(next: row >> 6) }
    bits |= 1 << UInt64(truncatingIfNeeded: row & 63)
    count += 1
  }

  @inline(never)
  private mutating func flush(next: Int) {
    if bits != 0 { cscan_or_word(words + word, bits) }
    word = next
    bits = 0
  }

  /// Writes what is left; must be called at the end.
  mutating func finish() { flush(next: -1) }
}
