/// A name as it was written; matching names to tables and columns is the planner's business.
public struct Identifier: Sendable, Hashable {
  /// The name without quotes, spelt as in the text.
  public let text: String
  /// Whether it stood in `"..."` or backticks.
  public let isQuoted: Bool
  /// Where it stands.
  public let span: SourceSpan

  /// Makes a name.
  public init(_ text: String, isQuoted: Bool = false, span: SourceSpan) {
    self.text = text
    self.isQuoted = isQuoted
    self.span = span
  }
}

/// A name with what qualifies it: `column`, `table.column`. Holds at least one part.
public struct QualifiedName: Sendable, Hashable {
  /// The qualifiers, outermost first.
  public let qualifiers: [Identifier]
  /// The last part: the name proper.
  public let name: Identifier

  /// Makes a name from its last part and what stood before it.
  public init(_ name: Identifier, qualifiers: [Identifier] = []) {
    self.qualifiers = qualifiers
    self.name = name
  }

  /// All parts, outermost first.
  public var parts: [Identifier] { qualifiers + [name] }

  /// Where it stands.
  public var span: SourceSpan {
    guard let first = qualifiers.first else { return name.span }
    return .merging(first.span, name.span)
  }

  /// The parts joined by points, without quotes.
  public var text: String { parts.map(\.text).joined(separator: ".") }
}
