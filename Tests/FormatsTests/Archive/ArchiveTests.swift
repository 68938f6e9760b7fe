import ColumnStore
import Testing

@testable import Formats

/// Archives made by Python's gzip, bz2, lzma and zipfile modules and by the zstd program, each of
/// `id,name` with the rows `1,ann` and `2,bob`.
@Suite("Archives") struct ArchiveTests {
  private static let gzip = "H4sIAAAAAAACA8tM0clLzE3lMtRJzMvjMtJJyk/iAgBKW2nSFAAAAA=="
  private static let bzip2 = "QlpoOTFBWSZTWam/c0QAAAdZAAAQAAQwADYjoAAigeIyEDQNBNA0dBTjghHXgu5IpwoSFTfuaIA="
  private static let xz =
    "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQATaWQsbmFtZQoxLGFubgoyLGJvYgoAFe5+VjsNt7AAASwU+AptAx+2830BAAAAAARZWg=="
  private static let zstandard = "KLUv/SQUoQAAaWQsbmFtZQoxLGFubgoyLGJvYgqokfZh"
  /// a.csv, dir/, dir/b.tsv (3, cat), readme.md, __MACOSX/a.csv, and nested.zip with deep.csv (id 4, city Oslo).
  private static let zip =
    "UEsDBBQAAAAAAAAAIQBKW2nSFAAAABQAAAAFAAAAYS5jc3ZpZCxuYW1lCjEsYW5uCjIsYm9iClBLAwQUAAAAAAAAACEAAAAAAAAAAAAAAAAABAAAAGRpci9QSwMEFAAAAAAAAAAhAIF9/UkOAAAADgAAAAkAAABkaXIvYi50c3ZpZAluYW1lCjMJY2F0ClBLAwQUAAAAAAAAACEAgSwa6ggAAAAIAAAACQAAAHJlYWRtZS5tZG5vIHRhYmxlUEsDBBQAAAAAAAAAIQA5nPsGBAAAAAQAAAAOAAAAX19NQUNPU1gvYS5jc3ZqdW5rUEsDBBQAAAAAAAAAIQD+8PUGgQAAAIEAAAAKAAAAbmVzdGVkLnppcFBLAwQUAAAAAAAAACEAYtEL1Q8AAAAPAAAACAAAAGRlZXAuY3N2aWQsY2l0eQo0LE9zbG8KUEsBAhQDFAAAAAAAAAAhAGLRC9UPAAAADwAAAAgAAAAAAAAAAAAAAIABAAAAAGRlZXAuY3N2UEsFBgAAAAABAAEANgAAADUAAAAAAFBLAQIUAxQAAAAAAAAAIQBKW2nSFAAAABQAAAAFAAAAAAAAAAAAAACAAQAAAABhLmNzdlBLAQIUAxQAAAAAAAAAIQAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAACAATcAAABkaXIvUEsBAhQDFAAAAAAAAAAhAIF9/UkOAAAADgAAAAkAAAAAAAAAAAAAAIABWQAAAGRpci9iLnRzdlBLAQIUAxQAAAAAAAAAIQCBLBrqCAAAAAgAAAAJAAAAAAAAAAAAAACAAY4AAAByZWFkbWUubWRQSwECFAMUAAAAAAAAACEAOZz7BgQAAAAEAAAADgAAAAAAAAAAAAAAgAG9AAAAX19NQUNPU1gvYS5jc3ZQSwECFAMUAAAAAAAAACEA/vD1BoEAAACBAAAACgAAAAAAAAAAAAAAgAHtAAAAbmVzdGVkLnppcFBLBQYAAAAABgAGAEcBAACWAQAAAAA="

  @Test(arguments: [
    ("t.csv.gz", gzip), ("t.csv.bz2", bzip2), ("t.csv.xz", xz), ("t.csv.zst", zstandard), ("t.gz", gzip),
  ])
  func compressedFilesAreRead(name: String, base64: String) throws {
    let loaded = try load(bytes: try decoded(base64), name: name)
    #expect(loaded.values(0) == [.integer(1), .integer(2)])
    #expect(loaded.texts(1) == ["ann", "bob"])
    #expect(loaded.report.files[0].byteCount == 20)
  }

  @Test func membersOfAnArchiveAreFiles() throws {
    let folder = try Folder()
    let path = try folder.write("t.zip", try decoded(Self.zip))
    let loaded = try DelimitedSource.open(paths: [path]).load()
    #expect(loaded.report.files.map(\.path) == [path + "/a.csv", path + "/dir/b.tsv", path + "/nested.zip/deep.csv"])
    #expect(loaded.names == ["id", "name", "city"])
    #expect(loaded.values(0) == [.integer(1), .integer(2), .integer(3), .integer(4)])
    #expect(loaded.texts(1) == ["ann", "bob", "cat", nil])
    #expect(loaded.texts(2) == [nil, nil, nil, "Oslo"])
    var options = LoadOptions()
    options.files = ["*.tsv"]
    #expect(try DelimitedSource.open(paths: [path], options: options).load().texts(1) == ["cat"])
    options.files = ["*.none"]
    #expect(throws: LoadError.nothingToLoad(path: path)) { try DelimitedSource.open(paths: [path], options: options) }
  }

  @Test func aBombEndsInAnError() throws {
    // The twenty bytes are more than the ten that are allowed here.
    let folder = try Folder()
    let path = try folder.write("t.csv.gz", try decoded(Self.gzip))
    var tuning = SourceFile.Tuning()
    tuning.memoryLimit = 10
    let error = #expect(throws: LoadError.self) {
      try DelimitedSource.open(paths: [path], options: LoadOptions(), tuning: tuning)
    }
    guard case .tooLarge? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func damageIsAnError() throws {
    let folder = try Folder()
    let whole = try decoded(Self.gzip)
    for (name, content) in [
      ("cut.csv.gz", Array(whole.prefix(20))), ("cut.zip", Array(try decoded(Self.zip).prefix(60))),
      ("none.zip", Array("this is no archive at all".utf8)),
    ] {
      let path = try folder.write(name, content)
      let error = #expect(throws: LoadError.self) { try DelimitedSource.open(paths: [path]) }
      guard case .damagedArchive(let named, _)? = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
      #expect(named.hasPrefix(path))
    }
  }

  @Test func formatsAreToldByName() {
    #expect(FileFormat(path: "a/b.TSV")?.content == .tabs)
    #expect(FileFormat(path: "b.psv.zst") == FileFormat(path: "b.psv.gz"))
    #expect(FileFormat(path: "b.csv.gz")?.isCompressed == true)
    #expect(FileFormat(path: "b.json") == nil)
    #expect(FileFormat(path: "folder.csv/none") == nil)
  }
}
