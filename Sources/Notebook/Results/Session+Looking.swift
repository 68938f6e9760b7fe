import ColumnStore
import Formats
import Language
import Planning

extension Session {
  /// `tables`: what is loaded.
  func tablesTable() -> Table {
    var rows: [[Value]] = []
    for entry in sortedEntries {
      switch entry.value {
      case .table(let table):
        rows.append([
          .text(entry.name), .text("table"), .integer(Int64(table.rowCount)), .integer(Int64(table.columns.count)),
          .integer(Int64(table.byteCount)), table.note.isEmpty ? .null : .text(table.note),
        ])
      case .view: rows.append([.text(entry.name), .text("view"), .null, .null, .null, .null])
      }
    }
    for connected in servers {
      for name in connected.tableNames {
        // What is there is asked of the database only when a table is spoken of.
        let known = connected.tables[name.lowercased()]
        rows.append([
          .text("\(connected.server.name)!\(name)"), .text("on \(connected.server.kind)"),
          known.map { .integer(Int64($0.rowCount)) } ?? .null,
          known.map { .integer(Int64($0.columns.count)) } ?? .null, .null, .null,
        ])
      }
    }
    return Session.table(
      [
        ("name", .text), ("kind", .text), ("rows", .integer), ("columns", .integer), ("bytes", .integer),
        ("note", .text),
      ],
      rows)
  }

  /// `columns`: names, types, and how they are held.
  ///
  /// While suppression is on, nothing that depends on the values.
  ///
  /// - Parameter table: where they are held; nil where nothing is fetched for this.
  func columnsTable(_ descriptions: [ColumnDescription], of table: Table?) -> Table {
    let rows = descriptions.enumerated().map { index, description -> [Value] in
      let column = suppression == nil ? table?.columns[index] : nil
      return [
        .text(description.name), .text(description.type.name), column.map { .integer(Int64($0.nullCount)) } ?? .null,
        column?.dictionary.map { .integer(Int64($0.count)) } ?? .null,
        column.map { .integer(Int64($0.byteCount)) } ?? .null,
        description.note.isEmpty ? .null : .text(description.note),
      ]
    }
    return Session.table(
      [
        ("column", .text), ("type", .text), ("nulls", .integer), ("dictionary", .integer), ("bytes", .integer),
        ("note", .text),
      ], rows)
  }

  /// `sample`: some rows, always the same ones, in the order of the table.
  func sample(_ named: NamedTable, count: Int64?, _ span: SourceSpan) throws -> Table {
    let wanted = count ?? 10
    guard wanted >= 0 else { throw Diagnostic("`sample` takes a whole number from 0 on", at: span) }
    let table = named.table
    let size = Int(min(wanted, Int64(table.rowCount)))
    // R. W. Floyd's algorithm (Bentley and Floyd, "A Sample of Brilliance", CACM 1987): each set is equally likely.
    var generator = SplitMix64(seed: 69)
    var chosen: Set<Int> = []
    for upper in (table.rowCount - size)..<table.rowCount {
      let row = Int.random(in: 0...upper, using: &generator)
      chosen.insert(chosen.contains(row) ? upper : row)
    }
    let rows = Buffer(chosen.sorted().map { UInt32(truncatingIfNeeded: $0) })
    let result = Table(
      descriptions: table.descriptions, columns: table.columns.map { $0.gather(rows) }, rowCount: size
    ).adding(table.notes)
    remember(result)
    return result
  }

  /// `settings`: what `set` can change, and where each value comes from.
  func settingsTable() -> Table {
    Session.table(
      [("setting", .text), ("value", .text), ("from", .text), ("takes", .text), ("what it is", .text)],
      Settings.all.map {
        [
          .text($0.name), .text($0.read(settings)), .text(settings.origins[$0.name] ?? "default"), .text($0.values),
          .text($0.summary),
        ]
      })
  }

  /// Where a statement stands, as the origin of what it sets: a script and its line, or `typed`.
  func origin(of span: SourceSpan) -> String {
    openScripts.isEmpty && host.isInteractive ? "typed" : "\(source.name):\(source.location(of: span.start).line)"
  }

  static func table(_ columns: [(name: String, type: DataType)], _ rows: [[Value]]) -> Table {
    Table(
      descriptions: columns.map { ColumnDescription(name: $0.name, type: $0.type) },
      columns: columns.indices.map { index in Column(type: columns[index].type, values: rows.map { $0[index] }) },
      rowCount: rows.count)
  }
}

/// A generator of random numbers that gives the same ones everywhere.
///
/// G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
