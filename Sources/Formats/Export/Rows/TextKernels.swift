/// Appends a text as a field of a delimited file.
///
/// Quoted are: the empty text (bare, it would be NULL), whatever holds the delimiter, a quote or a line end, begins or ends
/// with white space, and what a loader would take for NULL: `NA`, `N/A`, `null` in any case, and `-`.
func appendDelimited(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, to out: GrowableBytes) {
  let quote = UInt8(ascii: "\"")
  var quotes = 0
  var special = isMarker(text)
  for byte in text {
    if byte == quote { quotes += 1 }
    if byte == delimiter || byte == 0x0A || byte == 0x0D { special = true }
  }
  if !special && quotes == 0 {
    out.append(text)
    return
  }
  out.reserve(text.count + quotes + 2)
  out.appendUnchecked(quote)
  if quotes == 0, let base = text.baseAddress {
    out.appendUnchecked(base, text.count)
  } else {
    for byte in text {
      if byte == quote { out.appendUnchecked(quote) }
      out.appendUnchecked(byte)
    }
  }
  out.appendUnchecked(quote)
}

/// Whether a bare text would be read as something else than itself.
private func isMarker(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = text.first, let last = text.last else { return true }
  if first <= 0x20 || last <= 0x20 { return true }
  // A byte-order mark at the start of a file would be eaten.
  if first == 0xEF, text.count >= 3, text[1] == 0xBB, text[2] == 0xBF { return true }
  func means(_ marker: StaticString) -> Bool {
    guard text.count == marker.utf8CodeUnitCount else { return false }
    for index in 0..<text.count where text[index] | 0x20 != marker.utf8Start[index] | 0x20 { return false }
    return true
  }
  switch text.count {
  case 1: return first == UInt8(ascii: "-")
  case 2: return means("na")
  case 3: return means("n/a")
  case 4: return means("null")
  default: return false
  }
}

/// Appends a text as a JSON string. Bytes that are no UTF-8 become U+FFFD.
func appendJSON(_ text: UnsafeBufferPointer<UInt8>, to out: GrowableBytes) {
  let isPlain = text.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  out.reserve(text.count + 2)
  out.appendUnchecked(UInt8(ascii: "\""))
  if isPlain {
    out.append(text)
  } else {
    // Decoding repairs what is invalid; valid texts pass through unchanged.
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { appendJSONScalar(scalar, to: out) }
  }
  out.append(UInt8(ascii: "\""))
}

private func appendJSONScalar(_ scalar: Unicode.Scalar, to out: GrowableBytes) {
  func escape(_ letter: UInt8) {
    out.appendUnchecked(UInt8(ascii: "\\"))
    out.appendUnchecked(letter)
  }
  out.reserve(6)
  switch scalar.value {
  case 0x22: escape(UInt8(ascii: "\""))
  case 0x5C: escape(UInt8(ascii: "\\"))
  case 0x0A: escape(UInt8(ascii: "n"))
  case 0x0D: escape(UInt8(ascii: "r"))
  case 0x09: escape(UInt8(ascii: "t"))
  case 0..<0x20, 0x7F:
    let digits: StaticString = "0123456789abcdef"
    escape(UInt8(ascii: "u"))
    out.appendUnchecked(UInt8(ascii: "0"))
    out.appendUnchecked(UInt8(ascii: "0"))
    out.appendUnchecked(digits.utf8Start[Int(scalar.value >> 4)])
    out.appendUnchecked(digits.utf8Start[Int(scalar.value & 15)])
  default:
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { out.appendUnchecked(byte) }
  }
}
