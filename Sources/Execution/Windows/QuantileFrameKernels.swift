import ColumnStore
import Planning

extension WindowRows {
  /// Quantiles of frames of which nothing is excluded. Every row of a partition gets a rank among its values; the ranks in
  /// the frame are counted as rows come and go.
  ///
  /// Nil for values whose order takes more than a word to say.
  func quantiles(_ values: Column, _ quantile: Quantile, in frames: Frames, taken: Bitmap?) throws -> Column? {
    let words = SortOperator.sortWords(values, isDescending: false, nullsFirst: false)
    guard words.count == (values.validity == nil ? 1 : 2), let word = words.last else { return nil }
    let lower = MutableBuffer<UInt32>(count: count)
    let upper = MutableBuffer<UInt32>(count: quantile.interpolates ? count : 0)
    let fractions = MutableBuffer<Double>(count: quantile.interpolates ? count : 0)
    try forEachPartition { _, partition in
      let counted = partition.filter { place in taken.map { $0[Int(rows.pointer[place])] } ?? true }
      let byValue = counted.map { (word: word[Int(rows.pointer[$0])], place: $0) }.sorted { $0 < $1 }
      var ranks = [Int32](repeating: -1, count: partition.count)
      for (rank, entry) in byValue.enumerated() {
        ranks[entry.place - partition.lowerBound] = Int32(truncatingIfNeeded: rank)
      }
      var tree = RankTree(rankCount: byValue.count)
      func change(_ places: Range<Int>, _ change: Int32) {
        for place in places where ranks[place - partition.lowerBound] >= 0 {
          tree.change(Int(ranks[place - partition.lowerBound]), by: change)
        }
      }
      func row(_ number: Int) -> UInt32 { rows[byValue[tree.rank(ofNth: number)].place] }
      var known = partition.lowerBound..<partition.lowerBound
      for place in partition {
        known = known.moved(to: frames[place], change)
        let target = Int(rows.pointer[place])
        guard tree.total > 0 else {
          lower.pointer[target] = .max
          if quantile.interpolates { upper.pointer[target] = .max }
          continue
        }
        guard quantile.interpolates else {
          lower.pointer[target] = row(quantile.rank(tree.total))
          continue
        }
        let (number, fraction) = quantile.place(tree.total)
        lower.pointer[target] = row(number)
        upper.pointer[target] = row(min(number + 1, tree.total - 1))
        fractions.pointer[target] = fraction
      }
    }
    let low = values.gather(lower.frozen())
    guard quantile.interpolates else { return low }
    return quantile.blended(low, values.gather(upper.frozen()), fractions.frozen())
  }
}

extension Quantile {
  /// Between lower and upper neighbours, by fractions.
  fileprivate func blended(_ low: Column, _ high: Column, _ fractions: Buffer<Double>) -> Column {
    guard case .double(let lowValues) = low.data, case .double(let highValues) = high.data else {
      let (lowKeys, highKeys) = (low.widened(), high.widened())
      let result = MutableBuffer<Int64>(count: low.count)
      for row in 0..<low.count where !low.isNull(row) {
        if case .timestamp(let instant) = blended(lowKeys[row], highKeys[row], fractions[row]) {
          result[row] = instant
        }
      }
      return Column(type: .timestamp, data: .timestamp(result.frozen()), validity: low.validity)
    }
    let result = MutableBuffer<Double>(count: low.count)
    for row in 0..<low.count {
      let (first, second, fraction) = (lowValues[row], highValues[row], fractions[row])
      result[row] = fraction == 0 || first == second ? first : first * (1 - fraction) + second * fraction
    }
    return Column(type: .double, data: .double(result.frozen()), validity: low.validity)
  }
}
