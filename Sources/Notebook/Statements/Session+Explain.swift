import ColumnStore
import Formats
import Language
import Planning

extension Session {
  /// `explain [analyze] query`: the plan as it is run, and with `analyze` what running it took. For people as a tree, in a
  /// format for programs as a table.
  func explain(_ query: Query, isAnalyze: Bool) throws {
    if suppression != nil { return try explainPublished(query) }
    let plan = try plan(query)
    if isChecking { return }
    let profile = isAnalyze ? PlanProfile(plan) : nil
    let start = Session.seconds()
    let table = try profile.map { try rows(of: plan, profile: $0) }
    let elapsed = Session.seconds() - start
    let report = PlanReport(plan, profile: profile)
    if let format = settings.format, !(format is BoxFormat) { return try show(Session.table(of: report)) }
    var lines = report.lines.map { PlanText.indented($0.text + Session.remark(on: $0), depth: $0.depth) }
    lines += try sentText(plan)
    if let table {
      lines.append("")
      lines.append(
        "\(Session.counted(table.rowCount, "row")) in \(Session.text(seconds: elapsed)) s, "
          + "\(WorkerPool.shared.threadCount) threads")
    }
    try output.sink.write(lines.map { visibleText($0) + "\n" }.joined())
    try output.flush()
  }

  /// The plan as it is made safe, before it is improved: what is known of the rows by then would tell of them.
  private func explainPublished(_ query: Query) throws {
    let isOptimising = settings.isOptimising
    settings.isOptimising = false
    defer { settings.isOptimising = isOptimising }
    let plan = try plan(query) { try published($0, query.span).plan }
    if isChecking { return }
    try output.sink.write(PlanText.lines(plan).map { visibleText($0) + "\n" }.joined())
    try output.flush()
  }

  private static func table(of report: PlanReport) -> Table {
    table(
      [
        ("depth", .integer), ("operator", .text), ("estimated_rows", .integer), ("rows", .integer),
        ("seconds", .double),
        ("own_seconds", .double), ("bytes", .integer),
      ],
      report.lines.map { line in
        [
          .integer(Int64(line.depth)), .text(line.text), line.estimate.map { .integer(Int64(whole($0))) } ?? .null,
          line.counts.map { .integer(Int64($0.rows)) } ?? .null, line.counts.map { .double(seconds($0.time)) } ?? .null,
          line.ownTime.map { .double(seconds($0)) } ?? .null, line.counts.map { .integer(Int64($0.bytes)) } ?? .null,
        ]
      })
  }

  /// What stands behind an operator: the rows expected, and what came of it.
  private static func remark(on line: PlanReport.Line) -> String {
    var parts: [String] = []
    if let estimate = line.estimate { parts.append("~\(counted(whole(estimate), "row"))") }
    if let counts = line.counts {
      if line.estimate != nil { parts.append("in fact \(counted(counts.rows, "row"))") }
      if counts.time > .zero {
        let own = line.ownTime.flatMap { $0 < counts.time ? " (\(milliseconds($0)) of its own)" : nil } ?? ""
        parts.append("\(milliseconds(counts.time))\(counts.isStreamed ? " of all threads" : "")\(own)")
      }
      parts.append("\(counted(counts.bytes, "byte"))")
    }
    return parts.isEmpty ? "" : "  (\(parts.joined(separator: ", ")))"
  }

  /// An estimate as a number of rows.
  private static func whole(_ estimate: Double) -> Int { Int(min(1e15, max(0, estimate.rounded()))) }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  private static func milliseconds(_ duration: Duration) -> String {
    let microseconds = Int((seconds(duration) * 1e6).rounded())
    let rest = String(microseconds % 1000)
    return "\(microseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest) ms"
  }
}
