/// Objects of JSON as records of a table: a column for each member, in the order of their first appearance.
///
/// The records are the items of an array, or the objects that follow each other (NDJSON). Of one object they are the items
/// of its first member that is an array of objects, as in `{"notices": [...]}`; else its only member that is an object, as in
/// `{"dmca": {...}}`; else it is the one record. Numbers stay as they are written, so that no digit is lost; arrays and
/// objects inside of records stay JSON; `null` is no value, and so is a member that an object lacks.
struct JSONRecords {
  private var header = Header()
  private var records: [[Int: Cell]] = []
  private let bytes: [UInt8]

  /// A value of a record: a text, or JSON as it stands.
  private enum Cell {
    case text(String)
    case json(Range<Int>)
  }

  /// The columns by their names, whose case does not count.
  private struct Header {
    var names: [String] = []
    private var places: [String: Int] = [:]

    mutating func place(of name: String) -> Int {
      if let place = places[name.lowercased()] { return place }
      places[name.lowercased()] = names.count
      names.append(name)
      return names.count - 1
    }
  }

  /// - Throws: `LoadError.isEmpty`, `.unreadable` with the line of what is no JSON.
  init(_ bytes: [UInt8], path: String) throws {
    self.bytes = bytes
    var scanner = JSONScanner(bytes, path: path)
    try scanner.skipMark()
    guard let first = scanner.next else { throw LoadError.isEmpty(path: path) }
    if first == UInt8(ascii: "[") {
      try addItems(&scanner)
    } else {
      try addObjects(&scanner)
    }
    guard scanner.next == nil else { throw scanner.failure("the end of the file") }
    if header.names.isEmpty { throw LoadError.isEmpty(path: path) }
  }

  /// The same as comma-separated values in UTF-8, with a header.
  var delimited: [UInt8] {
    var result: [UInt8] = []
    func append(_ text: some Sequence<UInt8>) {
      result.append(UInt8(ascii: "\""))
      for byte in text {
        if byte == UInt8(ascii: "\"") { result.append(byte) }
        result.append(byte)
      }
      result.append(UInt8(ascii: "\""))
    }
    for (place, name) in header.names.enumerated() {
      if place > 0 { result.append(UInt8(ascii: ",")) }
      append(name.utf8)
    }
    result.append(UInt8(ascii: "\n"))
    for record in records {
      for place in header.names.indices {
        if place > 0 { result.append(UInt8(ascii: ",")) }
        switch record[place] {
        case nil: break
        case .text(let text)?: append(text.utf8)
        case .json(let range)?: append(bytes[range])
        }
      }
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }

  // MARK: Records

  private mutating func addItems(_ scanner: inout JSONScanner) throws {
    var (header, records) = (header, records)
    try scanner.items { scanner in
      guard scanner.next == UInt8(ascii: "{") else { throw scanner.failure("an object") }
      records.append(try JSONRecords.record(&scanner, &header))
    }
    (self.header, self.records) = (header, records)
  }

  private mutating func addObjects(_ scanner: inout JSONScanner) throws {
    let start = scanner.position
    var members: [Range<Int>] = []
    try scanner.members { _, scanner in members.append(try scanner.skipValue()) }
    if scanner.next == nil, let inner = inner(members, scanner) {
      scanner.position = inner.lowerBound
      if bytes[inner.lowerBound] == UInt8(ascii: "[") {
        try addItems(&scanner)
      } else {
        records.append(try JSONRecords.record(&scanner, &header))
      }
      // What stands around the records was read before.
      scanner.position = bytes.count
      return
    }
    scanner.position = start
    while scanner.next != nil {
      guard scanner.next == UInt8(ascii: "{") else { throw scanner.failure("an object") }
      records.append(try JSONRecords.record(&scanner, &header))
    }
  }

  /// The member of an object around the records that holds them; nil where the object is a record itself.
  private func inner(_ members: [Range<Int>], _ scanner: JSONScanner) -> Range<Int>? {
    for member in members where bytes[member.lowerBound] == UInt8(ascii: "[") {
      var scanner = scanner
      scanner.position = member.lowerBound + 1
      if scanner.next == UInt8(ascii: "{") { return member }
    }
    guard members.count == 1, bytes[members[0].lowerBound] == UInt8(ascii: "{") else { return nil }
    return members[0]
  }

  private static func record(_ scanner: inout JSONScanner, _ header: inout Header) throws -> [Int: Cell] {
    var record: [Int: Cell] = [:]
    var known = header
    try scanner.members { name, scanner in
      let place = known.place(of: name)
      if scanner.next == UInt8(ascii: "\"") {
        record[place] = .text(try scanner.string())
      } else {
        let range = try scanner.skipValue()
        if scanner.bytes[range] != ArraySlice("null".utf8) { record[place] = .json(range) }
      }
    }
    header = known
    return record
  }
}
