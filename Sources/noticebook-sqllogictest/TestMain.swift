import CSystem
import Glibc
import SQLLogicTest

/// The program: runs test files and says how each went.
@main
struct TestMain {
  /// How a file went; the worst is the program's exit status.
  enum Outcome: Int32 {
    case passed = 0
    case failed = 1
    case unreadable = 2
  }

  static func main() {
    nb_keep_small_blocks()
    let options: TestOptions
    do {
      options = try TestOptions(Array(CommandLine.arguments.dropFirst()))
    } catch {
      Lines.error("noticebook-sqllogictest: \(error.message)\nnoticebook-sqllogictest --help lists the options")
      exit(2)
    }
    if options.wantsHelp {
      Lines.output(TestOptions.help)
      exit(0)
    }
    if options.jobs > 1, options.files.count > 1 { exit(FileProcesses(options).run()) }
    var worst: Int32 = 0
    for file in options.files { worst = max(worst, run(file, options).rawValue) }
    exit(worst)
  }

  /// Runs one file, and prints its failures and its summary.
  private static func run(_ file: String, _ options: TestOptions) -> Outcome {
    let bytes: [UInt8]
    let engine: SessionEngine
    do {
      bytes = try TestFileBytes.read(file)
      engine = try SessionEngine(
        isOptimising: options.isOptimising, timeout: options.timeout, engine: options.engine)
    } catch {
      Lines.error("noticebook-sqllogictest: \(file): \(error)")
      return .unreadable
    }
    var run = TestFileRun(
      on: engine, style: options.style, settings: options.settings, foreignNames: options.foreignNames)
    var left = options.shownFailures
    run.run(bytes, maxFailures: options.maxFailures) { failure in
      left -= 1
      if left >= 0 { Lines.output(failure.shown(in: file)) }
    }
    if left < 0 { Lines.output("\(file): \(-left) more \(left == -1 ? "failure" : "failures") not shown") }
    let counts = run.counts
    Lines.output("\(file): \(counts.passed) passed, \(counts.failed) failed, \(counts.skipped) skipped")
    return counts.failed == 0 ? .passed : .failed
  }
}
