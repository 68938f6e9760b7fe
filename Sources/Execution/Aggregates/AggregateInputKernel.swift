import CSystem
import ColumnStore

extension AggregateInput {
  /// Calls `body(row, group)` for every row to take.
  @inline(__always)
  func forEach(_ body: (Int, Int) -> Void) {
    precondition(groups.count >= count)
    let numbers = groups.pointer
    if let mask {
      mask.forEachTrue { body($0, Int(numbers[$0])) }
    } else {
      for row in 0..<count { body(row, Int(numbers[row])) }
    }
  }

  /// The same for a loop over more memory than a cache holds: what `address` gives for a group is asked for some rows ahead.
  @inline(__always)
  func forEach(asking address: (_ group: Int) -> UnsafeRawPointer, _ body: (Int, Int) -> Void) {
    let ahead = 16
    guard mask == nil, count > ahead else { return forEach(body) }
    precondition(groups.count >= count)
    let numbers = groups.pointer
    for row in 0..<count - ahead {
      nb_prefetch(address(Int(numbers[row &+ ahead])))
      body(row, Int(numbers[row]))
    }
    for row in count - ahead..<count { body(row, Int(numbers[row])) }
  }

  /// The same for a loop over one value a group, of which there may be more than a cache holds.
  @inline(__always)
  func forEach<Value>(of array: GroupArray<Value>, _ body: (Int, Int) -> Void) {
    let cacheSize = 1 << 19
    guard array.count * MemoryLayout<Value>.stride > cacheSize else { return forEach(body) }
    let values = array.pointer
    forEach(asking: { UnsafeRawPointer(values + $0) }, body)
  }
}
