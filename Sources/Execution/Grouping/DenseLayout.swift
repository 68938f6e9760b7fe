import ColumnStore

/// How keys of few possible values make up a group number: as digits of a number whose places have different bases.
struct DenseLayout: Sendable {
  /// One key.
  struct Key: Sendable {
    /// The values that it can take.
    let domain: ColumnDomain
    /// Their type.
    let type: DataType
    /// How many codes it has, the one for NULL included.
    let size: Int
    /// What its code is multiplied by.
    let stride: Int
    /// The code of NULL, the last one.
    var nullCode: Int { size - 1 }
  }

  let keys: [Key]
  /// The number of groups that there may be.
  let groupCount: Int

  /// Groups that are numbered by their keys' codes take memory whether they occur or not, hence a limit: what a cache
  /// holds, or for many rows one group for every two of them.
  init?(_ domains: [ColumnDomain], types: [DataType], rows: Int) {
    self.init(domains, types: types, limit: max(1 << 16, min(rows / 2, 1 << 24)))
  }

  /// The layout for keys of these domains; nil when one is unknown or there would be more than `limit` groups.
  init?(_ domains: [ColumnDomain], types: [DataType], limit: Int) {
    var sizes: [Int] = []
    var total = 1
    for (domain, type) in zip(domains, types) {
      let values: Int
      switch domain {
      case .unknown: return nil
      case .dictionary(let dictionary, _): values = dictionary.count
      case .boolean: values = 2
      case .range(let range, _):
        let (span, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
        guard !overflow, span < limit, type == .integer || type == .date else { return nil }
        values = Int(span) + 1
      }
      sizes.append(values + 1)
      let (product, overflow) = total.multipliedReportingOverflow(by: values + 1)
      guard !overflow, product <= limit else { return nil }
      total = product
    }
    var stride = total
    keys = domains.indices.map { index in
      stride /= sizes[index]
      return Key(domain: domains[index], type: types[index], size: sizes[index], stride: stride)
    }
    groupCount = total
  }
}
