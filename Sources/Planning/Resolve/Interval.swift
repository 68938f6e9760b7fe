import ColumnStore
import Language

/// A length of time as it is written: `interval '1 day'`, `interval 3 months`.
///
/// Months and days are kept apart from the rest, since they are not of one length.
struct Interval {
  /// Whole months, years among them.
  var months: Int64 = 0
  /// Whole days, weeks among them.
  var days: Int64 = 0
  /// Everything shorter than a day.
  var microseconds: Int64 = 0

  /// Reads an amount and a unit, or a text of several: `'1 year 2 days'`.
  init(_ amount: Language.Expression, unit: Identifier?, parameters: Resolver) throws {
    let text: String
    switch amount.kind {
    case .literal(.string(let written)): text = written
    case .literal(.integer(let number)): text = String(number)
    case .literal(.decimal(let digits, _)): text = digits
    case .unary(.minus, let inner):
      guard case .literal(.integer(let number)) = inner.kind else { throw Interval.unreadable(amount.span) }
      text = "-\(number)"
    case .parameter(let name): text = try parameters.parameter(name, span: amount.span).literal?.description ?? ""
    default: throw Interval.unreadable(amount.span)
    }
    var words = text.split(separator: " ").map(String.init)
    if let unit { words.append(unit.text) }
    guard !words.isEmpty, words.count % 2 == 0 else { throw Interval.unreadable(amount.span) }
    for index in stride(from: 0, to: words.count, by: 2) {
      guard let number = Int64(words[index]), let part = DatePart(named: words[index + 1]), add(number, part) else {
        throw Interval.unreadable(amount.span)
      }
    }
  }

  private static func unreadable(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "this is not a length of time", at: span,
      help: "for example: interval '1 day', interval '3 months', interval 24 hours")
  }

  /// Adds a number of parts; false for a part that is no length, or beyond 64 bits.
  private mutating func add(_ number: Int64, _ part: DatePart) -> Bool {
    let (target, factor): (WritableKeyPath<Interval, Int64>, Int64)
    switch part {
    case .millennium: (target, factor) = (\.months, 12_000)
    case .century: (target, factor) = (\.months, 1200)
    case .decade: (target, factor) = (\.months, 120)
    case .year: (target, factor) = (\.months, 12)
    case .halfyear: (target, factor) = (\.months, 6)
    case .quarter: (target, factor) = (\.months, 3)
    case .month: (target, factor) = (\.months, 1)
    case .week: (target, factor) = (\.days, 7)
    case .day: (target, factor) = (\.days, 1)
    case .hour: (target, factor) = (\.microseconds, 3_600_000_000)
    case .minute: (target, factor) = (\.microseconds, 60_000_000)
    case .second: (target, factor) = (\.microseconds, 1_000_000)
    case .millisecond: (target, factor) = (\.microseconds, 1000)
    case .microsecond: (target, factor) = (\.microseconds, 1)
    default: return false
    }
    // Bounded so that whatever is made of it later stays far inside 64 bits.
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow, product.magnitude < 1 << 61 else { return false }
    self[keyPath: target] += product
    return self[keyPath: target].magnitude < 1 << 61 && days.magnitude < 10_000_000 && months.magnitude < 1_000_000
  }
}
