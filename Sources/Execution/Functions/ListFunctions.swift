import ColumnStore
import Planning

/// What takes lists apart and puts them together, on single values.
enum ListFunctions {
  /// The result as a value of `type`.
  static func call(_ function: ScalarFunction, _ values: [Value], as type: DataType) -> Value {
    switch function {
    case .makeList: return .list(values, of: type.element ?? .text)
    case .listConcatenate:
      // Nothing put to a list leaves it as it is, as in PostgreSQL.
      guard case .list(let first, let element) = values[0] else { return values[1] }
      guard case .list(let second, _) = values[1] else { return values[0] }
      return .list(first + second, of: element)
    case .listItem:
      guard case .list(let items, _) = values[0], case .integer(let place) = values[1] else { return .null }
      return index(place, count: items.count).map { items[$0] } ?? .null
    default:
      guard case .list(let items, let element) = values[0], case .integer(let low) = values[1],
        case .integer(let high) = values[2]
      else { return .null }
      let range = range(low, high, count: items.count)
      return .list(Array(items[range]), of: element)
    }
  }

  /// Where an item stands, counted from 0; places count from 1, negative ones from the end. Nil where there is none.
  static func index(_ place: Int64, count: Int) -> Int? {
    if place >= 1, place <= Int64(count) { return Int(place - 1) }
    if place < 0, place >= -Int64(count) { return count + Int(place) }
    return nil
  }

  /// The items from one place to another, both among them; places outside the list are cut to it.
  private static func range(_ low: Int64, _ high: Int64, count: Int) -> Range<Int> {
    func fromStart(_ place: Int64) -> Int64 {
      place < 0 ? max(0, Int64(count) + max(place, -Int64(count) - 1) + 1) : place
    }
    let first = max(1, fromStart(low))
    let last = min(Int64(count), fromStart(high))
    return first <= last ? Int(first - 1)..<Int(last) : 0..<0
  }
}
