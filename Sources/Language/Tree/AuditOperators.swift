/// `check ['name' that] condition`: counts the rows for which a condition does not hold, and hands all rows on.
public struct CheckOperator: Sendable, Hashable {
  /// What it is called; nil for the text of its condition.
  public let name: String?
  /// What must hold for every row.
  public let condition: Expression

  /// A check.
  public init(name: String?, condition: Expression) {
    self.name = name
    self.condition = condition
  }
}

/// `audit`: looks for what is often wrong in tables of notices and actions. It has nothing to choose.
///
/// ```
/// audit                                      every table, or the table in use
/// audit removals                             a table
/// from removals |> where year > 2015 |> audit
/// ```
public struct AuditOperator: Sendable, Hashable {
  /// An audit of the rows so far.
  public init() {}
}

/// `reconcile with other on keys [by groups] [reported count [observed aggregate]]`: what two tables know of each other.
///
/// ```
/// reconcile actions with notices on notice_id
/// from actions |> reconcile with notices on notice_id by country reported accounts_actioned
/// ```
public struct ReconcileOperator: Sendable, Hashable {
  /// The other table.
  public let other: TableReference
  /// What says that rows of both belong together: names of both tables, or equalities between a column of each.
  public let keys: [Expression]
  /// `by country`
  public let groups: [NamedExpression]
  /// `reported accounts_actioned`: a number in the other table
  public let reported: Expression?
  /// `observed count(distinct account_id)`: what it is held against, over the rows of this table; nil for their number
  public let observed: Expression?

  /// A reconciliation of the rows so far with another table.
  public init(
    other: TableReference, keys: [Expression], groups: [NamedExpression], reported: Expression?, observed: Expression?
  ) {
    self.other = other
    self.keys = keys
    self.groups = groups
    self.reported = reported
    self.observed = observed
  }
}

/// `diff with old by keys [share columns]`: what has changed between two loads of a source.
///
/// ```
/// diff removals_may removals_june by id
/// from removals_june |> diff with removals_may by id share action
/// ```
public struct DiffOperator: Sendable, Hashable {
  /// The older rows.
  public let old: TableReference
  /// What says which row of both is the same.
  public let keys: [Expression]
  /// `share action`: columns of which it is told how the shares of their values have moved
  public let shares: [NamedExpression]

  /// A comparison of the rows so far, which are the newer ones, with older ones.
  public init(old: TableReference, keys: [Expression], shares: [NamedExpression]) {
    self.old = old
    self.keys = keys
    self.shares = shares
  }
}

/// `pseudonymise columns [with key 'FILE']`: puts a keyed hash in place of each value.
public struct PseudonymiseOperator: Sendable, Hashable {
  /// The columns.
  public let columns: [QualifiedName]
  /// The file that holds the key; nil for the one that the environment names.
  public let key: PathText?

  /// Pseudonyms in place of the values of columns.
  public init(columns: [QualifiedName], key: PathText?) {
    self.columns = columns
    self.key = key
  }
}
