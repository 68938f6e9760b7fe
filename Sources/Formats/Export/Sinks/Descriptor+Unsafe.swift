import Glibc

/// Writes all bytes to a descriptor, however many pieces the system makes of them. An interruption by a signal is taken
/// up again; a descriptor that would block is waited for.
///
/// Throws `BrokenPipe`, or `SinkError.cannotWrite` with `name`. The process must ignore SIGPIPE, else a broken pipe ends it.
func writeAll(_ bytes: Span<UInt8>, to descriptor: Int32, name: String) throws {
  let failure: Int32? = bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return nil }
    var done = 0
    while done < buffer.count {
      let written = Glibc.write(descriptor, base + done, buffer.count - done)
      if written >= 0 {
        done += written
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&state, 1, -1)
      default: return errno
      }
    }
    return nil
  }
  if failure == EPIPE { throw BrokenPipe() }
  if let failure { throw SinkError.cannotWrite(path: name, code: failure) }
}
