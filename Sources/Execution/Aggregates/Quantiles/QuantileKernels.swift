import ColumnStore

/// Quantiles, by keeping all values and selecting.
final class QuantileState: AggregateState {
  private let quantiles: [Quantile]
  private let isList: Bool
  private let argument: DataType
  private var groups: [UInt32] = []
  private var keys: [Int64] = []
  private var texts: [[UInt8]] = []
  private var others: [Value] = []
  private var groupCount = 0

  /// With `isList` each group has a list of the quantiles of all parts.
  init(_ quantiles: [Quantile], isList: Bool, argument: DataType) {
    self.quantiles = quantiles
    self.isList = isList
    self.argument = argument
  }

  /// The quantile, where each group has one.
  var only: Quantile? { isList ? nil : quantiles.first }

  func grow(_ groupCount: Int) { self.groupCount = max(self.groupCount, groupCount) }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    switch column.data {
    case .boolean(let bits): take(input) { bits[$0] ? 1 : 0 }
    case .double(let values):
      precondition(values.count >= input.count)
      take(input) { values.pointer[$0].orderedBits }
    case .codes8, .codes16, .codes32, .views:
      let (views, heap) = column.textViews()
      precondition(views.count >= input.count)
      input.forEach { row, group in
        groups.append(UInt32(truncatingIfNeeded: group))
        texts.append(Array(heap.bytes(at: views.pointer + row)))
      }
    case .decimal128, .interval, .counts, .lists:
      input.forEach { row, group in
        groups.append(UInt32(truncatingIfNeeded: group))
        others.append(column.value(row))
      }
    default:
      let values = column.widened()
      precondition(values.count >= input.count)
      take(input) { values.pointer[$0] }
    }
  }

  @inline(__always)
  private func take(_ input: AggregateInput, _ key: @escaping (Int) -> Int64) {
    guard let mask = input.mask else {
      groups.append(contentsOf: input.groups.slice(0..<input.count))
      keys.append(contentsOf: (0..<input.count).lazy.map(key))
      return
    }
    let rows = mask.trueIndices()
    groups.append(contentsOf: rows.lazy.map { input.groups[Int($0)] })
    keys.append(contentsOf: rows.lazy.map { key(Int($0)) })
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? QuantileState else { return }
    groups.append(contentsOf: other.groups.lazy.map { map[Int($0)] })
    keys.append(contentsOf: other.keys)
    texts.append(contentsOf: other.texts)
    others.append(contentsOf: other.others)
  }

  func finish() -> Column {
    Quantile.column(quantiles, isList: isList, groupCount: groupCount) { column(of: $0) }
  }

  private func column(of quantile: Quantile) -> Column {
    // The values of each group side by side, by counting.
    var starts = [Int](repeating: 0, count: groupCount + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for group in 0..<groupCount { starts[group + 1] += starts[group] }
    if argument == .text {
      var lists = [[[UInt8]]](repeating: [], count: groupCount)
      for (index, group) in groups.enumerated() { lists[Int(group)].append(texts[index]) }
      return Column(
        type: .text,
        values: lists.map { list in
          if list.isEmpty { return .null }
          let sorted = list.sorted { $0.lexicographicallyPrecedes($1) }
          return .text(String(decoding: sorted[quantile.rank(list.count)], as: UTF8.self))
        })
    }
    if !others.isEmpty {
      var lists = [[Value]](repeating: [], count: groupCount)
      for (index, group) in groups.enumerated() { lists[Int(group)].append(others[index]) }
      return Column(
        type: argument,
        values: lists.map { list in
          list.isEmpty ? .null : list.sorted { RowFunctions.compare($0, $1) < 0 }[quantile.rank(list.count)]
        })
    }
    var places = starts
    var sorted = [Int64](repeating: 0, count: keys.count)
    for (index, group) in groups.enumerated() {
      sorted[places[Int(group)]] = keys[index]
      places[Int(group)] += 1
    }
    return sorted.withUnsafeMutableBufferPointer { values in
      Column(
        type: quantile.resultType,
        values: (0..<groupCount).map { group -> Value in
          let own = UnsafeMutableBufferPointer(rebasing: values[starts[group]..<starts[group + 1]])
          return quantile.value(own)
        })
    }
  }
}

extension Quantile {
  /// The quantile of values, which are put in another order.
  func value(_ values: UnsafeMutableBufferPointer<Int64>) -> Value {
    guard let first = ranks(values.count).first else { return .null }
    return values.around(first) { few, place in
      // After the selection everything behind the place is at least as large.
      value(values.count, { _ in few.select(place) }, next: { _ in few[(place + 1)...].min() ?? few[place] })
    }
  }
}

extension UnsafeMutableBufferPointer<Int64> {
  /// The value that sorting would put at a place; smaller ones end up before it, larger ones behind it.
  ///
  /// C. A. R. Hoare, "Algorithm 65: Find" (1961), with the median of three as pivot; after more rounds than bad luck
  /// explains, the rest is sorted, so that no order of the input takes quadratic time.
  func select(_ place: Int) -> Int64 {
    var low = 0
    var high = count - 1
    var rounds = 2 * (Int.bitWidth - count.leadingZeroBitCount) + 8
    while low < high {
      rounds -= 1
      if rounds == 0 {
        var rest = UnsafeMutableBufferPointer(rebasing: self[low...high])
        rest.sort()
        break
      }
      let middle = low + (high - low) / 2
      let pivot = Swift.max(
        Swift.min(self[low], self[middle]), Swift.min(Swift.max(self[low], self[middle]), self[high]))
      var left = low
      var right = high
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right {
        high = right
      } else if place >= left {
        low = left
      } else {
        break
      }
    }
    return self[place]
  }
}
