import ColumnStore
import Language

/// Where window functions may stand, and which windows have names there.
enum WindowScope {
  /// They may stand here.
  case named([String: BoundWindow])
  /// They cannot; what to do about it.
  case refused(help: String)

  /// Where a row is judged or grouped before there is a window to look through.
  static let rows = WindowScope.refused(
    help: "windows come after `where` and `group by`: say `qualify` in SQL, or `|> extend ... as n |> where ...`")
  /// Inside an aggregate or another window function.
  static let inside = WindowScope.refused(
    help: "compute it first: with `extend` in a pipe, or in a query inside `from`")
}

/// A window with its names settled.
struct BoundWindow {
  var layout: WindowLayout
  /// The frame, where one was written.
  var frame: RowFrame?
}

extension Binder {
  /// The nth window function is the column `firstWindow + n` until it is known how many columns its input has, which
  /// aggregates still add to. No input has so many columns.
  static let firstWindow = 1 << 32

  /// Lets window functions stand in what is bound from here on.
  mutating func allowWindows(_ windows: [NamedWindow] = []) throws {
    var named: [String: BoundWindow] = [:]
    for window in windows {
      let key = window.name.text.lowercased()
      guard named[key] == nil else {
        throw Diagnostic("there are two windows `\(window.name.text)`", at: window.name.span)
      }
      // A window may build on those before it.
      named[key] = try bind(window.specification, named: named)
    }
    windowScope = .named(named)
  }

  /// A call with `over`.
  mutating func bindWindow(_ call: FunctionCall, over reference: WindowReference, span: SourceSpan) throws
    -> PlanExpression
  {
    let name = call.name.text.lowercased()
    let operation = FunctionRegistry.window(named: name)
    guard operation != nil || FunctionRegistry.aggregate(named: name) != nil else {
      guard FunctionRegistry.scalar(named: name) != nil else { throw Diagnostic.unknownFunction(call.name) }
      throw Diagnostic("`\(call.name.text)` looks at one row only and takes no `over`", at: call.name.span)
    }
    guard case .named(let named) = windowScope else { throw misplacedWindow(call.name) }
    let outer = windowScope
    windowScope = .inside
    defer { windowScope = outer }
    let window = try self.window(reference, named)
    var function: WindowFunction
    if let entry = operation {
      function = try self.function(entry, call, window, span: span)
    } else {
      guard let entry = FunctionRegistry.aggregate(named: name) else { throw Diagnostic.unknownFunction(call.name) }
      let aggregate = try self.aggregate(entry, call, span: span)
      function = WindowFunction(aggregate, layout: window.layout, frame: window.frame ?? .usual)
    }
    // Where all rows are peers, every usual frame is the whole partition.
    if function.layout.order.isEmpty, function.frame == .usual { function.frame.end = .unboundedFollowing }
    let index = windows.firstIndex { $0.computesSame(as: function) } ?? windows.count
    if index == windows.count { windows.append(function) }
    return PlanExpression(.column(Binder.firstWindow + index), type: function.type, span: span)
  }

  private func misplacedWindow(_ name: Identifier) -> Diagnostic {
    var text: String?
    if case .refused(let help) = windowScope { text = help }
    return Diagnostic("`\(name.text)` looks at other rows and cannot stand here", at: name.span, help: text)
  }

  private mutating func function(
    _ entry: FunctionEntry<WindowOperation>, _ call: FunctionCall, _ window: BoundWindow, span: SourceSpan
  ) throws -> WindowFunction {
    if call.isDistinct || call.isStar {
      throw Diagnostic("only aggregates take `\(call.isStar ? "*" : "distinct")`", at: span)
    }
    if let filter = call.filter { throw Diagnostic("only aggregates take a filter", at: filter.span) }
    if let order = call.orderBy.first {
      throw Diagnostic("`\(call.name.text)` takes its order from the window", at: order.span)
    }
    if call.nullTreatment != nil, !entry.function.takesNullTreatment {
      throw Diagnostic("`\(call.name.text)` looks at no values, so none can be NULL", at: span)
    }
    let arguments = try call.arguments.map { try bind($0.value) }
    guard let match = try match(entry.signatures, arguments, span: span) else {
      throw Diagnostic.wrongArguments(call.name.text, usage: entry.usage, found: arguments.map(\.type), span: span)
    }
    return WindowFunction(
      function: .window(entry.function), arguments: match.arguments,
      ignoresNulls: call.nullTreatment == .ignoreNulls, layout: window.layout, frame: window.frame ?? .usual,
      name: call.name.text, type: match.type, span: span)
  }

  // MARK: Windows

  private mutating func window(_ reference: WindowReference, _ named: [String: BoundWindow]) throws -> BoundWindow {
    switch reference {
    case .named(let name): return try look(up: name, in: named)
    case .specification(let specification): return try bind(specification, named: named)
    }
  }

  private func look(up name: Identifier, in named: [String: BoundWindow]) throws -> BoundWindow {
    guard let window = named[name.text.lowercased()] else {
      throw Diagnostic(
        "there is no window `\(name.text)`", at: name.span,
        help: Diagnostic.suggestion(for: name.text, among: Array(named.keys))
          ?? "name one: window \(name.text) as (partition by ... order by ...)")
    }
    return window
  }

  /// A window as it was written. One that builds on another takes its partition, and its order if it has one; PostgreSQL's
  /// rules (SQL:2016, 7.15).
  private mutating func bind(_ specification: WindowSpecification, named: [String: BoundWindow]) throws -> BoundWindow {
    var window = BoundWindow(layout: WindowLayout())
    if let name = specification.base {
      window = try look(up: name, in: named)
      if let partition = specification.partitionBy.first {
        throw Diagnostic("a window that builds on `\(name.text)` takes its partition", at: partition.span)
      }
      if let order = specification.orderBy.first, !window.layout.order.isEmpty {
        throw Diagnostic("the window `\(name.text)` already has an order", at: order.span)
      }
      if window.frame != nil {
        throw Diagnostic(
          "no window can build on `\(name.text)`, which has a frame", at: name.span,
          help: specification.frame == nil && specification.orderBy.isEmpty
            ? "leave out the brackets: over \(name.text)" : nil)
      }
    }
    let outer = windowScope
    windowScope = .inside
    defer { windowScope = outer }
    window.layout.partition += try specification.partitionBy.map { try bind($0) }
    let order = try specification.orderBy.map { item -> SortKey in
      guard case .expression(let key) = item.key else {
        throw Diagnostic("a window's order names columns", at: item.span)
      }
      return resolver.sortKey(try bind(key), item)
    }
    window.layout.order += order
    window.frame = try specification.frame.map { try bind($0, window.layout, specification) }
    return window
  }

  // MARK: Frames

  private mutating func bind(
    _ frame: WindowFrame, _ layout: WindowLayout, _ specification: WindowSpecification
  ) throws -> RowFrame {
    let unit: RowFrame.Unit =
      switch frame.unit {
      case .rows: .rows
      case .range: .range
      case .groups: .groups
      }
    if unit == .groups, layout.order.isEmpty {
      throw Diagnostic("a frame of groups needs `order by`, which makes the groups", at: specification.span)
    }
    let exclusion: RowFrame.Exclusion =
      switch frame.exclusion {
      case .noOthers: .noOthers
      case .currentRow: .currentRow
      case .group: .group
      case .ties: .ties
      }
    let bounds = RowFrame(
      unit: unit, start: try bind(frame.start, unit, layout, specification),
      end: try bind(frame.end, unit, layout, specification), exclusion: exclusion)
    guard bounds.start.place <= bounds.end.place, bounds.start.place < 4, bounds.end.place > 0 else {
      throw Diagnostic("the frame would end before it begins", at: specification.span)
    }
    return bounds
  }

  private mutating func bind(
    _ bound: WindowFrame.Bound, _ unit: RowFrame.Unit, _ layout: WindowLayout, _ specification: WindowSpecification
  ) throws -> RowFrame.Bound {
    switch bound {
    case .unboundedPreceding: .unboundedPreceding
    case .preceding(let offset): .preceding(try self.offset(offset, unit, layout, specification))
    case .currentRow: .currentRow
    case .following(let offset): .following(try self.offset(offset, unit, layout, specification))
    case .unboundedFollowing: .unboundedFollowing
    }
  }

  private mutating func offset(
    _ expression: Language.Expression, _ unit: RowFrame.Unit, _ layout: WindowLayout,
    _ specification: WindowSpecification
  ) throws -> RowFrame.Offset {
    guard unit == .range else {
      guard case .integer(let count)? = try constant(expression).literal, count >= 0 else {
        throw Diagnostic("a frame of \(unit.rawValue) reaches a constant whole number from 0 on", at: expression.span)
      }
      return .count(count)
    }
    guard layout.order.count == 1, let key = layout.order.first?.expression.type else {
      throw Diagnostic(
        "a frame that reaches a distance needs one key in `order by`, to measure it", at: specification.span)
    }
    let bound = try constant(expression)
    switch (key, bound.literal) {
    case (.date, .interval(let distance)?), (.time, .interval(let distance)?), (.timestamp, .interval(let distance)?),
      (.interval, .interval(let distance)?):
      if distance.months >= 0, distance.days >= 0, distance.microseconds >= 0 { return .time(distance) }
    case (.double, .integer(let distance)?):
      if distance >= 0 { return .number(Double(distance)) }
    case (.double, .double(let distance)?):
      if distance >= 0 { return .number(distance) }
    case (.double, .decimal(let distance)?):
      if distance.units >= 0 { return .number(distance.double) }
    case (.integer, .integer(let distance)?), (.date, .integer(let distance)?):
      if distance >= 0 { return .exact(Decimal(units: Int128(distance), scale: 0)) }
    case (.decimal(_, let scale), .integer?), (.decimal(_, let scale), .double?), (.decimal(_, let scale), .decimal?):
      guard
        case .decimal(let distance)? = try Coercion.coerce(bound, to: .decimal(precision: 38, scale: scale))?.literal
      else {
        throw Diagnostic("the distance has more digits than \(article(key))", at: expression.span)
      }
      if distance.units >= 0 { return .exact(distance) }
    case (.integer, _), (.double, _), (.decimal, _):
      throw Diagnostic("the distance between two of \(key.name) is a number", at: expression.span)
    case (.date, _), (.time, _), (.timestamp, _), (.interval, _):
      throw Diagnostic(
        "the distance between two of \(key.name) is a length of time", at: expression.span,
        help: "for example: interval '7 days'")
    case (.boolean, _), (.text, _), (.count, _), (.list, _):
      throw Diagnostic("between \(article(key)) and another there is no distance", at: expression.span)
    }
    throw Diagnostic("a frame reaches no negative distance", at: expression.span)
  }

  private mutating func constant(_ expression: Language.Expression) throws -> PlanExpression {
    let bound = try bind(expression)
    guard bound.literal != nil else {
      throw Diagnostic("a frame's distance is a constant", at: expression.span)
    }
    return bound
  }
}

extension Binder {
  /// An input with a column for each window function met.
  func windowed(_ input: LogicalPlan) -> LogicalPlan { windows.isEmpty ? input : .window(input, windows) }
}

extension PlanExpression {
  /// The expression with the window functions where they are once the input's columns are counted.
  func onWindows(_ width: Int) -> PlanExpression {
    remapped { $0 >= Binder.firstWindow && $0 < Binder.firstUnnest ? width + $0 - Binder.firstWindow : $0 }
  }
}

extension RowFrame.Bound {
  /// Where the bound lies, from the first row to the last.
  fileprivate var place: Int {
    switch self {
    case .unboundedPreceding: 0
    case .preceding: 1
    case .currentRow: 2
    case .following: 3
    case .unboundedFollowing: 4
    }
  }
}
