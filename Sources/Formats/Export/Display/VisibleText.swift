/// A text in which nothing can move the cursor, change colours, hide or reorder what stands beside it.
///
/// Control characters, line separators, marks of writing direction and characters without any look are shown as escapes:
/// `\n`, `\t`, `\e`, `\u{202e}`. Joiners and variation selectors stay where a script or an emoji needs them.
public func visibleText(_ text: String) -> String { visible(text) { _ in false } }

/// Lines of text, such as a message or rows in CSV, that may be shown on a terminal: as ``visibleText(_:)``, but line ends
/// and tabs stay what they are.
public func visibleLines(_ text: String) -> String { visible(text) { $0 == 0x0A || $0 == 0x09 } }

private func visible(_ text: String, keeping isKept: (UInt32) -> Bool) -> String {
  if text.utf8.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || isKept(UInt32($0)) }) { return text }
  var result = ""
  var previous: Unicode.Scalar?
  for scalar in text.unicodeScalars {
    if !isKept(scalar.value), let escape = escape(of: scalar, after: previous) {
      result += escape
    } else {
      result.unicodeScalars.append(scalar)
    }
    previous = scalar
  }
  return result
}

private func escape(of scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> String? {
  switch scalar.value {
  case 0x0A: return "\\n"
  case 0x0D: return "\\r"
  case 0x09: return "\\t"
  case 0x1B: return "\\e"
  case 0x00: return "\\0"
  case 0x20...0x7E: return nil
  // Joiners belong between letters or emoji; alone they are invisible.
  case 0x200C, 0x200D: return previous.map(canBeJoined) == true ? nil : hex(scalar)
  // The tags of regional flags follow the black flag.
  case 0xE0020...0xE007F:
    return previous.map { $0.value == 0x1F3F4 || (0xE0020...0xE007E).contains($0.value) } == true ? nil : hex(scalar)
  default: break
  }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: return hex(scalar)
  default: return isBlank(scalar) ? hex(scalar) : nil
  }
}

private func canBeJoined(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .spacingMark: true
  default: scalar.properties.isAlphabetic || (scalar.properties.isEmoji && !scalar.isASCII)
  }
}

/// Characters that are letters by category and yet draw nothing (Hangul fillers, the blank Braille pattern).
private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0: true
  default: false
  }
}

private func hex(_ scalar: Unicode.Scalar) -> String { "\\u{\(String(scalar.value, radix: 16))}" }
