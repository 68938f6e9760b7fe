extension FunctionRegistry {
  private static let toList: [Signature] = [Signature([.anyList], returns: .argument(0))]
  private static let toItem: [Signature] = [Signature([.anyList], returns: .item)]
  private static let numbers: [Signature] = [Signature([.type(.list(.double))], returns: .double)]

  private static func folding(
    _ name: String, _ function: ScalarFunction, _ signatures: [Signature], _ summary: String, _ call: String,
    _ result: String
  ) -> FunctionEntry<ScalarFunction> {
    FunctionEntry(
      "list_\(name)", "array_\(name)", does: function, "list_\(name)(list)", signatures, summary, call, gives: result)
  }

  /// Places in lists count from 1, and from the end below 0.
  static let listFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "list_contains", "array_contains", "list_has", "array_has", does: .listContains, "list_contains(list, item)",
      [Signature([.anyList, .item], returns: .boolean)], "whether something is one of the list's items",
      "list_contains(['AT', 'DE'], 'DE')", gives: "true"),
    FunctionEntry(
      "list_position", "array_position", "list_indexof", "array_indexof", does: .listPosition,
      "list_position(list, item)", [Signature([.anyList, .item], returns: .integer)],
      "where an item first stands; NULL where it does not", "list_position(['AT', 'DE'], 'DE')", gives: "2"),
    FunctionEntry(
      "array_length", "cardinality", "list_length", does: .listLength, "array_length(list [, dimension])",
      [Signature([.anyList, .integer], optional: 1, returns: .integer)], "the number of items",
      "array_length(['AT', 'DE'])", gives: "2"),
    FunctionEntry(
      "list_value", "list_pack", does: .makeList, "list_value(item, ...)",
      [Signature([.same], variadic: true, returns: .listOfSame)], "a list of items; also [item, ...]",
      "list_value(1, 2)", gives: "[1,2]"),
    FunctionEntry(
      "list_append", "array_append", "array_push_back", does: .listAppend, "list_append(list, item)",
      [Signature([.anyList, .item], returns: .argument(0))], "the list with an item at its end",
      "list_append([1, 2], 3)", gives: "[1,2,3]"),
    FunctionEntry(
      "list_prepend", "array_prepend", does: .listPrepend, "list_prepend(item, list)",
      [Signature([.item, .anyList], returns: .argument(1))], "the list with an item at its beginning",
      "list_prepend(0, [1, 2])", gives: "[0,1,2]"),
    FunctionEntry(
      "list_concat", "list_cat", "array_concat", "array_cat", does: .listConcatenate, "list_concat(list, list)",
      [Signature([.anyList, .anyList], returns: .argument(0))], "one list behind the other; also list || list",
      "list_concat([1], [2, 3])", gives: "[1,2,3]"),
    FunctionEntry(
      "list_extract", "list_element", "array_extract", does: .listItem, "list_extract(list, place)",
      [Signature([.anyList, .integer], returns: .item)], "the item of a place; also list[place]",
      "list_extract(['AT', 'DE'], -1)", gives: "DE"),
    FunctionEntry(
      "list_slice", "array_slice", does: .listSlice, "list_slice(list, from, to)",
      [Signature([.anyList, .integer, .integer], returns: .argument(0))],
      "the items from one place to another; also list[from:to]", "list_slice([1, 2, 3, 4], 2, 3)", gives: "[2,3]"),
    FunctionEntry(
      "list_sort", "array_sort", does: .listSort, "list_sort(list [, 'desc' [, 'nulls first']])",
      [
        Signature(
          [.anyList, .oneOf(["asc", "desc"]), .oneOf(["nulls first", "nulls last"])], optional: 2,
          returns: .argument(0))
      ], "the items in order, NULL last unless said otherwise", "list_sort([3, 1, 2])", gives: "[1,2,3]"),
    FunctionEntry(
      "list_reverse_sort", "array_reverse_sort", does: .listReverseSort, "list_reverse_sort(list)", toList,
      "the items in descending order, NULL first", "list_reverse_sort([3, 1, 2])", gives: "[3,2,1]"),
    FunctionEntry(
      "list_reverse", "array_reverse", does: .listReverse, "list_reverse(list)", toList, "the items from last to first",
      "list_reverse([3, 1, 2])", gives: "[2,1,3]"),
    FunctionEntry(
      "list_distinct", "array_distinct", does: .listDistinct, "list_distinct(list)", toList,
      "each different item once, where it first stands; NULL is left out", "list_distinct([2, 1, 2])", gives: "[2,1]"),
    FunctionEntry(
      "list_unique", "array_unique", does: .listUnique, "list_unique(list)",
      [Signature([.anyList], returns: .integer)], "how many different items there are; NULL is left out",
      "list_unique([2, 1, 2])", gives: "2"),
    FunctionEntry(
      "list_has_any", "array_has_any", "array_overlap", does: .listHasAny, "list_has_any(list, list)",
      [Signature([.anyList, .anyList], returns: .boolean)], "whether the lists have an item in common",
      "list_has_any([1, 2], [2, 3])", gives: "true"),
    FunctionEntry(
      "list_has_all", "array_has_all", does: .listHasAll, "list_has_all(list, part)",
      [Signature([.anyList, .anyList], returns: .boolean)], "whether the list has every item of the other",
      "list_has_all([1, 2, 3], [3, 1])", gives: "true"),
    FunctionEntry(
      "list_intersect", "array_intersect", does: .listIntersect, "list_intersect(list, list)",
      [Signature([.anyList, .anyList], returns: .argument(0))], "the different items that both lists have",
      "list_intersect([1, 2, 2, 3], [2, 3, 4])", gives: "[2,3]"),
    FunctionEntry(
      "list_except", "array_except", does: .listExcept, "list_except(list, list)",
      [Signature([.anyList, .anyList], returns: .argument(0))], "the different items that the second list has not",
      "list_except([1, 2, 2, 3], [2, 4])", gives: "[1,3]"),
    FunctionEntry(
      "array_remove", "list_remove", does: .listRemove, "array_remove(list, item)",
      [Signature([.anyList, .item], returns: .argument(0))], "the list without an item, wherever it stands",
      "array_remove([1, 2, 1], 1)", gives: "[2]"),
    FunctionEntry(
      "flatten", does: .listFlatten, "flatten(lists)", [Signature([.anyList], returns: .item)],
      "the items of a list of lists in one", "flatten([[1, 2], [3]])", gives: "[1,2,3]"),
    folding(
      "sum", .listSum,
      [Signature([.type(.list(.integer))], returns: .integer), Signature([.type(.list(.double))], returns: .double)],
      "the sum of the items", "list_sum([1, 2, 3])", "6"),
    folding("avg", .listAverage, numbers, "the mean of the items", "list_avg([1, 2])", "1.5"),
    folding("min", .listMinimum, toItem, "the smallest item", "list_min([3, 1, 2])", "1"),
    folding("max", .listMaximum, toItem, "the largest item", "list_max([3, 1, 2])", "3"),
    folding("median", .listMedian, numbers, "the middle item", "list_median([3, 1, 2])", "2"),
    folding(
      "count", .listCount, [Signature([.anyList], returns: .integer)], "how many items are not NULL",
      "list_count([3, NULL])", "1"),
    folding("first", .listFirst, toItem, "the first item", "list_first([3, 1])", "3"),
    folding("last", .listLast, toItem, "the last item", "list_last([3, 1])", "1"),
    FunctionEntry(
      "array_to_string", "list_to_string", "array_join", does: .listToText,
      "array_to_string(list, separator [, null text])",
      [Signature([.anyList, .text, .text], optional: 1, returns: .text)],
      "the items' texts with a separator between them; NULL is left out unless it has a text",
      "array_to_string(['AT', 'DE'], ', ')", gives: "AT, DE"),
    FunctionEntry(
      "string_split", "str_split", "split", "string_to_list", does: .splitText, "string_split(text [, separator])",
      [Signature([.text, .text], optional: 1, returns: .type(.textList))],
      "the parts between separators (commas); an empty one parts characters", "string_split('AT,DE', ',')",
      gives: "[\"AT\",\"DE\"]"),
    FunctionEntry(
      "string_to_array", does: .textToList, "string_to_array(text, separator [, null text])",
      [Signature([.text, .text, .text], optional: 1, returns: .type(.textList))],
      "the same as PostgreSQL has it: NULL parts characters, and one text stands for NULL",
      "string_to_array('AT,-', ',', '-')", gives: "[\"AT\",null]"),
    FunctionEntry(
      "range", does: .listRange, "range([from,] to [, step])",
      [
        Signature([.integer, .integer, .integer], optional: 2, returns: .type(.list(.integer))),
        Signature([.timestamp, .timestamp, .type(.interval)], returns: .type(.list(.timestamp))),
      ], "the numbers, or times, from one up to another, which is left out", "range(2, 5)", gives: "[2,3,4]"),
    FunctionEntry(
      "generate_series", "generate_array", "generate_timestamp_array", does: .listSeries,
      "generate_series(from, to [, step])",
      [
        Signature([.integer, .integer, .integer], optional: 1, returns: .type(.list(.integer))),
        Signature([.timestamp, .timestamp, .type(.interval)], returns: .type(.list(.timestamp))),
      ], "the numbers, or times, from one to another, both among them", "generate_series(2, 5)", gives: "[2,3,4,5]"),
  ]

  /// The function that `list_aggregate(list, 'name')` means.
  static func listAggregate(named name: String) -> FunctionEntry<ScalarFunction>? { scalar(named: "list_\(name)") }
}
