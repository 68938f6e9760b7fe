/// About how many different values a column has, from a sample of its rows.
enum DistinctEstimate {
  /// Rows that are looked at; a column of no more is counted exactly.
  static let sampleSize = 1024

  /// The estimate for all rows; NULL does not count.
  ///
  /// A value that the sample has once stands for those that it missed: M. Charikar, S. Chaudhuri, R. Motwani, V. Narasayya,
  /// "Towards estimation error guarantees for distinct values", PODS 2000, the estimator GEE. Where nearly all values of
  /// the sample are different the column is taken for one of keys.
  static func of(_ column: Column) -> Int {
    if column.type == .boolean { return min(2, column.count) }
    if let dictionary = column.dictionary { return min(dictionary.count, column.count) }
    let size = min(sampleSize, column.count)
    guard size > 0 else { return 0 }
    var occurrences: [Value: Int] = [:]
    var taken = 0
    for place in 0..<size {
      let value = column.value(place * column.count / size)
      if value.isNull { continue }
      taken += 1
      occurrences[value, default: 0] += 1
    }
    guard taken > 0 else { return 0 }
    if size == column.count { return occurrences.count }
    let once = occurrences.values.count { $0 == 1 }
    let scale = Double(column.count) / Double(size)
    if once * 20 >= taken * 19 { return Int(Double(occurrences.count) * scale) }
    let estimate = scale.squareRoot() * Double(once) + Double(occurrences.count - once)
    return min(Int(estimate), column.count)
  }

  /// Texts that are looked at to tell whether a column of many has few different ones.
  private static let textSampleSize = 16_384

  /// The estimate for a column of texts that are worth a closer look: from how many texts the sample has twice.
  ///
  /// The estimator is that of A. Chao, "Nonparametric estimation of the number of classes in a population", Scandinavian
  /// Journal of Statistics 11 (1984), in its bias-corrected form; it is good for texts of which none is much more
  /// frequent than others, and too low otherwise.
  static func ofTexts(_ column: Column) -> Int {
    let size = min(textSampleSize, column.count)
    var occurrences: [UInt64: Int] = [:]
    for place in 0..<size {
      if let hash = column.withText(place * column.count / size, hashBytes) { occurrences[hash, default: 0] += 1 }
    }
    if size == column.count { return occurrences.count }
    let once = Double(occurrences.values.count { $0 == 1 })
    let twice = Double(occurrences.values.count { $0 == 2 })
    let unseen = once * max(once - 1, 0) / (2 * (twice + 1))
    return min(Int(unseen) + occurrences.count, column.count)
  }
}
