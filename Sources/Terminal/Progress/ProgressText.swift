/// The words of a progress line.
///
/// ```
/// reading actions.csv  1.2 of 2.1 GB  57%  1.9 GB/s  1s left
/// ```
enum ProgressText {
  /// One line, no wider than `width` columns. The total is 0 where it is not known; where nothing is counted, the line
  /// tells for how long it has been done.
  ///
  /// - Parameters:
  ///   - fresh: what was done in the time that is told; nil for all of it.
  ///   - seconds: how long that took.
  static func line(
    label: String, done: Int, total: Int, unit: ProgressLine.Unit, fresh: Int? = nil, seconds: Double, width: Int
  ) -> String {
    var parts = [DisplayWidth.escaped(label)]
    if total == 0, done == 0 {
      parts.append(duration(seconds.rounded(.down)))
    } else if total > 0 {
      let shown = min(done, total)
      parts.append(amount(shown, of: total, unit))
      parts.append("\(Int(Double(shown) / Double(total) * 100))%")
    } else {
      parts.append(amount(done, unit))
    }
    let fresh = fresh ?? done
    if seconds > 0, fresh > 0 {
      let rate = Double(fresh) / seconds
      parts.append(amount(Int(min(rate, 9e18)), unit) + "/s")
      if total > done { parts.append(duration(Double(total - done) / rate) + " left") }
    }
    return DisplayWidth.truncate(parts.joined(separator: "  "), to: max(1, width))
  }

  /// `1.2 of 2.1 GB`, `800 kB of 2.1 GB`, `1,000 of 41,203 rows`.
  static func amount(_ done: Int, of total: Int, _ unit: ProgressLine.Unit) -> String {
    let first = amount(done, unit)
    let second = amount(total, unit)
    guard let space = first.lastIndex(of: " "), second.hasSuffix(first[space...]) else {
      return first + " of " + second
    }
    return first[..<space] + " of " + second
  }

  /// `640 B`, `1.2 GB` (powers of 1000, as disks and the SI count), `41,203 rows`.
  static func amount(_ count: Int, _ unit: ProgressLine.Unit) -> String {
    switch unit {
    case .rows: return grouped(count) + " rows"
    case .bytes:
      var value = Double(count)
      var prefixes = ["B", "kB", "MB", "GB", "TB", "PB"][...]
      while value >= 999.5, prefixes.count > 1 {
        value /= 1000
        prefixes.removeFirst()
      }
      let name = prefixes.first ?? "B"
      if name == "B" || value >= 99.95 { return "\(Int(value.rounded())) \(name)" }
      let tenths = Int((value * 10).rounded())
      return "\(tenths / 10).\(tenths % 10) \(name)"
    }
  }

  /// `9s`, `1m 05s`, `2h 03m`.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded(.up))
    if whole < 60 { return "\(whole)s" }
    if whole < 3600 { return "\(whole / 60)m \(twoDigits(whole % 60))s" }
    return "\(whole / 3600)h \(twoDigits(whole / 60 % 60))m"
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func grouped(_ number: Int) -> String {
    let digits = String(number)
    var result = ""
    for (index, digit) in digits.enumerated() {
      let left = digits.count - index
      if index > 0, left % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }
}
