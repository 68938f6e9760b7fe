/// One entry of a test file in the form of sqllogictest (D. R. Hipp, "About sqllogictest"): what to run and what must come
/// of it.
///
/// ```
/// # A comment.
/// statement ok
/// create table t (a integer, b text)
///
/// statement error there is no column `c`
/// select c from t
///
/// skipif mysql # has no such thing
/// query IT rowsort label-1
/// select a, b from t
/// ----
/// 1
/// one
/// ```
public struct TestRecord: Sendable, Equatable {
  /// What an entry asks for.
  public enum Work: Sendable, Equatable {
    /// A statement that must go well.
    case statement(String)
    /// A statement that must fail. The regular expression, if it is not empty, must occur in the error's text.
    case failure(String, pattern: String)
    /// A query that must give certain rows.
    case query(TestQuery)
    /// Results of more values are written as a hash; matters only to who writes a file.
    case hashThreshold
    /// The rest of the file is not for this engine.
    case halt
    /// How what follows is to be read and run.
    case control(TestControl)
  }

  /// The line that the entry begins in, counted from 1: that of `statement` or `query`.
  public var line: Int
  /// Which engines it is for.
  public var conditions: [EngineCondition]
  /// What it asks for.
  public var work: Work

  /// Whether it is for the engine of a name.
  public func isFor(_ engine: String) -> Bool { conditions.allSatisfy { $0.holds(for: engine) } }
}

/// `skipif` or `onlyif` with the name of an engine.
public struct EngineCondition: Sendable, Equatable {
  /// Whether it is `onlyif`.
  public var isOnly: Bool
  /// The engine, in small letters.
  public var engine: String

  func holds(for name: String) -> Bool { (engine == name.lowercased()) == isOnly }
}

/// A query and the rows that it must give.
public struct TestQuery: Sendable, Equatable {
  /// In what order results are compared.
  public enum Order: String, Sendable {
    /// As they come.
    case nosort
    /// Rows in the order of their texts.
    case rowsort
    /// Single values in the order of their texts, whatever rows they are of.
    case valuesort
  }

  /// What is expected.
  public enum Expectation: Sendable, Equatable {
    /// Lines that hold a value each, or a row each with tabs between its cells.
    case lines([String])
    /// So many values, each with a line end behind it, have this MD5 hash.
    case hash(count: Int, digest: String)
    /// Any rows.
    case anything
  }

  /// The query.
  public var text: String
  /// A letter for each column.
  public var types: String
  /// In what order results are compared.
  public var order: Order
  /// Queries of the same label must give the same results.
  public var label: String?
  /// What must come.
  public var expectation: Expectation
}

/// An entry `control NAME VALUE`.
public enum TestControl: Sendable, Equatable {
  /// `control values original | exact`.
  case values(ValueStyle)
  /// `control division integer | double`, `control nulls smallest | largest`: what the engine is told with `set`.
  case setting(String, String)
}

/// The settings in which SQLite differs, and what it has.
public enum TestSettings {
  /// Each setting, what it is in SQLite, and what else there is.
  public static let all = [
    (name: "division", original: "integer", other: "double"), (name: "nulls", original: "smallest", other: "largest"),
  ]

  /// Whether a setting takes a value.
  public static func take(_ name: String, _ value: String) -> Bool {
    all.contains { $0.name == name && [$0.original, $0.other].contains(value) }
  }
}

/// How values are turned into the texts that are compared.
public enum ValueStyle: String, Sendable, CaseIterable {
  /// As sqllogictest does for SQLite: the type letters `T`, `I` and `R` say how a value is written, whatever it is.
  case original
  /// Whole values; the type letters must be those of the columns.
  case exact
}

/// An entry that has no sense.
public struct MalformedRecord: Error, Equatable {
  /// The line that the entry begins in.
  public var line: Int
  /// What is wrong with it.
  public var message: String
}
