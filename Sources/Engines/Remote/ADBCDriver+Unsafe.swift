import CADBC
import Glibc
import Language

/// A driver for one kind of database: a shared library that speaks ADBC 1.1, loaded when it is first needed and kept.
///
/// `@unchecked Sendable`: its table of functions is not changed after it was made, and ADBC allows them to be called from
/// any thread.
final class ADBCDriver: @unchecked Sendable {
  let functions: UnsafeMutablePointer<AdbcDriver>

  /// A driver of this process.
  init(functions: AdbcDriver) {
    self.functions = .allocate(capacity: 1)
    self.functions.initialize(to: functions)
  }

  /// Loads a library; throws a `Diagnostic` that says why it cannot be used.
  init(library path: String) throws {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw Diagnostic("the driver \(path) cannot be loaded: \(dlerror().map { String(cString: $0) } ?? "?")", at: nil)
    }
    guard let symbol = dlsym(handle, "AdbcDriverInit") else {
      throw Diagnostic("\(path) is no ADBC driver: it has no AdbcDriverInit", at: nil)
    }
    let start = unsafeBitCast(symbol, to: nb_adbc_init.self)
    functions = .allocate(capacity: 1)
    functions.initialize(to: AdbcDriver())
    var error = AdbcError()
    var status = start(Int32(NB_ADBC_VERSION_1_1), functions, &error)
    if status != 0 {
      // An older driver fills in the functions of 1.0 only; the others stay empty.
      error.release?(&error)
      error = AdbcError()
      functions.pointee = AdbcDriver()
      status = start(Int32(NB_ADBC_VERSION_1_0), functions, &error)
    }
    guard status == 0 else {
      throw Diagnostic("the driver \(path) did not start: \(ADBCFault(error, status).message)", at: nil)
    }
  }
}

/// What a driver says went wrong.
struct ADBCFault: Error {
  let message: String

  init(message: String) { self.message = message }

  /// Takes a fault over, and frees what the driver holds for it.
  init(_ error: AdbcError, _ status: UInt8) {
    var error = error
    let text = error.message.map { String(cString: $0) } ?? ADBCFault.names[Int(status)] ?? "fault \(status)"
    self.init(message: text.split(whereSeparator: \.isNewline).joined(separator: " "))
    error.release?(&error)
  }

  private static let names: [Int: String] = [
    1: "unknown fault", 2: "not implemented", 3: "not found", 4: "exists already", 5: "invalid argument",
    6: "invalid state", 7: "invalid data", 8: "a rule is broken", 9: "internal fault", 10: "the connection failed",
    11: "cancelled", 12: "it took too long", 13: "who are you?", 14: "not allowed",
  ]
}
