import ColumnStore
import Language
import Testing

@testable import Engines

/// What a broken driver gives is an error that says what is wrong, and is never read.
@Suite("Broken Arrow arrays") struct BrokenArrayTests {
  private func problem(_ made: HandMadeArray, rows: Range<Int>? = nil) -> String? {
    do {
      _ = try made.values(rows ?? 0..<max(0, Int(clamping: made.array.length)))
      return nil
    } catch {
      return (error as? Diagnostic)?.message ?? "\(error)"
    }
  }

  private let text = Array("abcdef".utf8)

  @Test func lengthsThatDoNotFit() throws {
    var negative = HandMadeArray("l", length: -1, buffers: [nil, bytes([Int64(1)])])
    #expect(problem(negative)?.contains("its length is -1") == true)
    negative.array.length = 1
    negative.array.offset = -4
    #expect(problem(negative)?.contains("its offset -4") == true)
    negative.array.offset = .max
    #expect(problem(negative) != nil)
    let short = HandMadeArray("l", length: 1, buffers: [nil, bytes([Int64(1)])])
    #expect(problem(short, rows: 0..<2)?.contains("it has 1 rows, and 2 are needed") == true)
  }

  @Test func buffersThatAreMissing() {
    #expect(problem(HandMadeArray("l", length: 1, buffers: [nil, nil]))?.contains("it has no values") == true)
    #expect(problem(HandMadeArray("l", length: 1, buffers: [nil]))?.contains("2 are needed") == true)
    #expect(problem(HandMadeArray("u", length: 1, buffers: [nil, bytes([Int32(0), 1])]))?.contains("3 are") == true)
    #expect(
      problem(HandMadeArray("u", length: 1, buffers: [nil, bytes([Int32(0), 1]), nil]))?.contains("no bytes") == true)
    #expect(
      problem(HandMadeArray("l", length: 1, nulls: 1, buffers: [nil, bytes([Int64(1)])]))?.contains("missing") == true)
    // Texts without a byte need no bytes.
    #expect(problem(HandMadeArray("u", length: 1, buffers: [nil, bytes([Int32(0), 0]), nil])) == nil)
    // Whether values are missing is not always counted.
    #expect(problem(HandMadeArray("l", length: 1, nulls: -1, buffers: [nil, bytes([Int64(1)])])) == nil)
  }

  @Test func offsetsThatGoDown() {
    #expect(
      problem(HandMadeArray("u", length: 2, buffers: [nil, bytes([Int32(0), 5, 3]), text]))?.contains(
        "goes down from 5 to 3") == true)
    #expect(
      problem(HandMadeArray("U", length: 1, buffers: [nil, bytes([Int64(-8), 3]), text]))?.contains("is -8") == true)
    #expect(
      problem(HandMadeArray("U", length: 1, buffers: [nil, bytes([Int64(0), 1 << 40]), text]))?.contains("a value of")
        == true)
    var list = HandMadeArray("+l", length: 1, buffers: [nil, bytes([Int32(0), 9])])
    list.add([HandMadeArray("l", length: 2, buffers: [nil, bytes([Int64(1), 2])])])
    #expect(problem(list)?.contains("it has 2 rows, and 9 are needed") == true)
  }

  @Test func viewsOutsideOfTheirBuffers() {
    func view(_ length: Int32, _ block: Int32, _ offset: Int32) -> HandMadeArray {
      HandMadeArray(
        "vu", length: 1,
        buffers: [nil, bytes([length]) + text[..<4] + bytes([block, offset]), text + text + text, bytes([Int64(18)])])
    }
    #expect(problem(view(18, 0, 0)) == nil)
    #expect(problem(view(18, 0, 1))?.contains("outside of its buffer") == true)
    #expect(problem(view(13, 1, 0))?.contains("outside of its buffer") == true)
    #expect(problem(view(13, -1, 0))?.contains("outside of its buffer") == true)
    #expect(problem(view(13, 0, -1))?.contains("outside of its buffer") == true)
    #expect(problem(view(-5, 0, 0))?.contains("a text of -5 bytes") == true)
  }

  @Test func codesThatAreNotInTheDictionary() {
    for code in [Int8(-1), 2] {
      var made = HandMadeArray("c", length: 1, buffers: [nil, bytes([code])])
      made.encode(HandMadeArray("u", length: 2, buffers: [nil, bytes([Int32(0), 1, 2]), text]))
      #expect(problem(made)?.contains("not in the dictionary of 2 values") == true)
    }
    // What stands where nothing is does not matter, even where there are no entries.
    var missing = HandMadeArray("c", length: 1, nulls: 1, buffers: [[0], bytes([Int8(9)])])
    missing.encode(HandMadeArray("u", length: 0, buffers: [nil, nil, nil]))
    #expect(problem(missing) == nil)
  }

  @Test func valuesWithoutAPlace() {
    let cases: [(HandMadeArray, String)] = [
      (HandMadeArray("tdD", length: 1, buffers: [nil, bytes([Int32.max])]), "outside the years"),
      (HandMadeArray("tss:", length: 1, buffers: [nil, bytes([Int64.max])]), "outside the years"),
      (HandMadeArray("tsu:", length: 1, buffers: [nil, bytes([Int64.min])]), "outside the years"),
      (HandMadeArray("ttu", length: 1, buffers: [nil, bytes([Int64(-1)])]), "outside of a day"),
      (HandMadeArray("tDs", length: 1, buffers: [nil, bytes([Int64.max])]), "too large"),
      (HandMadeArray("d:2,1,32", length: 1, buffers: [nil, bytes([Int32(100)])]), "more digits"),
      (HandMadeArray("d:38,0", length: 1, buffers: [nil, bytes([Int128.min])]), "more digits"),
    ]
    for (made, message) in cases { #expect(problem(made)?.contains(message) == true) }
  }

  @Test func codesOfAnotherTypeAndSchemasWithoutAnEnd() {
    var made = HandMadeArray("u", length: 0, buffers: [nil, nil, nil])
    made.encode(HandMadeArray("u", length: 0, buffers: [nil, nil, nil]))
    #expect(problem(made)?.contains("has codes of the Arrow type 'u'") == true)
    var nested = HandMadeArray("l", length: 0, buffers: [nil, nil])
    for _ in 0..<70 {
      var outer = HandMadeArray("+l", length: 0, buffers: [nil, nil])
      outer.add([nested])
      nested = outer
    }
    #expect(problem(nested)?.contains("nested too deep") == true)
  }
}
