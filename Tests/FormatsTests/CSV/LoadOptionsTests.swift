import ColumnStore
import Testing

@testable import Formats

@Suite("Load options") struct LoadOptionsTests {
  @Test func anUnknownOptionNamesTheNearest() {
    let error = LoadError.unknownOption(name: "delimeter", nearest: ["delimiter"])
    #expect(throws: error) { try LoadOptions(parsing: [LoadOption(name: "delimeter", values: [";"])]) }
    #expect(error.description == "there is no load option 'delimeter'; did you mean delimiter?")
  }

  @Test func anOptionLikeNoneListsAll() throws {
    let error = #expect(throws: LoadError.self) { try LoadOptions(parsing: [LoadOption(name: "zzzzzz")]) }
    #expect(error?.help?.hasPrefix("options are delimiter, quote") == true)
  }

  @Test func everyOptionIsTaken() throws {
    let options = try LoadOptions(parsing: [
      LoadOption(name: "delimiter", values: [";"]), LoadOption(name: "quote", values: ["'"]),
      LoadOption(name: "escape", values: ["backslash"]), LoadOption(name: "header", values: ["off"]),
      LoadOption(name: "skip", values: ["3"]), LoadOption(name: "encoding", values: ["windows-1252"]),
      LoadOption(name: "decimal", values: [","]), LoadOption(name: "null", values: ["-", "x"]),
      LoadOption(name: "types", pairs: [("id", "text"), ("Day", "date")]), LoadOption(name: "files", values: ["*.csv"]),
    ])
    #expect(options.delimiter == UInt8(ascii: ";"))
    #expect(options.quote == .character(UInt8(ascii: "'")))
    #expect(options.escape == .backslash)
    #expect(options.header == false)
    #expect(options.skipLines == 3)
    #expect(options.encoding == "windows-1252")
    #expect(options.decimal == UInt8(ascii: ","))
    #expect(options.nulls == ["-", "x"])
    #expect(options.types == ["id": .text, "Day": .date])
    #expect(options.files == ["*.csv"])
    #expect(!options.allText)
    #expect(try LoadOptions(parsing: [LoadOption(name: "types", pairs: [("*", "text")])]).allText)
    #expect(try LoadOptions(parsing: [LoadOption(name: "all", values: ["text"])]).allText)
    #expect(try LoadOptions(parsing: [LoadOption(name: "delimiter", values: ["tab"])]).delimiter == 9)
    #expect(
      try LoadOptions(parsing: [LoadOption(name: "quote", values: ["none"])]).quote == LoadOptions.QuoteChoice.none)
  }

  @Test(arguments: [
    LoadOption(name: "delimiter", values: ["ab"]), LoadOption(name: "delimiter", values: ["\n"]),
    LoadOption(name: "delimiter"), LoadOption(name: "header", values: ["perhaps"]),
    LoadOption(name: "skip", values: ["-1"]), LoadOption(name: "decimal", values: ["x"]),
    LoadOption(name: "null"), LoadOption(name: "types", values: ["text"]),
    LoadOption(name: "types", pairs: [("id", "colour")]), LoadOption(name: "types", pairs: [("*", "date")]),
    LoadOption(name: "all", values: ["date"]), LoadOption(name: "escape", values: ["?"]),
  ])
  func aWrongValueSaysWhatIsTaken(option: LoadOption) {
    let error = #expect(throws: LoadError.self) { try LoadOptions(parsing: [option]) }
    guard case .wrongOptionValue? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.help?.hasPrefix("it takes ") == true)
  }

  @Test func anUnknownEncodingNamesTheNearest() {
    #expect(
      throws: LoadError.unknownEncoding(
        name: "windows1252x", nearest: ["windows-1252", "windows-1250", "windows-1251"])
    ) {
      try LoadOptions(parsing: [LoadOption(name: "encoding", values: ["windows1252x"])])
    }
  }

  @Test func aTypeForAColumnThatIsNotThereNamesTheNearest() {
    #expect(throws: LoadError.unknownColumn(name: "cuontry", option: "types", nearest: ["country"])) {
      try load("country,n\nIN,1\n") { $0.types = ["cuontry": .text] }
    }
  }
}
