import Testing

@testable import Formats

@Suite("Load options") struct LoadOptionsTests {
  @Test func anUnknownOptionNamesTheNearest() {
    #expect(throws: LoadError.unknownOption(name: "delimeter", nearest: ["delimiter"])) {
      try LoadOptions(parsing: [LoadOption(name: "delimeter", values: [";"])])
    }
  }
}
