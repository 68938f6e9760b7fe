import ColumnStore

/// What people read of a function, and how calls are matched to it: one registry for planning, `help` and completion.
public struct FunctionEntry<Function: Sendable>: Sendable {
  /// The name, then its synonyms.
  public var names: [String]
  /// What it computes.
  public var function: Function
  /// The parameters as `help` shows them.
  public var usage: String
  /// The types it can be called with; the first that fits is taken.
  public var signatures: [Signature]
  /// One line.
  public var summary: String
  /// An example and its result, both as they are typed and printed.
  public var example: (call: String, result: String)

  /// The name that `help` lists it under.
  public var name: String { names.first ?? "" }

  init(
    _ names: String..., does function: Function, _ usage: String, _ signatures: [Signature], _ summary: String,
    _ call: String, gives result: String
  ) {
    self.init(names: names, does: function, usage, signatures, summary, call, gives: result)
  }

  init(
    names: [String], does function: Function, _ usage: String, _ signatures: [Signature], _ summary: String,
    _ call: String, gives result: String
  ) {
    self.names = names
    self.function = function
    self.usage = usage
    self.signatures = signatures
    self.summary = summary
    example = (call, result)
  }
}

/// All functions that a query can call.
public enum FunctionRegistry {
  /// Scalar functions by what they are about, in the order that `help functions` lists them.
  public static let groups: [(name: String, entries: [FunctionEntry<ScalarFunction>])] = [
    ("Text", textFunctions), ("Unicode and templates", unicodeFunctions), ("Regular expressions", patternFunctions),
    ("How alike texts are", likenessFunctions), ("Digests, codes, URLs", codeFunctions), ("Numbers", numberFunctions),
    ("Counts with bounds", countFunctions),
    ("Mathematics", mathFunctions), ("Dates and times", dateFunctions + timeFunctions), ("Lists", listFunctions),
    ("Countries", territoryFunctions), ("JSON", jsonFunctions), ("Conditions", conditionalFunctions),
  ]

  /// All scalar functions.
  public static let scalars: [FunctionEntry<ScalarFunction>] = groups.flatMap(\.entries)

  /// The scalar function of a name, whatever its case.
  public static func scalar(named name: String) -> FunctionEntry<ScalarFunction>? { scalarsByName[name.lowercased()] }

  /// The aggregate function of a name, whatever its case.
  public static func aggregate(named name: String) -> FunctionEntry<AggregateFunction>? {
    aggregatesByName[name.lowercased()]
  }

  /// The function of a name that needs a window, whatever its case.
  public static func window(named name: String) -> FunctionEntry<WindowOperation>? {
    windowsByName[name.lowercased()]
  }

  /// What a function is called first of all; an operator by what it does.
  public static func name(of function: ScalarFunction) -> String {
    scalars.first { $0.function == function }?.name ?? function.rawValue
  }

  /// What an aggregate is called first of all.
  public static func name(of function: AggregateFunction) -> String {
    aggregates.first { $0.function == function }?.name ?? function.rawValue
  }

  /// Every name that a function can be called by.
  public static var allNames: [String] {
    (scalars.flatMap(\.names) + aggregates.flatMap(\.names) + windows.flatMap(\.names)).sorted()
  }

  private static let scalarsByName = index(scalars)
  private static let aggregatesByName = index(aggregates)
  private static let windowsByName = index(windows)

  private static func index<Function>(_ entries: [FunctionEntry<Function>]) -> [String: FunctionEntry<Function>] {
    var byName: [String: FunctionEntry<Function>] = [:]
    for entry in entries {
      for name in entry.names { byName[name] = entry }
    }
    return byName
  }
}
