import ColumnStore

/// The two tables that every source of single notices or actions can be seen as.
public enum CanonicalTable: String, Sendable, CaseIterable {
  /// What somebody asked a platform to do, a row each.
  case notices
  /// What a platform did, a row each.
  case actions

  /// A column.
  public struct Column: Sendable {
    /// Its name.
    public let name: String
    /// The type of its values.
    public let type: DataType
    /// What it holds.
    public let note: String
  }

  /// The columns, in order. What a source does not record is NULL in every row.
  public var columns: [Column] {
    switch self {
    case .notices: CanonicalTable.noticeColumns
    case .actions: CanonicalTable.actionColumns
    }
  }

  private static let noticeColumns = [
    Column(name: "id", type: .text, note: "the source's own number of the notice"),
    Column(name: "authority", type: .text, note: "the court, ministry or office behind the notice"),
    Column(name: "requester", type: .text, note: "who sent it"),
    Column(name: "platform", type: .text, note: "who received it"),
    Column(name: "country", type: .text, note: "where it comes from, ISO 3166-1 alpha-2"),
    Column(name: "territory", type: .textList, note: "the countries in which it asks for something to be done"),
    Column(name: "legal_basis", type: .text, note: "the law or rule that it rests on"),
    Column(name: "received", type: .timestamp, note: "when the platform received it, UTC"),
    Column(name: "accounts", type: .integer, note: "how many accounts it asks for"),
    Column(name: "items", type: .integer, note: "how many items of content it asks for"),
  ]

  private static let actionColumns = [
    Column(name: "id", type: .text, note: "the source's own number of the action"),
    Column(name: "notice", type: .text, note: "the notice that it answers"),
    Column(name: "subject", type: .text, note: "the account or item acted on"),
    Column(name: "platform", type: .text, note: "who acted"),
    Column(
      name: "action", type: .text,
      note: "exclusive: the most severe restriction, a word of the vocabulary; else the source's own word"),
    Column(
      name: "restrictions", type: .textList,
      note: "multi-label: all restrictions; shares of them add up to more than 100 %"),
    Column(name: "duration", type: .text, note: "temporary or permanent"),
    Column(name: "scope", type: .text, note: "global, regional (several countries) or local (one)"),
    Column(name: "territory", type: .textList, note: "the countries in which it holds"),
    Column(name: "ground", type: .text, note: "illegal, or against the platform's terms"),
    Column(name: "automated_detection", type: .boolean, note: "whether a machine found it"),
    Column(name: "automated_decision", type: .text, note: "fully, partially or not"),
    Column(name: "acted_at", type: .timestamp, note: "when it began, UTC"),
    Column(name: "ended_at", type: .timestamp, note: "when it ended or shall end, UTC"),
  ]
}
