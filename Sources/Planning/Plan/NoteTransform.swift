import ColumnStore

/// Hands rows on as they are, with footnotes.
public struct NoteTransform: TableTransform {
  /// `footnote: ...`
  public var name: String { "footnote: \(notes.map(\.title).joined(separator: "; "))" }
  /// The fields, as they come in.
  public let fields: [Field]
  /// The footnotes.
  public let notes: [TableNote]

  /// Footnotes to rows of these fields.
  public init(_ notes: [TableNote], fields: [Field]) {
    self.notes = notes
    self.fields = fields
  }

  /// The same table with the footnotes.
  public func apply(to table: Table) -> Table { table.adding(notes) }
}

extension LogicalPlan {
  /// The plan with footnotes to its rows; the plan itself where there are none.
  public func adding(_ notes: [TableNote]) -> LogicalPlan {
    notes.isEmpty ? self : .transform(self, NoteTransform(notes, fields: fields))
  }
}
