import ColumnStore

/// What a snapshot holds and where.
///
/// A snapshot is a file of the column store as it lies in memory, so that opening it is mapping it:
///
///     header      the magic bytes, the version, the byte order; 64 bytes
///     blocks      the values of columns, each block from a multiple of 64 bytes on
///     directory   tables, columns, types, and of every block its place and its checksums
///     footer      where the directory is, its checksum, the file's size; 40 bytes
///
/// Numbers in header, directory and footer are little-endian, those in blocks in the machine's own order. The directory
/// comes last so that a snapshot can be written from front to back.
///
/// Of statistics none are kept: kernels must be able to trust them, so they would have to be worked out again all the same.
struct SnapshotDirectory: Sendable {
  /// The version of the format. Another one is not read.
  static let version = 1

  /// When it was saved, in microseconds since 1970-01-01 00:00:00 UTC.
  var savedAt: Int64
  /// The program that saved it, with its version.
  var savedBy: String
  /// The dictionaries of all columns, each once.
  var dictionaries: [SavedDictionary] = []
  /// The tables, in order.
  var tables: [SavedTable] = []
}

/// A run of bytes in the file.
struct SavedBlock: Equatable, Sendable {
  /// Where it begins; a multiple of `alignment`.
  var offset: Int
  /// How long it is.
  var byteCount: Int
  /// XXH3 of every `checkedSize` bytes, so that threads can share the work of checking it.
  var checksums: [UInt64]

  static let alignment = 64
  static let checkedSize = 1 << 20

  /// How many checksums a block has.
  static func checksumCount(_ byteCount: Int) -> Int { byteCount / checkedSize + (byteCount % checkedSize > 0 ? 1 : 0) }
}

/// The distinct texts of one or several columns.
struct SavedDictionary: Equatable, Sendable {
  var count: Int
  var isSorted: Bool
  /// 16 bytes a text: `TextView`s into block 0.
  var views: SavedBlock
  /// The bytes of the long texts.
  var texts: SavedBlock
}

/// The values of a column.
struct SavedColumn: Equatable, Sendable {
  /// How the values are stored: a case of `ColumnData`.
  enum Form: UInt8, Sendable {
    case boolean, integer8, integer16, integer32, integer64, double, decimal64, decimal128, date, time, timestamp
    case interval, codes8, codes16, codes32, views, lists, counts
  }

  var type: DataType
  var form: Form
  var count: Int
  /// Bits, numbers, codes, views, or where each list begins, with one more at the end.
  var values: SavedBlock
  /// One bit a row, 1 where there is a value; nil when no value is missing.
  var validity: SavedBlock?
  /// The number of the dictionary that codes speak of.
  var dictionary: Int?
  /// The bytes of long texts.
  var texts: SavedBlock?
  /// The items of all lists: one column, for lists.
  var items: [SavedColumn] = []

  /// How many bytes `values` has to have; nil for more than can be.
  var valuesByteCount: Int? {
    let (size, overflow) = (form == .lists ? count + 1 : count).multipliedReportingOverflow(by: form.valueSize)
    if overflow { return nil }
    return form == .boolean ? Bitmap.wordCount(count) * 8 : size
  }
}

extension SavedColumn.Form {
  /// The bytes of a value; 0 for bits.
  fileprivate var valueSize: Int {
    switch self {
    case .boolean: 0
    case .integer8, .codes8: 1
    case .integer16, .codes16: 2
    case .integer32, .codes32, .date: 4
    case .integer64, .double, .decimal64, .time, .timestamp, .lists: 8
    case .decimal128, .interval, .counts, .views: 16
    }
  }

  /// Whether values of a type can be stored so.
  func fits(_ type: DataType) -> Bool {
    switch (self, type) {
    case (.boolean, .boolean), (.integer8, .integer), (.integer16, .integer), (.integer32, .integer),
      (.integer64, .integer), (.double, .double), (.date, .date), (.time, .time), (.timestamp, .timestamp),
      (.interval, .interval), (.counts, .count), (.codes8, .text), (.codes16, .text), (.codes32, .text),
      (.views, .text), (.lists, .list):
      true
    case (.decimal64, .decimal(let precision, _)): precision <= Decimal.narrowPrecision
    case (.decimal128, .decimal(let precision, _)): precision > Decimal.narrowPrecision
    default: false
    }
  }
}

/// A table with its columns.
struct SavedTable: Sendable {
  var name: String
  var note: String
  var rowCount: Int
  var descriptions: [ColumnDescription]
  var columns: [SavedColumn]
  var origin: RowOrigin?
}
