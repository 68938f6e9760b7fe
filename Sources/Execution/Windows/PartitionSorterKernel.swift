import ColumnStore

/// Puts the rows of partitions into order, one partition after the other; each worker has its own.
struct PartitionSorter {
  /// The words by which rows are compared, the first one first, each with one for every row.
  private let words: [Buffer<UInt64>]
  private var keyed: [(word: UInt64, row: UInt32)] = []

  /// Up to so many rows are put in place one by one; below so many they are compared, and more go byte by byte.
  private static let insertedRows = 12
  private static let comparedRows = 2048

  /// - Parameter words: at least one buffer, all of one length.
  init(_ words: [Buffer<UInt64>]) { self.words = words }

  /// Sorts some rows, whose numbers are below the words' length. Rows of equal words come as they are numbered.
  mutating func sort(_ rows: UnsafeMutableBufferPointer<UInt32>) {
    guard rows.count > 1 else { return }
    if rows.count >= Self.comparedRows { return sortByBytes(rows) }
    let first = words[0].pointer
    if words.count == 1, rows.count <= Self.insertedRows { return Self.insert(rows, first) }
    keyed.removeAll(keepingCapacity: true)
    for row in rows { keyed.append((first[Int(row)], row)) }
    if words.count == 1 {
      keyed.sort { $0.word != $1.word ? $0.word < $1.word : $0.row < $1.row }
    } else {
      let others = words.dropFirst()
      keyed.sort { left, right in
        if left.word != right.word { return left.word < right.word }
        for word in others {
          let (first, second) = (word.pointer[Int(left.row)], word.pointer[Int(right.row)])
          if first != second { return first < second }
        }
        return left.row < right.row
      }
    }
    for (place, entry) in keyed.enumerated() { rows[place] = entry.row }
  }

  private static func insert(_ rows: UnsafeMutableBufferPointer<UInt32>, _ words: UnsafePointer<UInt64>) {
    for next in 1..<rows.count {
      let row = rows[next]
      let word = words[Int(row)]
      var place = next
      // The rows come in their order, so that an equal one stays behind.
      while place > 0, words[Int(rows[place - 1])] > word {
        rows[place] = rows[place - 1]
        place -= 1
      }
      rows[place] = row
    }
  }

  private func sortByBytes(_ rows: UnsafeMutableBufferPointer<UInt32>) {
    guard let base = rows.baseAddress else { return }
    let unsorted = MutableBuffer<UInt32>(count: rows.count)
    unsorted.pointer.update(from: base, count: rows.count)
    let sorted = words.reversed().reduce(unsorted) { SortOperator.sorted($0, by: $1) }
    base.update(from: sorted.pointer, count: rows.count)
  }

  /// Marks where peers begin among sorted rows, whose places are those from `first` on: rows of the same words.
  func flagPeers(_ rows: UnsafeMutableBufferPointer<UInt32>, _ flags: UnsafeMutablePointer<UInt8>) {
    if rows.isEmpty { return }
    flags[0] = 1
    for word in words {
      var last = word.pointer[Int(rows[0])]
      for place in 1..<rows.count {
        let value = word.pointer[Int(rows[place])]
        if value != last { flags[place] = 1 }
        last = value
      }
    }
  }
}
