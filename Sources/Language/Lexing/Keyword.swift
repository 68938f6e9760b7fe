/// The words that the grammar knows. Few of them are reserved: most are also good names.
enum Keyword: UInt8, Sendable, CaseIterable, Hashable {
  case aggregate, all, alter, analyze, and, anti, any, array, `as`, asc, asof, assert, at, audit
  case begin, between, both, by
  case call, `case`, cast, cd, check, collate, columns, commit, compare, connect, constraint, create, cross, cube,
    current
  case date, `default`, delete, desc, describe, diff, disconnect, distinct, drivers, drop
  case edit, `else`, end, errata, escape, except, exclude, exists, exit, explain, extend, extract
  case `false`, fetch, filter, first, following, `for`, force, foreign, format, from, full, function
  case group, grouping, groups
  case having, height, help, history
  case `if`, ignore, ilike, `in`, include, index, inner, insert, intersect, interval, into, `is`, isnull
  case join
  case last, latency, lateral, leading, left, `let`, like, limit, load, log, ls
  case materialized
  case name, natural, no, not, notnull, null, nulls
  case observed, of, off, offset, on, or, order, ordinality, others, outer, output, over
  case partition, per, percent, pivot, plot, position, preceding, primary, print, pseudonymise, pwd
  case qualify, quit
  case range, reconcile, recursive, redo, references, reindex, rename, repeatable, replace, reported, respect, right,
    rollback, rollup, row, rows
  case run
  case safeCast, sample, save, seed, select, semi, session, set, sets, settings, share, shell, show, some,
    sources, start, substring
  case summarize
  case table, tables, tablesample, temp, temporary, that, then, ties, time, timeline, timer, timestamp, timestamptz,
    title, to, top, tour
  case trailing, trim, `true`, truncate, tryCast
  case unbounded, undo, union, unique, unknown, unnest, unpivot, until, update, use, using
  case values, view, vocabulary
  case watch, when, `where`, width, window, with, within, without
  case zone

  /// The spelling in lower case.
  var text: String {
    switch self {
    case .tryCast: "try_cast"
    case .safeCast: "safe_cast"
    default: String(describing: self)
    }
  }

  /// The words by their spelling in lower case.
  private static let byText: [String: Keyword] = Dictionary(
    allCases.map { ($0.text, $0) }, uniquingKeysWith: { first, _ in first })

  private static let longest = 12

  /// The keyword that ASCII bytes spell, in any case.
  init?(bytes: ArraySlice<UInt8>) {
    guard bytes.count <= Self.longest else { return nil }
    let lower = bytes.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
    guard let keyword = Self.byText[String(decoding: lower, as: UTF8.self)] else { return nil }
    self = keyword
  }

  /// Never a bare column or table name: they need quotes to be one.
  var isReserved: Bool { Self.reserved.contains(self) }

  /// Whether it cannot follow a value or table as a name for it without `as`.
  var endsItem: Bool { isReserved || Self.itemEnds.contains(self) }

  private static let reserved = KeywordSet([
    .and, .as, .case, .else, .end, .except, .false, .from, .group, .having, .in, .intersect, .is, .join, .like, .limit,
    .not, .null, .on, .or, .order, .select, .then, .true, .union, .using, .when, .where,
  ])

  private static let itemEnds = KeywordSet([
    .anti, .asc, .asof, .at, .between, .by, .collate, .cross, .desc, .escape, .fetch, .filter, .for, .full, .ignore,
    .include,
    .ilike, .inner,
    .isnull, .left, .natural, .notnull, .nulls, .of, .offset, .over, .per, .pivot, .qualify, .respect, .right, .semi,
    .tablesample, .unpivot, .window, .with, .within, .without,
  ])
}

/// A set of keywords in a few machine words: what the parser would have taken at a place.
struct KeywordSet: Sendable {
  private var bits = SIMD4<UInt64>(repeating: 0)

  init(_ keywords: [Keyword] = []) {
    for keyword in keywords { insert(keyword) }
  }

  mutating func insert(_ keyword: Keyword) {
    bits[Int(keyword.rawValue >> 6)] |= 1 << UInt64(keyword.rawValue & 63)
  }

  func contains(_ keyword: Keyword) -> Bool {
    bits[Int(keyword.rawValue >> 6)] & (1 << UInt64(keyword.rawValue & 63)) != 0
  }

  mutating func removeAll() { bits = SIMD4(repeating: 0) }

  /// The spellings, in alphabetical order.
  var words: [String] { Keyword.allCases.filter(contains).map(\.text) }
}
