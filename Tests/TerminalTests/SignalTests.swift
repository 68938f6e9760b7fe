import Glibc
import Testing

@testable import Terminal

/// One after the other: the flag, the handlers and the pager's clearing of the flag belong to the process.
@Suite("Signals and the pager", .serialized)
struct SignalTests {
  @Test("Ctrl-C sets the flag until it is cleared")
  func interruption() {
    Interruption.install()
    Interruption.clear()
    #expect(!Interruption.isRequested)
    kill(getpid(), SIGINT)
    #expect(waitUntil { Interruption.isRequested })
    Interruption.install()
    #expect(Interruption.isRequested)
    Interruption.clear()
    #expect(!Interruption.isRequested)
  }

  @Test("the signals of the terminal are told once each")
  func terminalSignals() {
    TerminalSignals.install()
    _ = TerminalSignals.takeResized()
    kill(getpid(), SIGWINCH)
    #expect(waitUntil { TerminalSignals.takeResized() })
    #expect(!TerminalSignals.takeResized())
    #expect(!TerminalSignals.isEnding)
  }

  @Test("a signal makes the waiting descriptor readable, on whatever thread it arrives")
  func wakeUp() {
    Interruption.install()
    Interruption.clear()
    var source = pollfd(fd: WakeUp.open(), events: Int16(POLLIN), revents: 0)
    #expect(poll(&source, 1, 0) == 0)
    kill(getpid(), SIGINT)
    #expect(waitUntil { poll(&source, 1, 100) == 1 })
    Interruption.clear()
    #expect(poll(&source, 1, 0) == 0)
  }

  @Test("writing to a reader that has gone is an error, not the end")
  func brokenPipe() {
    Interruption.install()
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    close(ends[0])
    #expect(!Descriptor.writeAll("x", to: ends[1]))
    #expect(errno == EPIPE)
    close(ends[1])
  }

  @Test("the pager is given all of the text")
  func pager() {
    let folder = TemporaryFolder()
    let text = (0..<50_000).map { "line \($0)\n" }.joined()
    #expect(Pager.run("cat > '\(folder.path)/out'", input: text))
    #expect(folder.read("out") == text)
  }

  @Test("a pager that leaves early, or fails, has been run; one that is not there has not")
  func pagerEnds() {
    let text = String(repeating: "x", count: 1_000_000)
    #expect(Pager.run("true", input: text))
    #expect(Pager.run("exit 3", input: text))
    #expect(!Pager.run("/nonexistent/pager 2>/dev/null", input: text))
  }

  @Test("the command comes from the environment")
  func pagerCommand() {
    #expect(Pager.command(environment: [:]) == "less -RSFX")
    #expect(Pager.command(environment: ["PAGER": "more"]) == "more")
    #expect(Pager.command(environment: ["PAGER": "more", "NOTICEBOOK_PAGER": "less"]) == "less")
    #expect(Pager.command(environment: ["PAGER": "more", "NOTICEBOOK_PAGER": " "]) == nil)
    #expect(Pager.command(environment: ["PAGER": "cat"]) == nil)
  }

  /// A signal to the own process may be delivered to another thread, so a moment later.
  private func waitUntil(_ condition: () -> Bool) -> Bool {
    for _ in 0..<1000 {
      if condition() { return true }
      usleep(1000)
    }
    return false
  }
}
