import CScan
import ColumnStore

/// The codes of texts that are the same prefix and a number of a fixed length, as identifiers often are: `acc_00457500`.
/// The number says where the code stands, so that no table is searched and no text is compared.
///
/// What it knows it was told: it lies before a `TextTable`, which has all texts.
final class SerialCodes {
  /// How a text must look outside its number.
  private let form: cscan_serial
  private let memory: Memory

  private static let mostDigits = 6

  /// Codes for texts that look like this one; nil when it is none of 2 to 16 bytes that ends with digits.
  init?(like text: [UInt8]) {
    let digits = min(text.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count, SerialCodes.mostDigits)
    guard digits > 0, text.count > 1, text.count <= 16 else { return nil }
    var padded = text
    padded.append(contentsOf: repeatElement(0, count: 8))
    let key = padded.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { TextKey($0, text.count) }
    }
    guard let key else { return nil }
    let prefix = text.count - digits
    let headMask: UInt64 = prefix >= 8 ? .max : 1 << UInt64(prefix * 8) - 1
    let tailMask: UInt64 = 1 << UInt64(64 - digits * 8) - 1
    let tail = key.length >= 8 ? key.second : key.first << UInt64(64 - text.count * 8)
    form = cscan_serial(
      headMask: headMask, head: key.first & headMask, tailMask: tailMask, tail: tail & tailMask, length: key.length)
    var count = 1
    for _ in 0..<digits { count *= 10 }
    memory = Memory(byteCount: count * 4, zeroed: true)
  }

  /// For every number that `read` gives the code and one; 0 where no code is known.
  var codes: UnsafeMutablePointer<UInt32> { memory.base.assumingMemoryBound(to: UInt32.self) }

  /// The numbers of some texts; a bit is set in `others` for each text that looks otherwise.
  ///
  /// - Parameters:
  ///   - base: where the texts lie; 16 bytes behind the start of each must be readable.
  ///   - numbers: with room for seven more than there are texts.
  func read(
    _ base: UnsafePointer<UInt8>, _ spans: UnsafePointer<FieldSpan>, count: Int, into numbers: MutableBuffer<UInt32>,
    others: MutableBitmap
  ) {
    precondition(numbers.count >= count + 7 && others.count >= count)
    var form = form
    UnsafeRawPointer(spans).withMemoryRebound(to: UInt64.self, capacity: count) {
      cscan_serials(scanLevel, base, $0, count, &form, numbers.pointer, others.words.pointer)
    }
  }
}
