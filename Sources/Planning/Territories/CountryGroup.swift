import ColumnStore

/// Groups of countries whose members change, with the days on which they did.
///
/// EU: the accession treaties, with the European Economic Community of 1958 as its beginning; the United Kingdom left at the
/// end of 2020-01-31. EEA: the agreement in force on 1994-01-01, for Liechtenstein on 1995-05-01, and as it was applied,
/// provisionally at first, to the states that joined later; the United Kingdom was treated as a member until the transition
/// ended with 2020. EFTA: the Stockholm convention, in force on 1960-05-03, Finland counted from its full membership.
public enum CountryGroup: String, Sendable, CaseIterable {
  /// European Union.
  case eu = "EU"
  /// European Economic Area.
  case eea = "EEA"
  /// European Free Trade Association.
  case efta = "EFTA"

  /// The group of a name, whatever its case.
  public init?(named name: String) { self.init(rawValue: name.uppercased()) }

  /// The members on a day, as days since 1970-01-01, or since the last change of the list; in the order of their codes.
  public func members(on day: Int? = nil) -> [String] {
    // The first day counts, the day of leaving does not.
    memberships.filter { $0.joined <= day ?? .max && $0.left.map { day ?? .max < $0 } ?? true }.map(\.code).sorted()
  }

  private struct Membership {
    let code: String
    let joined: Int
    let left: Int?
  }

  private var memberships: [Membership] {
    switch self {
    case .eu: CountryGroup.unionMembers
    case .eea: CountryGroup.areaMembers
    case .efta: CountryGroup.associationMembers
    }
  }

  private static let unionMembers = read(
    """
    1958-01-01 BE DE FR IT LU NL
    1973-01-01 DK GB IE
    1981-01-01 GR
    1986-01-01 ES PT
    1995-01-01 AT FI SE
    2004-05-01 CY CZ EE HU LT LV MT PL SI SK
    2007-01-01 BG RO
    2013-07-01 HR
    2020-02-01 -GB
    """)

  private static let areaMembers = read(
    """
    1994-01-01 AT BE DE DK ES FI FR GB GR IE IS IT LU NL NO PT SE
    1995-05-01 LI
    2004-05-01 CY CZ EE HU LT LV MT PL SI SK
    2007-08-01 BG RO
    2014-04-12 HR
    2021-01-01 -GB
    """)

  private static let associationMembers = read(
    """
    1960-05-03 AT CH DK GB NO PT SE
    1970-03-01 IS
    1973-01-01 -DK -GB
    1986-01-01 FI -PT
    1991-09-01 LI
    1995-01-01 -AT -FI -SE
    """)

  /// Reads days with who joined on them, and with a minus who left.
  private static func read(_ text: String) -> [Membership] {
    var joined: [Substring: Int] = [:]
    var result: [Membership] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let parts = words[0].split(separator: "-").compactMap { Int($0) }
      guard parts.count == 3, let day = CivilDate(year: parts[0], month: parts[1], day: parts[2])?.days else {
        continue
      }
      for word in words.dropFirst() {
        if word.first == "-" {
          let code = word.dropFirst()
          if let first = joined.removeValue(forKey: code) {
            result.append(Membership(code: String(code), joined: first, left: day))
          }
        } else {
          joined[word] = day
        }
      }
    }
    return result + joined.map { Membership(code: String($0.key), joined: $0.value, left: nil) }
  }
}
