/// A type as it was written: `text`, `decimal(10, 2)`, `double precision`, `text[]`. The planner knows which exist.
public struct TypeName: Sendable, Hashable {
  /// The words of the name in lower case, joined by single spaces: `double precision`.
  public let name: String
  /// The numbers in brackets after the name.
  public let parameters: [Int64]
  /// How many `[]` follow: 1 for a list, 2 for a list of lists.
  public let listDepth: Int
  /// Where it stands.
  public let span: SourceSpan
}
