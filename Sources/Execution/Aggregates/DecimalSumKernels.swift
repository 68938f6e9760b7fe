import ColumnStore
import Language

/// The exact sum of decimals, or their mean as a double.
final class DecimalSumState: AggregateState {
  /// A sum in two halves, the lower one of the lower 64 bits: together they hold more than any number of rows gives, so that
  /// the order of the rows cannot matter.
  private struct Sum: BitwiseCopyable {
    var high: Int128 = 0
    var low: Int128 = 0

    /// The sum; nil beyond 128 bits.
    var total: Int128? {
      let (shifted, overflow) = high.multipliedReportingOverflow(by: 1 << 64)
      let (sum, carried) = shifted.addingReportingOverflow(low)
      return overflow || carried ? nil : sum
    }
  }

  private let sums = GroupArray<Sum>(filledWith: Sum())
  private let counts = GroupArray<Int64>(filledWith: 0)
  private let isAverage: Bool
  private let type: DataType
  private let scale: Int
  private let span: SourceSpan

  init(isAverage: Bool, type: DataType, scale: Int, _ span: SourceSpan) {
    self.isAverage = isAverage
    self.type = type
    self.scale = scale
    self.span = span
  }

  func grow(_ groupCount: Int) {
    sums.grow(groupCount)
    counts.grow(groupCount)
  }

  func update(_ input: AggregateInput) {
    let sums = sums.pointer
    let counts = counts.pointer
    switch input.arguments.first?.data {
    case .decimal64(let values)?:
      precondition(values.count >= input.count)
      input.forEach { row, group in
        sums[group].low &+= Int128(values.pointer[row])
        counts[group] &+= 1
      }
    case .decimal128(let values)?:
      precondition(values.count >= input.count)
      input.forEach { row, group in
        sums[group].high &+= values.pointer[row] >> 64
        sums[group].low &+= Int128(UInt64(truncatingIfNeeded: values.pointer[row]))
        counts[group] &+= 1
      }
    default: break
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? DecimalSumState else { return }
    for group in 0..<other.sums.count {
      sums[Int(map[group])].high &+= other.sums[group].high
      sums[Int(map[group])].low &+= other.sums[group].low
      counts[Int(map[group])] &+= other.counts[group]
    }
  }

  func finish() throws -> Column {
    Column(type: type, values: try (0..<sums.count).map(value))
  }

  private func value(_ group: Int) throws -> Value {
    if counts[group] == 0 { return .null }
    if isAverage {
      guard let total = sums[group].total else {
        let sum = Double(sums[group].high) * 0x1p64 + Double(sums[group].low)
        return .double(sum / Double(Decimal.powersOfTen[scale]) / Double(counts[group]))
      }
      return .double(Decimal(units: total, scale: scale).double / Double(counts[group]))
    }
    guard let total = sums[group].total, Decimal.fits(total, precision: Decimal.precisionLimit) else {
      throw ExecutionError.decimalOverflow(
        operation: "the sum", operands: "\(counts[group]) values", type: type, span: span)
    }
    return .decimal(Decimal(units: total, scale: scale))
  }
}
