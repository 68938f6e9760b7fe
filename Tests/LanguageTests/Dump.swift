import Language

// The tree in a compact S-expression form, so that a test can state the tree that it wants.

func dump(_ text: String) -> String { dump(SourceText(name: "t", text: text)) }

func dump(_ source: SourceText) -> String {
  let script = parseScript(source)
  let trees = script.statements.map(dump)
  return (trees + script.diagnostics.map { "error: " + $0.message }).joined(separator: "\n")
}

/// The tree of one expression.
func expr(_ text: String) -> String {
  do { return dump(try parseExpression(SourceText(name: "t", text: text))) } catch { return "error: " + error.message }
}

/// The rendered diagnostics of a script.
func faults(_ text: String) -> String {
  parseScript(SourceText(name: "t", text: text)).diagnostics.map { $0.rendered() }.joined(separator: "\n")
}

func list(_ parts: [String?]) -> String {
  "(" + parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ") + ")"
}

func dump(_ statement: Statement) -> String {
  switch statement.kind {
  case .query(let query): return dump(query)
  case .load(let load):
    return list(["load"] + load.paths.map(dump) + [load.name.map { "as \($0.text)" }] + load.options.map(dump))
  case .tables: return "(tables)"
  case .columns(let name): return list(["columns", name?.text])
  case .describe(let name): return list(["describe", name?.text])
  case .sample(let name, let count): return list(["sample", name?.text, count.map { "\($0)" }])
  case .drop(let names, let target, let ifExists):
    return list(["drop", target?.rawValue, ifExists ? "if-exists" : nil] + names.map(\.text))
  case .createTable(let create): return dump(create)
  case .createView(let create):
    return list(
      ["create-view", dump(create.modifiers), create.name.text] + create.columns.map(\.text) + [dump(create.query)])
  case .createKey(let path): return list(["create-key", dump(path)])
  case .createIndex(let create):
    return list(
      [
        "create-index", create.isUnique ? "unique" : nil, create.ifNotExists ? "if-not-exists" : nil,
        create.name?.text, "on", create.table.text,
      ] + create.keys.map(dump) + [create.filter.map { list(["where", dump($0)]) }])
  case .reindex(let name): return list(["reindex", name?.text])
  case .insert(let insert):
    let rows: String
    switch insert.rows {
    case .query(let query): rows = dump(query)
    case .defaults: rows = "defaults"
    }
    return list([
      insert.with.map(dump), "insert", insert.conflict == .fail ? nil : insert.conflict.rawValue, insert.table.text,
      insert.columns.isEmpty ? nil : list(insert.columns.map(\.text)), rows,
    ])
  case .update(let update):
    return list(
      [update.with.map(dump), "update", update.table.text, update.alias.map { "as \($0.text)" }]
        + update.assignments.map { assignment in
          let names = assignment.columns.map(\.text)
          return list(["set", assignment.isRow ? list(names) : names.joined(), dump(assignment.value)])
        } + [update.from.map { list(["from", dump($0)]) }, update.filter.map { list(["where", dump($0)]) }])
  case .delete(let delete):
    return list([
      delete.with.map(dump), "delete", delete.table.text, delete.alias.map { "as \($0.text)" },
      delete.using.map { list(["using", dump($0)]) }, delete.filter.map { list(["where", dump($0)]) },
    ])
  case .truncate(let names): return list(["truncate"] + names.map(\.text))
  case .transaction(let step): return list([step.rawValue])
  case .use(let name): return list(["use", name.text])
  case .define(let definition):
    let word = definition.isStored ? "let:=" : "let"
    switch definition.value {
    case .query(let query): return list([word, definition.name.text, dump(query)])
    case .expression(let value): return list([word, definition.name.text, "expr", dump(value)])
    }
  case .run(let path, let arguments):
    return list(["run", dump(path)] + arguments.map { "\($0.name.text)=\(dump($0.value))" })
  case .set(let name, let values): return list(["set", name.text] + values.map(dump))
  case .settings: return "(settings)"
  case .sources: return "(sources)"
  case .errata(let name): return list(["errata", name?.text])
  case .loadErrata(let path): return list(["load-errata", dump(path)])
  case .vocabulary(let name): return list(["vocabulary", name?.text])
  case .help(let topic): return list(["help", topic])
  case .history(let count): return list(["history", count.map { "\($0)" }])
  case .explain(let query, let isAnalyze): return list(["explain", isAnalyze ? "analyze" : nil, dump(query)])
  case .quit: return "(quit)"
  case .edit: return "(edit)"
  case .undo: return "(undo)"
  case .connect(let address, let name): return list(["connect", dump(address), name.map { "as \($0.text)" }])
  case .disconnect(let name): return list(["disconnect", name.text])
  case .drivers: return "(drivers)"
  case .redo: return "(redo)"
  case .watch(let seconds, let shown): return "(watch \(seconds) \(dump(shown)))"
  case .changeFolder(let path): return list(["cd", path.map(dump)])
  case .listFolder(let path): return list(["ls", path.map(dump)])
  case .workingFolder: return "(pwd)"
  case .tour(let step): return list(["tour", step.map { "\($0)" }])
  case .timer(let on): return list(["timer", on.map { $0 ? "on" : "off" }])
  case .format(let name): return list(["format", name.text])
  case .output(let path): return list(["output", path.map(dump) ?? "off"])
  case .print(let values): return "(print \(values.map(dump).joined(separator: " ")))"
  case .last: return "(last)"
  case .saveSession(let path): return list(["save-session", dump(path)])
  case .saveSnapshot(let path, let names): return list(["save-snapshot", dump(path)] + names.map(\.text))
  }
}

func dump(_ path: PathText) -> String {
  "<"
    + path.parts.map { part in
      switch part {
      case .text(let text): return text
      case .parameter(let name, _): return "{\(name)}"
      }
    }.joined() + ">"
}

func dump(_ option: Option) -> String { list([option.name.text + ":"] + option.values.map(dump)) }

func dump(_ value: OptionValue) -> String {
  switch value.kind {
  case .word(let text): return text
  case .quotedName(let text): return "\"\(text)\""
  case .string(let text): return "'\(text)'"
  case .number(let text): return "#\(text)"
  case .parameter(let text): return "$\(text)"
  case .list(let items):
    return "[" + items.map { $0.map(dump).joined(separator: " ") }.joined(separator: ", ") + "]"
  }
}

func dump(_ query: Query) -> String {
  let body = dump(query.body)
  let with = query.with.map(dump)
  var parts = [with, body]
  if !query.orderBy.isEmpty { parts.append(list(["order"] + query.orderBy.map(dump))) }
  if let limit = query.limit { parts.append(dump(limit)) }
  parts += query.operators.map(dump)
  return parts.compactMap { $0 }.count == 1 ? body : list(["query"] + parts)
}

func dump(_ with: WithClause) -> String {
  list([with.isRecursive ? "with-recursive" : "with"] + with.tables.map(dump))
}

func dump(_ table: CommonTable) -> String {
  list([table.name.text] + table.columns.map(\.text) + [dump(table.query)])
}

func dump(_ body: QueryBody) -> String {
  switch body {
  case .from(let table): return list(["from", dump(table)])
  case .tableInUse: return "in-use"
  case .select(let select): return dump(select)
  case .values(let rows):
    return list(["values"] + rows.map { list($0.map(dump)) })
  case .setOperation(let operation):
    return list([
      operation.operation.rawValue, operation.isAll ? "all" : nil, operation.isByName ? "by-name" : nil,
      dump(operation.left), dump(operation.right),
    ])
  case .nested(let query): return list(["nested", dump(query)])
  }
}

func dump(_ select: SelectQuery) -> String {
  var parts: [String?] = ["select"]
  switch select.distinct {
  case .all: break
  case .distinct: parts.append("distinct")
  case .distinctOn(let keys): parts.append(list(["distinct-on"] + keys.map(dump)))
  }
  parts += select.items.map(dump)
  parts.append(select.from.map { list(["from", dump($0)]) })
  parts.append(select.filter.map { list(["where", dump($0)]) })
  parts.append(select.groupBy.map(dump))
  parts.append(select.having.map { list(["having", dump($0)]) })
  parts += select.windows.map(dump)
  parts.append(select.qualify.map { list(["qualify", dump($0)]) })
  return list(parts)
}

func dump(_ item: SelectItem) -> String {
  switch item {
  case .expression(let value, let alias): return alias.map { list(["as", dump(value), $0.text]) } ?? dump(value)
  case .star(let star): return dump(star)
  }
}

func dump(_ star: Star) -> String {
  let name = (star.qualifier.map { $0.text + "." } ?? "") + "*"
  var parts: [String?] = [name]
  if !star.excluded.isEmpty { parts.append(list(["exclude"] + star.excluded.map(\.text))) }
  parts += star.replaced.map { list(["replace", dump($0.value), $0.column.text]) }
  parts += star.renamed.map { list(["rename", $0.column.text, $0.newName.text]) }
  return parts.count == 1 ? name : list(parts)
}

func dump(_ group: GroupBy) -> String {
  if group.isAll { return "(group all)" }
  return list([group.isOrdered ? "group-order" : "group"] + group.elements.map(dump))
}

func dump(_ element: GroupBy.Element) -> String {
  let inner: String
  switch element.kind {
  case .expression(let value): inner = dump(value)
  case .rollup(let keys): inner = list(["rollup"] + keys.map(dump))
  case .cube(let keys): inner = list(["cube"] + keys.map(dump))
  case .groupingSets(let sets): inner = list(["sets"] + sets.map { list($0.map(dump)) })
  }
  let named = element.alias.map { list(["as", inner, $0.text]) } ?? inner
  return element.order.map { $0.isDescending ? list(["desc", named]) : named } ?? named
}

func dump(_ table: TableReference) -> String {
  let inner: String
  switch table.kind {
  case .name(let name): inner = name.text
  case .file(let path, let options): inner = options.isEmpty ? dump(path) : list([dump(path)] + options.map(dump))
  case .subquery(let query, let isLateral): inner = list([isLateral ? "lateral" : "subquery", dump(query)])
  case .function(let call, let isLateral, let withOrdinality):
    inner = list([isLateral ? "lateral" : nil, dump(call), withOrdinality ? "ordinality" : nil])
  case .pivot(let table, let pivot): inner = list([dump(pivot), dump(table)])
  case .unpivot(let table, let unpivot): inner = list([dump(unpivot), dump(table)])
  case .join(let join):
    inner = list([join.kind.rawValue, dump(join.left), dump(join.right), dump(join.condition)])
  }
  let named = table.alias.map { list(["as", inner, $0.name.text] + $0.columns.map(\.text)) } ?? inner
  return table.sample.map { list([dump($0), named]) } ?? named
}

func dump(_ pivot: Pivot) -> String {
  let sources = pivot.sources.map { source in
    list(["for", dump(source.value), source.values.map { list(["in"] + $0.map(dump)) }])
  }
  let groups = pivot.groupBy.map { list(["by"] + $0.map(dump)) }
  return list([pivot.spelling == .brackets ? "pivot" : "pivot-on"] + pivot.aggregates.map(dump) + sources + [groups])
}

func dump(_ unpivot: Unpivot) -> String {
  let sources = unpivot.sources.map { source in
    list(["of"] + source.columns.map(dump) + [source.label.map { list(["as", dump($0)]) }])
  }
  return list(
    [
      unpivot.spelling == .brackets ? "unpivot" : "unpivot-on", unpivot.includesNulls ? "include-nulls" : nil,
      list(["into"] + unpivot.values.map(\.text)), list(["name", unpivot.name.text]),
    ] + sources)
}

func dump(_ sample: TableSample) -> String {
  list([
    "tablesample", sample.method, dump(sample.amount), sample.unit.rawValue,
    sample.seed.map { list(["seed", dump($0)]) },
  ])
}

func dump(_ condition: JoinCondition) -> String {
  switch condition {
  case .none: return ""
  case .on(let value): return list(["on", dump(value)])
  case .using(let names): return list(["using"] + names.map(\.text))
  case .natural: return "natural"
  }
}

func dump(_ item: OrderItem) -> String {
  let key: String
  switch item.key {
  case .expression(let value): key = dump(value)
  case .all: key = "all"
  }
  let nulls = item.nullsFirst.map { $0 ? "nulls-first" : "nulls-last" }
  if !item.isDescending, nulls == nil { return key }
  return list([item.isDescending ? "desc" : "asc", key, nulls])
}

func dump(_ limit: LimitClause) -> String {
  list(["limit", limit.count.map(dump) ?? "all", limit.offset.map { "offset " + dump($0) }])
}

func dump(_ named: NamedExpression) -> String {
  named.alias.map { list(["as", dump(named.expression), $0.text]) } ?? dump(named.expression)
}

func clause(_ word: String, _ parts: [String]) -> String? {
  parts.isEmpty ? nil : list([word] + parts)
}

func dump(_ operation: PipeOperator) -> String {
  if operation.isForced { return list(["force", dump(PipeOperator(operation.kind, span: operation.span))]) }
  switch operation.kind {
  case .filter(let value): return list(["where", dump(value)])
  case .select(let items, let isDistinct, let windows):
    return list(["select", isDistinct ? "distinct" : nil] + items.map(dump) + windows.map(dump))
  case .extend(let items, let windows): return list(["extend"] + items.map(dump) + windows.map(dump))
  case .set(let items): return list(["set"] + items.map { list([$0.column.text, dump($0.value)]) })
  case .drop(let names): return list(["drop"] + names.map(\.text))
  case .rename(let names): return list(["rename"] + names.map { list([$0.column.text, $0.newName.text]) })
  case .aggregate(let items, let group): return list(["aggregate"] + items.map(dump) + [group.map(dump)])
  case .orderBy(let items): return list(["order"] + items.map(dump))
  case .limit(let limit): return dump(limit)
  case .distinct(let keys): return list(["distinct"] + keys.map(dump))
  case .join(let join): return list([join.kind.rawValue + "-join", dump(join.right), dump(join.condition)])
  case .setOperation(let operation):
    return list(
      [operation.operation.rawValue, operation.isAll ? "all" : nil, operation.isByName ? "by-name" : nil]
        + operation.queries.map(dump))
  case .alias(let name): return list(["as", name.text])
  case .call(let call, let alias): return list(["call", dump(call), alias?.name.text])
  case .with(let with): return dump(with)
  case .pivot(let pivot, let alias): return list([dump(pivot), alias.map { list(["as", $0.text]) }])
  case .unpivot(let unpivot, let alias): return list([dump(unpivot), alias.map { list(["as", $0.text]) }])
  case .sample(let sample): return dump(sample)
  case .share(let share):
    return list(
      ["share"] + share.items.map(dump)
        + [
          share.base.map { list(["of", dump($0)]) }, clause("by", share.groups.map(dump)),
          share.isWithoutNulls ? "without-nulls" : nil,
        ])
  case .timeline(let timeline):
    return list(
      ["timeline"] + timeline.items.map(dump)
        + [
          list(["by", timeline.period.rawValue]), timeline.time.map { list(["of", dump($0)]) },
          clause("per", timeline.groups.map(dump)),
        ])
  case .top(let top):
    return list(
      ["top", top.count.map { "\($0)" }] + top.items.map(dump) + [top.measure.map { list(["by", dump($0)]) }])
  case .latency(let latency):
    return list(
      [
        "latency", latency.unit.map { list(["in", $0.rawValue]) }, list(["from", dump(latency.start)]),
        list(["to", dump(latency.end)]), clause("by", latency.groups.map(dump)),
        latency.until.map { list(["until", dump($0)]) },
      ])
  case .plot(let plot):
    return list(
      ["plot", plot.kind.rawValue] + plot.values.map(dump)
        + [
          clause("by", plot.groups.map(dump)), plot.title.map { list(["title", "'\($0)'"]) },
          plot.isLogarithmic ? "log" : nil, plot.width.map { list(["width", "\($0)"]) },
          plot.height.map { list(["height", "\($0)"]) }, plot.path.map { list(["save", dump($0)]) },
        ])
  case .check(let check): return list(["check", check.name.map { "'\($0)'" }, dump(check.condition)])
  case .audit: return "(audit)"
  case .reconcile(let reconcile):
    return list([
      "reconcile", dump(reconcile.other), clause("on", reconcile.keys.map(dump)),
      clause("by", reconcile.groups.map(dump)), reconcile.reported.map { list(["reported", dump($0)]) },
      reconcile.observed.map { list(["observed", dump($0)]) },
    ])
  case .diff(let diff):
    return list([
      "diff", dump(diff.old), clause("by", diff.keys.map(dump)), clause("share", diff.shares.map(dump)),
    ])
  case .pseudonymise(let pseudonymise):
    return list(
      ["pseudonymise"] + pseudonymise.columns.map(\.text)
        + [pseudonymise.key.map { list(["key", dump($0)]) }])
  case .save(let path, let options): return list(["save", dump(path)] + options.map(dump))
  case .format(let name): return list(["format", name.text])
  case .shell(let command): return list(["shell", "'\(command)'"])
  case .assert(let condition, let message): return list(["assert", dump(condition), message.map(dump)])
  }
}

func dump(_ call: FunctionCall) -> String {
  var parts: [String?] = [call.name.text, call.isDistinct ? "distinct" : nil, call.isStar ? "*" : nil]
  parts += call.arguments.map { ($0.name.map { $0.text + "=" } ?? "") + dump($0.value) }
  parts.append(clause("order", call.orderBy.map(dump)))
  parts.append(call.nullTreatment?.rawValue)
  parts.append(call.filter.map { list(["filter", dump($0)]) })
  switch call.over {
  case .named(let name)?: parts.append(list(["over", name.text]))
  case .specification(let window)?: parts.append(list(["over", dump(window)]))
  case nil: break
  }
  return list(parts)
}

func dump(_ window: NamedWindow) -> String {
  list(["window", window.name.text, dump(window.specification)])
}

func dump(_ window: WindowSpecification) -> String {
  list([
    window.base?.text, clause("partition", window.partitionBy.map(dump)), clause("order", window.orderBy.map(dump)),
    window.frame.map {
      list([
        $0.unit.rawValue, dump($0.start), dump($0.end),
        $0.exclusion == .noOthers ? nil : "exclude " + $0.exclusion.rawValue,
      ])
    },
  ])
}

func dump(_ bound: WindowFrame.Bound) -> String {
  switch bound {
  case .unboundedPreceding: return "unbounded-preceding"
  case .preceding(let value): return list(["preceding", dump(value)])
  case .currentRow: return "current-row"
  case .following(let value): return list(["following", dump(value)])
  case .unboundedFollowing: return "unbounded-following"
  }
}

func dump(_ literal: Literal) -> String {
  switch literal {
  case .null: return "null"
  case .boolean(let value): return "\(value)"
  case .integer(let value): return "\(value)"
  case .decimal(let text, _): return "\(text)m"
  case .double(let value): return "\(value)d"
  case .string(let text): return "'\(text)'"
  case .typed(let kind, let text): return "\(kind.rawValue)'\(text)'"
  }
}

func dump(_ type: TypeName) -> String {
  let parameters = type.parameters.isEmpty ? "" : "(\(type.parameters.map { "\($0)" }.joined(separator: ",")))"
  return type.name + parameters + String(repeating: "[]", count: type.listDepth)
}

func dump(_ expression: Expression) -> String {
  switch expression.kind {
  case .literal(let literal): return dump(literal)
  case .interval(let amount, let unit): return list(["interval", dump(amount), unit?.text])
  case .column(let name): return name.text
  case .parameter(let name): return "$" + name
  case .unary(let operation, let value): return list([operation.rawValue, dump(value)])
  case .binary(let operation, let left, let right): return list([operation.rawValue, dump(left), dump(right)])
  case .logical(let operation, let parts): return list([operation.rawValue] + parts.map(dump))
  case .isTest(let value, let test, let isNegated):
    return list([isNegated ? "is-not-" + test.rawValue : "is-" + test.rawValue, dump(value)])
  case .like(let test):
    let word = (test.isNegated ? "not-" : "") + (test.ignoresCase ? "ilike" : "like")
    return list([word, dump(test.value), dump(test.pattern), test.escape.map { "escape " + dump($0) }])
  case .between(let value, let low, let high, let isNegated):
    return list([isNegated ? "not-between" : "between", dump(value), dump(low), dump(high)])
  case .inList(let value, let items, let isNegated):
    return list([isNegated ? "not-in" : "in", dump(value)] + items.map(dump))
  case .inQuery(let value, let query, let isNegated):
    return list([isNegated ? "not-in" : "in", dump(value), "query", dump(query)])
  case .quantified(let value, let operation, let quantifier, let operand):
    switch operand {
    case .query(let query): return list([operation.rawValue, quantifier.rawValue, dump(value), dump(query)])
    case .list(let items): return list([operation.rawValue, quantifier.rawValue, dump(value), dump(items)])
    }
  case .caseWhen(let value):
    return list(
      ["case", value.operand.map(dump)]
        + value.branches.map { list(["when", dump($0.condition), dump($0.result)]) }
        + [value.otherwise.map { list(["else", dump($0)]) }])
  case .cast(let value, let type, let isTry): return list([isTry ? "try-cast" : "cast", dump(value), dump(type)])
  case .call(let call): return dump(call)
  case .extract(let part, let value): return list(["extract", part.text, dump(value)])
  case .exists(let query): return list(["exists", dump(query)])
  case .subquery(let query): return list(["subquery", dump(query)])
  case .list(let items): return "[" + items.map(dump).joined(separator: " ") + "]"
  case .tuple(let items): return list(["tuple"] + items.map(dump))
  case .index(let base, let index): return list(["index", dump(base), dump(index)])
  case .slice(let base, let low, let high):
    return list(["slice", dump(base), low.map(dump) ?? "_", high.map(dump) ?? "_"])
  case .collate(let value, let name): return list(["collate", dump(value), name.text])
  case .star(let star): return dump(star)
  }
}
