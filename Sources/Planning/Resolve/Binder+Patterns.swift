import ColumnStore
import Language

extension Binder {
  /// Compiles a regular expression that is a constant, so that what is wrong with it is said before a row is read.
  func checkPattern(_ arguments: [PlanExpression], _ signature: Signature) throws {
    func argument(_ parameter: Signature.Parameter) -> PlanExpression? {
      arguments.indices.first { signature.parameter($0) == parameter }.map { arguments[$0] }
    }
    guard let pattern = argument(.pattern), case .text(let text)? = pattern.literal else { return }
    var flags = ""
    if let given = argument(.patternFlags) {
      guard case .text(let letters)? = given.literal else { return }
      flags = letters
    }
    do {
      let regex = try RegularExpression.compiled(text, flags: flags)
      guard let group = argument(.patternGroup), case .integer(let number)? = group.literal else { return }
      guard (0...Int64(regex.groupCount)).contains(number) else {
        throw Diagnostic.noGroup(number, of: regex.groupCount, span: group.span)
      }
    } catch let error as RegularExpression.Invalid {
      throw Diagnostic.invalidPattern(error, span: (error.isFlag ? argument(.patternFlags) : pattern)?.span)
    }
  }

  /// `x ~ y` and its kin.
  func regexTest(
    _ value: PlanExpression, _ pattern: PlanExpression, ignoresCase: Bool, symbol: String, span: SourceSpan
  ) throws -> PlanExpression {
    var arguments = [value, pattern]
    if ignoresCase { arguments.append(PlanExpression(.literal(.text("i")), type: .text, span: span)) }
    return try call(
      .regexMatches, named: symbol, usage: "text \(symbol) pattern",
      FunctionRegistry.scalar(named: "regexp_matches")?.signatures ?? [], arguments, span: span)
  }
}

extension Diagnostic {
  /// A regular expression that is none. The same text is used while planning and while running.
  public static func invalidPattern(_ error: RegularExpression.Invalid, span: SourceSpan?) -> Diagnostic {
    if error.isFlag {
      return Diagnostic(
        "`\(error.reason)` is no flag of a regular expression", at: span,
        help: "flags: i ignores case, g replaces all, m lets ^ and $ match at lines, s lets . match a line's end")
    }
    let help: String? =
      error.reason.contains("invalid perl operator") || error.reason.contains("invalid escape sequence: \\")
      ? "patterns are those of RE2, without look-around and back-references" : nil
    return Diagnostic("this is no regular expression: \(error.reason)", at: span, help: help)
  }

  static func noGroup(_ number: Int64, of count: Int, span: SourceSpan) -> Diagnostic {
    let groups = count == 0 ? "no group" : count == 1 ? "one group" : "\(count) groups"
    return Diagnostic(
      "the pattern has \(groups) in brackets, and this asks for group \(number)", at: span,
      help: "group 0 is the whole match")
  }
}
