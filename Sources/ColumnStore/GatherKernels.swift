extension Column {
  /// The rows at `indices`, in that order; an index of `UInt32.max` gives NULL. Every other index must be a row.
  public func gather(_ indices: Buffer<UInt32>) -> Column {
    let hasMissing = indices.contains(.max)
    precondition(indices.allSatisfy { $0 == .max || Int($0) < count }, "row index out of range")
    if count == 0 { return .nulls(type: type, count: indices.count) }
    let validity = gatheredValidity(indices, hasMissing: hasMissing)
    let data: ColumnData =
      switch data {
      case .boolean(let bits): .boolean(gatherBits(bits, indices))
      case .integer8(let values): .integer8(gatherValues(values, indices))
      case .integer16(let values): .integer16(gatherValues(values, indices))
      case .integer32(let values): .integer32(gatherValues(values, indices))
      case .integer64(let values): .integer64(gatherValues(values, indices))
      case .double(let values): .double(gatherValues(values, indices))
      case .decimal64(let values): .decimal64(gatherValues(values, indices))
      case .decimal128(let values): .decimal128(gatherValues(values, indices))
      case .date(let values): .date(gatherValues(values, indices))
      case .time(let values): .time(gatherValues(values, indices))
      case .timestamp(let values): .timestamp(gatherValues(values, indices))
      case .interval(let values): .interval(gatherValues(values, indices))
      case .codes8(let codes, let dictionary): .codes8(gatherValues(codes, indices), dictionary)
      case .codes16(let codes, let dictionary): .codes16(gatherValues(codes, indices), dictionary)
      case .codes32(let codes, let dictionary): .codes32(gatherValues(codes, indices), dictionary)
      case .views(let views, let heap): .views(gatherValues(views, indices), heap)
      case .lists(let lists): .lists(lists.gather(indices))
      }
    return Column(type: type, data: data, validity: validity)
  }

  private func gatheredValidity(_ indices: Buffer<UInt32>, hasMissing: Bool) -> Bitmap? {
    if validity == nil, !hasMissing { return nil }
    let result = MutableBitmap(count: indices.count)
    for row in 0..<indices.count {
      let index = indices.pointer[row]
      if index != .max, validity.map({ $0[Int(index)] }) ?? true { result.set(row) }
    }
    return result.frozenValidity()
  }
}

/// A missing index takes the first value, which the validity hides.
private func gatherValues<Value: BitwiseCopyable & Sendable>(_ values: Buffer<Value>, _ indices: Buffer<UInt32>)
  -> Buffer<Value>
{
  let result = MutableBuffer<Value>(count: indices.count)
  for row in 0..<indices.count {
    let index = indices.pointer[row]
    result.pointer[row] = values.pointer[index == .max ? 0 : Int(index)]
  }
  return result.frozen()
}

private func gatherBits(_ bits: Bitmap, _ indices: Buffer<UInt32>) -> Bitmap {
  let result = MutableBitmap(count: indices.count)
  for row in 0..<indices.count {
    let index = indices.pointer[row]
    if index != .max, bits[Int(index)] { result.set(row) }
  }
  return result.frozen()
}
