import ColumnStore
import Planning

/// The bits that all, some, or an odd number of whole numbers have; NULL of none.
final class BitState: AggregateState {
  private let function: AggregateFunction
  private var bits: [Int64?] = []

  init(_ function: AggregateFunction) { self.function = function }

  func grow(_ groupCount: Int) {
    if groupCount > bits.count { bits.append(contentsOf: repeatElement(nil, count: groupCount - bits.count)) }
  }

  func update(_ input: AggregateInput) {
    guard let values = input.arguments.first?.widened() else { return }
    input.forEach { row, group in take(values[row], group) }
  }

  private func take(_ value: Int64, _ group: Int) {
    guard let known = bits[group] else {
      bits[group] = value
      return
    }
    switch function {
    case .bitAnd: bits[group] = known & value
    case .bitOr: bits[group] = known | value
    default: bits[group] = known ^ value
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? BitState else { return }
    for (group, value) in other.bits.enumerated() {
      if let value { take(value, Int(map[group])) }
    }
  }

  func finish() -> Column { Column(type: .integer, values: bits.map { $0.map { .integer($0) } ?? .null }) }
}
