import Formats
import Glibc

/// Makes a PNG picture of an SVG document by librsvg's program `rsvg-convert`, which is run only when it is asked for.
enum PictureConversion {
  /// Why there is no picture.
  enum Failure: Error {
    /// The program is not there.
    case missing
    /// It could not be started, or has failed.
    case failed(reason: String)
  }

  /// The package of Debian that holds the program.
  static let package = "librsvg2-bin"

  /// The bytes of the picture.
  ///
  /// - Parameter zoom: how many pixels of the picture a pixel of the document is long.
  static func png(of document: String, zoom: Int) throws -> [UInt8] {
    let bytes = try run(["rsvg-convert", "--format", "png", "--zoom", String(zoom)], Array(document.utf8))
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else {
      throw Failure.failed(reason: "rsvg-convert made something else")
    }
    return bytes
  }

  /// What a program makes of its input, which it reads to its end before it writes.
  static func run(_ words: [String], _ input: [UInt8]) throws -> [UInt8] {
    var pipes: [[Int32]] = []
    defer { for end in pipes.joined() where end >= 0 { close(end) } }
    for _ in 0..<2 {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { throw Failure.failed(reason: String(cString: strerror(errno))) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      pipes.append(ends)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipes[0][0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, pipes[1][1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { (word: String) in strdup(word) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let code = posix_spawnp(&process, words[0], &actions, nil, &arguments, environ)
    if code == ENOENT { throw Failure.missing }
    guard code == 0 else { throw Failure.failed(reason: String(cString: strerror(code))) }
    close(pipes[0][0])
    close(pipes[1][1])
    (pipes[0][0], pipes[1][1]) = (-1, -1)
    // It reads all of the document before it writes, so that neither side waits for the other.
    let sink = FileSink(descriptor: pipes[0][1], name: words[0])
    let isWritten = (try? sink.write(input)) != nil && (try? sink.flush()) != nil
    close(pipes[0][1])
    pipes[0][1] = -1
    let bytes = readAll(pipes[1][0])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard isWritten, status == 0, !bytes.isEmpty else {
      throw Failure.failed(reason: "\(words[0]) ended with status \(status >> 8 & 0xFF)")
    }
    return bytes
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}
