import FoundationEssentials
import Testing

/// What the script says of the Indian orders. The figures are worked out by hand from the published claims.
@Suite("The script on India 2021") struct IndiaScriptTests {
  @Test("shares are intervals by source and day, and claims that exclude each other are named")
  func answers() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let ended = try Program().shell("cd '\(root)' && \"$NB\" --quiet --format csv scripts/india-2021.nbk")
    #expect(ended.status == 0 && ended.errors.isEmpty)
    let lines = ended.output.split(separator: "\n").map(String.init)
    for line in [
      // 220 / 257, and of nearly 250 at most 249 / 257.
      "order-1,c10,2021-02-12,government sources,blocked,220,257,0.8560311284046692,0.8560311284046692",
      "order-1,c02,2021-02-01,press,reinstated,0-249,257,0,0.9688715953307393",
      "order-1,c01,2021-02-01,press,withheld,250~,257,0,1",
      // 501 of 257 + 1178, of 702, of 126 + 583, of 1398: 34.91, 71.37, 70.66, 35.84 per cent.
      "2021-02-10,Twitter,0-1435,501+,34.9,100,0,65.1", "2021-02-10,government sources,702,501+,71.3,100,0,28.7",
      "2021-02-11,press,709,501+,70.6,100,0,29.4", "2021-02-12,government sources,1398,501+,35.8,100,0,64.2",
      "order-1,acted on,c08 press 2021-02-11,126,c10 government sources 2021-02-12,220,"
        + "both hold if 94 more followed by 2021-02-12",
      "order-2,acted on,c09 press 2021-02-11,583,c11 government sources 2021-02-12,1178,"
        + "both hold if 595 more followed by 2021-02-12",
      "2021-02-12,government sources,0-37",
    ] { #expect(lines.contains(line), "\(line)") }
  }
}
