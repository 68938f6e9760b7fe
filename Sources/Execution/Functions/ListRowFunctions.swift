import ColumnStore
import Language
import Planning

/// Functions of single lists. Items are the same where they compare as equal.
enum ListRowFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .listLength: RowFunction { .integer(Int64(items($0[0]).count)) },
    .listPosition: RowFunction { values in
      let place = items(values[0]).firstIndex { same($0, values[1]) }
      return place.map { .integer(Int64($0) + 1) } ?? .null
    },
    .listAppend: RowFunction(preparing: { _, call in
      let element = call.type.element ?? .text
      return { values in .list(items(values[0]) + [values[1]], of: element) }
    }),
    .listPrepend: RowFunction(preparing: { _, call in
      let element = call.type.element ?? .text
      return { values in .list([values[0]] + items(values[1]), of: element) }
    }),
    .listSort: RowFunction { values in
      let isDescending = values.text(1) == "desc"
      return mapped(values[0]) { sorted($0, isDescending: isDescending, nullsFirst: values.text(2) == "nulls first") }
    },
    .listReverseSort: onList { sorted($0, isDescending: true, nullsFirst: true) },
    .listReverse: onList { $0.reversed() },
    .listDistinct: onList { distinct($0) },
    .listUnique: RowFunction { .integer(Int64(distinct(items($0[0])).count)) },
    .listHasAny: RowFunction { values in
      let others = ValueSet(items(values[1]))
      return .boolean(items(values[0]).contains { others.contains($0) })
    },
    .listHasAll: RowFunction { values in
      let all = ValueSet(items(values[0]))
      return .boolean(items(values[1]).allSatisfy { $0.isNull || all.contains($0) })
    },
    .listIntersect: RowFunction { values in
      let others = ValueSet(items(values[1]))
      return mapped(values[0]) { distinct($0).filter { others.contains($0) } }
    },
    .listExcept: RowFunction { values in
      let others = ValueSet(items(values[1]))
      return mapped(values[0]) { distinct($0).filter { !others.contains($0) } }
    },
    .listRemove: RowFunction { values in mapped(values[0]) { $0.filter { !same($0, values[1]) } } },
    .listFlatten: RowFunction(preparing: { _, call in
      let element = call.type.element ?? .text
      return { values in .list(items(values[0]).flatMap { items($0) }, of: element) }
    }),
    .listSum: RowFunction(failing: { values, call in try sum(items(values[0]), call) }),
    .listAverage: RowFunction { values in
      let numbers = doubles(values[0])
      return numbers.isEmpty ? .null : .double(total(numbers) / Double(numbers.count))
    },
    .listMedian: RowFunction { values in
      let sorted = doubles(values[0]).sorted { $0.orderedBits < $1.orderedBits }
      guard !sorted.isEmpty else { return .null }
      let middle = sorted.count / 2
      return .double(sorted.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] * 0.5 + sorted[middle] * 0.5)
    },
    .listMinimum: RowFunction(failing: { try RowFunctions.call(.least, known($0[0]), $1) }),
    .listMaximum: RowFunction(failing: { try RowFunctions.call(.greatest, known($0[0]), $1) }),
    .listCount: RowFunction { .integer(Int64(known($0[0]).count)) },
    .listFirst: RowFunction { items($0[0]).first ?? .null },
    .listLast: RowFunction { items($0[0]).last ?? .null },
    .listToText: RowFunction { values in
      let texts = items(values[0]).compactMap { $0.isNull ? values.text(2) : $0.description }
      return .text(texts.joined(separator: values.text(1) ?? ""))
    },
    .splitText: RowFunction { values in
      let text = values.text(0) ?? ""
      let separator = values.count > 1 ? values.text(1) ?? "" : ","
      if separator.isEmpty { return .textList(text.unicodeScalars.map { String($0) }) }
      return .textList(TextFunctions.parts(of: text, between: separator))
    },
    .textToList: RowFunction { values in
      guard let text = values.text(0) else { return .null }
      let parts: [String]
      switch values.text(1) {
      case nil: parts = text.unicodeScalars.map { String($0) }
      case ""?: parts = text.isEmpty ? [] : [text]
      case let separator?: parts = text.isEmpty ? [] : TextFunctions.parts(of: text, between: separator)
      }
      let null = values.text(2)
      return .list(parts.map { part in null == part ? .null : .text(part) }, of: .text)
    },
    .listRange: RowFunction(failing: { values, call in
      if let only = values.integer(0), values.count == 1 { return try series(0, only, 1, isClosed: false, call) }
      return try series(values, isClosed: false, call)
    }),
    .listSeries: RowFunction(failing: { values, call in try series(values, isClosed: true, call) }),
  ]

  /// The most items that a series may have.
  private static let seriesLimit = 10_000_000

  private static func items(_ value: Value) -> [Value] {
    if case .list(let items, _) = value { return items }
    return []
  }

  private static func known(_ value: Value) -> [Value] { items(value).filter { !$0.isNull } }

  private static func doubles(_ value: Value) -> [Double] { items(value).compactMap { [$0].double(0) } }

  private static func same(_ left: Value, _ right: Value) -> Bool {
    left.isNull || right.isNull ? left.isNull && right.isNull : RowFunctions.compare(left, right) == 0
  }

  private static func mapped(_ value: Value, _ body: ([Value]) -> [Value]) -> Value {
    guard case .list(let items, let element) = value else { return .null }
    return .list(body(items), of: element)
  }

  private static func onList(_ body: @escaping @Sendable ([Value]) -> [Value]) -> RowFunction {
    RowFunction { mapped($0[0], body) }
  }

  private static func sorted(_ items: [Value], isDescending: Bool, nullsFirst: Bool) -> [Value] {
    let known = items.filter { !$0.isNull }.sorted {
      let order = RowFunctions.compare($0, $1)
      return isDescending ? order > 0 : order < 0
    }
    let nulls = items.filter(\.isNull)
    return nullsFirst ? nulls + known : known + nulls
  }

  private static func distinct(_ items: [Value]) -> [Value] {
    var seen = ValueSet([])
    return items.filter { !$0.isNull && seen.insert($0) }
  }

  private static func total(_ numbers: [Double]) -> Double {
    var sum = DoubleDouble()
    for number in numbers { sum.add(number) }
    return sum.value
  }

  private static func sum(_ items: [Value], _ call: PlanExpression) throws -> Value {
    let known = items.filter { !$0.isNull }
    guard !known.isEmpty else { return .null }
    guard call.type == .integer else { return .double(total(known.compactMap { [$0].double(0) })) }
    let sum = known.reduce(Int128(0)) { $0 + Int128([$1].integer(0) ?? 0) }
    guard let whole = Int64(exactly: sum) else {
      throw ExecutionError.overflow(operation: "the sum", operands: "\(known.count) values", span: call.span)
    }
    return .integer(whole)
  }

  private static func series(_ values: [Value], isClosed: Bool, _ call: PlanExpression) throws -> Value {
    if let from = values.integer(0), let to = values.integer(1) {
      return try series(from, to, values.integer(2) ?? 1, isClosed: isClosed, call)
    }
    guard case .timestamp(let from) = values[0], case .timestamp(let to) = values[1],
      case .interval(let step) = values[2]
    else { return .null }
    // A month is taken for its sign only: every step is counted from the beginning, so that ends of months stay ends.
    let isBackwards = step.length < 0
    guard step.length != 0 else { return .null }
    var items: [Value] = []
    while items.count <= seriesLimit {
      let count = Int128(items.count)
      guard
        let distance = Interval(
          months: Int128(step.months) * count, days: Int128(step.days) * count,
          microseconds: Int128(step.microseconds) * count),
        case .timestamp(let instant)? = try TemporalArithmetic.call(
          .add, [.timestamp(from), .interval(distance)], as: .timestamp, call.span)
      else { break }
      if isBackwards ? instant < to : instant > to { break }
      if instant == to, !isClosed { break }
      items.append(.timestamp(instant))
    }
    guard items.count <= seriesLimit else { throw ExecutionError.tooManyItems(limit: seriesLimit, span: call.span) }
    return .list(items, of: .timestamp)
  }

  private static func series(_ from: Int64, _ to: Int64, _ step: Int64, isClosed: Bool, _ call: PlanExpression) throws
    -> Value
  {
    guard step != 0 else { return .null }
    let distance = step > 0 ? Int128(to) - Int128(from) : Int128(from) - Int128(to)
    guard distance >= 0 else { return .list([], of: .integer) }
    let width = Int128(step.magnitude)
    let count = isClosed ? distance / width + 1 : (distance + width - 1) / width
    guard count <= Int128(seriesLimit) else { throw ExecutionError.tooManyItems(limit: seriesLimit, span: call.span) }
    return .list((0..<Int64(count)).map { .integer(from + $0 * step) }, of: .integer)
  }
}

/// Values of one type; texts are the same when their bytes are.
struct ValueSet {
  private var texts: Set<[UInt8]> = []
  private var others: Set<Value> = []

  init(_ values: [Value]) {
    for value in values where !value.isNull { insert(value) }
  }

  @discardableResult
  mutating func insert(_ value: Value) -> Bool {
    if case .text(let text) = value { return texts.insert(Array(text.utf8)).inserted }
    return others.insert(Self.key(value)).inserted
  }

  func contains(_ value: Value) -> Bool {
    if case .text(let text) = value { return texts.contains(Array(text.utf8)) }
    return others.contains(Self.key(value))
  }

  /// A double by the bits that order it, so that NaN equals itself.
  private static func key(_ value: Value) -> Value {
    if case .double(let number) = value { return .integer(number.orderedBits) }
    return value
  }
}
