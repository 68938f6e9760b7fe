/// The countries of ISO 3166-1, and what else their codes and names are written as.
public enum Country {
  /// The two-letter code that a code or name stands for, whatever its case: `UK`, `GBR` and `Great Britain` are `GB`. Nil
  /// for what is none.
  public static func code(_ text: String) -> String? {
    codes[text.trimmed.lowercased()]
  }

  /// The English short name of a country by its two-letter code, upper case; nil where there is none.
  public static func name(_ code: String) -> String? { names[code] }

  /// The names by code.
  private static let names: [String: String] = Dictionary(
    uniqueKeysWithValues: lines(table).map { (String($0.prefix(2)), String($0.dropFirst(7))) })

  /// The codes by whatever they are written as, in lower case.
  private static let codes: [String: String] = {
    var codes: [String: String] = [:]
    func add(_ text: Substring, _ code: Substring) { codes[text.lowercased()] = String(code) }
    for line in lines(table) {
      let code = line.prefix(2)
      for text in [code, line.dropFirst(3).prefix(3), line.dropFirst(7)] { add(text, code) }
    }
    for line in lines(otherNames) {
      for name in line.dropFirst(3).split(separator: "|") { add(Substring(String(name).trimmed), line.prefix(2)) }
    }
    for (wrong, right) in wrongCodes { add(Substring(wrong), Substring(right)) }
    return codes
  }()

  private static func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

  /// Codes that ISO 3166-1 does not have, or has no longer, for one country that it has. The European Union writes EL and
  /// UK; the others are of ISO 3166-3, from before a country changed its name.
  private static let wrongCodes: KeyValuePairs = [
    "UK": "GB", "EL": "GR", "BU": "MM", "DD": "DE", "DY": "BJ", "FX": "FR", "HV": "BF", "NH": "VU", "RH": "ZW",
    "TP": "TL",
    "VD": "VN", "YD": "YE", "ZR": "CD", "ROM": "RO", "ZAR": "CD", "TMP": "TL", "BUR": "MM",
  ]

  /// Names that are used besides.
  private static let otherNames = """
    AE UAE
    AG Antigua & Barbuda
    AX Aland Islands
    BA Bosnia | Bosnia & Herzegovina
    BL Saint Barthélemy
    BN Brunei Darussalam
    BO Bolivia, Plurinational State of | Plurinational State of Bolivia
    BS The Bahamas
    CD Democratic Republic of the Congo | Congo (DRC) | Congo - Kinshasa
    CG Republic of the Congo | Congo - Brazzaville
    CI Ivory Coast | Cote d'Ivoire
    CV Cape Verde
    CW Curacao
    CZ Czech Republic
    FM Federated States of Micronesia
    GB Great Britain | Britain | UK | U.K.
    GM The Gambia
    GS South Georgia & the South Sandwich Islands
    HK Hong Kong SAR China | Hong Kong SAR
    HM Heard Island & McDonald Islands
    IR Iran, Islamic Republic of | Islamic Republic of Iran
    KN St Kitts & Nevis | St. Kitts & Nevis | Saint Kitts & Nevis
    KP Democratic People's Republic of Korea | Korea (North)
    KR Republic of Korea | Korea, Republic of | Korea (South)
    LA Lao People's Democratic Republic
    LC St Lucia | St. Lucia
    MD Republic of Moldova | Moldova, Republic of
    MK Macedonia | Republic of North Macedonia
    MM Burma | Myanmar (Burma)
    MO Macau SAR China | Macao
    NL The Netherlands
    PM Saint Pierre & Miquelon
    PS Palestinian Territories | State of Palestine | Palestine, State of
    RE Reunion
    RU Russian Federation
    SJ Svalbard & Jan Mayen
    ST São Tomé and Príncipe | Sao Tome & Principe
    SY Syrian Arab Republic
    SZ Swaziland
    TC Turks & Caicos Islands
    TL Timor-Leste
    TR Turkey | Turkiye
    TT Trinidad & Tobago
    TW Taiwan, Province of China
    TZ United Republic of Tanzania | Tanzania, United Republic of
    US United States of America | USA | U.S. | U.S.A.
    VA Holy See | Vatican
    VC Saint Vincent & the Grenadines
    VE Venezuela, Bolivarian Republic of | Bolivarian Republic of Venezuela
    VN Viet Nam
    WF Wallis & Futuna
    """
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
