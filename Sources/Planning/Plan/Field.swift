import ColumnStore

/// A column of a plan's rows: what it is called, what it holds, and how it likes to be shown.
public struct Field: Hashable, Sendable {
  /// The name by which queries and results know it.
  public var name: String
  /// The table or alias before the dot, by which it may also be named.
  public var qualifier: String?
  /// The type of its values.
  public var type: DataType
  /// How it is shown.
  public var display: ColumnDisplay
  /// Hidden columns (`_file`, `_line`) can be named, but `*` leaves them out.
  public var isHidden: Bool
  /// What a data package says of the column.
  public var note: String

  /// A field.
  public init(
    name: String, qualifier: String? = nil, type: DataType, display: ColumnDisplay = .plain, isHidden: Bool = false,
    note: String = ""
  ) {
    self.name = name
    self.qualifier = qualifier
    self.type = type
    self.display = display
    self.isHidden = isHidden
    self.note = note
  }

  /// What a result's column of this field is described as.
  public var description: ColumnDescription {
    ColumnDescription(name: name, type: type, note: note, display: display)
  }
}
