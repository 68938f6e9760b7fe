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
    #expect(Pager.run("cat > '\(folder.path)/out'") { Descriptor.writeAll(text, to: $0) })
    #expect(folder.read("out") == text)
  }

  @Test("a pager that leaves early, or fails, has been run; one that is not there has not")
  func pagerEnds() {
    let text = String(repeating: "x", count: 1_000_000)
    #expect(Pager.run("true") { Descriptor.writeAll(text, to: $0) })
    #expect(Pager.run("exit 3") { Descriptor.writeAll(text, to: $0) })
    #expect(!Pager.run("/nonexistent/pager 2>/dev/null") { Descriptor.writeAll(text, to: $0) })
  }

  @Test("the command comes from the environment")
  func pagerCommand() {
    #expect(Pager.command(environment: [:]) == "less -RSFX")
    #expect(Pager.command(environment: ["PAGER": "more"]) == "more")
    #expect(Pager.command(environment: ["PAGER": "more", "NOTICEBOOK_PAGER": "less"]) == "less")
    #expect(Pager.command(environment: ["PAGER": "more", "NOTICEBOOK_PAGER": " "]) == nil)
    #expect(Pager.command(environment: ["PAGER": "cat"]) == nil)
    #expect(Pager.command("most", environment: ["PAGER": "cat"]) == "most")
  }

  @Test("less is told from other pagers, and its version read")
  func lessVersions() {
    #expect(Pager.isLess("less -RSFX") && Pager.isLess("/usr/bin/less") && Pager.isLess("less --chop-long-lines -R"))
    #expect(!Pager.isLess("more") && !Pager.isLess("less -R | cat") && !Pager.isLess("lesspipe") && !Pager.isLess(""))
    #expect(Pager.version(in: "less 590 (GNU regular expressions)\n") == 590)
    #expect(Pager.version(in: "less 643.1 (PCRE2 regular expressions)") == 643)
    #expect(Pager.version(in: "BusyBox v1.36") == nil && Pager.version(in: "less") == nil)
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
