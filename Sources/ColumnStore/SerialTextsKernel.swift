import Synchronization

/// Texts of which each is the same prefix and a number, all of one length and all held by their views, as identifiers often
/// are: `acc_00457500`. The numbers tell them apart, so that nothing is hashed, and their order is that of the texts.
struct SerialTexts {
  private let length: UInt32
  /// The bytes before the last eight, and what of those is no number.
  private let head: UInt64
  private let headMask: UInt64
  private let tail: UInt64
  private let numberMask: UInt64

  /// Texts that look like the first of a column; nil when that does not end with a digit, or is longer than a view.
  private init?(like view: TextView) {
    guard view.length > 0, view.isInline else { return nil }
    length = view.length
    headMask = length > 8 ? 1 << (8 * UInt64(length - 8)) - 1 : 0
    head = SerialTexts.start(view) & headMask
    let last = SerialTexts.lastEight(view)
    var digits = 0
    while digits < min(8, Int(length)), (0x30...0x39).contains(last >> UInt64(56 - 8 * digits) & 0xFF) { digits += 1 }
    guard digits > 0 else { return nil }
    numberMask = UInt64.max << UInt64(64 - 8 * digits)
    tail = last & ~numberMask
  }

  /// The first eight bytes of a text that a view holds, the first lowest.
  @inline(__always)
  private static func start(_ view: TextView) -> UInt64 { UInt64(view.prefix) | view.payload &<< 32 }

  /// The last eight bytes, the last highest; zeros stand before a shorter text.
  @inline(__always)
  private static func lastEight(_ view: TextView) -> UInt64 {
    let (start, rest) = (start(view), view.payload &>> 32)
    if view.length < 8 { return start &<< (64 - 8 * UInt64(view.length)) }
    let shift = 8 * UInt64(view.length - 8)
    return start &>> shift | (rest &<< 1) &<< (63 - shift)
  }

  /// The number of a text; nil when it looks otherwise.
  @inline(__always)
  private func number(_ view: TextView) -> UInt32? {
    guard view.length == length else { return nil }
    let last = SerialTexts.lastEight(view)
    guard last & ~numberMask == tail, SerialTexts.start(view) & headMask == head else { return nil }
    return EightDigits.number((last ^ EightDigits.zeros) & numberMask).map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The view of the text with a number.
  private func view(_ number: Int) -> TextView {
    var (digits, rest) = (UInt64(0), UInt64(number))
    for _ in 0..<8 {
      digits = digits << 8 | (0x30 + rest % 10)
      rest /= 10
    }
    let last = tail | digits & numberMask
    if length < 8 {
      let start = last >> (64 - 8 * UInt64(length))
      return TextView(length: length, prefix: UInt32(truncatingIfNeeded: start), payload: start >> 32)
    }
    let shift = 8 * UInt64(length - 8)
    let start = head | last << shift
    let end = shift == 0 ? 0 : last >> (64 - shift)
    return TextView(length: length, prefix: UInt32(truncatingIfNeeded: start), payload: start >> 32 | end << 32)
  }

  /// What the rows of a column have for codes, and the texts of the codes in their order; nil where a text looks otherwise,
  /// or where the numbers lie so far apart that their range is more than twice the rows.
  static func encoded(_ views: Buffer<TextView>, _ validity: Bitmap?) -> (
    codes: Buffer<UInt32>, entries: Buffer<TextView>
  )? {
    let firstRow = validity.map { $0.firstTrue } ?? (views.count > 0 ? 0 : nil)
    guard let firstRow, let texts = SerialTexts(like: views[firstRow]) else { return nil }
    let numbers = MutableBuffer<UInt32>(count: views.count)
    guard let range = texts.read(views, validity, into: numbers), range.count <= max(1 << 16, 2 * views.count) else {
      return nil
    }
    let ranks = SerialTexts.ranks(numbers.frozen(), validity, range)
    let entries = MutableBuffer<TextView>(count: ranks.count)
    WorkerPool.shared.forEach(parts: Segment.count(rows: views.count)) { segment in
      let rows = Segment.range(segment, rows: views.count)
      for row in rows where validity?[row] ?? true {
        numbers.pointer[row] = ranks.ofNumber.pointer[Int(numbers.pointer[row]) - range.lowerBound]
      }
    }
    for (code, number) in ranks.numbers.enumerated() {
      entries.pointer[code] = texts.view(range.lowerBound + Int(number))
    }
    return (numbers.frozen(), entries.frozen())
  }

  /// The numbers of all texts, 0 for those that are missing, and their range; nil where a text looks otherwise.
  private func read(_ views: Buffer<TextView>, _ validity: Bitmap?, into numbers: MutableBuffer<UInt32>) -> Range<Int>?
  {
    let found = Mutex<(least: UInt32, largest: UInt32)>((.max, 0))
    let areAlike = Atomic<Bool>(true)
    WorkerPool.shared.forEach(parts: Segment.count(rows: views.count)) { segment in
      guard areAlike.load(ordering: .relaxed) else { return }
      var (least, largest) = (UInt32.max, UInt32(0))
      for row in Segment.range(segment, rows: views.count) {
        guard validity?[row] ?? true else {
          numbers.pointer[row] = 0
          continue
        }
        guard let number = number(views.pointer[row]) else { return areAlike.store(false, ordering: .relaxed) }
        numbers.pointer[row] = number
        least = min(least, number)
        largest = max(largest, number)
      }
      found.withLock { $0 = (min($0.least, least), max($0.largest, largest)) }
    }
    let (least, largest) = found.withLock { $0 }
    return areAlike.load(ordering: .relaxed) && least <= largest ? Int(least)..<Int(largest) + 1 : nil
  }

  /// Which of the numbers of a range there are, less the first of it, and for each how many there are before it.
  private static func ranks(_ numbers: Buffer<UInt32>, _ validity: Bitmap?, _ range: Range<Int>)
    -> (numbers: Buffer<UInt32>, ofNumber: Buffer<UInt32>, count: Int)
  {
    let marks = Mutex<[Int: MutableBuffer<UInt8>]>([:])
    // Nothing in it fails.
    try? WorkerPool.shared.run(parts: Segment.count(rows: numbers.count)) { segment, worker in
      let own = marks.withLock { marks in
        let own = marks[worker] ?? MutableBuffer<UInt8>(count: range.count, zeroed: true)
        marks[worker] = own
        return own
      }
      for row in Segment.range(segment, rows: numbers.count) where validity?[row] ?? true {
        own.pointer[Int(numbers.pointer[row]) - range.lowerBound] = 1
      }
    }
    let all = marks.withLock { Array($0.values) }
    let ofNumber = MutableBuffer<UInt32>(count: range.count)
    let found = MutableBuffer<UInt32>(count: range.count)
    var count = 0
    for number in 0..<range.count {
      ofNumber.pointer[number] = UInt32(truncatingIfNeeded: count)
      found.pointer[count] = UInt32(truncatingIfNeeded: number)
      count += all.contains { $0.pointer[number] != 0 } ? 1 : 0
    }
    return (found.frozen().slice(0..<count), ofNumber.frozen(), count)
  }
}

extension Bitmap {
  /// The first set bit.
  fileprivate var firstTrue: Int? {
    for word in 0..<Bitmap.wordCount(count) {
      let bits = maskedWord(word)
      if bits != 0 { return word << 6 + bits.trailingZeroBitCount }
    }
    return nil
  }
}
