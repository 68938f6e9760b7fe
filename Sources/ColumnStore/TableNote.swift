/// A footnote to the values of a table: what has to be known to read them rightly. It goes wherever the values go.
public struct TableNote: Hashable, Sendable {
  /// What it is about, in a line.
  public let title: String
  /// The rest; empty where the title says it all.
  public let detail: String
  /// Whether somebody who does not know it would be misled.
  public let isWarning: Bool

  /// A footnote.
  public init(_ title: String, detail: String = "", isWarning: Bool = false) {
    self.title = title
    self.detail = detail
    self.isWarning = isWarning
  }

  /// All of it.
  public var text: String { detail.isEmpty ? title : "\(title): \(detail)" }
}

extension Table {
  /// The table with further footnotes; those that it has already come once.
  public func adding(_ further: [TableNote]) -> Table {
    var copy = self
    var known = Set(notes)
    copy.notes += further.filter { known.insert($0).inserted }
    return copy
  }
}
