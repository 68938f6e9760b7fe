/// The names of `candidates` that `name` may have been meant to be, nearest first, at most three.
///
/// Nearness is the optimal string alignment distance (Damerau 1964: a letter put in, left out, exchanged, or two
/// neighbours swapped), case ignored. A third of the letters may be wrong, at least one. A candidate that begins with
/// `name` counts as near, too. Costs the product of the lengths for each candidate.
public func nearestNames(to name: String, in candidates: some Sequence<String>) -> [String] {
  let wanted = Array(name.lowercased().unicodeScalars)
  guard !wanted.isEmpty, wanted.count <= 100 else { return [] }
  let limit = max(1, wanted.count / 3)
  var found: [(name: String, distance: Int)] = []
  for candidate in candidates where candidate != name {
    let scalars = Array(candidate.lowercased().unicodeScalars)
    if abs(scalars.count - wanted.count) <= limit {
      let distance = alignmentDistance(wanted, scalars)
      if distance <= limit, distance < max(wanted.count, 2) {
        found.append((candidate, distance))
        continue
      }
    }
    if wanted.count >= 3, scalars.starts(with: wanted) { found.append((candidate, limit + 1)) }
  }
  found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
  return found.prefix(3).map(\.name)
}

/// `did you mean ...?` for what `nearestNames(to:in:)` gives; nil if nothing is near.
public func suggestion(for name: String, in candidates: some Sequence<String>) -> String? {
  let names = nearestNames(to: name, in: candidates).map { "`\($0)`" }
  guard let last = names.last else { return nil }
  guard names.count > 1 else { return "did you mean \(last)?" }
  return "did you mean \(names.dropLast().joined(separator: ", ")) or \(last)?"
}

/// Optimal string alignment distance.
private func alignmentDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...second.count)
  for (i, a) in first.enumerated() {
    var current = [i + 1]
    for (j, b) in second.enumerated() {
      var best = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a == b ? 0 : 1))
      if i > 0, j > 0, a == second[j - 1], first[i - 1] == b { best = min(best, beforePrevious[j - 1] + 1) }
      current.append(best)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[second.count]
}
