import Testing

@testable import ColumnStore

@Suite("Bitmaps") struct BitmapTests {
  private static let counts = [0, 1, 63, 64, 65, 127, 128, 129, 200]

  /// Bits without a pattern that repeats with the words.
  private func bits(_ count: Int) -> [Bool] { (0..<count).map { $0 * $0 % 7 < 3 } }

  private func array(_ bitmap: Bitmap) -> [Bool] { (0..<bitmap.count).map { bitmap[$0] } }

  @Test("a slice at any offset has the bits of its range")
  func slices() {
    let bits = bits(200)
    let bitmap = Bitmap(bits)
    for start in 0...200 {
      for end in [start, min(start + 1, 200), min(start + 63, 200), min(start + 64, 200), min(start + 65, 200), 200] {
        let slice = bitmap.slice(start..<end)
        #expect(array(slice) == Array(bits[start..<end]))
        #expect(slice.trueCount == bits[start..<end].filter { $0 }.count)
        #expect(Array(slice.trueIndices()) == (0..<(end - start)).filter { bits[start + $0] }.map { UInt32($0) })
      }
    }
  }

  @Test("slices of slices", arguments: [1, 63, 64, 65])
  func slicesOfSlices(_ offset: Int) {
    let bits = bits(300)
    let slice = Bitmap(bits).slice(offset..<290)
    for start in 0..<100 { #expect(array(slice.slice(start..<200)) == Array(bits[(offset + start)..<(offset + 200)])) }
  }

  @Test("counting and combining leave out what lies behind the last bit", arguments: counts)
  func combining(_ count: Int) {
    let first = bits(count)
    let second = (0..<count).map { $0 % 3 == 0 }
    let left = Bitmap(first)
    let right = Bitmap(second)
    #expect(array(left.combined(with: right, &)) == zip(first, second).map { $0 && $1 })
    #expect(array(left.inverted()) == first.map { !$0 })
    #expect(left.inverted().trueCount == first.filter { !$0 }.count)
    #expect(Bitmap(repeating: true, count: count).trueCount == count)
    #expect(Bitmap(repeating: true, count: count).inverted().trueIndices().isEmpty)
    #expect(Bitmap.both(nil, nil).map(array) == nil)
    #expect(Bitmap.both(left, nil).map(array) == first)
    #expect(Bitmap.both(left, right).map(array) == zip(first, second).map { $0 && $1 })
  }

  @Test("a validity without gaps is none", arguments: counts)
  func validity(_ count: Int) {
    let all = MutableBitmap(count: count)
    for index in 0..<count { all.set(index) }
    #expect(all.frozenValidity().map(array) == nil)
    guard count > 0 else { return }
    let gap = MutableBitmap(count: count)
    for index in 0..<count { gap.set(index) }
    gap.clear(count - 1)
    #expect(gap.frozenValidity()?.trueCount == count - 1)
  }
}
