import CLibmd
import Glibc
import Language

/// The secret that pseudonyms are made with. It is read from a file that only its owner can read, and stands in no plan,
/// script or history.
public struct PseudonymKey: Sendable {
  /// The environment variable that names the file of the key where a query names none.
  public static let fileVariable = "NOTICEBOOK_KEY_FILE"

  /// The file that the environment names; nil where it names none.
  static var usualFile: String? { getenv(fileVariable).map { String(cString: $0) } }

  /// The fewest bytes that a key has.
  static let leastLength = 32
  /// The fewest different bytes among them: sixteen hexadecimal digits are about all there in a random key of 64.
  static let leastDistinct = 10
  private static let mostLength = 4096

  private let bytes: [UInt8]

  /// A key of some bytes.
  ///
  /// - Returns: nil for bytes that somebody could guess: fewer than 32, or of fewer than ten kinds.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.leastLength, Set(bytes).count >= Self.leastDistinct else { return nil }
    self.bytes = bytes
  }

  /// Reads the key of a file: its text without the space around it. Throws a `Diagnostic` at `span`.
  static func read(_ path: String, at span: SourceSpan) throws -> PseudonymKey {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw Diagnostic(
        "the key cannot be read: \(path): \(reason(errno))", at: span,
        help: errno == ENOENT ? "make one, once: create key '\(path)';" : nil)
    }
    defer { close(descriptor) }
    var state = stat()
    guard fstat(descriptor, &state) == 0, state.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic("the key cannot be read: \(path) is no plain file", at: span)
    }
    guard state.st_mode & 0o077 == 0 else {
      throw Diagnostic(
        "others on this machine can read the key in \(path)", at: span,
        help: "make it yours alone: chmod 600 \(path)")
    }
    var bytes = [UInt8](repeating: 0, count: mostLength + 1)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0, count <= mostLength else {
      throw Diagnostic("the key cannot be read: \(path) is larger than a key", at: span)
    }
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let text = bytes[..<count].drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    guard let key = PseudonymKey(Array(text)) else {
      throw Diagnostic(
        "the key in \(path) could be guessed", at: span,
        notes: ["a key has at least \(leastLength) bytes, of at least \(leastDistinct) kinds"],
        help: "make a random one: create key 'new.key';")
    }
    return key
  }

  /// Makes a random key of 256 bits and stores it, as 64 hexadecimal digits and a line end, in a new file that only its owner
  /// can read. Throws a `Diagnostic` at `span`, also where there is a file already.
  public static func create(_ path: String, at span: SourceSpan) throws {
    // The system's generator, which is made for secrets.
    var generator = SystemRandomNumberGenerator()
    let random = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Diagnostic(
        "the key cannot be made: \(path): \(errno == EEXIST ? "there is such a file already" : reason(errno))",
        at: span,
        help: errno == EEXIST ? "use it: pseudonymise account_id with key '\(path)'" : nil)
    }
    let text = Array((hexadecimal(random) + "\n").utf8)
    let written = text.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    let failure = written == text.count && fsync(descriptor) == 0 ? 0 : errno
    close(descriptor)
    guard failure == 0, written == text.count else {
      unlink(path)
      throw Diagnostic("the key cannot be written: \(path): \(reason(failure))", at: span)
    }
  }

  /// HMAC-SHA-256 of a text (RFC 2104), as it is asked of many texts: what depends on the key alone is worked out once.
  struct Digest: Sendable {
    private static let blockLength = 64
    private let inner: SHA2_CTX
    private let outer: SHA2_CTX

    /// A digest under a key.
    init(_ key: PseudonymKey) { self.init(key: key.bytes) }

    /// A digest under a key of any length.
    init(key: [UInt8]) {
      var key = key.count > Self.blockLength ? Self.digest(SHA2_CTX.started, key) : key
      key += [UInt8](repeating: 0, count: Self.blockLength - key.count)
      inner = SHA2_CTX.started.fed(key.map { $0 ^ 0x36 })
      outer = SHA2_CTX.started.fed(key.map { $0 ^ 0x5C })
    }

    /// The 32 bytes of a text's code.
    func code(of bytes: [UInt8]) -> [UInt8] { Self.digest(outer, Self.digest(inner, bytes)) }

    /// The first bytes of a text's code in hexadecimal.
    func pseudonym(of bytes: [UInt8], byteCount: Int) -> String {
      hexadecimal(code(of: bytes).prefix(byteCount))
    }

    private static func digest(_ context: SHA2_CTX, _ bytes: [UInt8]) -> [UInt8] {
      var context = context.fed(bytes)
      var result = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
      SHA256Final(&result, &context)
      return result
    }
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "no such file"
    case EACCES: "not allowed"
    default: String(cString: strerror(code))
    }
  }
}

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

extension SHA2_CTX {
  /// A digest of nothing yet.
  fileprivate static var started: SHA2_CTX {
    var context = SHA2_CTX()
    SHA256Init(&context)
    return context
  }

  /// The digest with more bytes put in.
  fileprivate func fed(_ bytes: [UInt8]) -> SHA2_CTX {
    var context = self
    SHA256Update(&context, bytes, bytes.count)
    return context
  }
}
