import Language
import Notices

extension Session {
  /// The operators of the domain, which know where the tables come from.
  var noticeOperators: NoticeOperators {
    NoticeOperators(sources: tableSources, hidesSmallNumbers: suppression != nil)
  }

  /// The query with every table in place of the table in use, where `audit` is asked of that and there is none. Tables of
  /// what could not be read are looked at in `load`'s report.
  func auditingAllTables(_ query: Query) -> Query {
    guard case .tableInUse(let span) = query.body, currentTable == nil, let audit = query.operators.first,
      case .audit = audit.kind
    else { return query }
    let audits = sortedEntries.filter { $0.isPartOf == nil }.map { entry in
      let name = QualifiedName(Identifier(entry.name, isQuoted: true, span: span))
      return Query(body: .from(TableReference(.name(name), span: span)), operators: [audit], span: span)
    }
    guard var all = audits.first else { return query }
    if audits.count > 1 {
      let others = PipeSetOperation(operation: .union, isAll: true, isByName: false, queries: Array(audits.dropFirst()))
      all.operators.append(PipeOperator(.setOperation(others), span: span))
    }
    all.operators += query.operators.dropFirst()
    return all
  }
}
