import Glibc

/// Lines on standard output and standard error, at once.
enum Lines {
  static func output(_ text: String) { write(Array("\(text)\n".utf8)[...], 1) }
  static func output(bytes: ArraySlice<UInt8>) { write(bytes, 1) }
  static func error(_ text: String) { write(Array("\(text)\n".utf8)[...], 2) }

  private static func write(_ bytes: ArraySlice<UInt8>, _ descriptor: Int32) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      // Nobody reads it any more: the exit status still says how it went.
      if count < 0, errno != EINTR { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
