import Planning

/// The largest parts of expressions that a database has words for: it computes them, and the rest is computed here on what
/// comes of them.
struct ExpressibleParts {
  let writer: SQLWriter
  /// How many columns the database's rows have; columns behind these are not known there.
  let width: Int
  /// The parts, on the database's columns, each once.
  private(set) var parts: [PlanExpression] = []

  init(writer: SQLWriter, width: Int) {
    self.writer = writer
    self.width = width
  }

  /// An expression in which each part is replaced by the column with its place among them. What could fail is no part: it
  /// may stand behind a condition.
  mutating func rewritten(_ expression: PlanExpression) -> PlanExpression {
    if isPart(expression) {
      let place = parts.firstIndex(of: expression) ?? parts.count
      if place == parts.count { parts.append(expression) }
      return PlanExpression(.column(place), type: expression.type, span: expression.span)
    }
    return expression.mapChildren { rewritten($0) }
  }

  private func isPart(_ expression: PlanExpression) -> Bool {
    if case .column(let index) = expression.kind { return index < width }
    let columns = expression.columns
    return !columns.isEmpty && columns.allSatisfy { $0 < width } && !expression.mayFail
      && writer.dialect.typeName(expression.type) != nil && (try? writer.expression(expression)) != nil
  }

  /// Whether they are nothing but columns of the database.
  var areColumns: Bool { parts.allSatisfy { if case .column = $0.kind { true } else { false } } }

  /// The parts as the columns of a projection or the keys of groups.
  func projections(of fields: [Field]) -> [Projection] {
    parts.map { part in
      if case .column(let index) = part.kind { return Projection(passing: fields[index], at: index, span: part.span) }
      return Projection(name: "", expression: part)
    }
  }
}
