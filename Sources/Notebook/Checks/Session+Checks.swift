import ColumnStore
import Language
import Notices
import Planning

extension Session {
  /// Failing rows that are shown of each check.
  private static let exampleCount = 3

  /// Counts, in one pass over the rows of a pipe, those for which each condition holds, does not, or is unknown; tells
  /// what came of it and goes on.
  ///
  /// - Parameters:
  ///   - stage: the pipe so far.
  ///   - input: the rows that the pipe begins with, where it was cut before.
  func perform(_ checks: [CheckOperator], on stage: Query, input: Table?) throws {
    if suppression != nil, let first = checks.first {
      throw Diagnostic(
        "a check counts and shows single rows, which `set suppress_below` keeps from being told",
        at: first.condition.span, help: "check before it is set, or `set suppress_below off`")
    }
    let names = checks.enumerated().map { number, check in
      Identifier("\(Resolver.hiddenMark)check\(number)", isQuoted: true, span: check.condition.span)
    }
    var counted = stage
    counted.operators.append(
      PipeOperator(
        .extend(zip(checks, names).map { .expression($0.condition, alias: $1) }, windows: []), span: stage.span))
    let types = try plan(counted, input: input).fields.suffix(checks.count).map(\.type)
    for (check, type) in zip(checks, types) where type != .boolean {
      throw Diagnostic("`check` needs a condition, and this is \(type.name)", at: check.condition.span)
    }
    let counts = names.flatMap { name in
      let condition = Expression(.column(QualifiedName(name)), span: name.span)
      return [condition, Expression(.unary(.not, condition), span: name.span)].map { counting($0) }
    }
    let rowCount = Expression(.call(FunctionCall.countingRows(at: stage.span)), span: stage.span)
    counted.operators.append(
      PipeOperator(
        .aggregate(([rowCount] + counts).map { .expression($0, alias: nil) }, groupBy: nil), span: stage.span))
    let numbers = try rows(of: try plan(counted, input: input)).row(0).map { value in
      if case .integer(let number) = value { Int(number) } else { 0 }
    }
    if isChecking { return }
    for (number, check) in checks.enumerated() {
      let (holds, failed) = (numbers[1 + 2 * number], numbers[2 + 2 * number])
      let place = source.location(of: check.condition.span.start)
      let result = CheckResult(
        name: check.name ?? source.text(check.condition.span).split { $0.isWhitespace }.joined(separator: " "),
        place: source.name.isEmpty ? "" : "\(source.name):\(place.line)", rows: numbers[0], failed: failed,
        unknown: numbers[0] - holds - failed)
      checkResults.append(result)
      try report(result, check, on: stage, input: input)
    }
  }

  /// Tells how a check went, with some of the rows that fail.
  private func report(_ result: CheckResult, _ check: CheckOperator, on stage: Query, input: Table?) throws {
    guard result.failed > 0 else {
      let line = "check passed: \(result.name): \(result.text)"
      printed += "\(line)\n"
      return note(line)
    }
    let line = "check failed: \(result.name): \(result.text)"
    let examples = try examples(of: check, on: stage, input: input)
    printed += ([line] + examples).joined(separator: "\n") + "\n"
    try flush()
    host.message(
      Diagnostic(line, at: check.condition.span, notes: examples).located(in: source).rendered(), .error)
  }

  /// The first rows that fail, each as the place that it was read from, or else its first values, and the values that the
  /// condition speaks of.
  private func examples(of check: CheckOperator, on stage: Query, input: Table?) throws -> [String] {
    var visible: [Field] = []
    var read: [Field] = []
    _ = try plan(stage, input: input) { rows in
      let resolver = Resolver(catalog: self, domain: noticeOperators)
      let columns = (try? resolver.bind(check.condition, on: rows))?.columns.sorted() ?? []
      visible = rows.fields
      read = columns.map { rows.fields[$0] }
      return rows
    }
    let others = visible.filter { !read.contains($0) }.prefix(Self.exampleCount)
    let places = ["_file", "_line"].map { Field(name: $0, type: .text) }
    func failing(_ fields: [Field]) throws -> Table {
      let span = check.condition.span
      let name = Identifier("\(Resolver.hiddenMark)check", isQuoted: true, span: span)
      let holds = Expression(.column(QualifiedName(name)), span: span)
      var query = stage
      query.operators += [
        PipeOperator(.extend([.expression(check.condition, alias: name)], windows: []), span: span),
        PipeOperator(.filter(Expression(.unary(.not, holds), span: span)), span: span),
        PipeOperator(
          .select(fields.map { .expression(reference(to: $0, span), alias: nil) }, isDistinct: false, windows: []),
          span: span),
      ]
      return try rows(of: try plan(query, input: input) { .limit($0, count: Self.exampleCount, offset: 0) })
    }
    // Rows that were computed, or come from several tables, have no one place.
    do {
      let table = try failing(places + read)
      return (0..<table.rowCount).map { row in
        let values = table.row(row)
        return text(of: values.dropFirst(2), read, after: "\(values[0].description):\(values[1].description)")
      }
    } catch is Diagnostic {
      let table = try failing(others + read)
      return (0..<table.rowCount).map { text(of: table.row($0)[...], others + read, after: nil) }
    }
  }

  private func text(of values: ArraySlice<Value>, _ fields: [Field], after place: String?) -> String {
    let pairs = zip(fields, values).map { "\($0.name) = \($1.isNull ? settings.nullText : $1.description)" }
    return ((place.map { [$0] } ?? []) + [pairs.joined(separator: ", ")]).filter { !$0.isEmpty }
      .joined(separator: ": ")
  }

  private func reference(to field: Field, _ span: SourceSpan) -> Language.Expression {
    let qualifiers = field.qualifier.map { [Identifier($0, isQuoted: true, span: span)] } ?? []
    return Expression(
      .column(QualifiedName(Identifier(field.name, isQuoted: true, span: span), qualifiers: qualifiers)), span: span)
  }

  private func counting(_ condition: Language.Expression) -> Language.Expression {
    Expression(
      .call(
        FunctionCall(
          name: Identifier("count_if", span: condition.span),
          arguments: [FunctionCall.Argument(name: nil, value: condition)])), span: condition.span)
  }

  /// To be called once, at the end of a script: lists the checks that failed. How the script ended for their sake.
  public func concludeChecks() -> RunOutcome {
    let failed = checkResults.filter { $0.failed > 0 }
    guard !failed.isEmpty, !host.isInteractive else { return .succeeded }
    let lines = failed.map { "  \($0.place.isEmpty ? "" : "\($0.place): ")\($0.name): \($0.text)" }
    host.message(
      "\(failed.count) of \(Session.counted(checkResults.count, "check")) failed:\n\(lines.joined(separator: "\n"))",
      .error)
    return .checkFailed
  }
}

extension FunctionCall {
  /// `count(*)`.
  fileprivate static func countingRows(at span: SourceSpan) -> FunctionCall {
    var call = FunctionCall(name: Identifier("count", span: span))
    call.isStar = true
    return call
  }
}
