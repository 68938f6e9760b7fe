import Glibc
import Synchronization
import Testing

@testable import Terminal

@Suite("The words of a progress line")
struct ProgressTextTests {
  @Test("done, total, share, rate and time left")
  func whole() {
    #expect(
      ProgressText.line(
        label: "reading actions.csv", done: 1_200_000_000, total: 2_100_000_000, unit: .bytes, seconds: 2, width: 100)
        == "reading actions.csv  1.2 of 2.1 GB  57%  600 MB/s  2s left")
    #expect(
      ProgressText.line(label: "sorting", done: 1_000, total: 41_203, unit: .rows, seconds: 0.5, width: 100)
        == "sorting  1,000 of 41,203 rows  2%  2,000 rows/s  21s left")
  }

  @Test("without a total there is no share and no end")
  func noTotal() {
    #expect(
      ProgressText.line(label: "x", done: 5_000_000, total: 0, unit: .bytes, seconds: 1, width: 100)
        == "x  5.0 MB  5.0 MB/s")
    #expect(ProgressText.line(label: "x", done: 0, total: 0, unit: .rows, seconds: 0, width: 100) == "x  0s")
  }

  @Test("more done than there was to do is shown as all")
  func beyond() {
    #expect(
      ProgressText.line(label: "x", done: 30, total: 20, unit: .rows, seconds: 1, width: 100)
        == "x  20 of 20 rows  100%  30 rows/s")
  }

  @Test("a narrow window cuts it, and a label cannot move the cursor")
  func narrow() {
    #expect(ProgressText.line(label: "abcdef", done: 0, total: 0, unit: .rows, seconds: 0, width: 5) == "abcd…")
    #expect(
      ProgressText.line(label: "a\nb", done: 0, total: 0, unit: .rows, seconds: 0, width: 50) == "a\\nb  0s")
  }

  @Test(
    "bytes are counted in powers of 1000",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (99_900, "99.9 kB"), (99_960, "100 kB"), (999_600, "1.0 MB"),
      (2_060_000_000, "2.1 GB"), (Int.max, "9223 PB"),
    ])
  func bytes(count: Int, text: String) {
    #expect(ProgressText.amount(count, .bytes) == text)
  }

  @Test(
    "time is rounded up", arguments: [(0.0, "0s"), (0.2, "1s"), (59.9, "1m 00s"), (65, "1m 05s"), (7_380, "2h 03m")])
  func duration(seconds: Double, text: String) {
    #expect(ProgressText.duration(seconds) == text)
  }
}

@Suite("The progress line")
struct ProgressLineTests {
  /// A line whose clock the test moves, writing into a pipe.
  private final class Stage: Sendable {
    let now = Atomic<Int>(0)
    let ends: [Int32]

    init() {
      var ends: [Int32] = [-1, -1]
      pipe(&ends)
      _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
      self.ends = ends
    }

    deinit { ends.forEach { close($0) } }

    func line(isEnabled: Bool = true) -> ProgressLine {
      ProgressLine(
        unit: .rows, output: ends[1], isEnabled: isEnabled, width: { 80 },
        clock: { [self] in now.load(ordering: .relaxed) })
    }

    func go(to milliseconds: Int) { now.store(milliseconds * 1_000_000, ordering: .relaxed) }

    func written() -> String {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(ends[0], &buffer, buffer.count)
      return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
  }

  @Test("it appears after half a second, at most ten times a second, and is erased")
  func times() {
    let stage = Stage()
    let line = stage.line()
    stage.go(to: 499)
    line.update({ "work" }, done: 10, of: 100)
    #expect(stage.written() == "")
    stage.go(to: 500)
    line.update({ "work" }, done: 20, of: 100)
    #expect(stage.written() == "\rwork  20 of 100 rows  20%  40 rows/s  2s left\u{1B}[K")
    stage.go(to: 599)
    line.update({ "work" }, done: 30, of: 100)
    #expect(stage.written() == "")
    stage.go(to: 1000)
    line.update({ "work" }, done: 50, of: 100)
    #expect(stage.written() == "\rwork  50 of 100 rows  50%  50 rows/s  1s left\u{1B}[K")
    line.finish()
    #expect(stage.written() == "\r\u{1B}[K")
    stage.go(to: 2000)
    line.update({ "work" }, done: 60, of: 100)
    line.finish()
    #expect(stage.written() == "")
  }

  @Test("where less is done than before, rate and time left begin anew")
  func stages() {
    let stage = Stage()
    let line = stage.line()
    stage.go(to: 1000)
    line.update({ "first" }, done: 100, of: 100)
    #expect(stage.written() == "\rfirst  100 of 100 rows  100%  100 rows/s\u{1B}[K")
    stage.go(to: 2000)
    line.update({ "second" }, done: 10, of: 40)
    #expect(stage.written() == "\rsecond  10 of 40 rows  25%\u{1B}[K")
    stage.go(to: 3000)
    line.update({ "second" }, done: 20, of: 40)
    #expect(stage.written() == "\rsecond  20 of 40 rows  50%  10 rows/s  2s left\u{1B}[K")
    stage.go(to: 9000)
    line.update({ "sorting" }, done: 0, of: 0)
    #expect(stage.written() == "\rsorting  0s\u{1B}[K")
    stage.go(to: 12_000)
    line.update({ "sorting" }, done: 0, of: 0)
    #expect(stage.written() == "\rsorting  3s\u{1B}[K")
  }

  @Test("quick work and work without a terminal write nothing")
  func silent() {
    let stage = Stage()
    let quick = stage.line()
    quick.update({ "work" }, done: 100, of: 100)
    quick.finish()
    let off = stage.line(isEnabled: false)
    stage.go(to: 5000)
    off.update({ "work" }, done: 1, of: 100)
    off.finish()
    #expect(stage.written() == "")
  }

  @Test("of reports from many threads one is drawn")
  func threads() async {
    let stage = Stage()
    let line = stage.line()
    stage.go(to: 500)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { for _ in 0..<10 { line.update({ "work" }, done: 80, of: 100) } } }
    }
    #expect(stage.written() == "\rwork  80 of 100 rows  80%  160 rows/s  1s left\u{1B}[K")
  }
}
