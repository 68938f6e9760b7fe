import ColumnStore
import Glibc
import Testing

@testable import Formats

@Suite("Files that change") struct ChangingFilesTests {
  private func large(_ folder: Folder) throws -> String {
    var text = "id,t\n"
    for row in 0..<20_000 { text += "\(row),this is the text of row number \(row)\n" }
    return try folder.write("t.csv", text)
  }

  private var tuning: SourceFile.Tuning {
    var tuning = SourceFile.Tuning()
    tuning.mappingThreshold = 1
    return tuning
  }

  @Test func aFileThatIsCutBeforeTheLoadIsAnError() throws {
    let folder = try Folder()
    let path = try large(folder)
    let source = try DelimitedSource.open(paths: [path], options: LoadOptions(), tuning: tuning)
    try #require(truncate(path, 100) == 0)
    #expect(throws: LoadError.changed(path: path)) { try source.load() }
    #expect(source.mappedFiles.first?.wasDamaged == true)
    #expect(MappedFile.damagedPaths.contains(path))
  }

  @Test func aFileThatGrowsIsAnError() throws {
    let folder = try Folder()
    let path = try large(folder)
    let source = try DelimitedSource.open(paths: [path], options: LoadOptions(), tuning: tuning)
    let file = try #require(fopen(path, "a"))
    fputs("1,x\n", file)
    fclose(file)
    #expect(throws: LoadError.changed(path: path)) { try source.load() }
  }

  @Test func aTableOfACutFileSaysSo() throws {
    let folder = try Folder()
    let path = try large(folder)
    let source = try DelimitedSource.open(paths: [path], options: LoadOptions(), tuning: tuning)
    let loaded = try source.load(columns: [1])
    #expect(loaded.texts(0)[19_999] == "this is the text of row number 19999")
    let mapping = try #require(source.mappedFiles.first)
    #expect(!mapping.hasChanged)
    try #require(truncate(path, 0) == 0)
    // Reading what is gone gives zeros instead of a crash.
    #expect(loaded.table.columns[0].withText(19_999) { $0.allSatisfy { $0 == 0 } } == true)
    #expect(mapping.wasDamaged)
  }

  @Test func aPipeIsRead() throws {
    let folder = try Folder()
    let path = folder.path + "/pipe.csv"
    try #require(mkfifo(path, 0o600) == 0)
    let writer = Writer(path: path)
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(writer).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let writer = Unmanaged<Writer>.fromOpaque(argument).takeRetainedValue()
        guard let file = fopen(writer.path, "w") else { return nil }
        for row in 0..<50_000 { fputs(row == 0 ? "id,t\n" : "\(row),x\n", file) }
        fclose(file)
        return nil
      }, argument)
    let loaded = try DelimitedSource.open(paths: [path]).load()
    pthread_join(thread, nil)
    #expect(loaded.table.rowCount == 49_999)
    #expect(loaded.values(0).last == .integer(49_999))
  }

  private final class Writer: Sendable {
    let path: String
    init(path: String) { self.path = path }
  }
}
