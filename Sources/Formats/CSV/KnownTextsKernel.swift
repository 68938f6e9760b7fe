import CScan
import ColumnStore

/// The texts of up to 16 bytes that a worker has met in a column, one for each slot of a small table: of a column with few
/// different texts it knows almost all.
///
/// What it knows it was told: it lies before a `TextTable`, which has all texts.
final class KnownTexts {
  private let slots = MutableBuffer<cscan_text>(count: 1 << Int(CSCAN_SLOT_BITS), zeroed: true)

  /// Remembers the code of a text, instead of the one that had its slot.
  func add(_ key: TextKey, code: UInt32) {
    guard key.length > 0, key.length <= 16 else { return }
    slots[cscan_slot(key.first, key.second, UInt64(key.length))] = cscan_text(
      head: key.first, tail: key.second, length: key.length, code: code)
  }

  /// The codes of some texts; a bit is set in `others` for each text that is not known.
  ///
  /// - Parameters:
  ///   - base: where the texts lie; 16 bytes behind the start of each must be readable.
  ///   - codes: with room for seven more than there are texts.
  func read(
    _ base: UnsafePointer<UInt8>, _ spans: UnsafePointer<FieldSpan>, count: Int, into codes: MutableBuffer<UInt32>,
    others: MutableBitmap
  ) {
    precondition(codes.count >= count + 7 && others.count >= count)
    UnsafeRawPointer(spans).withMemoryRebound(to: UInt64.self, capacity: count) {
      cscan_codes(scanLevel, base, $0, count, slots.pointer, codes.pointer, others.words.pointer)
    }
  }
}
