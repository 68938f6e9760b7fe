import ColumnStore
import Language

/// An expression that speaks of several columns by `columns(...)` is bound once for each of them.
struct ColumnExpansion {
  /// Which of the columns is taken this time.
  var number = 0
  /// The columns, once `columns(...)` was met: where they stand, and what the result is called.
  var choices: [Choice]?

  struct Choice: Equatable {
    let column: Int
    let name: String
    /// What the pattern's groups matched, the whole match first; empty without a pattern.
    var groups: [String] = []
  }
}

extension Binder {
  /// An expression once for each column that its `columns(...)` speaks of, with that column's name; else once, without a
  /// name.
  mutating func bindEach(_ expression: Language.Expression) throws -> [(bound: PlanExpression, name: String?)] {
    try bindEach(expression, alias: nil)
  }

  /// As `bindEach`, under an alias, in which `\1` stands for what the first group of the pattern matched.
  mutating func bindEach(_ expression: Language.Expression, alias: String?) throws
    -> [(bound: PlanExpression, name: String?)]
  {
    let outer = expansion
    defer { expansion = outer }
    expansion = ColumnExpansion()
    let first = try bind(expression)
    guard let choices = expansion?.choices else { return [(first, alias)] }
    return try choices.enumerated().map { number, choice in
      expansion?.number = number
      return (number == 0 ? first : try bind(expression), alias.map { choice.filled(into: $0) } ?? choice.name)
    }
  }

  /// A condition that holds of each column that its `columns(...)` speaks of.
  mutating func bindEachBoolean(_ expression: Language.Expression, what: String) throws -> PlanExpression {
    let outer = expansion
    defer { expansion = outer }
    expansion = ColumnExpansion()
    let first = try bindBoolean(expression, what: what)
    guard let choices = expansion?.choices, choices.count > 1 else { return first }
    let rest = try choices.indices.dropFirst().map { number in
      expansion?.number = number
      return try bindBoolean(expression, what: what)
    }
    return PlanExpression(.and([first] + rest), type: .boolean, span: expression.span)
  }

  /// `columns('pattern')`, `columns(* exclude (a))`, `columns(['a', 'b'])`: the column of this time.
  mutating func bindColumns(_ call: FunctionCall, span: SourceSpan) throws -> PlanExpression {
    guard let number = expansion?.number else {
      throw Diagnostic(
        "`columns(...)` cannot stand here", at: span, help: "it stands in `select`, `extend`, `aggregate` and `where`")
    }
    let choices = try columnChoices(call, span: span)
    if let known = expansion?.choices, known != choices {
      throw Diagnostic("one expression cannot speak of different `columns(...)`", at: span)
    }
    expansion?.choices = choices
    let choice = choices[number]
    return PlanExpression(.column(choice.column), type: fields[choice.column].type, span: span)
  }

  private mutating func columnChoices(_ call: FunctionCall, span: SourceSpan) throws -> [ColumnExpansion.Choice] {
    let visible = fields.indices.filter { !fields[$0].isHidden }
    let choices: [ColumnExpansion.Choice]
    if call.isStar {
      choices = visible.map { .init(column: $0, name: fields[$0].name) }
    } else {
      guard call.arguments.count == 1, let argument = call.arguments.first?.value else {
        throw Diagnostic.wrongArguments(
          "columns", usage: "columns('pattern'), columns(* exclude (a)), columns(['a', 'b'])", found: [], span: span)
      }
      if case .star(let star) = argument.kind {
        choices = try resolver.expand(star, with: &self, fields: fields).map { projection in
          guard case .column(let column) = projection.expression.kind else {
            throw Diagnostic("`columns(...)` speaks of columns as they are", at: span)
          }
          return .init(column: column, name: projection.field.name)
        }
      } else {
        choices = try columnChoices(try bind(argument), among: visible)
      }
    }
    guard !choices.isEmpty else {
      let names = visible.prefix(12).map { fields[$0].name }.joined(separator: ", ")
      throw Diagnostic("no column matches", at: span, help: "columns here: \(names)")
    }
    return choices
  }

  private func columnChoices(_ argument: PlanExpression, among visible: [Int]) throws -> [ColumnExpansion.Choice] {
    switch argument.literal {
    case .text(let pattern)?:
      let expression: RegularExpression
      do {
        expression = try RegularExpression.compiled(pattern)
      } catch {
        throw Diagnostic.invalidPattern(error, span: argument.span)
      }
      return visible.compactMap { column in
        let name = fields[column].name
        var groups: [String]?
        expression.forEachMatch(in: name) { match in
          let bytes = Array(name.utf8)
          groups = match.map { span in span.map { String(decoding: bytes[$0], as: UTF8.self) } ?? "" }
          return false
        }
        return groups.map { ColumnExpansion.Choice(column: column, name: name, groups: $0) }
      }
    case .list(let names, of: .text)?:
      let named = try names.map { item -> Int in
        let name = item.description
        let written = QualifiedName(Identifier(name, isQuoted: true, span: argument.span))
        guard let column = try resolver.lookUp(written, in: fields) else {
          throw Diagnostic.unknownColumn(written, in: fields)
        }
        return column
      }
      // In the order of the columns, as with a pattern.
      return Set(named).sorted().map { .init(column: $0, name: fields[$0].name) }
    default:
      throw Diagnostic(
        "`columns(...)` takes a pattern, a list of names, or `*`", at: argument.span,
        help: "for example: columns('^acc'), columns(* exclude (id))")
    }
  }
}

extension ColumnExpansion.Choice {
  /// An alias with what the pattern's groups matched in place of `\0` to `\9`.
  fileprivate func filled(into alias: String) -> String {
    var result = ""
    var isEscaped = false
    for character in alias {
      if isEscaped, let group = character.wholeNumberValue, character.isASCII {
        if group < groups.count { result += groups[group] }
      } else if isEscaped {
        result += "\\\(character)"
      } else if character != "\\" {
        result.append(character)
      }
      isEscaped = !isEscaped && character == "\\"
    }
    return isEscaped ? result + "\\" : result
  }
}
