import Testing

@testable import Notices

@Suite("HMAC-SHA-256") struct KeyedDigestTests {
  /// The test cases of RFC 4231, section 4: key, text, code.
  static let cases: [([UInt8], [UInt8], String)] = [
    (
      Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      Array(repeating: 0xAA, count: 20), Array(repeating: 0xDD, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      Array(repeating: 0xAA, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ]

  @Test(arguments: cases) func codesOfTheStandard(_ key: [UInt8], _ text: [UInt8], _ code: String) {
    let digest = PseudonymKey.Digest(key: key)
    #expect(digest.pseudonym(of: text, byteCount: 32) == code)
    #expect(digest.pseudonym(of: text, byteCount: 12) == code.prefix(24))
  }

  @Test func guessableKeysAreNone() {
    #expect(PseudonymKey(Array(repeating: 1, count: 100)) == nil)
    #expect(PseudonymKey(Array(0..<31)) == nil)
    #expect(PseudonymKey(Array(0..<32)) != nil)
  }
}
