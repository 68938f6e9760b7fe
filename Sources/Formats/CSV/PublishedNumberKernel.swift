/// A number as it stands in a published table, with what was added to it.
///
/// `1,334` is 1334; `38%` is 0.38; `1*` is 1 with the remark `*`; `5 (3)` is 5 with the remark `(3)`.
public struct PublishedNumber: Sendable, Hashable {
  /// The number.
  public let figure: Double
  /// The marks and the bracket behind it, if there are any.
  public let remark: String?

  /// Reads a text as the loader does; nil when it gives no number.
  public init?(_ text: String) {
    var text = text
    let parts = text.withUTF8 { bytes -> (Double, String?)? in
      guard let base = bytes.baseAddress else { return nil }
      let reading = readFigure(base, bytes.count, decimal: UInt8(ascii: "."))
      guard reading.kind != .none, reading.kind != .special else { return nil }
      guard reading.hasRemark else { return (reading.asDouble, nil) }
      // A remark begins at the first byte that no number holds.
      let rest = bytes.drop { isDigit($0) || PublishedNumber.partsOfNumbers.contains($0) }
      var remark = String(decoding: rest, as: UTF8.self)
      while remark.hasSuffix(" ") { remark.removeLast() }
      return (reading.asDouble, remark)
    }
    guard let parts else { return nil }
    (figure, remark) = parts
  }

  private static let partsOfNumbers = Set(" .,-%".utf8)
}
