import Glibc

/// What the system says of memory.
enum SystemMemory {
  /// What is allowed unless somebody says otherwise: 80 % of `available`.
  static var usualLimit: Int { share(0.8) }

  /// A share of `available`, in bytes.
  static func share(_ share: Double) -> Int { Int(Double(available) * share) }

  /// The machine's memory, or what the process's control group may have of it where that is less, in bytes.
  static let available: Int = {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let machine = pages > 0 ? pages * pageSize : 1 << 32
    return groupLimits.reduce(machine, min)
  }()

  static let pageSize = max(4096, sysconf(Int32(_SC_PAGESIZE)))

  /// Milliseconds of a clock that costs almost nothing to look at and ticks some hundred times a second.
  static var milliseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// The bytes of memory that the process has for itself: what is resident, without what is a file's. 0 where the system
  /// does not say.
  @Sendable
  static func ownBytes() -> Int {
    guard statistics >= 0 else { return 0 }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { text in
      let count = pread(statistics, text.baseAddress, text.count, 0)
      guard count > 0 else { return 0 }
      let fields = text[..<count].split(separator: UInt8(ascii: " "), maxSplits: 3)
      guard fields.count > 2 else { return 0 }
      let pages = fields[1...2].map { $0.reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) } }
      return max(0, pages[0] - pages[1]) * pageSize
    }
  }

  /// Open for the life of the process: opening it costs more than reading it.
  private static let statistics = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)

  /// The bytes of memory that lie free in pieces of at least 2 MB; nil where the system does not say.
  static var bytesInHugePages: Int? {
    guard let zones = text("/proc/buddyinfo") else { return nil }
    var total = 0
    for zone in zones.split(separator: "\n") {
      // `Node 0, zone Normal`, and how many pieces there are of 1, 2, 4 ... pages.
      for (order, count) in zone.split(separator: " ").dropFirst(4).enumerated() where pageSize << order >= 2 << 20 {
        total += (Int(count) ?? 0) * (pageSize << order)
      }
    }
    return total
  }

  /// The limits of control groups: of both versions, of the group itself and of the root that a container sees.
  private static var groupLimits: [Int] {
    var paths = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
    for line in (text("/proc/self/cgroup") ?? "").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      if parts[1].isEmpty { paths.append("/sys/fs/cgroup\(parts[2])/memory.max") }
      if parts[1] == "memory" { paths.append("/sys/fs/cgroup/memory\(parts[2])/memory.limit_in_bytes") }
    }
    return paths.compactMap { path in
      text(path).flatMap { Int($0.filter { $0.isASCII && $0.isNumber }) }.flatMap { $0 > 0 ? $0 : nil }
    }
  }

  private static func text(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16_384) { bytes in
      let count = read(descriptor, bytes.baseAddress, bytes.count)
      return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
  }
}
