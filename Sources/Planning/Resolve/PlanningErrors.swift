import ColumnStore
import Language

/// The texts of everything that can be wrong with the names and types of a query, in one place.
extension Diagnostic {
  static func unknownTable(_ name: QualifiedName, known: [String]) -> Diagnostic {
    var help = suggestion(for: name.text, among: known)
    if help == nil {
      help =
        known.isEmpty
        ? "load a file first: load actions.csv" : "tables: \(known.sorted().prefix(12).joined(separator: ", "))"
    }
    return Diagnostic("there is no table `\(name.text)`", at: name.span, help: help)
  }

  /// - Parameters:
  ///   - fields: the columns of the query that the name stands in
  ///   - around: those of the queries around it, innermost first
  static func unknownColumn(_ name: QualifiedName, in fields: [Field], around: [Field] = []) -> Diagnostic {
    let qualifier = name.qualifiers.last?.text.lowercased()
    let qualified = (fields + around).filter { $0.qualifier?.lowercased() == qualifier }
    if let qualifier = name.qualifiers.last, qualified.isEmpty {
      return unknownQualifier(qualifier, of: name, in: fields + around)
    }
    let visible = (qualifier == nil ? fields : qualified).filter { !$0.isHidden }
    var help =
      suggestion(for: name.name.text, among: visible.map(\.name))
      ?? suggestion(for: name.name.text, among: around.filter { !$0.isHidden }.map(\.name))
    if help == nil, name.name.isQuoted {
      help = "double quotes are for names; a text stands in single quotes: '\(name.name.text)'"
    }
    if help == nil, !visible.isEmpty {
      let names = visible.prefix(12).map(\.name).joined(separator: ", ")
      help = "columns here: \(names)\(visible.count > 12 ? ", ... (\(visible.count) in all)" : "")"
    }
    return Diagnostic("there is no column `\(name.text)`", at: name.span, help: help)
  }

  private static func unknownQualifier(
    _ qualifier: Identifier, of name: QualifiedName, in fields: [Field]
  ) -> Diagnostic {
    var tables: [String] = []
    for field in fields { if let table = field.qualifier, !tables.contains(table) { tables.append(table) } }
    let named = fields.first { !$0.isHidden && $0.name.lowercased() == name.name.text.lowercased() }
    let help =
      suggestion(for: qualifier.text, among: tables)
      ?? named.map { "did you mean `\($0.qualifier.map { "\($0)." } ?? "")\($0.name)`?" }
      ?? (tables.isEmpty ? nil : "tables of this query: \(tables.prefix(12).joined(separator: ", "))")
    return Diagnostic("no table of this query is called `\(qualifier.text)`", at: qualifier.span, help: help)
  }

  static func ambiguousColumn(_ name: QualifiedName, among matches: [Field]) -> Diagnostic {
    let choices = matches.map { field in field.qualifier.map { "\($0).\(field.name)" } ?? field.name }
    return Diagnostic(
      "`\(name.text)` could be several columns", at: name.span, help: "say which: \(choices.joined(separator: " or "))")
  }

  static func notGrouped(_ name: String, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "`\(name)` is neither grouped by nor aggregated", at: span,
      help: "add it to `group by`, or take one value of each group: min(\(name)), first(\(name))")
  }

  static func unknownFunction(_ name: Identifier) -> Diagnostic {
    Diagnostic(
      "there is no function `\(name.text)`", at: name.span,
      help: suggestion(for: name.text, among: FunctionRegistry.allNames) ?? "`help functions` lists them all")
  }

  static func wrongArguments(
    _ name: String, usage: String, found: [DataType], span: SourceSpan
  ) -> Diagnostic {
    let types = found.isEmpty ? "nothing" : found.map(\.name).joined(separator: ", ")
    let bounds = found.contains(.count) ? "; of a count it takes a bound, lower(x) or upper(x): see help count" : ""
    return Diagnostic("`\(name)` does not take \(types)", at: span, help: "it is used as \(usage)\(bounds)")
  }

  static func wrongType(_ what: String, expected: String, found: DataType, span: SourceSpan, help: String? = nil)
    -> Diagnostic
  {
    Diagnostic("\(what) must be \(expected), and this is \(article(found))", at: span, help: help)
  }

  static func noCommonType(_ left: DataType, _ right: DataType, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "\(article(left)) and \(article(right)) do not go together here", at: span,
      help: "convert one of them: cast(x as \(left.name))")
  }

  static func unreadableLiteral(_ text: String, as type: DataType, span: SourceSpan) -> Diagnostic {
    let form: String? =
      switch type {
      case .date: "a date is written as '2021-02-10'"
      case .timestamp: "a timestamp is written as '2021-02-10 19:30:00' or '2021-02-10T19:30:00Z'"
      case .boolean: "a boolean is true or false"
      case .time: "a time is written as '19:30' or '19:30:00'"
      case .interval: "a length of time is written as '1 day', '3 months', '2 years 04:05:06' or 'P1Y2M'"
      case .count: "a count is written as '12', '500+', 'over 500', 'up to 5', '0-499' or 'around 250'"
      case .decimal(let precision, let scale):
        "it has at most \(precision - scale) digits before the point and \(scale) behind it"
      case .list: "a list is written as '[\"a\",\"b\"]' or '[1,2]'"
      default: nil
      }
    return Diagnostic("'\(text)' is not \(article(type))", at: span, help: form)
  }

  static func misplacedAggregate(_ name: String, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "`\(name)` counts over many rows and cannot stand here", at: span,
      help: "use `aggregate ... group by ...` first, or `having` in SQL")
  }

  static func tooManyGroupingSets(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "this asks for more than \(Grouping.setLimit) sets of groups", at: span,
      help: "name those that are wanted: group by grouping sets ((a, b), (a), ())")
  }

  static func unknownParameter(_ name: String, span: SourceSpan, known: [String]) -> Diagnostic {
    Diagnostic(
      "the parameter `$\(name)` has no value", at: span,
      help: suggestion(for: name, among: known)
        ?? "give it one: `let \(name) = ...` in the script, or `--set \(name)=...` on the command line")
  }

  static func columnCounts(_ left: Int, _ right: Int, operation: String, span: SourceSpan) -> Diagnostic {
    Diagnostic("\(operation) needs as many columns on both sides, and there are \(left) and \(right)", at: span)
  }

  static func ordinalOutOfRange(_ ordinal: Int64, count: Int, span: SourceSpan) -> Diagnostic {
    Diagnostic("there is no column number \(ordinal)", at: span, help: "the columns are numbered 1 to \(count)")
  }

  /// "did you mean ..." for the nearest names, if some are near.
  static func suggestion(for name: String, among candidates: [String]) -> String? {
    let near = nearestNames(to: name, in: candidates)
    guard !near.isEmpty else { return nil }
    return "did you mean \(near.map { "`\($0)`" }.joined(separator: " or "))?"
  }
}

/// The type's name behind its article.
func article(_ type: DataType) -> String {
  switch type {
  case .integer, .interval: "an \(type.name)"
  case .list(.text): "a list of texts"
  case .list(let element): "a list of \(element.name) values"
  default: "a \(type.name)"
  }
}
