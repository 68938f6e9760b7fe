import ColumnStore
import Planning

/// How one kind of database is spoken to in SQL, so that it means what it means here.
struct Dialect: Sendable {
  /// What messages call it.
  let name: String
  /// An integer in a type in which a sum of many does not overflow on the way.
  var wide: @Sendable (String) -> String = { $0 }
  /// A date or timestamp as a text of ISO 8601; nil where there are none.
  var dateText: (@Sendable (String) -> String)?
  /// What stands round names.
  let quote: Character
  /// What a type is called in a cast; nil for one that the database has not.
  let typeName: @Sendable (DataType) -> String?
  /// A text as a literal.
  let textLiteral: @Sendable (String) -> String
  /// What makes a text compare by its code points, behind it; empty where texts do so anyway.
  let binaryOrder: String
  /// Whether two values are the same, NULL and NULL among them.
  let isSame: @Sendable (_ left: String, _ right: String) -> String
  /// How functions are written where it is not as in `Wording.usual`; one that gives nil for what cannot be written.
  let functions: [ScalarFunction: Wording]
  /// Aggregates that are written otherwise than in the standard, or not at all.
  let aggregates: [AggregateFunction: AggregateWording]
  /// Texts of a group one after the other in an order; nil where that is not there.
  var concatenation: (@Sendable (_ text: String, _ separator: String, _ order: String) -> String)?
  /// Functions over windows that pass over NULL are there.
  var passesOverNulls = false
  /// What frames can be besides rows and ranges without distances.
  var frames: Set<FrameFeature> = []
  /// A number by chance, at least 0 and below 1.
  let chance: @Sendable (_ seed: Int64) -> String
  /// Whether a query that stands for one value gives an error where it has several rows.
  let refusesSeveralValues: Bool
  /// Whether the columns of VALUES can be given names; else they are column1, column2 ...
  var namesValues = true
  /// Whether doubles can be infinite, or no number.
  let hasInfinities: Bool
  /// Whether a full join takes any condition, or only equal values.
  let joinsFullyOnAnything: Bool
  /// Whether INTERSECT ALL and EXCEPT ALL are there.
  let hasSetsWithDuplicates: Bool
  /// The statement that makes a view of files that the database reads itself; nil where it reads none.
  let fileView: (@Sendable (_ name: String, _ path: String, _ options: [(name: String, value: String)]) -> String)?
  /// The statements that make a new connection behave; run once.
  let preparation: [String]
  /// How a session is marked where a driver goes on with another one unasked, which has forgotten views and settings.
  var mark: SessionMark?
  /// What there is to do when somebody is not let in, by what the driver says.
  var hints: [Hint] = []
  /// A query for the names of the tables, in one column.
  let tableNames: String
  /// The column of that query.
  let tableNameColumn: Int

  /// What to do about something that a driver says.
  struct Hint: Sendable {
    /// What stands in what it says, in small letters: one of these is enough.
    let signs: [String]
    let help: String
  }

  /// What to do about a fault; nil where nothing is known.
  func hint(for fault: ADBCFault) -> String? {
    let said = fault.message.lowercased()
    return hints.first { hint in hint.signs.contains { said.contains($0) } }?.help
  }

  /// How a session is marked, and the mark is asked for.
  struct SessionMark: Sendable {
    let statement: @Sendable (_ mark: String) -> String
    let question: String
    /// The column of the answer.
    let column: Int
  }

  /// Something that the frame of a window can have.
  enum FrameFeature: Sendable {
    case exclusion, groups
  }

  /// A name in quotes.
  func quoted(_ name: String) -> String { Dialect.quoted(name, quote) }

  static func quoted(_ name: String, _ quote: Character) -> String {
    "\(quote)\(name.replacing(String(quote), with: "\(quote)\(quote)"))\(quote)"
  }

  /// A text where a backslash means something.
  static let escapedText: @Sendable (String) -> String = {
    "'\($0.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
  }

  /// A text as standard SQL has it.
  static let standardText: @Sendable (String) -> String = { "'\($0.replacing("'", with: "''"))'" }

  /// All that has words: how each function is written.
  func wording(of function: ScalarFunction) -> Wording? { functions[function] ?? Wording.usual[function] }
}
