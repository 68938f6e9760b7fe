/// More was acted on than was asked for; of counts with bounds, where no numbers between them would do.
struct PartOfWholeCheck: AuditCheck {
  let name = "more acted on than asked for"
  let severity = AuditSeverity.error
  let summary =
    "numbers such as accounts_withheld that are larger than accounts_specified or accounts_requested, and more accounts acted "
    + "on for a notice than the table that notice_id names says were asked for"

  private static let wholes: Set = ["requested", "specified", "named", "reported", "asked"]
  private static let parts: Set = [
    "actioned", "acted", "withheld", "suspended", "removed", "labelled", "labeled", "restricted", "blocked", "complied",
    "granted", "reinstated",
  ]

  /// What says that nothing was done, or that it was taken back.
  private static let undone = ["none", "no_action", "pending", "restored", "reinstated"]

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    withinRows(table) + table.related.flatMap { betweenTables(table, $0) }
  }

  /// Things that rows are about, one by one, such as `account_id`, counted against what another table asked for, such as
  /// `accounts_requested`.
  private func betweenTables(_ table: AuditedTable, _ other: AuditedTable.Related) -> [AuditQuestion] {
    let things = table.columns.filter { $0.isIdentifier && $0.words.count > 1 && $0.sql != other.key.sql }
    let action = table.columns.first { $0.name.lowercased() == "action" && $0.type == .text }
    let done = action.map { " and \($0.sql) not in ('\(Self.undone.joined(separator: "', '"))')" } ?? ""
    return things.flatMap { thing in
      other.columns.filter { whole in
        whole.isAmount && whole.speaks(of: Self.wholes) && whole.words.first == thing.words.first.map { $0 + "s" }
      }
      .map { whole in
        AuditQuestion(
          named: "\(thing.name), \(other.shown(whole))",
          query: """
            select count(*) filter (where part > whole) as count, count(*) filter (where whole is not null) as looked,
              first(related_key::text || ': ' || part::text || ' > ' || whole::text) filter (where part > whole) as example
            from (
              select \(other.key.sql) as named, count(distinct \(thing.sql)) as part
              from input where \(other.key.sql) is not null\(done) group by \(other.key.sql)
            ) as acted join (
              select \(other.otherKey.sql) as related_key, max(\(whole.sql)) as whole
              from \(other.table) group by \(other.otherKey.sql)
            ) as asked on named = related_key
            """)
      }
    }
  }

  private func withinRows(_ table: AuditedTable) -> [AuditQuestion] {
    let numbers = table.columns.filter(\.isAmount)
    return numbers.filter { $0.speaks(of: Self.wholes) }.flatMap { whole in
      // Accounts are held against accounts: what is counted is the first word of both.
      numbers.filter { $0.speaks(of: Self.parts) && !$0.speaks(of: Self.wholes) && $0.words.first == whole.words.first }
        .map { part in
          AuditQuestion(
            [part, whole], failing: "\(part.sql) > \(whole.sql)",
            of: "\(part.sql) is not null and \(whole.sql) is not null",
            example: "\(part.sql)::text || ' > ' || \(whole.sql)::text")
        }
    }
  }
}
