import Formats

/// A horizontal axis: a line with a mark at each tick, and the labels below them.
enum TickLine {
  /// The cell in which a value lies.
  static func cell(_ value: Double, _ scale: Scale, width: Int) -> Int {
    min(width - 1, max(0, Int(scale.place(value) * Double(width) + 1e-9)))
  }

  /// Whether no labels touch.
  static func fits(_ scale: Scale, width: Int) -> Bool {
    var end = -1
    for tick in scale.ticks {
      let start = start(of: tick, scale, width: width)
      if start <= end { return false }
      end = start + displayWidth(tick.label)
    }
    return true
  }

  /// Where a label begins: centred below its mark, but within the picture at the left.
  private static func start(of tick: Scale.Tick, _ scale: Scale, width: Int) -> Int {
    let length = displayWidth(tick.label)
    let centred = cell(tick.value, scale, width: width) - length / 2
    return max(0, min(centred, width - length))
  }

  /// The line with its marks.
  static func axis(_ scale: Scale, width: Int) -> String {
    var marks = Array(repeating: Character("─"), count: width)
    for tick in scale.ticks { marks[cell(tick.value, scale, width: width)] = "┬" }
    return String(marks)
  }

  /// The labels below it, as many as have room.
  static func labels(_ scale: Scale, width: Int, indent: Int) -> StyledLine {
    var labels = StyledLine()
    for tick in scale.ticks {
      let start = indent + start(of: tick, scale, width: width)
      if labels.width > 0, start <= labels.width || displayWidth(tick.label) > width { continue }
      labels.pad(to: start)
      labels.append(tick.label, .type)
    }
    return labels
  }
}
