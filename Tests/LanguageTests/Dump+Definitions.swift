@testable import Language

// Trees of tables, columns and their rules as text.

func dump(_ modifiers: CreateModifiers) -> String {
  [
    modifiers.orReplace ? "or-replace" : nil, modifiers.isTemporary ? "temp" : nil,
    modifiers.ifNotExists ? "if-not-exists" : nil,
  ].compactMap { $0 }.joined(separator: " ")
}

func dump(_ create: CreateTableStatement) -> String {
  let start = ["create-table", dump(create.modifiers), create.name.text]
  switch create.content {
  case .query(let query, let columns): return list(start + columns.map(\.text) + [dump(query)])
  case .columns(let columns, let constraints):
    return list(start + columns.map(dump) + constraints.map(dump))
  }
}

func dump(_ column: ColumnDefinition) -> String {
  list([column.name.text, dump(column.type)] + column.constraints.map(dump))
}

func dump(_ constraint: ColumnConstraint) -> String {
  let kind: String
  switch constraint.kind {
  case .notNull: kind = "not-null"
  case .null: kind = "null"
  case .primaryKey: kind = "primary-key"
  case .unique: kind = "unique"
  case .default(let value): kind = list(["default", dump(value)])
  case .check(let value): kind = list(["check", dump(value)])
  case .references(let reference): kind = dump(reference)
  case .collate(let name): kind = list(["collate", name.text])
  }
  return constraint.name.map { list([$0.text + ":", kind]) } ?? kind
}

func dump(_ constraint: TableConstraint) -> String {
  let kind: String
  switch constraint.kind {
  case .primaryKey(let names): kind = list(["primary-key"] + names.map(\.text))
  case .unique(let names): kind = list(["unique"] + names.map(\.text))
  case .check(let value): kind = list(["check", dump(value)])
  case .foreignKey(let names, let reference): kind = list(["foreign-key"] + names.map(\.text) + [dump(reference)])
  }
  return constraint.name.map { list([$0.text + ":", kind]) } ?? kind
}

func dump(_ reference: ForeignReference) -> String {
  list(
    ["references", reference.table.text] + reference.columns.map(\.text)
      + [reference.onDelete.map { "delete " + $0.rawValue }, reference.onUpdate.map { "update " + $0.rawValue }])
}
