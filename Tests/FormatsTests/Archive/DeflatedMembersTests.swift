import ColumnStore
import Testing

@testable import Formats

/// Zip files with deflated members, made by Python's zipfile module: a.csv, b.csv and ü.csv with 3, 500 and 4 rows.
@Suite("Deflated members") struct DeflatedMembersTests {
  /// With a remark that looks like the end of a zip file.
  private static let usual = """
    UEsDBBQAAAAIAAAAIQBE5U8+EwAAABQAAAAFAAAAYS5jc3bLTNHJS8xN5TLQSeQyBGIjIAYAUEsDBBQAAAAIAAAAIQDCiLJ9xwMA
    AFILAAAFAAAAYi5jc3Yt1jt21VAQRNGcsRCoq0q/4cCCgADmH/LqtANlOl6279bt/vPr+78ff39/O77//DafR5/Hnyef5/w81+e5
    P8/zed6+w4t9c/rq9N3py9O3p69P358G00ItxM9uoRZqoRZqoRZqoRZu4Rbm12nhFm7hFm7hFm6RFmmRFuEvaJEWaZEWaZEWZ4uz
    xdnibHHyR7c4W5wtzhZni6vF1eJqcbW4Wlz8n1pcLa4WV4u7xd3ibnG3uFvcLW7+tS3uFneLp8XT4mnxtHhaPC2eFg+n0eJp8bZ4
    W7wt3hZvi7fF2+Jt8XKAe4Ic4cEZHhziwSkeHOPBOR4c5MFJHhzlQft1/LQLYAUsgTWwCFbBMsDBAGG0dmixMGAYNAwcBg8DiEHE
    QGIwMV54tLAYXAwwBhkDjcHGgGPQMfCYrFpahAxEBiMDkkHJwGRwMkAZpMy55GnBMmgZuAxeBjCDmIHMYGZAM9d+L7S4GeAMcgY6
    g50Bz6Bn4DP4mXs/NloIDYYGRIOigdHgaIA0SBoozbNfKi2aBk6DpwHUIGogNZgaUA2q5t3PfL9zPnRcCVfClXAlXAlXwpVwJVxp
    9pKgxZVwJVwJV8KVcCVcae+XvWC+bhjavWP2ktlbZq+ZvWf2osGVcCVcyXs90eJKuBKuhCvhSrgSroQr4UrZu40WV8KVcCVcCVfC
    lXAlXAlXOvdipMWVcCVcCVfClXAlXAlXwpWuvVVpcSVcCVfClXAlXAlXwpVwpXuvZFpcCVfClXAlXAlXwpVwJVzp2fucFlfClXAl
    XAlXwpVwJVwJV3p3GOw0YBzgyrgyrowr48q4Mq6MK+PKs6OEFlfGlXFlXBlXxpVxZVwZV9bOIVpcGVfGlXFlXBlX3gm2I2xn2NcQ
    o90xtnNsB9lOsh1luDKujCvjytkJSIsr48q4Mq6MK+PKuDKujCufOz5pcWVcGVfGlXFlXBlXxpVx5WtnLy2ujCvjyrgyrowr48q4
    Mq587+CmxZVxZVwZV8aVcWVcGVfGlZ+d+rS4Mq6MK+PKuDKujCvjyrjyuyvD7gwsDbgKroKr4Cq4Cq6Cq+AquMrswkGLq+AquAqu
    gqvgKrgKroKraLcVWlwFV8FVcBVcBVfBVXAVXMW76tDiKrgKroKr4Cq7I+2StFvSrklfexLtbkq7Ku2utMsSroKr4Cq4Cq5y7pJF
    i6vgKrgKroKr4Cq4Cq6Cq1y7odHiKrgKroKr4Cq4Cq6Cq+Aq9653tLgKroKr4Cq4Cq6Cq+AquMqzuyEtroKr4Cq4Cq6Cq+AquAqu
    8u5i2fY/UEsDBBQAAAgIAAAAIQAr9wYVFwAAABwAAAAGAAAAw7wuY3N2y0zRyUvMTeUy0Dm8h8sQRBiBCGMQAQBQSwECFAMUAAAA
    CAAAACEAROVPPhMAAAAUAAAABQAAAAAAAAAAAAAAgAEAAAAAYS5jc3ZQSwECFAMUAAAACAAAACEAwoiyfccDAABSCwAABQAAAAAA
    AAAAAAAAgAE2AAAAYi5jc3ZQSwECFAMUAAAICAAAACEAK/cGFRcAAAAcAAAABgAAAAAAAAAAAAAAgAEgBAAAw7wuY3N2UEsFBgAA
    AAADAAMAmgAAAFsEAAAdAGEgcmVtYXJrIHRoYXQgaXMgbm8gZW5kOiBQSwUG
    """
  /// Written as it was made, so that sizes stand behind the members.
  private static let streamed = """
    UEsDBBQACAAIAAAAIQAAAAAAAAAAAAAAAAAFAAAAYS5jc3bLTNHJS8xN5TLQSeQyBGIjIAYAUEsHCETlTz4TAAAAFAAAAFBLAwQU
    AAgACAAAACEAAAAAAAAAAAAAAAAABQAAAGIuY3N2LdY7dtVQEETRnLEQqKtKv+HAgoAA5h/y6rQDZTpetu/W7f7z6/u/H39/fzu+
    //w2n0efx58nn+f8PNfnuT/P83nevsOLfXP66vTd6cvTt6evT9+fBtNCLcTPbqEWaqEWaqEWaqEWbuEW5tdp4RZu4RZu4RZukRZp
    kRbhL2iRFmmRFmmRFmeLs8XZ4mxx8ke3OFucLc4WZ4urxdXianG1uFpc/J9aXC2uFleLu8Xd4m5xt7hb3C1u/rUt7hZ3i6fF0+Jp
    8bR4WjwtnhYPp9HiafG2eFu8Ld4Wb4u3xdvibfFygHuCHOHBGR4c4sEpHhzjwTkeHOTBSR4c5UH7dfy0C2AFLIE1sAhWwTLAwQBh
    tHZosTBgGDQMHAYPA4hBxEBiMDFeeLSwGFwMMAYZA43BxoBj0DHwmKxaWoQMRAYjA5JBycBkcDJAGaTMueRpwTJoGbgMXgYwg5iB
    zGBmQDPXfi+0uBngDHIGOoOdAc+gZ+Az+Jl7PzZaCA2GBkSDooHR4GiANEgaKM2zXyotmgZOg6cB1CBqIDWYGlANqubdz3y/cz50
    XAlXwpVwJVwJV8KVcCVcafaSoMWVcCVcCVfClXAlXGnvl71gvm4Y2r1j9pLZW2avmb1n9qLBlXAlXMl7PdHiSrgSroQr4Uq4Eq6E
    K+FK2buNFlfClXAlXAlXwpVwJVwJVzr3YqTFlXAlXAlXwpVwJVwJV8KVrr1VaXElXAlXwpVwJVwJV8KVcKV7r2RaXAlXwpVwJVwJ
    V8KVcCVc6dn7nBZXwpVwJVwJV8KVcCVcCVd6dxjsNGAc4Mq4Mq6MK+PKuDKujCvjyrOjhBZXxpVxZVwZV8aVcWVcGVfWziFaXBlX
    xpVxZVwZV94JtiNsZ9jXEKPdMbZzbAfZTrIdZbgyrowr48rZCUiLK+PKuDKujCvjyrgyrowrnzs+aXFlXBlXxpVxZVwZV8aVceVr
    Zy8trowr48q4Mq6MK+PKuDKufO/gpsWVcWVcGVfGlXFlXBlXxpWfnfq0uDKujCvjyrgyrowr48q48rsrw+4MLA24Cq6Cq+AquAqu
    gqvgKrjK7MJBi6vgKrgKroKr4Cq4Cq6Cq2i3FVpcBVfBVXAVXAVXwVVwFVzFu+rQ4iq4Cq6Cq+AquyPtkrRb0q5JX3sS7W5Kuyrt
    rrTLEq6Cq+AquAqucu6SRYur4Cq4Cq6Cq+AquAqugqtcu6HR4iq4Cq6Cq+AquAqugqvgKveud7S4Cq6Cq+AquAqugqvgKrjKs7sh
    La6Cq+AquAqugqvgKrgKrvLuYtn2P1BLBwjCiLJ9xwMAAFILAABQSwMEFAAICAgAAAAhAAAAAAAAAAAAAAAAAAYAAADDvC5jc3bL
    TNHJS8xN5TLQObyHyxBEGIEIYxABAFBLBwgr9wYVFwAAABwAAABQSwECFAMUAAgACAAAACEAROVPPhMAAAAUAAAABQAAAAAAAAAA
    AAAAgAEAAAAAYS5jc3ZQSwECFAMUAAgACAAAACEAwoiyfccDAABSCwAABQAAAAAAAAAAAAAAgAFGAAAAYi5jc3ZQSwECFAMUAAgI
    CAAAACEAK/cGFRcAAAAcAAAABgAAAAAAAAAAAAAAgAFABAAAw7wuY3N2UEsFBgAAAAADAAMAmgAAAIsEAAAAAA==
    """
  /// With headers that have room for sizes of 64 bits.
  private static let wide = """
    UEsDBC0AAAAIAAAAIQBE5U8+//////////8FABQAYS5jc3YBABAAFAAAAAAAAAATAAAAAAAAAMtM0clLzE3lMtBJ5DIEYiMgBgBQ
    SwMELQAAAAgAAAAhAMKIsn3//////////wUAFABiLmNzdgEAEABSCwAAAAAAAMcDAAAAAAAALdY7dtVQEETRnLEQqKtKv+HAgoAA
    5h/y6rQDZTpetu/W7f7z6/u/H39/fzu+//w2n0efx58nn+f8PNfnuT/P83nevsOLfXP66vTd6cvTt6evT9+fBtNCLcTPbqEWaqEW
    aqEWaqEWbuEW5tdp4RZu4RZu4RZukRZpkRbhL2iRFmmRFmmRFmeLs8XZ4mxx8ke3OFucLc4WZ4urxdXianG1uFpc/J9aXC2uFleL
    u8Xd4m5xt7hb3C1u/rUt7hZ3i6fF0+Jp8bR4WjwtnhYPp9HiafG2eFu8Ld4Wb4u3xdvibfFygHuCHOHBGR4c4sEpHhzjwTkeHOTB
    SR4c5UH7dfy0C2AFLIE1sAhWwTLAwQBhtHZosTBgGDQMHAYPA4hBxEBiMDFeeLSwGFwMMAYZA43BxoBj0DHwmKxaWoQMRAYjA5JB
    ycBkcDJAGaTMueRpwTJoGbgMXgYwg5iBzGBmQDPXfi+0uBngDHIGOoOdAc+gZ+Az+Jl7PzZaCA2GBkSDooHR4GiANEgaKM2zXyot
    mgZOg6cB1CBqIDWYGlANqubdz3y/cz50XAlXwpVwJVwJV8KVcCVcafaSoMWVcCVcCVfClXAlXGnvl71gvm4Y2r1j9pLZW2avmb1n
    9qLBlXAlXMl7PdHiSrgSroQr4Uq4Eq6EK+FK2buNFlfClXAlXAlXwpVwJVwJVzr3YqTFlXAlXAlXwpVwJVwJV8KVrr1VaXElXAlX
    wpVwJVwJV8KVcKV7r2RaXAlXwpVwJVwJV8KVcCVc6dn7nBZXwpVwJVwJV8KVcCVcCVd6dxjsNGAc4Mq4Mq6MK+PKuDKujCvjyrOj
    hBZXxpVxZVwZV8aVcWVcGVfWziFaXBlXxpVxZVwZV94JtiNsZ9jXEKPdMbZzbAfZTrIdZbgyrowr48rZCUiLK+PKuDKujCvjyrgy
    rowrnzs+aXFlXBlXxpVxZVwZV8aVceVrZy8trowr48q4Mq6MK+PKuDKufO/gpsWVcWVcGVfGlXFlXBlXxpWfnfq0uDKujCvjyrgy
    rowr48q48rsrw+4MLA24Cq6Cq+AquAqugqvgKrjK7MJBi6vgKrgKroKr4Cq4Cq6Cq2i3FVpcBVfBVXAVXAVXwVVwFVzFu+rQ4iq4
    Cq6Cq+AquyPtkrRb0q5JX3sS7W5KuyrtrrTLEq6Cq+AquAqucu6SRYur4Cq4Cq6Cq+AquAqugqtcu6HR4iq4Cq6Cq+AquAqugqvg
    Kveud7S4Cq6Cq+AquAqugqvgKrjKs7shLa6Cq+AquAqugqvgKrgKrvLuYtn2P1BLAwQtAAAICAAAACEAK/cGFf//////////BgAU
    AMO8LmNzdgEAEAAcAAAAAAAAABcAAAAAAAAAy0zRyUvMTeUy0Dm8h8sQRBiBCGMQAQBQSwECLQMtAAAACAAAACEAROVPPhMAAAAU
    AAAABQAAAAAAAAAAAAAAgAEAAAAAYS5jc3ZQSwECLQMtAAAACAAAACEAwoiyfccDAABSCwAABQAAAAAAAAAAAAAAgAFKAAAAYi5j
    c3ZQSwECLQMtAAAICAAAACEAK/cGFRcAAAAcAAAABgAAAAAAAAAAAAAAgAFIBAAAw7wuY3N2UEsFBgAAAAADAAMAmgAAAJcEAAAA
    AA==
    """

  private func names(_ content: [UInt8]) throws -> [String?] { try load(bytes: content, name: "t.zip").texts(1) }

  private var expected: [String?] {
    [("a", 3), ("b", 500), ("ü", 4)].flatMap { name, rows in [String?](repeating: name, count: rows) }
  }

  private func directory(_ content: [UInt8]) -> ZipDirectory { ZipDirectory(FileBytes(path: "t.zip", bytes: content)) }

  @Test(arguments: [usual, streamed, wide]) func membersAreReadAndTheirPlacesKnown(_ base64: String) throws {
    let content = try decoded(base64)
    try withThreads([1, 3]) { _ in
      let found = try names(content)
      #expect(found == expected)
    }
    let directory = directory(content)
    #expect(directory.entry("a.csv")?.size == 20)
    #expect(directory.entry("b.csv")?.size == 8 + 10 * 4 + 90 * 5 + 400 * 6)
    #expect(directory.entry("ü.csv") != nil)
    #expect(directory.entry("c.csv") == nil)
  }

  @Test func aDirectoryThatLiesIsNotBelieved() throws {
    let content = try decoded(Self.usual)
    // The size, the checksum and the place that the directory tells of the second member.
    let records = content.indices.filter { content[$0...].starts(with: [0x50, 0x4B, 1, 2]) }
    for offset in [16, 24, 42] {
      var changed = content
      changed[records[1] + offset] ^= 1
      // libarchive believes the headers of the members instead, and cannot do without the place.
      if offset < 42 {
        #expect(try names(changed) == expected)
      } else {
        #expect(throws: LoadError.self) { try names(changed) }
      }
    }
    // With a length that ends behind the file there is no such record, and so none behind it.
    var long = content
    long[records[1] + 29] = 0xFF
    #expect(directory(long).entry("a.csv") != nil)
    #expect(directory(long).entry("b.csv") == nil)
  }

  @Test func whateverByteIsChangedNothingElseIsRead() throws {
    let content = try decoded(Self.usual)
    for place in stride(from: 0, to: content.count, by: 3) {
      var changed = content
      changed[place] ^= 1 << UInt8(place / 3 % 8)
      guard let found = try? names(changed) else { continue }
      // A member may be passed over, its name being another one; none has other rows.
      #expect([3, 500, 4].contains { found.count == 507 - $0 } || found == expected, "byte \(place)")
    }
  }

  @Test func aNameThatOccursTwiceIsLeftToLibarchive() throws {
    let content = try decoded(Self.usual)
    var changed = content
    for place in content.indices where content[place...].starts(with: Array("b.csv".utf8)) {
      changed[place] = UInt8(ascii: "a")
    }
    #expect(directory(changed).entry("a.csv") == nil)
    #expect(try names(changed) == expected)
  }
}
