import ColumnStore

/// Blocks of bytes that texts are copied into; a text never moves. 16 bytes behind each text can be read.
struct TextArena {
  /// A block that is not filled further, or not yet.
  struct Block {
    let buffer: MutableBuffer<UInt8>
    var used: Int
    /// The number that views give it.
    let number: Int
  }

  private(set) var blocks: [Block] = []
  private static let firstSize = 4096
  private static let largestSize = 4 << 20
  static let padding = 16

  /// Copies a text and says where it went. `number` gives a new block its number.
  mutating func add(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, number: () throws -> Int
  ) rethrows -> (pointer: UnsafePointer<UInt8>, block: Int, offset: Int) {
    if blocks.isEmpty
      || blocks[blocks.count - 1].buffer.count - blocks[blocks.count - 1].used < count + TextArena.padding
    {
      let size = min(TextArena.largestSize, TextArena.firstSize << min(blocks.count, 20))
      let buffer = MutableBuffer<UInt8>(count: max(size, count + TextArena.padding))
      blocks.append(Block(buffer: buffer, used: 0, number: try number()))
    }
    let index = blocks.count - 1
    let offset = blocks[index].used
    let target = blocks[index].buffer.pointer + offset
    target.update(from: bytes, count: count)
    blocks[index].used += count
    return (UnsafePointer(target), blocks[index].number, offset)
  }
}
