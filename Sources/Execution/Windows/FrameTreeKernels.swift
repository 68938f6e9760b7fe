import ColumnStore
import Planning

/// What is known of some rows together, and can be put together with what is known of others; in which order does not
/// matter.
protocol WindowSummary: BitwiseCopyable, Sendable {
  /// What is known of no rows.
  static var nothing: Self { get }
  /// Takes in what is known of other rows.
  mutating func add(_ other: Self)
}

/// Summaries of any run of places in time that grows with the logarithm of its length: a tree whose leaves are places, and
/// whose inner nodes summarise two below (a segment tree; V. Leis, K. Kundhikanjana, A. Kemper and T. Neumann, "Efficient
/// Processing of Window Functions in Analytical SQL Queries", PVLDB 8 (2015), section 4.4).
private struct FrameTree<Summary: WindowSummary> {
  private let nodes: MutableBuffer<Summary>
  private let leafCount: Int

  /// The tree over leaves that lie one after the other.
  init(_ leaves: UnsafeBufferPointer<Summary>) {
    leafCount = leaves.count
    nodes = MutableBuffer(count: 2 * leaves.count)
    for index in 0..<leafCount { nodes.pointer[leafCount + index] = leaves[index] }
    for index in stride(from: leafCount - 1, to: 0, by: -1) {
      var node = nodes.pointer[2 * index]
      node.add(nodes.pointer[2 * index + 1])
      nodes.pointer[index] = node
    }
  }

  /// Adds the leaves of a range to a summary.
  @inline(__always)
  func add(_ range: Range<Int>, to summary: inout Summary) {
    precondition(range.lowerBound >= 0 && range.upperBound <= leafCount)
    var low = range.lowerBound + leafCount
    var high = range.upperBound + leafCount
    while low < high {
      if low & 1 == 1 {
        summary.add(nodes.pointer[low])
        low += 1
      }
      if high & 1 == 1 {
        high -= 1
        summary.add(nodes.pointer[high])
      }
      low >>= 1
      high >>= 1
    }
  }
}

extension WindowRows {
  /// Calls `give` with the row at each place and the summary of its frame.
  ///
  /// - Parameter leaf: the summary of a place alone, given its row.
  @inline(__always)
  func summarise<Summary: WindowSummary>(
    _ frames: ExcludedFrames, leaf: @Sendable (Int) -> Summary, give: @Sendable (Int, Summary) -> Void
  ) throws {
    try forEachPartition { _, partition in
      let base = partition.lowerBound
      let leaves = MutableBuffer<Summary>(count: partition.count)
      for place in partition { leaves.pointer[place - base] = leaf(Int(rows.pointer[place])) }
      let all = UnsafeBufferPointer(start: leaves.pointer, count: partition.count)
      var tree: FrameTree<Summary>?
      // A frame that only grows, or stays, needs no tree.
      var known = base..<base
      var summary = Summary.nothing
      for place in partition {
        let row = Int(rows.pointer[place])
        if frames.exclusion == .noOthers {
          let frame = frames.frames[place]
          if frame == known {
            give(row, summary)
            continue
          }
          if frame.lowerBound == known.lowerBound, frame.upperBound > known.upperBound,
            frame.upperBound - known.upperBound <= 16 || tree == nil
          {
            for index in known.upperBound..<frame.upperBound { summary.add(all[index - base]) }
          } else {
            let built = tree ?? FrameTree(all)
            tree = built
            summary = .nothing
            built.add(frame.lowerBound - base..<frame.upperBound - base, to: &summary)
          }
          known = frame
          give(row, summary)
          continue
        }
        let built = tree ?? FrameTree(all)
        tree = built
        var pieces = Summary.nothing
        for piece in frames.pieces(place) where !piece.isEmpty {
          built.add(piece.lowerBound - base..<piece.upperBound - base, to: &pieces)
        }
        give(row, pieces)
      }
      withExtendedLifetime(leaves) {}
    }
  }
}
