import ColumnStore
import Language
import Planning
import Synchronization

/// `pseudonymise columns [with key 'FILE']`: a keyed hash in place of each value, the same for the same text under the same
/// key, so that rows about one account can still be counted and joined.
///
/// A pseudonym is the first 96 bits of HMAC-SHA-256 (RFC 2104) in hexadecimal. Among n different values two have the same
/// one with a chance of about n^2 / 2^97: 6e-16 for ten million. NULL stays NULL. The work is done in this process whatever
/// engine made the rows, so that the key does not leave it, and once for each different text of a column.
struct PseudonymTransform: TableTransform {
  /// Half as many characters are in a pseudonym.
  static let byteCount = 12

  let name: String
  let fields: [Field]
  private let columns: Set<Int>
  private let keyFile: String
  private let span: SourceSpan

  /// The plan of the operator. The key is read when rows are there, so that a script can be checked without it.
  static func lower(
    _ pseudonymise: PseudonymiseOperator, on input: LogicalPlan, with resolver: Resolver, span: SourceSpan
  ) throws -> LogicalPlan {
    // Where a row was read from says who it is about.
    let shown = input.fields.enumerated().filter { !$0.element.isHidden }
    var columns: Set<Int> = []
    for column in pseudonymise.columns {
      let bound = try resolver.bind(Expression(.column(column), span: column.span), on: input)
      guard case .column(let place) = bound.kind, let index = shown.firstIndex(where: { $0.offset == place }) else {
        throw Diagnostic("`\(column.text)` is no column of these rows", at: column.span)
      }
      guard bound.type.element == nil else {
        throw Diagnostic(
          "`\(column.text)` holds lists, which have no pseudonyms", at: column.span, help: "`unnest` makes rows of them"
        )
      }
      columns.insert(index)
    }
    let named = try pseudonymise.key.map { try resolver.text(of: $0) }
    guard let keyFile = named ?? PseudonymKey.usualFile else {
      throw Diagnostic(
        "pseudonyms need a key", at: span,
        help: "make one, once, and keep it: create key 'my.key'; and then: pseudonymise "
          + "\(pseudonymise.columns.map(\.text).joined(separator: ", ")) with key 'my.key'")
    }
    let rows = LogicalPlan.project(input, shown.map { Projection(passing: $0.element, at: $0.offset, span: span) })
    return .transform(rows, PseudonymTransform(rows.fields, columns, keyFile: keyFile, span: span))
  }

  private init(_ input: [Field], _ columns: Set<Int>, keyFile: String, span: SourceSpan) {
    name = "pseudonymise \(columns.sorted().map { input[$0].name }.joined(separator: ", "))"
    fields = input.enumerated().map { index, field in
      guard columns.contains(index) else { return field }
      return Field(name: field.name, qualifier: field.qualifier, type: .text, note: field.note)
    }
    self.columns = columns
    self.keyFile = keyFile
    self.span = span
  }

  func apply(to table: Table) throws -> Table {
    let digest = PseudonymKey.Digest(try PseudonymKey.read(keyFile, at: span))
    let results = table.columns.enumerated().map { index, column in
      columns.contains(index) ? Self.pseudonyms(of: column, digest) : column
    }
    return Table(descriptions: fields.map(\.description), columns: results, rowCount: table.rowCount)
  }

  private static func pseudonyms(of column: Column, _ digest: PseudonymKey.Digest) -> Column {
    var texts = column
    // Of a dictionary that few rows use, only what they use is worked on.
    if column.type != .text || (column.dictionary?.count ?? 0) > column.count {
      texts = Column(
        type: .text, values: (0..<column.count).map { column.isNull($0) ? .null : .text(column.value($0).description) })
    }
    texts = texts.dictionaryEncoded()
    guard let dictionary = texts.dictionary else { return texts }
    let parts = Mutex<[[String]]>(Array(repeating: [], count: Segment.count(rows: dictionary.count)))
    WorkerPool.shared.forEach(parts: parts.withLock { $0.count }) { part in
      let made = Segment.range(part, rows: dictionary.count).map { code in
        digest.pseudonym(of: Array(dictionary[code].utf8), byteCount: byteCount)
      }
      parts.withLock { $0[part] = made }
    }
    let pseudonyms = TextDictionary(parts.withLock { Array($0.joined()) })
    let data: ColumnData
    switch texts.data {
    case .codes8(let codes, _): data = .codes8(codes, pseudonyms)
    case .codes16(let codes, _): data = .codes16(codes, pseudonyms)
    case .codes32(let codes, _): data = .codes32(codes, pseudonyms)
    default: return texts
    }
    return Column(type: .text, data: data, validity: texts.validity)
  }
}
