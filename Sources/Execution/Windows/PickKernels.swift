import ColumnStore
import Language
import Planning

/// Functions that give another row's value. They work out which row it is; the values are then fetched all at once,
/// whatever their type.
extension WindowRows {
  /// The value some places before (`direction` -1) or after (1) each row.
  ///
  /// - Parameters:
  ///   - distances: how many places; nil for one.
  ///   - otherwise: what to give where there is no such row; nil for NULL.
  ///   - taken: the rows that are counted; nil for all.
  func shifted(
    _ values: Column, by distances: Column?, direction: Int, otherwise: Column?, taken: Bitmap?
  ) throws -> Column {
    let source = MutableBuffer<UInt32>(count: count)
    let steps = distances?.widened()
    let (sum, overflow) = count.addingReportingOverflow(count)
    guard !overflow, sum < Int(UInt32.max) else { throw ExecutionError.tooManyRows }
    try forEachPartition { _, partition in
      // The places of the rows that are counted, and how many of them have been passed.
      var countedPlaces: [Int] = []
      if let taken { countedPlaces = partition.filter { taken[Int(rows.pointer[$0])] } }
      var passed = 0
      for place in partition {
        let row = Int(rows.pointer[place])
        let isCounted = taken.map { $0[row] } ?? true
        defer { if isCounted { passed += 1 } }
        var found: Int?
        var distance = 1
        if let distances, let steps {
          guard !distances.isNull(row) else {
            source.pointer[row] = .max
            continue
          }
          // Farther than the partition is long is all the same.
          let limit = Int64(partition.count)
          distance = Int(max(-limit, min(limit, steps.pointer[row])))
        }
        distance *= direction
        if distance == 0 {
          found = place
        } else if taken == nil {
          found = place + distance
        } else {
          let index = distance < 0 ? passed + distance : passed + distance - (isCounted ? 0 : 1)
          found = countedPlaces.indices.contains(index) ? countedPlaces[index] : nil
        }
        if let found, partition.contains(found) {
          source.pointer[row] = rows.pointer[found]
        } else {
          source.pointer[row] = otherwise == nil ? .max : UInt32(truncatingIfNeeded: count + row)
        }
      }
    }
    let all = otherwise.map { Column.concatenated([values, $0], type: values.type) } ?? values
    return all.gather(source.frozen())
  }

  /// Which row of a frame is wanted.
  enum Wanted: Sendable {
    case first
    case last
    /// The nth, as a column says.
    case nth(Column, span: SourceSpan)
  }

  /// The value of one row of each frame.
  ///
  /// - Parameter taken: the rows that are counted; nil for all.
  func picked(_ wanted: Wanted, of values: Column, in frames: ExcludedFrames, taken: Bitmap?) throws -> Column {
    let source = MutableBuffer<UInt32>(count: count)
    let counted = taken.map { CountedPlaces($0, self) }
    let numbers: Buffer<Int64>? = if case .nth(let column, _) = wanted { column.widened() } else { nil }
    try forEachPartition { _, partition in
      for place in partition {
        let row = Int(rows.pointer[place])
        var left: Int
        switch wanted {
        case .first: left = 1
        case .last: left = frames.pieces(place).reduce(0) { $0 + (counted?.count(in: $1) ?? $1.count) }
        case .nth(let column, let span):
          guard let numbers, !column.isNull(row) else {
            source.pointer[row] = .max
            continue
          }
          guard numbers.pointer[row] > 0 else { throw ExecutionError.notPositive(function: "nth_value", span: span) }
          left = Int(min(numbers.pointer[row], Int64(partition.count + 1)))
        }
        var found = UInt32.max
        if left > 0 {
          for piece in frames.pieces(place) {
            let size = counted?.count(in: piece) ?? piece.count
            if left <= size {
              let place = counted?.place(left - 1, of: piece) ?? piece.lowerBound + left - 1
              found = rows[place]
              break
            }
            left -= size
          }
        }
        source.pointer[row] = found
      }
    }
    return values.gather(source.frozen())
  }
}

/// The frames with what is taken out of them.
struct ExcludedFrames: Sendable {
  let frames: Frames
  let exclusion: RowFrame.Exclusion
  /// The peers of every place, where they are excluded.
  let peers: Frames?

  /// The frame of a place as up to three runs of places, in order; some may be empty.
  @inline(__always)
  func pieces(_ place: Int) -> FramePieces {
    let frame = frames[place]
    switch exclusion {
    case .noOthers: return FramePieces(frame)
    case .currentRow: return FramePieces(frame, without: place..<place + 1)
    case .group: return FramePieces(frame, without: peers?[place] ?? place..<place + 1)
    case .ties: return FramePieces(frame, without: peers?[place] ?? place..<place + 1, but: place)
    }
  }
}

/// Up to three runs of places, in order; some may be empty.
struct FramePieces: Sequence, IteratorProtocol {
  private var first: Range<Int>
  private var second = 0..<0
  private var third = 0..<0
  private var given = 0

  @inline(__always)
  init(_ frame: Range<Int>) { first = frame }

  @inline(__always)
  init(_ frame: Range<Int>, without hole: Range<Int>, but kept: Int? = nil) {
    first = frame.lowerBound..<Swift.max(frame.lowerBound, Swift.min(frame.upperBound, hole.lowerBound))
    third = Swift.min(frame.upperBound, Swift.max(frame.lowerBound, hole.upperBound))..<frame.upperBound
    if let kept, frame.contains(kept) { second = kept..<kept + 1 }
  }

  /// The next run.
  @inline(__always)
  mutating func next() -> Range<Int>? {
    given += 1
    switch given {
    case 1: return first
    case 2: return second
    case 3: return third
    default: return nil
    }
  }
}

/// The places whose rows are counted, so that the nth of them in a run of places is found at once.
struct CountedPlaces: Sendable {
  /// How many are before each place.
  private let before: Buffer<UInt32>
  private let places: Buffer<UInt32>

  init(_ taken: Bitmap, _ rows: WindowRows) {
    let before = MutableBuffer<UInt32>(count: rows.count + 1)
    var places: [UInt32] = []
    for place in 0..<rows.count {
      before.pointer[place] = UInt32(truncatingIfNeeded: places.count)
      if taken[Int(rows.rows.pointer[place])] { places.append(UInt32(truncatingIfNeeded: place)) }
    }
    before.pointer[rows.count] = UInt32(truncatingIfNeeded: places.count)
    self.before = before.frozen()
    self.places = Buffer(places)
  }

  /// How many are in a run of places.
  @inline(__always)
  func count(in range: Range<Int>) -> Int { Int(before[range.upperBound]) - Int(before[range.lowerBound]) }

  /// The nth, counted from 0, of a run of places that has so many.
  @inline(__always)
  func place(_ index: Int, of range: Range<Int>) -> Int { Int(places[Int(before[range.lowerBound]) + index]) }
}
