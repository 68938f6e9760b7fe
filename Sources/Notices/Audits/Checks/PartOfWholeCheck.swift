/// More was acted on than was asked for; of counts with bounds, where no numbers between them would do.
struct PartOfWholeCheck: AuditCheck {
  let name = "more acted on than asked for"
  let severity = AuditSeverity.error
  let summary = "numbers such as accounts_withheld that are larger than accounts_specified or accounts_requested"

  private static let wholes: Set = ["requested", "specified", "named", "reported", "asked"]
  private static let parts: Set = [
    "actioned", "acted", "withheld", "suspended", "removed", "labelled", "labeled", "restricted", "blocked", "complied",
    "granted", "reinstated",
  ]

  func questions(about table: AuditedTable) -> [AuditQuestion] {
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
