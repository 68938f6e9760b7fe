import ColumnStore

/// The types that a function takes, and the type it gives.
public struct Signature: Sendable {
  /// What one parameter takes.
  public enum Parameter: Sendable, Hashable {
    /// Values of exactly this type, or of one that turns into it by itself.
    case type(DataType)
    /// Decimals of any digits.
    case decimal
    /// Any type; all parameters marked so must agree, by turning into a common type if need be.
    case same
    /// Any type.
    case any
    /// The name of a part of a date: 'month'. It must be a constant.
    case datePart
    /// The name of a time zone; a constant is checked when the query is planned.
    case timeZone
    /// A regular expression. A constant is checked when the query is planned.
    case pattern
    /// The letters that say how a regular expression matches; checked with it.
    case patternFlags
    /// One of some words, whatever their case. It must be a constant.
    case oneOf([String])
    /// A text with places for values, in the form of C's printf or of Python's format. It must be a constant.
    case template
    /// A list of any type; several such parameters must agree.
    case anyList
    /// An item of the lists marked `anyList`.
    case item
    /// A path into JSON; a constant is checked when the query is planned.
    case jsonPath
    /// The number of a group of a regular expression; checked with it.
    case patternGroup
  }

  /// What the result's type is.
  public enum Result: Sendable, Hashable {
    /// Always this.
    case type(DataType)
    /// The common type of the parameters marked `same`.
    case same
    /// The type of the argument at an index.
    case argument(Int)
    /// The type of the items of the lists marked `anyList`.
    case item
    /// A list of the common type of the parameters marked `same`.
    case listOfSame
    /// A list of the type of the argument at an index.
    case listOf(Int)
    /// The decimal of 38 digits with as many behind the point as the first argument.
    case decimalSum
    /// The decimal that the first argument gives when it is rounded to as many digits behind the point as the second says, a
    /// constant, or to none.
    case roundedDecimal
  }

  /// The parameters that must be there.
  public var parameters: [Parameter]
  /// How many of the last parameters may be left out.
  public var optional: Int
  /// Whether the last parameter may be repeated.
  public var isVariadic: Bool
  /// The result.
  public var result: Result

  /// A signature.
  public init(_ parameters: [Parameter], optional: Int = 0, variadic: Bool = false, returns result: Result) {
    self.parameters = parameters
    self.optional = optional
    isVariadic = variadic
    self.result = result
  }

  /// Whether it takes this many arguments.
  public func takes(_ count: Int) -> Bool {
    count >= parameters.count - optional && (isVariadic || count <= parameters.count)
  }

  /// The parameter that an argument belongs to.
  public func parameter(_ index: Int) -> Parameter { parameters[min(index, parameters.count - 1)] }
}

extension Signature.Parameter {
  /// Shorthands for tables of signatures.
  static let text = Self.type(.text)
  static let integer = Self.type(.integer)
  static let double = Self.type(.double)
  static let boolean = Self.type(.boolean)
  static let date = Self.type(.date)
  static let timestamp = Self.type(.timestamp)
  static let time = Self.type(.time)
  static let interval = Self.type(.interval)
}

extension Signature.Result {
  /// Shorthands for tables of signatures.
  static let interval = Self.type(.interval)
  static let text = Self.type(.text)
  static let integer = Self.type(.integer)
  static let double = Self.type(.double)
  static let boolean = Self.type(.boolean)
  static let date = Self.type(.date)
  static let timestamp = Self.type(.timestamp)
}
