import Language
import Planning

/// The operators for notices and actions, lowered to general ones: what an engine runs is counting and summing, and the
/// rest is worked out here from the counts.
public struct NoticeOperators: DomainOperators {
  private let sources: TableSources
  private let hidesSmallNumbers: Bool

  /// All operators of the domain, on tables of these sources.
  ///
  /// - Parameter hidesSmallNumbers: whether numbers made of few records are hidden in what comes out.
  public init(sources: TableSources = TableSources(), hidesSmallNumbers: Bool = false) {
    self.sources = sources
    self.hidesSmallNumbers = hidesSmallNumbers
  }

  /// The operators that `call` knows by name.
  public var callableNames: [String] { CalledOperator.names }

  /// The plan of an operator on an input; nil if it is none of the domain's.
  ///
  /// - Throws: a `Diagnostic`, also where the sources of the input cannot answer what is asked and nobody forces it.
  public func lower(_ operation: PipeOperator, on input: LogicalPlan, with resolver: Resolver) throws -> LogicalPlan? {
    if case .call(let call, _) = operation.kind {
      guard let called = try CalledOperator.kind(of: call) else { return nil }
      let meant = PipeOperator(called, span: operation.span, isForced: operation.isForced)
      return try lower(meant, on: input, with: resolver)
    }
    let context = OperatorContext(
      operation: operation, input: input, resolver: resolver, sources: sources, hidesSmallNumbers: hidesSmallNumbers)
    guard let plan = try measure(context) else { return nil }
    let refusals = try RefusalRule.all.compactMap { try $0.find(context) }
    if let first = refusals.first, !operation.isForced { throw first.diagnostic }
    return plan.adding(refusals.map(\.note))
  }

  private func measure(_ context: OperatorContext) throws -> LogicalPlan? {
    let (input, resolver, span) = (context.input, context.resolver, context.operation.span)
    switch context.operation.kind {
    case .share(let share):
      return try share.base == nil
        ? ShareMeasure.countRows(share, on: input, with: resolver)
        : ShareMeasure.overBase(share, on: input, with: resolver, span: span)
    case .timeline(let timeline): return try TimelineMeasure.lower(timeline, on: input, with: resolver, span: span)
    case .top(let top): return try TopMeasure.lower(top, on: input, with: resolver, span: span)
    case .latency(let latency): return try LatencyMeasure.lower(latency, context)
    case .audit: return try AuditMeasure.lower(on: input, sources: sources, with: resolver, span: span)
    case .reconcile(let reconcile): return try ReconcileMeasure.lower(reconcile, on: input, with: resolver, span: span)
    case .diff(let diff): return try DiffMeasure.lower(diff, on: input, with: resolver, span: span)
    case .pseudonymise(let pseudonymise):
      return try PseudonymTransform.lower(pseudonymise, on: input, with: resolver, span: span)
    case .plot(let plot): return try PlotMeasure.lower(plot, context)
    default: return nil
    }
  }
}

extension NamedExpression {
  /// The projection that computes it; a plain column keeps what is known of it.
  func projection(on input: LogicalPlan, with resolver: Resolver) throws -> Projection {
    let bound = try resolver.bind(expression, on: input)
    if case .column(let index) = bound.kind {
      var projection = Projection(passing: input.fields[index], at: index, span: bound.span)
      projection.field.isHidden = false
      if let alias { projection.field.name = alias.text }
      return projection
    }
    return Projection(name: alias?.text ?? Resolver.name(of: expression), expression: bound)
  }
}

extension LogicalPlan {
  /// The rows in which none of the expressions is NULL.
  func withoutNulls(_ expressions: [PlanExpression]) -> LogicalPlan {
    let conditions = expressions.map {
      PlanExpression(.call(.isNotNull, [$0]), type: .boolean, span: $0.span)
    }
    return PlanExpression.conjunction(conditions).map { .filter(self, predicate: $0) } ?? self
  }

  /// The rows in the order of their columns at `ascending`, after the `descending` ones where those come first.
  func ordered(_ keys: [(column: Int, isDescending: Bool)], span: SourceSpan) -> LogicalPlan {
    let fields = self.fields
    let sortKeys = keys.compactMap { key -> SortKey? in
      if fields[key.column].type.element != nil { return nil }
      return SortKey(
        expression: PlanExpression(.column(key.column), type: fields[key.column].type, span: span),
        isDescending: key.isDescending, nullsFirst: false)
    }
    return sortKeys.isEmpty ? self : .sort(self, keys: sortKeys, limit: nil)
  }
}
