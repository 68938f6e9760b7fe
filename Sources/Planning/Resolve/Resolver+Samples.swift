import ColumnStore
import Language

extension Resolver {
  /// Some of an input's rows.
  func sample(_ input: LogicalPlan, _ sample: TableSample) throws -> LogicalPlan {
    var method: SamplePlan.Method?
    if let name = sample.method {
      guard let known = SamplePlan.Method(rawValue: name) else {
        let names = SamplePlan.Method.allCases.map(\.rawValue)
        throw Diagnostic(
          "there is no way of sampling `\(name)`", at: sample.span,
          help: Diagnostic.suggestion(for: name, among: names) ?? "ways: \(names.joined(separator: ", "))")
      }
      method = known
    }
    let seed = try sample.seed.map { expression -> Int64 in
      guard case .integer(let seed)? = try resolveConstant(expression).literal else {
        throw Diagnostic("a seed is a whole number", at: expression.span)
      }
      return seed
    }
    let amount: SamplePlan.Amount
    switch (sample.unit, try resolveConstant(sample.amount).literal) {
    case (.rows, .integer(let count)?) where count >= 0:
      amount = .rows(Int(count))
      guard method == nil || method == .reservoir else {
        throw Diagnostic(
          "`\(method?.rawValue ?? "")` keeps a percentage of the rows", at: sample.span,
          help: "so many rows: tablesample reservoir (\(count) rows)")
      }
    case (.rows, _): throw Diagnostic("how many rows is a whole number from 0 on", at: sample.amount.span)
    case (.percent, .integer(let part)?) where (0...100).contains(part): amount = .percent(Double(part))
    case (.percent, .double(let part)?) where (0...100).contains(part): amount = .percent(part)
    case (.percent, _): throw Diagnostic("a percentage is a number from 0 to 100", at: sample.amount.span)
    }
    return .sample(
      input,
      SamplePlan(
        method: method ?? (sample.unit == .rows ? .reservoir : .bernoulli), amount: amount,
        seed: seed ?? SamplePlan.usualSeed, isSeedGiven: seed != nil))
  }
}
