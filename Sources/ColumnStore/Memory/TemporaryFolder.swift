import CSystem
import Glibc

/// The folder that temporary files are made in.
public enum TemporaryFolder {
  /// What is taken unless somebody says otherwise: $TMPDIR, or /var/tmp, since /tmp is in memory on many systems. Nil
  /// where neither will do.
  static var usual: String? {
    let named = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return [named, "/var/tmp"].first { !$0.isEmpty && isUsable($0) }
  }

  /// Whether a folder exists, is on a disk, and can be written to.
  public static func isUsable(_ path: String) -> Bool {
    if nb_is_in_memory(path) != 0 { return false }
    let descriptor = nb_temporary_file(path)
    if descriptor >= 0 { close(descriptor) }
    return descriptor >= 0
  }

  /// The bytes that temporary files may still take of a folder: a twentieth of its file system stays free.
  @Sendable
  static func freeSpace(_ path: String) -> Int {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return 0 }
    let block = Int(status.f_frsize)
    return (Int(status.f_bavail) - Int(status.f_blocks) / 20) * block
  }
}
