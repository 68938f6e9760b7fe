import ColumnStore
import Glibc
import Planning

/// Functions that need all numbers of a group. They get them in order, so that the result does not depend on which worker
/// took which rows.
final class SortedNumberState: AggregateState {
  private let function: AggregateFunction
  private var groups: [[Double]] = []

  init(_ function: AggregateFunction) { self.function = function }

  func grow(_ groupCount: Int) {
    if groupCount > groups.count { groups.append(contentsOf: repeatElement([], count: groupCount - groups.count)) }
  }

  func update(_ input: AggregateInput) {
    guard case .double(let values)? = input.arguments.first?.data else { return }
    precondition(values.count >= input.count)
    input.forEach { row, group in groups[group].append(values.pointer[row]) }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? SortedNumberState else { return }
    for (group, values) in other.groups.enumerated() { groups[Int(map[group])].append(contentsOf: values) }
  }

  func finish() -> Column {
    Column(
      type: .double,
      values: groups.map { values in
        values.isEmpty ? .null : value(values.sorted { $0.orderedBits < $1.orderedBits }).map { .double($0) } ?? .null
      })
  }

  private func value(_ sorted: [Double]) -> Double? {
    switch function {
    case .product: return product(sorted)
    case .geometricMean:
      guard let first = sorted.first, first > 0 else { return nil }
      var sum = DoubleDouble()
      for number in sorted { sum.add(log(number)) }
      return exp(sum.value / Double(sorted.count))
    case .medianDeviation:
      let middle = median(sorted)
      return median(sorted.map { abs($0 - middle) }.sorted { $0.orderedBits < $1.orderedBits })
    default: return shape(sorted)
    }
  }

  /// The numbers multiplied with a power of two set apart, so that what is in range at the end does not leave it on the
  /// way.
  private func product(_ numbers: [Double]) -> Double {
    var result = 1.0
    var exponent = 0
    for number in numbers {
      result *= number.isFinite && number != 0 ? number.significand * (number < 0 ? -1 : 1) : number
      if number.isFinite, number != 0 { exponent += Int(number.exponent) }
      guard result.isFinite, result != 0 else { continue }
      exponent += Int(result.exponent)
      result = result.significand * (result < 0 ? -1 : 1)
    }
    guard result.isFinite, result != 0 else { return result }
    return scalbn(result, Int32(clamping: exponent))
  }

  private func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 || sorted[middle - 1] == sorted[middle] { return sorted[middle] }
    return sorted[middle - 1] * 0.5 + sorted[middle] * 0.5
  }

  /// Skewness and kurtosis by the moments about the mean: G1, g2 and G2 of D. N. Joanes and C. A. Gill, "Comparing Measures
  /// of Sample Skewness and Kurtosis" (1998).
  private func shape(_ numbers: [Double]) -> Double? {
    let n = Double(numbers.count)
    var sum = DoubleDouble()
    for number in numbers { sum.add(number) }
    let mean = sum.value / n
    var (second, third, fourth) = (DoubleDouble(), DoubleDouble(), DoubleDouble())
    for number in numbers {
      let distance = number - mean
      let square = distance * distance
      second.add(square)
      third.add(square * distance)
      fourth.add(square * square)
    }
    let variance = second.value / n
    guard variance != 0 else { return nil }
    let excess = fourth.value / n / (variance * variance) - 3
    switch function {
    case .skewness:
      guard n > 2 else { return nil }
      return (n * (n - 1)).squareRoot() / (n - 2) * (third.value / n) / (variance * variance.squareRoot())
    case .kurtosis: return n > 3 ? (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6) : nil
    default: return excess
    }
  }
}
