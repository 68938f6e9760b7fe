/// Which file and line every row of a loaded table came from: the hidden columns `_file` and `_line`.
public struct RowOrigin: Sendable {
  /// A run of rows from one file.
  public struct Part: Sendable {
    /// The file's path as it was given; inside an archive `archive.zip/member.csv`.
    public var file: String
    /// The first row of the table that came from it.
    public var firstRow: Int
    /// How many rows came from it.
    public var rowCount: Int
    /// The line that its first row begins on, counted from 1.
    public var firstLine: Int
    /// Rows of the file (counted from 0 in it, ascending) before which extra lines were passed: line breaks inside the
    /// row before, blank lines. `extraLines` is the running total up to that row.
    public var jumps: [(row: Int, extraLines: Int)]

    /// A run of rows.
    public init(file: String, firstRow: Int, rowCount: Int, firstLine: Int, jumps: [(row: Int, extraLines: Int)] = []) {
      self.file = file
      self.firstRow = firstRow
      self.rowCount = rowCount
      self.firstLine = firstLine
      self.jumps = jumps
    }
  }

  /// The runs, in the order of their rows, without gaps.
  public let parts: [Part]

  /// The origin of a table made of these runs.
  public init(parts: [Part]) { self.parts = parts }

  /// The file and line of a row; nil for a row that is not there.
  public func place(of row: Int) -> (file: String, line: Int)? {
    guard let part = parts.last(where: { $0.firstRow <= row }), row < part.firstRow + part.rowCount else { return nil }
    let rowInFile = row - part.firstRow
    var low = 0
    var high = part.jumps.count
    while low < high {
      let middle = (low + high) / 2
      if part.jumps[middle].row <= rowInFile { low = middle + 1 } else { high = middle }
    }
    return (part.file, part.firstLine + rowInFile + (low > 0 ? part.jumps[low - 1].extraLines : 0))
  }

  /// The column `_file`.
  public func fileColumn(rowCount: Int) -> Column {
    var codes: [UInt32] = []
    codes.reserveCapacity(rowCount)
    var files: [String] = []
    var numbers: [String: UInt32] = [:]
    for part in parts {
      let code =
        numbers[part.file]
        ?? {
          let next = UInt32(truncatingIfNeeded: files.count)
          numbers[part.file] = next
          files.append(part.file)
          return next
        }()
      codes.append(contentsOf: repeatElement(code, count: part.rowCount))
    }
    return Column(type: .text, data: .codes32(Buffer(codes), TextDictionary(files)))
  }

  /// The column `_line`.
  public func lineColumn(rowCount: Int) -> Column {
    var lines: [Int64] = []
    lines.reserveCapacity(rowCount)
    for part in parts {
      var extra = 0
      var next = 0
      for row in 0..<part.rowCount {
        while next < part.jumps.count, part.jumps[next].row <= row {
          extra = part.jumps[next].extraLines
          next += 1
        }
        lines.append(Int64(part.firstLine + row + extra))
      }
    }
    return Column(type: .integer, data: ColumnData(narrowing: lines))
  }
}
