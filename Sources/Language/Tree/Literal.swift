/// A value written out in the text.
public enum Literal: Sendable, Hashable {
  /// `null`
  case null
  /// `true`, `false`
  case boolean(Bool)
  /// An integer that fits 64 bits. A minus sign is a unary operator, but `-9223372036854775808` is one literal.
  case integer(Int64)
  /// A number with a decimal point and no exponent, or an integer too large for 64 bits: digits and at most one
  /// point, without the `_` separators. `value` is the nearest double.
  case decimal(text: String, value: Double)
  /// A number with an exponent.
  case double(Double)
  /// `'...'`, quotes undoubled.
  case string(String)
  /// `date '2021-01-31'`, `timestamp '...'`, `time '...'`: the text between the quotes, not read yet.
  case typed(TypedLiteralKind, String)
}

/// The word before a typed literal.
public enum TypedLiteralKind: String, Sendable, Hashable {
  /// `date '...'`
  case date
  /// `time '...'`
  case time
  /// `timestamp '...'`, also `timestamptz '...'`
  case timestamp
}
