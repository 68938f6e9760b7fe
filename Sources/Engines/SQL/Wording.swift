import ColumnStore
import Planning

/// How a function is written in SQL: nil for arguments with which it has no words, or would not mean the same.
struct Wording: Sendable {
  let write: @Sendable (WrittenCall) -> String?

  init(_ write: @escaping @Sendable (WrittenCall) -> String?) { self.write = write }

  /// A function of the database by its name.
  static func named(_ name: String) -> Wording { Wording { "\(name)(\($0.list))" } }

  /// No words.
  static let none = Wording { _ in nil }
}

/// How an aggregate is written: its arguments as SQL and as they are, to a call of a function of the database. `call` puts
/// the name round what it is made of, with what stands behind it.
struct AggregateWording: Sendable {
  let write: @Sendable (_ call: WrittenCall, _ behind: String) -> String?

  init(_ write: @escaping @Sendable (_ call: WrittenCall, _ behind: String) -> String?) { self.write = write }

  /// No words.
  static let none = AggregateWording { _, _ in nil }
}

/// A call whose arguments are written already.
struct WrittenCall {
  /// The dialect that they are written in.
  let dialect: Dialect
  /// The arguments as SQL.
  let arguments: [String]
  /// The arguments as they are.
  let operands: [PlanExpression]

  subscript(_ index: Int) -> String { arguments[index] }

  /// All of them with commas.
  var list: String { arguments.joined(separator: ", ") }

  /// How many.
  var count: Int { arguments.count }

  func type(_ index: Int) -> DataType { operands[index].type }

  /// Whether all arguments are of one of some types.
  func all(_ types: DataType...) -> Bool { operands.allSatisfy { types.contains($0.type) } }

  /// The constant text that an argument is.
  func text(_ index: Int) -> String? {
    if index < count, case .text(let text)? = operands[index].literal { text } else { nil }
  }

  /// The constant whole number that an argument is, if it is one that a database's short integers hold.
  func number(_ index: Int, from least: Int64 = 0) -> Int64? {
    guard index < count, case .integer(let number)? = operands[index].literal, number >= least,
      number <= Int64(Int32.max)
    else { return nil }
    return number
  }

  /// The part of a date that the first argument names.
  var part: DatePart? { text(0).flatMap { DatePart(named: $0) } }

  /// An argument converted; nil where the database has not the type.
  func cast(_ index: Int, to type: DataType) -> String? { cast(arguments[index], to: type) }

  func cast(_ value: String, to type: DataType) -> String? {
    dialect.typeName(type).map { "CAST(\(value) AS \($0))" }
  }

  /// A text that compares by its code points.
  func ordered(_ index: Int) -> String { arguments[index] + (type(index) == .text ? dialect.binaryOrder : "") }

  /// Texts and integers as texts, which are written alike everywhere; nil for other types.
  func texts(from first: Int = 0) -> [String]? {
    var texts: [String] = []
    for index in first..<count {
      switch type(index) {
      case .text: texts.append(arguments[index])
      case .integer:
        guard let text = cast(index, to: .text) else { return nil }
        texts.append(text)
      default: return nil
      }
    }
    return texts
  }
}

extension Wording {
  /// Functions that are written alike in every dialect that does not say otherwise.
  static let usual: [ScalarFunction: Wording] = texts.merging(numbers) { first, _ in first }.merging(dates) {
    first, _ in first
  }

  private static let texts: [ScalarFunction: Wording] = [
    .lower: named("LOWER"), .upper: named("UPPER"), .coalesce: named("COALESCE"), .nullIf: named("NULLIF"),
    .replace: named("REPLACE"),
    .length: Wording { $0.all(.text) ? $0.cast("LENGTH(\($0.list))", to: .integer) : nil },
    .concatenate: Wording { $0.all(.text) ? "(\($0.arguments.joined(separator: " || ")))" : nil },
    .concat: Wording { call in
      call.texts().map { "(\($0.map { "COALESCE(\($0), '')" }.joined(separator: " || ")))" }
    },
    .concatWithSeparator: Wording { call in call.texts().map { "CONCAT_WS(\($0.joined(separator: ", ")))" } },
    .trim: trimmed("BOTH"), .trimStart: trimmed("LEADING"), .trimEnd: trimmed("TRAILING"),
    // Places that are not there, before the first and behind the last, are counted otherwise by each.
    .substring: Wording { call in
      guard let from = call.number(1, from: 1) else { return nil }
      if call.count == 2 { return "SUBSTR(\(call[0]), \(from))" }
      return call.number(2).map { "SUBSTR(\(call[0]), \(from), \($0))" }
    },
    .left: Wording { call in call.number(1).map { "SUBSTR(\(call[0]), 1, \($0))" } },
    .right: Wording { call in call.number(1).map { "RIGHT(\(call[0]), \($0))" } },
    .endsWith: Wording { "(RIGHT(\($0[0]), LENGTH(\($0[1]))) = \($0[1]))" },
    .repeated: Wording { call in call.number(1).map { "REPEAT(\(call[0]), \($0))" } },
    .padLeft: padded("LPAD"), .padRight: padded("RPAD"),
    .splitPart: Wording { call in
      guard call.text(1)?.isEmpty == false, let number = call.number(2, from: 1) else { return nil }
      return "SPLIT_PART(\(call[0]), \(call[1]), \(number))"
    },
    .like: Wording { call in
      // A backslash is a sign like any other here, and takes away the meaning of the next one there.
      guard call.count == 2, let pattern = call.text(1), !pattern.contains("\\") else { return nil }
      return "(\(call[0]) LIKE \(call[1]))"
    },
  ]

  private static func trimmed(_ side: String) -> Wording {
    Wording { call in
      let characters = call.count > 1 ? call.text(1).flatMap { $0.isEmpty ? nil : call[1] } : "' '"
      return characters.map { "TRIM(\(side) \($0) FROM \(call[0]))" }
    }
  }

  private static func padded(_ name: String) -> Wording {
    Wording { call in
      guard let length = call.number(1), length <= 10_000, call.count == 2 || call.text(2)?.isEmpty == false else {
        return nil
      }
      return "\(name)(\(call[0]), \(length), \(call.count == 2 ? "' '" : call[2]))"
    }
  }

  private static let numbers: [ScalarFunction: Wording] = [
    .absolute: named("ABS"),
    // Of decimals the type would be another one.
    .floor: Wording { $0.all(.double) ? "FLOOR(\($0.list))" : nil },
    .ceiling: Wording { $0.all(.double) ? "CEIL(\($0.list))" : nil },
    .modulo: Wording { $0.all(.integer) ? "(\($0[0]) % NULLIF(\($0[1]), 0))" : nil },
    .integerDivide: Wording { $0.all(.integer) ? "(\($0[0]) / NULLIF(\($0[1]), 0))" : nil },
    .sign: Wording { call in
      guard call.all(.integer) else { return nil }
      return "CASE WHEN \(call[0]) > 0 THEN 1 WHEN \(call[0]) < 0 THEN -1 WHEN \(call[0]) = 0 THEN 0 END"
    },
    .greatest: extreme("GREATEST"), .least: extreme("LEAST"),
  ]

  private static func extreme(_ name: String) -> Wording {
    Wording { call in
      guard [.integer, .double, .date, .timestamp, .text].contains(call.type(0)) else { return nil }
      return "\(name)(\(call.arguments.indices.map(call.ordered).joined(separator: ", ")))"
    }
  }
}
