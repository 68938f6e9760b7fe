/// The candidates below a statement, one of which may be chosen: it then stands in the statement, to be looked at.
struct CompletionMenu {
  /// What can be chosen, best first.
  let candidates: [CompletionCandidate]
  /// The statement without a choice.
  let base: EditedText
  /// The number of the candidate that is chosen; nil before one is.
  private(set) var choice: Int?
  /// The statement with the choice; when it is another one, a person has typed on.
  private(set) var shown: EditedText
  /// The rows of the whole list at the last drawing, for the arrows to go by.
  private var rowCount = 1
  /// The first row that was shown then.
  private var top = 0

  /// A menu below a statement; nil without candidates.
  init?(_ candidates: [CompletionCandidate], base: EditedText) {
    guard !candidates.isEmpty else { return nil }
    self.candidates = candidates
    self.base = base
    shown = base
  }

  /// Where the word begins that the candidates replace, as a UTF-8 offset.
  var start: Int { candidates[0].range.lowerBound }

  /// Chooses the next candidate, or the one before; behind the last comes the first.
  mutating func step(by count: Int) {
    let next = choice.map { $0 + count } ?? (count > 0 ? 0 : candidates.count - 1)
    choose((next + candidates.count) % candidates.count)
  }

  /// Chooses a candidate in the column beside; does nothing where there is none.
  mutating func stepAside(by columns: Int) {
    guard let choice, candidates.indices.contains(choice + columns * rowCount) else { return }
    choose(choice + columns * rowCount)
  }

  private mutating func choose(_ number: Int) {
    choice = number
    shown = base.replacing(candidates[number].range, with: candidates[number].text) ?? base
  }

  /// The statement with the choice and what follows it, where that does not stand there already; nil without a choice.
  var taken: EditedText? {
    guard let choice else { return nil }
    let candidate = candidates[choice]
    let rest = Substring(base.text.utf8.dropFirst(candidate.range.upperBound))
    let text = rest.hasPrefix(candidate.suffix) ? candidate.text : candidate.text + candidate.suffix
    return base.replacing(candidate.range, with: text)
  }

  /// The rows of the list in a window so many columns wide, at most `height` of them; the choice is among them.
  mutating func rows(width: Int, height: Int) -> [[Frame.Cell]] {
    let width = max(1, width)
    let entries = Entries(candidates, width: width, height: height)
    rowCount = (candidates.count + entries.columnCount - 1) / entries.columnCount
    // The last row tells how much there is where not all of it is shown.
    let isCut = rowCount > max(1, height)
    let shownRows = isCut ? max(1, height - 1) : rowCount
    let row = choice.map { $0 % rowCount } ?? 0
    top = min(max(top, row - shownRows + 1), row)
    top = max(0, min(top, rowCount - shownRows))
    var rows = (top..<top + shownRows).map { row in
      (0..<entries.columnCount).reduce(into: [Frame.Cell]()) { cells, column in
        let number = column * rowCount + row
        guard candidates.indices.contains(number) else { return }
        cells += blanks(column * entries.columnWidth - Frame.width(of: cells))
        cells += entries.cells(number, isChosen: number == choice)
      }
    }
    if isCut, height > 1 {
      let place = choice.map { "\($0 + 1) of " } ?? ""
      rows.append(Frame.cells(DisplayWidth.truncate("\(place)\(candidates.count) candidates", to: width), .dim))
    }
    return rows
  }

  private func blanks(_ count: Int) -> [Frame.Cell] { Frame.cells(String(repeating: " ", count: max(0, count))) }
}

/// The candidates as they stand in the list: a name, and beside it faintly what it is.
private struct Entries {
  private static let gap = 2
  /// The widest description where the whole of them would leave too few columns.
  private static let description = 36

  private let names: [String]
  private let descriptions: [String]
  private let nameWidth: Int
  private let descriptionWidth: Int
  /// How many candidates stand beside each other.
  let columnCount: Int
  /// The columns of the window from one to the next.
  let columnWidth: Int

  init(_ candidates: [CompletionCandidate], width: Int, height: Int) {
    names = candidates.map { DisplayWidth.escaped($0.text) }
    descriptions = Entries.aligned(candidates.map { DisplayWidth.escaped($0.description ?? "") })
    let widestName = names.map(DisplayWidth.of).max() ?? 0
    let widest = descriptions.map(DisplayWidth.of).max() ?? 0
    let gap = Entries.gap
    func columns(_ descriptionWidth: Int) -> (whole: Int, count: Int) {
      let whole = widestName + (widest > 0 ? gap + descriptionWidth : 0)
      return (whole, max(1, min(candidates.count, (width + gap) / (whole + gap))))
    }
    var fitting = columns(widest)
    if fitting.count * height < candidates.count { fitting = columns(min(widest, Entries.description)) }
    columnCount = fitting.count
    columnWidth = columnCount == 1 ? width : fitting.whole + gap
    nameWidth = min(widestName, width)
    let room = (columnCount == 1 ? width : fitting.whole) - nameWidth - gap
    // A description of which only some letters are seen says nothing.
    descriptionWidth = room >= min(widest, 8) ? min(widest, room) : 0
  }

  /// Descriptions with the numbers that they begin with one below the other.
  private static func aligned(_ descriptions: [String]) -> [String] {
    let numbers = descriptions.map { $0.first?.isNumber == true ? $0.prefix { $0 != " " }.count : 0 }
    let widest = numbers.max() ?? 0
    return zip(descriptions, numbers).map { description, count in
      count > 0 ? String(repeating: " ", count: widest - count) + description : description
    }
  }

  /// The cells of a candidate; the one that is chosen is inverted.
  func cells(_ number: Int, isChosen: Bool) -> [Frame.Cell] {
    let style: Style = isChosen ? .inverse : []
    let name = DisplayWidth.truncate(names[number], to: nameWidth)
    guard descriptionWidth > 0 else { return Frame.cells(name, style) }
    let description = DisplayWidth.truncate(descriptions[number], to: descriptionWidth)
    let lead = name + blanks(nameWidth + Entries.gap, besides: name)
    return Frame.cells(lead, style) + Frame.cells(description, isChosen ? style : .dim)
  }

  private func blanks(_ width: Int, besides text: String) -> String {
    String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
  }
}
