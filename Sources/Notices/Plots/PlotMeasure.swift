import ColumnStore
import Language
import Planning

/// `plot`: the rows that a chart is made of. First come the keys, then the values, a value perhaps with its bounds behind it.
///
/// The rows of `bar`, `line`, `stacked` and `heatmap` are those of the input, with the columns that are drawn. Where a value
/// is made of aggregates, rows are grouped by the keys. The other kinds compute their rows.
public enum PlotMeasure {
  static func lower(_ plot: PlotOperator, _ context: OperatorContext) throws -> LogicalPlan {
    let span = context.operation.span
    if let path = plot.path {
      throw Diagnostic("`plot ... save` stands in the main pipe of a statement", at: path.span)
    }
    if plot.isLogarithmic, plot.kind == .stacked || plot.kind == .hist && !plot.groups.isEmpty {
      throw Diagnostic(
        "the parts of a stack have no lengths on a logarithmic axis", at: span,
        help: plot.kind == .stacked ? "plot bar or plot line with `log`, or leave `log` out" : "leave `log` or `by` out"
      )
    }
    switch plot.kind {
    case .bar, .line, .stacked, .heatmap: return try drawn(plot, on: context.input, with: context.resolver, span: span)
    case .survival: return try SurvivalMeasure.lower(plot, on: context.input, span: span)
    case .hist, .box, .lorenz: return try computed(plot, context)
    }
  }

  // MARK: What is computed

  /// The kinds that are about the values of one column, in all rows or in groups of them.
  private static func computed(_ plot: PlotOperator, _ context: OperatorContext) throws -> LogicalPlan {
    let (input, resolver, span) = (context.input, context.resolver, context.operation.span)
    let value = try onlyValue(plot, on: input, with: resolver, span: span)
    let groups = try plot.groups.map { try $0.projection(on: input, with: resolver) }
    switch plot.kind {
    case .hist: return try HistogramMeasure.lower(value, groups: groups, on: input, with: resolver, span: span)
    case .lorenz: return try LorenzMeasure.lower(value, groups: groups, on: input, with: resolver, span: span)
    default:
      return try BoxMeasure.lower(
        value, groups: groups, on: input, with: resolver, hidesSmallNumbers: context.hidesSmallNumbers, span: span)
    }
  }

  /// The column that is named, or the only number that there is.
  private static func onlyValue(
    _ plot: PlotOperator, on input: LogicalPlan, with resolver: Resolver, span: SourceSpan
  ) throws -> Projection {
    if plot.values.count > 1 {
      throw Diagnostic(
        "`plot \(plot.kind.rawValue)` is about one column", at: plot.values[1].expression.span,
        help: "groups of its rows stand behind `by`")
    }
    if let value = plot.values.first { return try value.projection(on: input, with: resolver) }
    let candidates = input.fields.indices.filter { index in
      let field = input.fields[index]
      let isTime = plot.kind == .hist && (field.type == .date || field.type == .timestamp)
      return !field.isHidden && (field.type.isNumeric || isTime)
    }
    guard candidates.count == 1, let only = candidates.first else {
      let names = candidates.prefix(3).map { input.fields[$0].name }
      throw Diagnostic(
        names.isEmpty ? "no column holds numbers" : "several columns could be drawn", at: span,
        help: names.isEmpty
          ? "plot bar counts the values of other columns"
          : "say which: "
            + names.map { "plot \(plot.kind.rawValue) \(Quoting.nameWhereNeeded($0))" }.joined(separator: ", "))
    }
    return Projection(passing: input.fields[only], at: only, span: span)
  }

  // MARK: What is given

  private static func drawn(
    _ plot: PlotOperator, on input: LogicalPlan, with resolver: Resolver, span: SourceSpan
  ) throws -> LogicalPlan {
    let found = PlotColumns(input.fields)
    func passing(_ index: Int) -> Projection { Projection(passing: input.fields[index], at: index, span: span) }
    // Where no key is given, those of the input, of which a time comes first.
    let isGrouped = try plot.values.contains { try isAggregate($0, on: input, with: resolver) }
    let counts = plot.values.isEmpty && found.measure == nil
    var keys = try plot.groups.map { try $0.projection(on: input, with: resolver) }
    if plot.groups.isEmpty, !isGrouped {
      let used = try Set(plot.values.flatMap { try resolver.bind($0.expression, on: input).columns })
      keys = found.keys.filter { !used.contains($0) }.map(passing)
    }
    if isGrouped || counts { return try grouped(plot, keys, on: input, with: resolver, span: span) }
    let values: [Projection]
    if plot.values.isEmpty {
      values = ([found.measure] + (found.bounds.map { [$0.low, $0.high] } ?? [])).compactMap(\.self).map(passing)
    } else {
      values = try plot.values.flatMap { value -> [Projection] in
        let projection = try value.projection(on: input, with: resolver)
        try checkIsNumber(projection)
        guard plot.values.count == 1, case .column(let index) = projection.expression.kind,
          index == found.measure, let bounds = found.bounds
        else { return [projection] }
        return [projection, passing(bounds.low), passing(bounds.high)]
      }
    }
    return .project(input, keys + values)
  }

  /// Whether a value is made of many rows.
  private static func isAggregate(_ value: NamedExpression, on input: LogicalPlan, with resolver: Resolver) throws
    -> Bool
  {
    if (try? resolver.bind(value.expression, on: input)) != nil { return false }
    // What is wrong of one row as well is told as that.
    if (try? resolver.bindAggregate(value.expression, on: input, keyCount: 0)) != nil { return true }
    _ = try resolver.bind(value.expression, on: input)
    return false
  }

  /// Aggregates for each key, the number of rows where none is given, in the order of the keys.
  private static func grouped(
    _ plot: PlotOperator, _ keys: [Projection], on input: LogicalPlan, with resolver: Resolver, span: SourceSpan
  ) throws -> LogicalPlan {
    guard !keys.isEmpty || !plot.values.isEmpty else {
      throw Diagnostic(
        "no column of these rows is a number to draw", at: span,
        help: "say what to draw: plot \(plot.kind.rawValue) count(*) by country")
    }
    var aggregates: [Aggregate] = []
    var values: [Projection] = []
    for value in plot.values {
      let (expression, made) = try resolver.bindAggregate(
        value.expression, on: input, keyCount: keys.count + aggregates.count)
      aggregates += made
      let projection = Projection(name: name(of: value), expression: expression)
      try checkIsNumber(projection)
      values.append(projection)
    }
    if values.isEmpty {
      aggregates = [Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: span)]
      values = [Projection(name: "count", expression: .column(keys.count, .integer))]
    }
    let counted = LogicalPlan.aggregate(input, keys: keys, aggregates: aggregates)
    let passed = keys.enumerated().map { Projection(passing: $0.element.field, at: $0.offset, span: span) }
    return LogicalPlan.project(counted, passed + values).ordered(keys.indices.map { ($0, false) }, span: span)
  }

  /// What an aggregate is called: `sum(accounts)`, and not only `sum`, since there may be several of them.
  private static func name(of value: NamedExpression) -> String {
    let name = value.alias?.text ?? Resolver.name(of: value.expression)
    guard value.alias == nil, case .call(let call) = value.expression.kind, call.arguments.count == 1,
      case .column(let column) = call.arguments[0].value.kind
    else { return name }
    return "\(name)(\(column.text))"
  }

  private static func checkIsNumber(_ value: Projection) throws {
    guard value.field.type.isNumeric || value.field.type == .count else {
      throw Diagnostic(
        "`\(value.field.name)` is \(value.field.type.name), and a chart draws numbers", at: value.expression.span,
        help: "for example: plot bar count(*) by \(value.field.name)")
    }
  }
}
