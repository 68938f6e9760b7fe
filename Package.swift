// swift-tools-version: 6.0
import PackageDescription

// The tower: a target may depend only on those listed after it. Tests/TowerTests keeps it so.
let package = Package(
  name: "noticebook",
  targets: [
    .executableTarget(
      name: "noticebook",
      dependencies: ["Terminal", "Notebook", "Notices", "Engines", "Language", "Formats", "ColumnStore", "CSystem"]),
    .executableTarget(
      name: "noticebook-sqllogictest",
      dependencies: ["SQLLogicTest", "Notebook", "Language", "ColumnStore", "CSystem"]),
    .target(name: "SQLLogicTest", dependencies: ["Language", "ColumnStore", "CLibmd"]),
    .target(
      name: "Terminal",
      dependencies: ["CLibedit", "CUtf8proc", "CSystem"]),
    .target(
      name: "Notebook",
      dependencies: [
        "Charts", "Notices", "Engines", "Execution", "Planning", "Language", "Formats", "ColumnStore", "CSystem",
      ],
      resources: [.embedInCode("Tour/tour.nbk")]),
    .target(name: "Charts", dependencies: ["Formats", "ColumnStore"]),
    .target(
      name: "Notices", dependencies: ["Planning", "Language", "Formats", "ColumnStore", "CLibmd", "CGLPK"],
      resources: [.embedInCode("Adapters"), .embedInCode("Errata/advisories.csv")]),
    .target(name: "Engines", dependencies: ["Execution", "Planning", "Language", "Formats", "ColumnStore", "CADBC"]),
    .target(
      name: "Execution",
      dependencies: [
        "Planning", "Language", "Formats", "ColumnStore", "CScan", "CUtf8proc", "CLibmd", "CJSON", "CSystem",
      ]),
    .target(name: "Planning", dependencies: ["Language", "Formats", "ColumnStore", "CRegex"]),
    .target(name: "Language"),
    .target(
      name: "Formats",
      dependencies: ["ColumnStore", "CArchive", "CIsal", "CScan", "CUtf8proc", "CXXHash", "CSystem"]),
    .target(name: "ColumnStore", dependencies: ["CVector", "CSystem"]),
    .target(name: "CJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CRegex", linkerSettings: [.linkedLibrary("re2")]),
    .systemLibrary(name: "CLibedit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CIsal", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CUtf8proc", providers: [.apt(["libutf8proc-dev"])]),
    .systemLibrary(name: "CLibmd", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"])]),
    .systemLibrary(name: "CScan"),
    .systemLibrary(name: "CVector"),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CADBC"),
    .systemLibrary(name: "CSystem"),
    // For tests only: random numbers that are the same in every run.
    .target(name: "FixedRandom", path: "Tests/FixedRandom"),
    .testTarget(name: "TowerTests"),
    .testTarget(
      name: "ExecutionTests",
      dependencies: ["FixedRandom", "Execution", "Engines", "Notices", "Planning", "Language", "ColumnStore", "CScan"]),
    .testTarget(
      name: "EnginesTests", dependencies: ["Engines", "Execution", "Planning", "Language", "ColumnStore", "CADBC"]),
    .testTarget(name: "ColumnStoreTests", dependencies: ["FixedRandom", "ColumnStore", "CVector"]),
    .testTarget(name: "ChartsTests", dependencies: ["Charts", "Formats", "ColumnStore"]),
    .testTarget(name: "NoticesTests", dependencies: ["Notices", "Planning", "Language", "ColumnStore"]),
    .testTarget(name: "LanguageTests", dependencies: ["FixedRandom", "Language"]),
    .testTarget(name: "FormatsTests", dependencies: ["FixedRandom", "Formats", "ColumnStore"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
    .testTarget(
      name: "NotebookTests",
      dependencies: [
        "FixedRandom", "Notebook", "Notices", "Engines", "Execution", "Planning", "Language", "Formats", "ColumnStore",
      ]),
    .testTarget(
      name: "SQLLogicTestTests",
      dependencies: ["noticebook-sqllogictest", "SQLLogicTest", "Notebook", "Language", "ColumnStore"]),
    .testTarget(
      name: "DifferentialTests",
      dependencies: ["FixedRandom", "Notebook", "Planning", "Language", "ColumnStore", "CSQLite"]),
    .testTarget(name: "CommandLineTests", dependencies: ["noticebook"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
