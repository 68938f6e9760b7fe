import ColumnStore
import Planning

/// Conditional functions that are not written as others while planning.
enum ConditionalFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .fail: RowFunction(failing: { values, call in
      throw ExecutionError.raised(message: values.text(0) ?? "", span: call.span)
    })
  ]
}
