/// The form of the history file: UTF-8, one entry a line.
///
/// Inside an entry a line end is written `\n`, a carriage return `\r`, and a backslash `\\`. Whatever bytes a file
/// holds can be read: a backslash before anything else stands for itself, bytes that are no UTF-8 become U+FFFD, NUL
/// bytes are dropped.
enum HistoryEncoding {
  /// The line for `entry`, without the line end.
  static func encode(_ entry: String) -> String {
    var line = ""
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      case "\0": break
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// The entries of a file, oldest first; empty lines are no entries.
  static func decode(file bytes: some Sequence<UInt8>) -> [String] {
    var entries: [String] = []
    var line: [UInt8] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        if !line.isEmpty { entries.append(decode(line: line)) }
        line.removeAll(keepingCapacity: true)
      } else if byte != 0 {
        line.append(byte)
      }
    }
    if !line.isEmpty { entries.append(decode(line: line)) }
    return entries
  }

  private static func decode(line: [UInt8]) -> String {
    guard line.contains(UInt8(ascii: "\\")) else { return String(decoding: line, as: UTF8.self) }
    var bytes: [UInt8] = []
    var index = 0
    while index < line.count {
      let byte = line[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < line.count else {
        bytes.append(byte)
        continue
      }
      switch line[index] {
      case UInt8(ascii: "\\"): bytes.append(byte)
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
      default: bytes += [byte, line[index]]
      }
      index += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
