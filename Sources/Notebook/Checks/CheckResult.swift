/// How a `check` went.
struct CheckResult {
  /// What the check is called.
  let name: String
  /// Where it stands: `report.nbk:12`, or nothing for what was typed.
  let place: String
  /// How many rows it was asked of.
  let rows: Int
  /// For how many of them it does not hold.
  let failed: Int
  /// For how many it is unknown, which is neither.
  let unknown: Int

  /// What came of it: `3 of 385 rows, and 12 are unknown`.
  var text: String {
    let rest = unknown == 0 ? "" : ", and \(unknown == rows ? "all" : Session.counted(unknown)) are unknown"
    if failed > 0 { return "\(Session.counted(failed)) of \(Session.counted(rows, "row"))\(rest)" }
    return unknown == 0
      ? "all \(Session.counted(rows, "row"))"
      : "\(Session.counted(rows - unknown)) of \(Session.counted(rows, "row"))\(rest)"
  }
}
