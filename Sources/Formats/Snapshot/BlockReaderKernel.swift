import ColumnStore

/// Reads the blocks of an open snapshot. Nothing of a block is handed out before its checksums were found right and its
/// values allowed: codes index dictionaries, and offsets index items, without being looked at again.
struct BlockReader: Sendable {
  let file: FileBytes

  /// What keeps the bytes alive.
  private var owner: AnyObject { file.mapping ?? file }

  /// The values of a block, in the file's own bytes. Both were checked against each other when the directory was read.
  ///
  /// - Parameter isRight: whether some values in a row, of which the number of the first is given, are allowed.
  func values<Element>(
    _ block: SavedBlock, count: Int,
    isRight: @Sendable (_ part: Buffer<Element>, _ first: Int) -> Bool = { _, _ in true }
  ) throws -> Buffer<Element> {
    let bytes = UnsafeRawBufferPointer(start: file.base + block.offset, count: block.byteCount)
    let values = Buffer<Element>(memory: Memory(borrowing: bytes, from: owner), count: count)
    try check(values, block, isRight)
    return values
  }

  /// The same in memory of our own, which nobody can write to: for values that others are found by.
  func copiedValues<Element>(
    _ block: SavedBlock, count: Int,
    isRight: @Sendable (_ part: Buffer<Element>, _ first: Int) -> Bool = { _, _ in true }
  ) throws -> Buffer<Element> {
    let copy = MutableBuffer<Element>(count: count)
    UnsafeMutableRawBufferPointer(start: copy.memory.base, count: block.byteCount)
      .copyMemory(from: UnsafeRawBufferPointer(start: file.base + block.offset, count: block.byteCount))
    let values = copy.frozen()
    try check(values, block, isRight)
    return values
  }

  /// Checks all parts of a block, each by one worker while it is in the processor's cache.
  private func check<Element>(
    _ values: Buffer<Element>, _ block: SavedBlock, _ isRight: @Sendable (Buffer<Element>, Int) -> Bool
  ) throws {
    let perPart = SavedBlock.checkedSize / MemoryLayout<Element>.stride
    try WorkerPool.shared.run(parts: block.checksums.count) { part, _ in
      let first = part * perPart
      let slice = values.slice(first..<min(first + perPart, values.count))
      let found = withExtendedLifetime(slice) { checksum(UnsafeRawBufferPointer(slice.unsafe)) }
      guard found == block.checksums[part], isRight(slice, first) else { throw WrongValues() }
    }
  }

  /// Thrown for a block that is not what was written, or holds what cannot have been written.
  struct WrongValues: Error {}

  /// The bytes of long texts: whole characters in UTF-8.
  func texts(_ block: SavedBlock) throws -> Buffer<UInt8> {
    try values(block, count: block.byteCount) { [file] part, first in
      // Characters that a part only has the rest of belong to the part before.
      UTF8Census(file.base + block.offset, first..<first + part.count, of: block.byteCount).badBytes == 0
    }
  }
}

/// Whether all codes are those of a dictionary of so many entries.
func areCodes<Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
  _ part: Buffer<Code>, below count: Int
) -> Bool {
  var highest: Code = 0
  for code in part.unsafe { highest = max(highest, code) }
  return part.isEmpty || Int(highest) < count
}

/// Whether every view describes a text that can be: in the view itself, or whole characters of `texts`.
func areViews(_ part: Buffer<TextView>, into texts: Buffer<UInt8>) -> Bool {
  for view in part.unsafe {
    guard view.isInline ? isInlineText(view) : isLongText(view, of: texts) else { return false }
  }
  return true
}

private func isLongText(_ view: TextView, of texts: Buffer<UInt8>) -> Bool {
  let length = Int(view.length)
  guard view.block == 0, length <= texts.count, view.offset <= texts.count - length else { return false }
  let start = texts.pointer + view.offset
  let isWhole =
    start[0] & 0xC0 != 0x80 && (view.offset + length == texts.count || start[length] & 0xC0 != 0x80)
  return isWhole && view.prefix == UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
}

private func isInlineText(_ view: TextView) -> Bool {
  let isASCII = view.prefix & 0x8080_8080 == 0 && view.payload & 0x8080_8080_8080_8080 == 0
  return withUnsafeBytes(of: view) { bytes in
    let text = UnsafeBufferPointer(rebasing: bytes.assumingMemoryBound(to: UInt8.self)[4...])
    guard let base = text.baseAddress else { return false }
    let length = Int(view.length)
    for index in length..<text.count where base[index] != 0 { return false }
    if isASCII { return true }
    var position = 0
    while position < length {
      let character = utf8Length(base, position, length)
      if character == 0 { return false }
      position += character
    }
    return true
  }
}

/// Whether offsets ascend and stay in a column of items.
func areOffsets(_ offsets: Buffer<Int64>, itemCount: Int) -> Bool {
  var last: Int64 = 0
  for offset in offsets.unsafe {
    if offset < last || offset > itemCount { return false }
    last = offset
  }
  return true
}

/// Whether texts are in strict order, as the codes of a sorted dictionary promise.
func isAscending(_ views: Buffer<TextView>, _ heap: TextHeap) -> Bool {
  zip(views.indices, views.indices.dropFirst()).allSatisfy { row, next in
    TextHeap.compare(heap.bytes(at: views.pointer + row), heap.bytes(at: views.pointer + next)) < 0
  }
}
