import ColumnStore
import Language
import Planning

/// Why a question is not answered: numbers could be worked out, but they would not mean what they say.
public struct Refusal: Sendable {
  /// In one sentence.
  let reason: String
  /// What can be asked instead.
  let instead: String
  /// The part of the question that it is about.
  let span: SourceSpan

  /// The error in place of an answer.
  var diagnostic: Diagnostic {
    Diagnostic(reason, at: span, help: "\(instead); or have the numbers all the same, with a footnote: |> force ...")
  }

  /// The footnote to an answer that was asked for all the same.
  var note: TableNote { TableNote("forced", detail: reason, isWarning: true) }
}

/// A kind of question that is refused where the source of the rows cannot answer it.
public struct RefusalRule: Sendable {
  /// What it is called.
  public let name: String
  /// What is refused.
  public let refused: String
  /// What looks like it and is not.
  public let allowed: String
  /// Looks at an operator on its input; nil where there is nothing to say against it.
  let find: @Sendable (OperatorContext) throws -> Refusal?

  /// All of them.
  public static let all: [RefusalRule] = [compliance, hoursOfDates, trendOverChange, mostlyUnknown]
}
