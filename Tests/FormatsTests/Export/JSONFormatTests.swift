import ColumnStore
import Formats
import Testing

@Suite struct JSONFormatTests {
  @Test func writesOneObjectPerLineInAnArray() throws {
    let expected = """
      [
      {"b":true,"i":-1178,"d":0.1,"t":"a\\"b","day":"2021-02-10","at":"2021-02-10T00:00:00.5Z","l":["x","y"]},
      {"b":null,"i":null,"d":null,"t":null,"day":null,"at":null,"l":null}
      ]

      """
    #expect(try JSONFormat().text(everyType) == expected)
  }

  @Test func writesObjectsAloneInNDJSON() throws {
    let numbers = table(("n", .integer, [.integer(1), .null]))
    #expect(try NDJSONFormat().text(numbers) == "{\"n\":1}\n{\"n\":null}\n")
  }

  @Test func writesNoRowsAsAnEmptyArray() throws {
    #expect(try JSONFormat().text(table(("n", .integer, []))) == "[]\n")
    #expect(try NDJSONFormat().text(table(("n", .integer, []))) == "")
  }

  @Test func writesWhatIsNoNumberAsNull() throws {
    let doubles = table(("d", .double, [.double(.nan), .double(-.infinity), .double(1e21)]))
    #expect(try NDJSONFormat().text(doubles) == "{\"d\":null}\n{\"d\":null}\n{\"d\":1e+21}\n")
  }

  @Test func escapesControlCharactersQuotesAndBackslashes() throws {
    let texts = table(("a\"b", .text, [.text("\u{0}\u{1F}\n\r\t\"\\/\u{7F}é😀")]))
    #expect(
      try NDJSONFormat().text(texts)
        == #"{"a\"b":"\u0000\u001f\n\r\t\"\\/\u007fé😀"}"# + "\n")
  }

  @Test func repairsBytesThatAreNoUTF8() throws {
    let bytes: [UInt8] = [UInt8(ascii: "a"), 0xFF, UInt8(ascii: "b")]
    var builder = TextBuilder()
    bytes.withUnsafeBufferPointer { builder.append($0) }
    let (views, heap) = builder.finish()
    let column = Column(type: .text, data: .views(views, heap))
    #expect(try NDJSONFormat().text(Table([(name: "t", column: column)])) == "{\"t\":\"a\u{FFFD}b\"}\n")
  }

  @Test func makesRepeatedNamesDistinct() throws {
    let one: [Value] = [.integer(1)]
    let repeated = table(("n", .integer, one), ("n", .integer, one), ("n_2", .integer, one), ("n", .integer, one))
    #expect(try NDJSONFormat().text(repeated) == "{\"n\":1,\"n_3\":1,\"n_2\":1,\"n_4\":1}\n")
  }
}
