/// A stretch of a source text: byte offsets into its UTF-8 form, `start` included and `end` excluded.
public struct SourceSpan: Sendable, Hashable {
  /// The offset of the first byte.
  public let start: Int
  /// The offset just after the last byte; never less than `start`.
  public let end: Int

  /// Makes a span; an `end` before `start` is taken as an empty span at `start`.
  public init(start: Int, end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  /// The smallest span that holds both.
  public static func merging(_ first: SourceSpan, _ second: SourceSpan) -> SourceSpan {
    SourceSpan(start: min(first.start, second.start), end: max(first.end, second.end))
  }

  /// The smallest span that holds this one and `other`.
  public func merged(with other: SourceSpan) -> SourceSpan { .merging(self, other) }

  /// Whether the span holds no byte.
  public var isEmpty: Bool { start == end }
}
