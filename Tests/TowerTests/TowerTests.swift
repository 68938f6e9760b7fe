import Foundation
import Testing

/// The rules of the house that a compiler does not keep: who may import whom, where pointers live, how long a file is.
@Suite struct TowerTests {
  /// The targets from the top down. Each may use those that come later; system libraries are below all of them.
  private static let layers = [
    "noticebook", "noticebook-sqllogictest", "SQLLogicTest", "Terminal", "Notebook", "Charts", "Notices", "Engines",
    "Execution", "Planning", "Language", "Formats",
    "ColumnStore",
  ]

  /// What comes with the toolchain and may be used everywhere. Not Foundation itself: with its tables for all languages
  /// it would double the binary and the time to start.
  private static let toolchainModules: Set = ["Glibc", "Dispatch", "Synchronization", "FoundationEssentials"]

  /// Where pointers are used outside of `*+Unsafe.swift` and `*Kernel*.swift`: a file or a folder, and why.
  private static let pointerExceptions = [
    "Sources/ColumnStore/Column.swift":
      "lends the bytes of a text to a closure; the dictionary's and heap's checks hold",
    "Sources/ColumnStore/TextDictionary.swift": "lends the bytes of an entry after it checked the code",
    "Sources/ColumnStore/Value.swift": "formats digits in a temporary allocation that does not leave its closure",
    "Sources/Terminal/": "libedit, termios and signals are C and speak in pointers; none of them holds data of a table",
  ]

  /// The most lines that a file may have before it has to be split by idea.
  private static let lineLimit = 500

  private let manifest: Manifest

  init() throws {
    let path = projectFolder.appendingPathComponent("Package.swift")
    manifest = Manifest(try String(contentsOf: path, encoding: .utf8))
  }

  private func layer(_ target: String) -> Int? { TowerTests.layers.firstIndex(of: target) }

  @Test func readsTheManifest() {
    let sample = Manifest(
      """
      // .target(name: "Comment")
      .executableTarget(name: "a", dependencies: ["b", "C"]), .target(
        name: "b", dependencies: [
          "C",
        ]),
      .systemLibrary(name: "C", pkgConfig: "c", providers: [.apt(["c-dev"])]),
      .target(name: "help", path: "Tests/help"), .testTarget(name: "aTests", dependencies: ["help", "a"]),
      """)
    #expect(sample.targets.map(\.name) == ["a", "b", "C", "help", "aTests"])
    #expect(sample.targets.map(\.dependencies) == [["b", "C"], ["C"], [], [], ["help", "a"]])
    #expect(sample.sources.map(\.kind) == ["executableTarget", "target", "systemLibrary"])
  }

  @Test func readsImportLines() {
    let lines: [Substring] = [
      "import A", "  @testable import B  // why", "public import struct C.D", "@preconcurrency import func E.f",
      "// import F", "let important = 1", "important(G)",
    ]
    #expect(SourceFile(path: "Sources/X/y.swift", lines: lines).imports == ["A", "B", "C", "E"])
  }

  @Test func everyTargetHasAPlaceInTheTower() {
    for target in manifest.sources where target.kind != "systemLibrary" {
      let isShim = target.name.hasPrefix("C") && target.name != "ColumnStore"
      #expect(layer(target.name) != nil || isShim, "\(target.name) is not in TowerTests.layers")
    }
  }

  @Test func noDependencyGoesUp() throws {
    for target in manifest.sources {
      for dependency in target.dependencies {
        #expect(manifest.sources.contains { $0.name == dependency }, "\(target.name) depends on unknown \(dependency)")
        // What is in no layer is a system library or a shim over one, below all layers.
        guard let upper = layer(dependency) else { continue }
        let lower = try #require(layer(target.name), "the shim \(target.name) depends on \(dependency)")
        #expect(lower < upper, "\(target.name) may not depend on \(dependency), which stands above it")
      }
    }
  }

  @Test func everyImportIsDeclared() throws {
    for file in try swiftFiles(below: "Sources") {
      let target = try #require(manifest.sources.first { $0.name == file.target }, "\(file) belongs to no target")
      for module in file.imports where !TowerTests.toolchainModules.contains(module) {
        #expect(
          target.dependencies.contains(module), "\(file) imports \(module), which \(target.name) does not declare")
      }
    }
  }

  @Test func pointersLiveInFilesNamedForThem() throws {
    for file in try swiftFiles(below: "Sources") {
      if file.name.hasSuffix("+Unsafe.swift") || file.name.contains("Kernel") { continue }
      if TowerTests.pointerExceptions.keys.contains(where: { isCovered(file, by: $0) }) { continue }
      for (index, line) in file.lines.enumerated() where mentionsPointers(line) {
        Issue.record("\(file):\(index + 1) uses unsafe code, which goes to a file named *+Unsafe or *Kernel*")
      }
    }
  }

  @Test func noExceptionOutlivesItsReason() throws {
    let files = try swiftFiles(below: "Sources")
    for exception in TowerTests.pointerExceptions.keys {
      let covered = files.filter { isCovered($0, by: exception) }
      #expect(
        covered.contains { $0.lines.contains(where: mentionsPointers) },
        "\(exception) needs no exception any more: take it from the list")
    }
  }

  @Test func noFileIsTooLong() throws {
    for file in try swiftFiles(below: "Sources") + swiftFiles(below: "Tests") {
      #expect(file.lines.count < TowerTests.lineLimit, "\(file) has \(file.lines.count) lines; split it by idea")
    }
  }

  private func isCovered(_ file: SourceFile, by exception: String) -> Bool {
    exception.hasSuffix("/") ? file.path.hasPrefix(exception) : file.path == exception
  }

  private func mentionsPointers(_ line: Substring) -> Bool {
    codeWithoutComment(line).contains(/[Uu]nsafe/)
  }
}
