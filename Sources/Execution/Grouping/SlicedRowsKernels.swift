import ColumnStore

/// Rows that one worker holds back until there are many, and then brings together by stretches of groups: where the states
/// of all groups are more than a cache holds, each of its lines is then fetched once for several rows.
struct SlicedRows {
  /// The groups of some rows, and what each aggregate takes of them.
  private struct Piece {
    let groups: Buffer<UInt32>
    let inputs: [AggregateInput]
  }

  private var pieces: [Piece] = []
  private var rowCount = 0
  private let shift: UInt32
  private let sliceCount: Int
  private let heldRows: Int

  /// States of fewer groups stay in a cache of their own accord.
  static let leastGroups = 1 << 18
  /// So many groups at least lie together.
  private static let sliceBits = 14
  /// More places to write to at a time slow the writing down.
  private static let mostSlices = 256

  /// - Parameters:
  ///   - groupCount: all groups are below it.
  ///   - heldRows: so many rows are held back.
  init(groupCount: Int, heldRows: Int = 16 * Segment.rowCount) {
    self.heldRows = heldRows
    var bits = Self.sliceBits
    while (groupCount - 1) >> bits >= Self.mostSlices { bits += 1 }
    shift = UInt32(bits)
    sliceCount = (groupCount - 1) >> bits + 1
  }

  /// Whether there are none.
  var isEmpty: Bool { rowCount == 0 }

  /// Whether there are as many rows as are held back.
  var isFull: Bool { rowCount >= heldRows }

  /// Holds rows back: their groups, which are below the number of groups, and what each aggregate takes of them.
  mutating func append(_ groups: Buffer<UInt32>, _ inputs: [AggregateInput]) {
    pieces.append(Piece(groups: groups, inputs: inputs))
    rowCount += groups.count
  }

  /// Lets the states take the rows, and forgets them. Gives back their groups, those of a slice together.
  mutating func flush(into states: [any AggregateState]) -> Buffer<UInt32> {
    let (groups, places) = sliced()
    for (index, state) in states.enumerated() {
      let inputs = pieces.map { $0.inputs[index] }
      if let column = values(inputs, places) {
        state.update(
          AggregateInput(
            groups: groups, count: groups.count, arguments: column, order: [], mask: nil, firstRow: 0))
      } else {
        for input in inputs { state.update(input) }
      }
    }
    pieces = []
    rowCount = 0
    return groups
  }

  /// The groups by slices, and where each row has come.
  private func sliced() -> (groups: Buffer<UInt32>, places: Buffer<UInt32>) {
    let next = MutableBuffer<UInt32>(count: sliceCount + 1, zeroed: true)
    for piece in pieces {
      let groups = piece.groups.pointer
      for row in 0..<piece.groups.count { next[Int(groups[row] &>> shift) + 1] += 1 }
    }
    for slice in 0..<sliceCount { next[slice + 1] += next[slice] }
    let result = MutableBuffer<UInt32>(count: rowCount)
    let places = MutableBuffer<UInt32>(count: rowCount)
    let (starts, target) = (next.pointer, result.pointer)
    var written = places.pointer
    for piece in pieces {
      let groups = piece.groups.pointer
      for row in 0..<piece.groups.count {
        let slice = Int(groups[row] &>> shift)
        let place = starts[slice]
        starts[slice] = place &+ 1
        target[Int(place)] = groups[row]
        written[row] = place
      }
      written += piece.groups.count
    }
    return (result.frozen(), places.frozen())
  }

  /// The arguments at the rows' places: none, or one of values of one width, all of them there; nil for others.
  private func values(_ inputs: [AggregateInput], _ places: Buffer<UInt32>) -> [Column]? {
    guard let first = inputs.first, inputs.allSatisfy({ $0.mask == nil && $0.arguments.count == first.arguments.count })
    else { return nil }
    guard let column = first.arguments.first else { return [] }
    let sources = inputs.compactMap { RawValues($0.arguments[0].data) }
    // Of one type and width they are of one kind.
    guard first.arguments.count == 1, sources.count == inputs.count,
      sources.allSatisfy({ $0.width == sources[0].width }),
      inputs.allSatisfy({ $0.arguments[0].count == $0.count })
    else { return nil }
    let memory = Memory(byteCount: rowCount * sources[0].width)
    withExtendedLifetime(inputs) {
      switch sources[0].width {
      case 1: scatter(sources, places, memory, as: UInt8.self)
      case 2: scatter(sources, places, memory, as: UInt16.self)
      case 4: scatter(sources, places, memory, as: UInt32.self)
      case 8: scatter(sources, places, memory, as: UInt64.self)
      default: scatter(sources, places, memory, as: Int128.self)
      }
    }
    return [Column(type: column.type, data: column.data.holding(memory, count: rowCount))]
  }

  private func scatter<Value: BitwiseCopyable>(
    _ sources: [RawValues], _ places: Buffer<UInt32>, _ memory: Memory, as: Value.Type
  ) {
    let target = memory.base.assumingMemoryBound(to: Value.self)
    var place = places.pointer
    for (piece, source) in zip(pieces, sources) {
      let values = source.pointer.assumingMemoryBound(to: Value.self)
      for row in 0..<piece.groups.count { target[Int(place[row])] = values[row] }
      place += piece.groups.count
    }
  }
}
