import Glibc

/// Why bytes could not be written. `description` is what a person reads.
public enum SinkError: Error, Hashable, CustomStringConvertible {
  /// The path names a folder.
  case isFolder(path: String)
  /// The folder that the file should lie in is not there.
  case noFolder(path: String, folder: String)
  /// The file cannot be made; `code` is the system's error number.
  case cannotCreate(path: String, code: Int32)
  /// Writing stopped in the middle; `code` is the system's error number.
  case cannotWrite(path: String, code: Int32)

  /// What is wrong, with the path.
  public var description: String {
    switch self {
    case .isFolder(let path): "cannot write '\(path)': it is a folder"
    case .noFolder(let path, let folder): "cannot write '\(path)': there is no folder '\(folder)'"
    case .cannotCreate(let path, let code): "cannot create '\(path)': \(SinkError.reason(code))"
    case .cannotWrite(let path, let code): "cannot write to '\(path)': \(SinkError.reason(code))"
    }
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOSPC: "no space is left on the device"
    case EDQUOT: "the disk quota is used up"
    case EFBIG: "the file would grow beyond the limit for its size"
    case EACCES, EPERM: "permission denied"
    case EROFS: "the file system is read-only"
    case EIO: "the device reports an input/output error"
    case ENAMETOOLONG: "the name is too long"
    case EMFILE, ENFILE: "too many files are open"
    default: String(cString: strerror(code))
    }
  }
}
