import CGLPK

/// Whole numbers from 0 on that are asked to make some sums right: whether there are any.
///
/// Solved by GLPK: the simplex method first, whose corner is often whole already, then branch and bound up to a number of
/// nodes. What is found is checked in whole numbers by whoever uses it.
struct IntegerProgram {
  /// A sum of variables that is to be a number, or at least that.
  struct Sum {
    var variables: [Int]
    var value: Int
    var isExact: Bool
  }

  var variableCount: Int
  var sums: [Sum]

  /// How much work is done before it is given up, in steps of the simplex method and in nodes.
  private static let stepLimit: Int32 = 20_000
  private static let nodeLimit = 400

  /// A solution; nil where there is none, or none was found.
  func solution() -> [Int]? {
    guard variableCount > 0, variableCount <= Int(Int32.max) / 2, let problem = glp_create_prob() else { return nil }
    defer { glp_delete_prob(problem) }
    glp_term_out(GLP_OFF)
    glp_add_cols(problem, Int32(variableCount))
    for column in 1...Int32(variableCount) {
      glp_set_col_bnds(problem, column, GLP_LO, 0, 0)
      glp_set_col_kind(problem, column, GLP_IV)
    }
    glp_add_rows(problem, Int32(max(1, sums.count)))
    for (index, sum) in sums.enumerated() {
      let row = Int32(index + 1)
      glp_set_row_bnds(problem, row, sum.isExact ? GLP_FX : GLP_LO, Double(sum.value), Double(sum.value))
      // GLPK counts from 1, in arrays too.
      let columns = [0] + sum.variables.map { Int32($0 + 1) }
      let ones = [Double](repeating: 1, count: columns.count)
      glp_set_mat_row(problem, row, Int32(sum.variables.count), columns, ones)
    }
    var simplex = glp_smcp()
    glp_init_smcp(&simplex)
    simplex.msg_lev = GLP_MSG_OFF
    simplex.it_lim = IntegerProgram.stepLimit
    guard glp_simplex(problem, &simplex) == 0, glp_get_status(problem) == GLP_OPT else { return nil }
    if let whole = values({ glp_get_col_prim(problem, $0) }) { return whole }
    var search = glp_iocp()
    glp_init_iocp(&search)
    search.msg_lev = GLP_MSG_OFF
    search.cb_func = { tree, _ in
      var nodes: (Int32, Int32, Int32) = (0, 0, 0)
      glp_ios_tree_size(tree, &nodes.0, &nodes.1, &nodes.2)
      if nodes.2 > IntegerProgram.nodeLimit || glp_ios_reason(tree) == GLP_IBINGO { glp_ios_terminate(tree) }
    }
    let outcome = glp_intopt(problem, &search)
    let status = glp_mip_status(problem)
    guard outcome == 0 || outcome == GLP_ESTOP, status == GLP_OPT || status == GLP_FEAS else { return nil }
    return values { glp_mip_col_val(problem, $0) }
  }

  /// The variables' values where all sums are right to the last unit; nil where they are not.
  private func values(_ value: (Int32) -> Double) -> [Int]? {
    var whole: [Int] = []
    for column in 1...Int32(variableCount) {
      let number = value(column).rounded()
      guard number >= 0, number < 1e15 else { return nil }
      whole.append(Int(number))
    }
    let isRight = sums.allSatisfy { sum in
      let total = sum.variables.reduce(0) { $0 + whole[$1] }
      return sum.isExact ? total == sum.value : total >= sum.value
    }
    return isRight ? whole : nil
  }
}
