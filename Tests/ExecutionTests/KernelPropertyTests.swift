import ColumnStore
import FixedRandom
import Language
import Planning
import Testing

@testable import Execution

/// Whole-column kernels must give what the functions on single values give, row by row.
@Suite("Kernels") struct KernelPropertyTests {
  static let sizes = [0, 1, 63, 64, 65, 300]
  private static let span = SourceSpan(start: 0, end: 0)

  // MARK: Random columns

  static func value(_ type: DataType, _ generator: inout FixedGenerator) -> Value {
    switch type {
    case .boolean: .boolean(generator.oneIn(2))
    case .integer: .integer(generator.pick([0, 1, -1, 2, 7, 127, -128, 300, 70_000, 5_000_000_000]))
    case .double: .double(generator.pick([0, -0.0, 1.5, -2, .nan, .infinity, -.infinity, 1e300, 7]))
    case .text: .text(generator.pick(["", "a", "b", "ab", "withheld", "a text longer than twelve bytes", "é"]))
    case .date: .date(Int32(generator.below(40_000) - 20_000))
    case .timestamp: .timestamp(Int64(generator.below(1 << 52)) - 1 << 51)
    case .decimal(let precision, let scale):
      .decimal(
        Decimal(
          units: generator.pick([0, 1, -1, 5, -15, 99, 1234, -99_999, Decimal.powersOfTen[precision] - 1]), scale: scale
        ))
    case .time: .time(Int64(generator.below(Int(microsecondsPerDay))))
    case .interval:
      .interval(
        Interval(
          months: Int32(generator.below(5) - 2), days: Int32(generator.below(70) - 35),
          microseconds: generator.pick([0, 1, -1, microsecondsPerDay, -microsecondsPerDay])))
    case .count:
      .count(
        generator.pick([
          BoundedCount(12), BoundedCount(lower: 500, upper: nil), BoundedCount(lower: 0, upper: 499),
          BoundedCount.around(250), BoundedCount(lower: nil, upper: -3), BoundedCount(lower: -5, upper: 12),
        ]) ?? BoundedCount(0))
    case .list(.text): .textList(generator.pick([[], ["a"], ["a", "b"]]))
    case .list(let element):
      .list((0..<generator.below(4)).map { _ in generator.oneIn(5) ? .null : value(element, &generator) }, of: element)
    }
  }

  static func column(_ type: DataType, _ count: Int, _ generator: inout FixedGenerator) -> Column {
    let withNulls = generator.oneIn(2)
    let values = (0..<count).map { _ in withNulls && generator.oneIn(4) ? .null : value(type, &generator) }
    let plain = Column(type: type, values: values)
    return type == .text && generator.oneIn(2) ? plain.dictionaryEncoded() : plain
  }

  private static func same(_ left: Value, _ right: Value) -> Bool {
    if case .double(let first) = left, case .double(let second) = right {
      return first == second || (first.isNaN && second.isNaN)
    }
    return left == right
  }

  /// Checks a call on two columns, and on a column and a constant either way round, at sizes around the words' ends.
  private func check(
    _ function: ScalarFunction, _ type: DataType, giving result: DataType, _ generator: inout FixedGenerator
  ) throws {
    for size in Self.sizes {
      let batch = Batch(
        columns: [Self.column(type, size, &generator), Self.column(type, size, &generator)], count: size)
      let columns = [0, 1].map { PlanExpression(.column($0), type: type, span: Self.span) }
      let constant = PlanExpression(.literal(Self.value(type, &generator)), type: type, span: Self.span)
      for arguments in [columns, [columns[0], constant], [constant, columns[1]], [constant, constant]] {
        let expression = PlanExpression(.call(function, arguments), type: result, span: Self.span)
        try expectRows(of: expression, batch, "\(function) of \(type)")
      }
    }
  }

  /// Checks that a whole column is what its rows are one by one, or fails where they do.
  private func expectRows(of expression: PlanExpression, _ batch: Batch, _ name: String) throws {
    let found: Column
    do {
      found = try Evaluator(rowCount: batch.count).column(expression, batch)
    } catch is ExecutionError {
      #expect(throws: ExecutionError.self) {
        _ = try (0..<max(batch.count, 1)).map { try row(expression, batch, $0) }
      }
      return
    }
    #expect(found.count == batch.count)
    for index in 0..<batch.count {
      let wanted = try row(expression, batch, index)
      if !Self.same(found.value(index), wanted) {
        Issue.record("\(name) at \(index) of \(batch.count): \(found.value(index)), not \(wanted)")
        return
      }
    }
  }

  private func row(_ expression: PlanExpression, _ batch: Batch, _ index: Int) throws -> Value {
    switch expression.kind {
    case .column(let column): return batch.columns[column].value(index)
    case .literal(let value): return value
    case .call(let function, let arguments):
      return try RowFunctions.call(function, try arguments.map { try row($0, batch, index) }, expression)
    default: return .null
    }
  }

  static let types: [DataType] = [
    .boolean, .integer, .double, .decimal(precision: 10, scale: 2), .decimal(precision: 38, scale: 5), .text, .date,
    .time, .timestamp, .interval, .count, .textList, .list(.list(.integer)), .list(.double),
  ]

  @Test("comparisons", arguments: types)
  func comparisons(_ type: DataType) throws {
    var generator = FixedGenerator(seed: 3)
    for function in [
      ScalarFunction.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isDistinctFrom,
      .isNotDistinctFrom,
    ] { try check(function, type, giving: .boolean, &generator) }
  }

  @Test("arithmetic", arguments: [DataType.integer, .double])
  func arithmetic(_ type: DataType) throws {
    var generator = FixedGenerator(seed: 4)
    for function in [ScalarFunction.add, .subtract, .multiply, .modulo, .integerDivide] {
      try check(function, type, giving: type, &generator)
    }
    for function in [ScalarFunction.add, .subtract, .multiply] {
      try check(function, .count, giving: .count, &generator)
      for precision in [12, 18, 25, 38] {
        // Only units matter to kernels; the result of ten digits may overflow thirty-eight.
        try check(
          function, .decimal(precision: precision == 12 ? 6 : 38, scale: 0),
          giving: .decimal(precision: precision == 12 ? 12 : 38, scale: 0), &generator)
      }
    }
    if type == .double { try check(.divide, type, giving: .double, &generator) }
  }

  /// Arguments of a call: columns of a type, or constants.
  enum Argument {
    case column(DataType)
    case constant(Value)
  }

  static let calls: [(ScalarFunction, [Argument], DataType)] = {
    let counts: [Value] = [0, 1, 2, 3, 12, 13, 40, -1, -2, -12, -40, .max, .min].map { .integer($0) }
    var calls: [(ScalarFunction, [Argument], DataType)] = [
      (.length, [.column(.text)], .integer), (.lower, [.column(.text)], .text), (.upper, [.column(.text)], .text),
      (.concat, [.column(.text), .constant(.null), .column(.integer), .column(.double)], .text),
      (.concat, [.column(.textList), .column(.date)], .text),
      (.concatenate, [.column(.text), .constant(.text("é-"))], .text),
      (.negate, [.column(.integer)], .integer), (.absolute, [.column(.integer)], .integer),
      (.sign, [.column(.integer)], .integer), (.sign, [.column(.double)], .integer),
      (.logarithm, [.column(.double)], .double),
    ]
    for function in [
      ScalarFunction.negate, .absolute, .round, .floor, .ceiling, .truncate, .squareRoot, .exponential,
      .naturalLogarithm, .decimalLogarithm, .binaryLogarithm, .cubeRoot, .gamma, .even, .sine, .arcSine, .areaTangent,
      .cotangent, .tangentOfDegrees,
    ] { calls.append((function, [.column(.double)], .double)) }
    for places in [-2, -1, 0, 1, 2, 15, 22, 23, 400] as [Int64] {
      calls.append((.round, [.column(.double), .constant(.integer(places))], .double))
      calls.append((.truncate, [.column(.double), .constant(.integer(places))], .double))
    }
    for count in counts {
      for function in [ScalarFunction.left, .right, .substring] {
        calls.append((function, [.column(.text), .constant(count)], .text))
      }
      for other in counts { calls.append((.substring, [.column(.text), .constant(count), .constant(other)], .text)) }
      calls.append((.splitPart, [.column(.text), .constant(.text("t")), .constant(count)], .text))
      calls.append((.splitPart, [.column(.text), .constant(.text("th")), .constant(count)], .text))
    }
    for characters in [" ", "", "a", "wadh", "é"] {
      for function in [ScalarFunction.trim, .trimStart, .trimEnd] {
        calls.append((function, [.column(.text)], .text))
        calls.append((function, [.column(.text), .constant(.text(characters))], .text))
      }
      for new in ["", "x", "a longer one"] {
        calls.append((.replace, [.column(.text), .constant(.text(characters)), .constant(.text(new))], .text))
      }
    }
    for part in DatePart.allCases {
      for types in [[DataType.date, .date], [.timestamp, .date], [.timestamp, .timestamp]] {
        calls.append(
          (.dateDifference, [.constant(.text(part.rawValue)), .column(types[0]), .column(types[1])], .integer))
      }
      calls.append((.dateDifference, [.constant(.text(part.rawValue)), .constant(.date(7)), .column(.date)], .integer))
    }
    for function in [ScalarFunction.greatest, .least] {
      for type in [DataType.integer, .date, .timestamp, .double, .text] {
        calls.append((function, [.column(type), .column(type), .column(type)], type))
      }
      calls.append((function, [.column(.integer), .constant(.integer(3))], .integer))
      calls.append((function, [.constant(.null), .column(.integer)], .integer))
    }
    return calls
  }()

  @Test("functions of texts and numbers")
  func functions() throws {
    var generator = FixedGenerator(seed: 8)
    for (function, arguments, result) in Self.calls {
      for size in [0, 1, 65, 300] {
        var columns: [Column] = []
        let expressions = arguments.map { argument in
          switch argument {
          case .constant(let value):
            return PlanExpression(.literal(value), type: value.type ?? .text, span: Self.span)
          case .column(let type):
            columns.append(Self.column(type, size, &generator))
            return PlanExpression(.column(columns.count - 1), type: type, span: Self.span)
          }
        }
        let batch = Batch(columns: columns, count: size)
        let expression = PlanExpression(.call(function, expressions), type: result, span: Self.span)
        try expectRows(of: expression, batch, "\(function) \(arguments)")
      }
    }
  }

  @Test("numbers rounded without their digits are those rounded by them")
  func rounding() {
    var generator = FixedGenerator(seed: 9)
    for _ in 0..<20_000 {
      let places = 1 + generator.below(6)
      let digits = Double(generator.below(1_000_000_000)) / generator.pick([1e3, 1e4, 1e5, 1e6, 1e7, 3, 7e5])
      for number in [digits, -digits, digits.nextUp, digits.nextDown] {
        // The digits as a person writes them: what is cut off decides.
        let text = "\(number.magnitude)".split(separator: ".").map(String.init)
        guard text.count == 2, !text[1].contains("e") else { continue }
        let all = text[0] + text[1].prefix(places) + String(repeating: "0", count: max(0, places - text[1].count))
        guard let cut = Int(all) else { continue }
        let rest = text[1].dropFirst(places)
        func decimal(_ units: Int) -> Double {
          let padded = String(repeating: "0", count: max(0, places + 1 - "\(units)".count)) + "\(units)"
          return Double("\(padded.dropLast(places)).\(padded.suffix(places))") ?? .nan
        }
        let isUp = rest.first.map { $0 >= "5" } ?? false
        #expect(DecimalRounding.round(number.magnitude, places: places) == decimal(cut + (isUp ? 1 : 0)))
        #expect(DecimalRounding.round(number.magnitude, places: places, .down) == decimal(cut))
        #expect(
          DecimalRounding.round(-number.magnitude, places: places)
            == -DecimalRounding.round(number.magnitude, places: places))
      }
    }
  }

  @Test("searches in texts")
  func searches() throws {
    var generator = FixedGenerator(seed: 5)
    for function in [ScalarFunction.contains, .startsWith, .endsWith, .like, .ilike] {
      try check(function, .text, giving: .boolean, &generator)
    }
    for function in [ScalarFunction.concatenate] { try check(function, .text, giving: .text, &generator) }
    for pattern in ["", "%", "a%", "%b", "%a%", "a", "_", "a_", "%%", "a%b", "é%"] {
      for size in Self.sizes {
        let batch = Batch(columns: [Self.column(.text, size, &generator)], count: size)
        let expression = PlanExpression(
          .call(
            .like,
            [
              PlanExpression(.column(0), type: .text, span: Self.span),
              PlanExpression(.literal(.text(pattern)), type: .text, span: Self.span),
            ]), type: .boolean, span: Self.span)
        let found = try Evaluator(rowCount: size).column(expression, batch)
        for index in 0..<size { #expect(try found.value(index) == row(expression, batch, index)) }
      }
    }
  }

  /// Whether code points fit a pattern's, told by trying everything.
  private func fits(_ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "%" {
      return fits(text, pattern.dropFirst()) || (!text.isEmpty && fits(text.dropFirst(), pattern))
    }
    guard let next = text.first else { return false }
    return (first == "_" || first == next) && fits(text.dropFirst(), pattern.dropFirst())
  }

  @Test("patterns on texts of every alphabet")
  func patterns() throws {
    let texts = [
      "", "a", "A", "#Hashtag Now", "ÉCLAIR", "éclair", "Straße", "İstanbul", "\u{212A}elvin", "मोदी", "ab\u{301}c",
      "_%_",
      "the same the same the sama", "日本",
    ]
    let patterns = [
      "", "%", "_", "__", "%_", "_%", "%a%", "%HASHTAG%", "%hash_ag%", "é%", "É%r", "%ß%", "i%l", "k%", "%द%", "日_",
      "_本",
      "%the sama", "%_%_%_%", "ab_c", "%same%same%", "%%", "_____",
    ]
    let column = Column(type: .text, values: texts.map { .text($0) })
    for pattern in patterns {
      for function in [ScalarFunction.like, .ilike] {
        let arguments = [
          PlanExpression(.column(0), type: .text, span: Self.span),
          PlanExpression(.literal(.text(pattern)), type: .text, span: Self.span),
        ]
        let expression = PlanExpression(.call(function, arguments), type: .boolean, span: Self.span)
        let found = try Evaluator(rowCount: 14).column(expression, Batch(columns: [column], count: texts.count))
        for (index, text) in texts.enumerated() {
          let (text, pattern) =
            function == .like ? (text, pattern) : (text.lowercased(), pattern.lowercased())
          let wanted = fits(Array(text.unicodeScalars)[...], Array(pattern.unicodeScalars)[...])
          #expect(found.value(index) == .boolean(wanted), "\(text) \(function) \(pattern)")
        }
      }
    }
  }

  @Test("members of lists", arguments: types)
  func members(_ type: DataType) throws {
    var generator = FixedGenerator(seed: 10)
    for count in [0, 1, 3, 64, 65] {
      for hasNull in [false, true] {
        let column = Self.column(type, 300, &generator)
        let values = (0..<count).map { _ in Self.value(type, &generator) } + (hasNull ? [.null] : [])
        let inner = PlanExpression(.column(0), type: type, span: Self.span)
        let expression = PlanExpression(.memberOf(inner, values), type: .boolean, span: Self.span)
        let found = try Evaluator(rowCount: 300).column(expression, Batch(columns: [column], count: 300))
        for row in 0..<300 {
          let value = column.value(row)
          let isAmong = values.contains { !$0.isNull && !value.isNull && RowFunctions.compare($0, value) == 0 }
          let wanted: Value =
            isAmong ? .boolean(true) : value.isNull || hasNull ? .null : .boolean(false)
          #expect(found.value(row) == wanted, "\(value) of \(count) \(hasNull)")
        }
      }
    }
  }

  @Test("doubles become the nearest whole numbers, or are told not to")
  func wholeNumbers() throws {
    let doubles: [Double] = [0, -0.0, 0.5, 1.5, -0.5, -2.5, 9.2e18, -0x1p63, 1e15 + 0.5]
    let column = Column(type: .double, values: doubles.map { .double($0) } + [.null])
    let found = try #require(CastKernels.cast(column, to: .integer))
    let wanted: [Int64] = [0, 0, 0, 2, 0, -2, 9_200_000_000_000_000_000, .min, 1_000_000_000_000_000]
    #expect((0..<doubles.count).map { found.value($0) } == wanted.map { .integer($0) })
    #expect(found.isNull(doubles.count))
    for number in [0x1p63, -0x1.0000000000001p63, .nan, .infinity] {
      #expect(CastKernels.cast(Column(type: .double, values: [.double(number)]), to: .integer) == nil)
    }
  }

  @Test("parts and beginnings of dates", arguments: DatePart.allCases)
  func dates(_ part: DatePart) throws {
    var generator = FixedGenerator(seed: 6)
    for type in [DataType.date, .timestamp] {
      let batch = Batch(columns: [Self.column(type, 300, &generator)], count: 300)
      let arguments = [
        PlanExpression(.literal(.text(part.rawValue)), type: .text, span: Self.span),
        PlanExpression(.column(0), type: type, span: Self.span),
      ]
      for (function, result) in [(ScalarFunction.datePart, DataType.integer), (.dateTruncate, type)] {
        let expression = PlanExpression(.call(function, arguments), type: result, span: Self.span)
        let found = try Evaluator(rowCount: 300).column(expression, batch)
        for index in 0..<300 { #expect(try found.value(index) == row(expression, batch, index)) }
      }
    }
  }

  @Test("logic on words of 64 rows is three-valued", arguments: sizes)
  func logic(_ size: Int) throws {
    var generator = FixedGenerator(seed: 7)
    for _ in 0..<10 {
      let left = Self.column(.boolean, size, &generator)
      let right = Self.column(.boolean, size, &generator)
      let both = LogicKernels.and(left, right)
      let either = LogicKernels.or(left, right)
      let not = LogicKernels.not(left)
      for row in 0..<size {
        let values = [left.value(row), right.value(row)]
        let and: Value =
          values.contains(.boolean(false)) ? .boolean(false) : values.contains(.null) ? .null : .boolean(true)
        let or: Value =
          values.contains(.boolean(true)) ? .boolean(true) : values.contains(.null) ? .null : .boolean(false)
        #expect(both.value(row) == and && either.value(row) == or)
        #expect(not.value(row) == (values[0].isNull ? .null : .boolean(values[0] == .boolean(false))))
      }
    }
  }

  @Test("extreme values of a date or timestamp column trap nowhere")
  func extremes() throws {
    let instants = Column(
      type: .timestamp, data: .timestamp(Buffer([.min, .min + 1, -1, 0, 1, .max - 1, .max])), validity: nil)
    let days = Column(type: .date, data: .date(Buffer([.min, -1, 0, 1, .max])), validity: nil)
    for column in [instants, days] {
      for part in DatePart.allCases {
        _ = DateKernels.part(part, of: column)
        _ = DateKernels.truncate(column, to: part)
        for row in 0..<column.count {
          for other in 0..<column.count {
            // Some are too far apart to be counted, which is an error and no more.
            _ = try? RowFunctions.call(
              .dateDifference, [.text(part.rawValue), column.value(row), column.value(other)],
              PlanExpression(.literal(.null), type: .integer, span: Self.span))
          }
        }
      }
      for row in 0..<column.count {
        let value = column.value(row)
        _ = value.description
        for function in [ScalarFunction.monthName, .dayName, .epoch] {
          _ = try RowFunctions.call(function, [value], PlanExpression(.literal(.null), type: .text, span: Self.span))
        }
        _ = try RowFunctions.call(
          .formatDate, [value, .text("%Y-%m-%d %H:%M:%S.%f %j %V %G %B %A %u %F %T %e")],
          PlanExpression(.literal(.null), type: .text, span: Self.span))
        for function in [ScalarFunction.add, .subtract] {
          for interval in [
            Interval(months: .min, days: .min, microseconds: .min), Interval(months: -1), Interval(),
            Interval(months: .max, days: .max, microseconds: .max),
          ] {
            _ = try? RowFunctions.call(
              function, [value, .interval(interval)],
              PlanExpression(.literal(.null), type: column.type, span: Self.span))
          }
        }
      }
      _ = CastKernels.cast(column, to: column.type == .date ? .timestamp : .date)
    }
  }
}
