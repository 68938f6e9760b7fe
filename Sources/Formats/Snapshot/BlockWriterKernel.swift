import CXXHash
import ColumnStore

/// Writes the blocks of a snapshot one after the other, from multiples of 64 bytes on, and works out their checksums.
final class BlockWriter {
  private let sink: any ByteSink
  /// How many bytes have been written.
  private(set) var position = 0
  private let pending = GrowableBytes(capacity: SavedBlock.checkedSize)
  private var checksums: [UInt64] = []

  init(_ sink: any ByteSink) { self.sink = sink }

  /// Writes bytes that belong to no block.
  func write(_ bytes: [UInt8]) throws {
    try sink.write(bytes)
    position += bytes.count
  }

  /// A block of values as they lie in memory.
  func block<Element>(_ values: Buffer<Element>) throws -> SavedBlock {
    try block { try withExtendedLifetime(values) { try append(UnsafeRawBufferPointer(values.unsafe)) } }
  }

  /// A block of bits; those beyond the last one are cleared.
  func block(_ bits: Bitmap) throws -> SavedBlock {
    let last = Bitmap.wordCount(bits.count) - 1
    guard last >= 0 else { return try block(Buffer<UInt64>([])) }
    return try block {
      try withExtendedLifetime(bits) {
        try append(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bits.words.unsafe[..<last])))
      }
      try withUnsafeBytes(of: bits.maskedWord(last)) { try append($0) }
    }
  }

  /// A block of what `body` appends.
  func block(_ body: () throws -> Void) throws -> SavedBlock {
    let rest = position % SavedBlock.alignment
    if rest > 0 { try write([UInt8](repeating: 0, count: SavedBlock.alignment - rest)) }
    let start = position
    checksums = []
    try body()
    if pending.count > 0 { try flush(UnsafeRawBufferPointer(pending.bytes)) }
    pending.count = 0
    return SavedBlock(offset: start, byteCount: position - start, checksums: checksums)
  }

  /// Appends bytes to the block that is being written.
  func append(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      if pending.count == 0, rest.count >= SavedBlock.checkedSize {
        try flush(UnsafeRawBufferPointer(rebasing: rest[..<SavedBlock.checkedSize]))
        rest = UnsafeRawBufferPointer(rebasing: rest[SavedBlock.checkedSize...])
        continue
      }
      let taken = min(SavedBlock.checkedSize - pending.count, rest.count)
      pending.append(UnsafeRawBufferPointer(rebasing: rest[..<taken]).assumingMemoryBound(to: UInt8.self))
      rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
      if pending.count == SavedBlock.checkedSize {
        try flush(UnsafeRawBufferPointer(pending.bytes))
        pending.count = 0
      }
    }
  }

  private func flush(_ bytes: UnsafeRawBufferPointer) throws {
    checksums.append(checksum(bytes))
    try sink.write(bytes.assumingMemoryBound(to: UInt8.self).span)
    position += bytes.count
  }
}

/// XXH3 in 64 bits.
func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 { XXH3_64bits(bytes.baseAddress, bytes.count) }

/// XXH3 in 64 bits.
func checksum(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { checksum($0) } }
