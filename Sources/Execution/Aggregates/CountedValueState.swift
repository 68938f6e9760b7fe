import ColumnStore
import Glibc
import Planning

/// How often each value of a group occurs: the most frequent one, the entropy, the histogram.
final class CountedValueState: AggregateState {
  /// A value by what makes it the same as another. Texts are the same when their bytes are.
  private enum Key: Hashable {
    case number(Int64)
    case bytes([UInt8])
    case other(Value)
  }

  private let function: AggregateFunction
  private let argument: DataType
  private var groups: [[Key: Int64]] = []

  init(_ function: AggregateFunction, argument: DataType) {
    self.function = function
    self.argument = argument
  }

  func grow(_ groupCount: Int) {
    if groupCount > groups.count { groups.append(contentsOf: repeatElement([:], count: groupCount - groups.count)) }
  }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    guard let dictionary = column.dictionary else {
      input.forEach { row, group in groups[group][key(column.value(row)), default: 0] += 1 }
      return
    }
    // Rows are counted by their codes first, so that each text is looked up once.
    let codes = column.codesWithNull(dictionary.count)
    var tally: [UInt64: Int64] = [:]
    input.forEach { row, group in tally[UInt64(group) << 32 | UInt64(codes[row]), default: 0] += 1 }
    for (pair, count) in tally {
      let code = Int(pair & 0xFFFF_FFFF)
      guard code < dictionary.count else { continue }
      groups[Int(pair >> 32)][.bytes(Array(dictionary[code].utf8)), default: 0] += count
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? CountedValueState else { return }
    for (group, counts) in other.groups.enumerated() {
      groups[Int(map[group])].merge(counts) { $0 + $1 }
    }
  }

  func finish() -> Column {
    let type: DataType = function == .mode ? argument : function == .histogram ? .text : .double
    return Column(type: type, values: groups.map { $0.isEmpty ? .null : result($0) })
  }

  private func result(_ counts: [Key: Int64]) -> Value {
    switch function {
    case .entropy:
      let total = counts.values.reduce(0) { $0 + Double($1) }
      var sum = DoubleDouble()
      for count in counts.values.sorted() { sum.add(-Double(count) / total * log2(Double(count) / total)) }
      return .double(max(0, sum.value))
    case .histogram:
      let sorted = counts.map { (value($0.key), $0.value) }.sorted { RowFunctions.compare($0.0, $1.0) < 0 }
      var bytes = Array("{".utf8)
      for (index, (value, count)) in sorted.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        appendJSONString(value.description.utf8, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDecimal(count, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
      return .text(String(decoding: bytes, as: UTF8.self))
    default:
      let most = counts.values.max() ?? 0
      return counts.filter { $0.value == most }.map { value($0.key) }.min { RowFunctions.compare($0, $1) < 0 } ?? .null
    }
  }

  private func key(_ value: Value) -> Key {
    switch value {
    case .integer(let number), .timestamp(let number): .number(number)
    case .double(let number): .number(number.orderedBits)
    case .text(let text): .bytes(Array(text.utf8))
    default: .other(value)
    }
  }

  private func value(_ key: Key) -> Value {
    switch key {
    case .number(let number):
      switch argument {
      case .double: .double(Double(orderedBits: number))
      case .timestamp: .timestamp(number)
      default: .integer(number)
      }
    case .bytes(let bytes): .text(String(decoding: bytes, as: UTF8.self))
    case .other(let value): value
    }
  }
}
