/// A number of bytes as people write it: `512MB`, `1.5 GiB`.
public struct ByteSize: Sendable, Equatable {
  /// How many bytes.
  public let byteCount: Int

  /// Some bytes.
  public init(_ byteCount: Int) { self.byteCount = byteCount }

  /// Reads a number with a unit: kB, MB, GB, TB count in thousands, KiB, MiB, GiB, TiB in 1024s; case and spaces do not
  /// matter. Nil for anything else, for no bytes and for more than there can be.
  public init?(_ text: String) {
    let text = text.lowercased()
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let unit = text[digits.endIndex...].filter { $0 != " " }
    guard let number = Double(digits), let factor = ByteSize.units.first(where: { $0.name.lowercased() == unit })?.bytes
    else { return nil }
    let bytes = number * Double(factor)
    guard bytes >= 1, bytes < Double(Int.max) else { return nil }
    byteCount = Int(bytes)
  }

  private static let units: [(name: String, bytes: Int)] = [
    ("TiB", 1 << 40), ("TB", 1_000_000_000_000), ("GiB", 1 << 30), ("GB", 1_000_000_000), ("MiB", 1 << 20),
    ("MB", 1_000_000), ("KiB", 1 << 10), ("kB", 1000), ("bytes", 1), ("B", 1), ("byte", 1),
  ]
}

extension ByteSize: CustomStringConvertible {
  /// The number with at most two digits behind the point, in the unit of thousands that makes it short.
  public var description: String {
    let decimal = ByteSize.units.filter { $0.bytes == 1 || $0.bytes % 1000 == 0 }
    guard let unit = decimal.first(where: { byteCount >= $0.bytes }), unit.bytes > 1 else {
      return "\(byteCount) bytes"
    }
    let hundredths = Int((Double(byteCount) / Double(unit.bytes) * 100).rounded())
    let rest = hundredths % 100
    let behind = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : ".\(rest < 10 ? "0" : "")\(rest)"
    return "\(hundredths / 100)\(behind) \(unit.name)"
  }
}
