/// The names closest to one that was not found, best first: at most three, none that is another word altogether.
///
/// The distance is that of V. Levenshtein (1966) with case ignored; a name that begins with what was typed counts as near.
public func nearestNames(to wanted: String, among names: [String]) -> [String] {
  let wantedBytes = Array(wanted.lowercased().utf8.prefix(200))
  let ranked = names.compactMap { name -> (distance: Int, name: String)? in
    let bytes = Array(name.lowercased().utf8.prefix(200))
    let distance = editDistance(wantedBytes, bytes)
    let isPrefix = wantedBytes.count >= 2 && bytes.starts(with: wantedBytes)
    guard isPrefix || distance <= max(1, max(bytes.count, wantedBytes.count) / 3) else { return nil }
    return (isPrefix ? 0 : distance, name)
  }
  return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var previous = Array(0...right.count)
  for (row, leftByte) in left.enumerated() {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for (column, rightByte) in right.enumerated() {
      let substituted = previous[column] + (leftByte == rightByte ? 0 : 1)
      current.append(min(substituted, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[right.count]
}
