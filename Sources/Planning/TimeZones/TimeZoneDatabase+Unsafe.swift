import Glibc
import Synchronization

/// The time zones of the system: the compiled files of the tz database.
///
/// Only names that the database's own list has are opened, so that no name leads out of its folder.
enum TimeZoneDatabase {
  private static let folder = "/usr/share/zoneinfo/"
  private static let byteLimit = 1 << 20

  /// All names, by their spelling in lower case; read when first needed.
  private static let namesByLowercase: [String: String] = {
    guard let list = bytes(of: folder + "tzdata.zi") else { return [:] }
    var names: [String: String] = [:]
    for line in String(decoding: list, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      let name: Substring?
      switch words.first {
      case "Z": name = words.count > 1 ? words[1] : nil
      case "L": name = words.count > 2 ? words[2] : nil
      default: name = nil
      }
      if let name { names[name.lowercased()] = String(name) }
    }
    return names
  }()

  private static let known = Mutex<[String: TimeZoneRules]>([:])

  /// All names.
  static var names: [String] { Array(namesByLowercase.values) }

  /// The rules of a zone, whatever the case of its name; nil where there is none.
  static func rules(_ name: String) -> TimeZoneRules? {
    guard let name = namesByLowercase[name.lowercased()] else { return nil }
    if let rules = known.withLock({ $0[name] }) { return rules }
    guard let file = bytes(of: folder + name), let rules = TimeZoneRules(name: name, file: file) else { return nil }
    known.withLock { $0[name] = rules }
    return rules
  }

  private static func bytes(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while result.count <= byteLimit {
      let count = read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return result }
      result.append(contentsOf: block[..<count])
    }
    return nil
  }
}
