import Glibc

/// 1, 2 or 5 times a power of ten. Multiples of it are the doubles nearest to their decimal texts.
public struct RoundStep: Sendable, Hashable {
  private let factor: Double
  private let exponent: Int

  /// A factor of 1, 2 or 5 and the power of ten.
  public init(_ factor: Double, exponent: Int) {
    self.factor = factor
    self.exponent = exponent
  }

  /// The least one that is not less than a number above 0; what is too large for that gives the largest.
  public init(atLeast number: Double) {
    let number = min(max(number, 1e-300), .greatestFiniteMagnitude)
    let exponent = Int(log10(number).rounded(.down))
    let step = [1.0, 2, 5].map { RoundStep($0, exponent: exponent) }.first { $0.value >= number * (1 - 1e-12) }
    self = step ?? RoundStep(1, exponent: exponent + 1)
  }

  /// The step itself.
  public var value: Double { multiple(1) }

  /// So many of them.
  public func multiple(_ count: Double) -> Double {
    let power = pow(10, Double(exponent.magnitude))
    let product = exponent < 0 ? count * factor / power : count * factor * power
    return product.isFinite ? product : product < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
  }

  /// The one above it.
  public var next: RoundStep {
    switch factor {
    case 1: RoundStep(2, exponent: exponent)
    case 2: RoundStep(5, exponent: exponent)
    default: RoundStep(1, exponent: exponent + 1)
    }
  }

  /// At least 1.
  public mutating func becomeWhole() { if exponent < 0 { self = RoundStep(1, exponent: 0) } }

  /// A multiple, written with all its digits and no more.
  public func text(of count: Double, isPercent: Bool) -> String {
    RoundStep.text(count * factor, isPercent ? exponent + 2 : exponent) + (isPercent ? "%" : "")
  }

  /// The step as a quotient of two numbers that doubles hold exactly, for steps between 10^-22 and 10^22.
  public var quotient: (dividend: Double, divisor: Double) {
    exponent < 0 ? (factor, pow(10, Double(-exponent))) : (value, 1)
  }

  /// A whole number times a power of ten.
  private static func text(_ number: Double, _ exponent: Int) -> String {
    guard number != 0 else { return "0" }
    guard number.magnitude < 1e15, (-15...15).contains(exponent) else {
      return number.magnitude < 1e15 ? "\(Int64(number))e\(exponent)" : "\(number * pow(10, Double(exponent)))"
    }
    let digits = String(Int64(number.magnitude)) + String(repeating: "0", count: max(0, exponent))
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
    let whole = padded.dropLast(max(0, -exponent))
    let rest = exponent < 0 ? "." + padded.suffix(-exponent) : ""
    return (number < 0 ? "-" : "") + groupedDigits(String(whole) + rest)
  }
}
