/// A file's text on its way to UTF-8.
struct EncodedText {
  private(set) var bytes: FileBytes
  private(set) var name: String
  private(set) var badOffsets: [Int] = []
  /// Where the text begins, behind a byte-order mark.
  private(set) var start = 0

  /// What can be told without reading everything: a prescribed encoding, a byte-order mark, UTF-16. Else UTF-8 is
  /// supposed, and `convert` is called when that was wrong.
  init(_ raw: FileBytes, options: LoadOptions, tuning: SourceFile.Tuning, control: LoadControl) throws {
    bytes = raw
    name = "UTF-8"
    let mark = EncodingGuess.mark(raw)
    let prescribed = options.encoding.map(TextEncoding.canonical)
    if let prescribed, prescribed != "utf-8" {
      // UTF-16 without a side takes it from the mark, and is little-endian without one, as most files are.
      var encoding = prescribed
      if prescribed == "utf-16" { encoding = mark?.name ?? EncodingGuess.unmarkedUTF16(raw) ?? "utf-16le" }
      try transcode(from: encoding, skipping: mark?.name == encoding ? mark?.length ?? 0 : 0, tuning, control)
    } else if let mark, mark.name == "utf-8" {
      start = mark.length
    } else if prescribed == nil, let mark {
      try transcode(from: mark.name, skipping: mark.length, tuning, control)
    } else if prescribed == nil, let encoding = EncodingGuess.unmarkedUTF16(raw) {
      try transcode(from: encoding, skipping: 0, tuning, control)
    } else if prescribed != nil {
      isPrescribed = true
    }
  }

  private var isPrescribed = false

  /// Makes UTF-8 of bytes that turned out to be something else: damaged UTF-8 is mended, the rest read as Windows-1252 or
  /// Mac Roman.
  mutating func convert(
    census: UTF8Census, hasReturns: Bool, tuning: SourceFile.Tuning, control: LoadControl
  ) throws {
    if isPrescribed || start > 0 || census.isDamagedUTF8 {
      let result = try Transcoder.mend(bytes, from: start, limit: tuning.memoryLimit)
      bytes = result.bytes
      badOffsets = result.badOffsets
      start = 0
    } else {
      try transcode(
        from: EncodingGuess.legacy(bytes, from: start, hasReturns: hasReturns), skipping: start, tuning, control)
    }
  }

  private mutating func transcode(
    from encoding: String, skipping: Int, _ tuning: SourceFile.Tuning, _ control: LoadControl
  ) throws {
    let result = try Transcoder.decode(
      bytes, from: skipping, encoding: encoding, limit: tuning.memoryLimit, control: control)
    bytes = result.bytes
    badOffsets = result.badOffsets
    name = EncodedText.displayName(encoding)
    start = 0
  }

  private static func displayName(_ encoding: String) -> String {
    switch encoding {
    case "windows-1252": "Windows-1252"
    case "macintosh": "Mac Roman"
    default: encoding.uppercased()
    }
  }
}

extension SourceFile {
  /// Passes over lines, and over blank ones behind them; gives the offset and the line reached.
  static func skip(_ lines: Int, in text: EncodedText) -> (Int, Int) {
    let base = text.bytes.base
    let count = text.bytes.count
    var position = text.start
    var line = 1
    while line <= lines, position < count {
      while position < count, base[position] != 0x0A, base[position] != 0x0D { position += 1 }
      if position < count, base[position] == 0x0D, position + 1 < count, base[position + 1] == 0x0A { position += 1 }
      position += 1
      line += 1
    }
    while position < count, base[position] == 0x0A || base[position] == 0x0D {
      if base[position] == 0x0D, position + 1 < count, base[position + 1] == 0x0A { position += 1 }
      position += 1
      line += 1
    }
    return (min(position, count), line)
  }

  /// The end of the records: in a file of one column blank lines at the end are none, though inside they are.
  static func trimmedEnd(_ bytes: FileBytes, from start: Int, dialect: Dialect) -> Int {
    guard dialect.delimiter == nil else { return bytes.count }
    var end = bytes.count
    while end > start, bytes.base[end - 1] == 0x0A || bytes.base[end - 1] == 0x0D { end -= 1 }
    if end < bytes.count {
      let isPair = bytes.base[end] == 0x0D && end + 1 < bytes.count && bytes.base[end + 1] == 0x0A
      end += isPair ? 2 : 1
    }
    return end
  }
}
