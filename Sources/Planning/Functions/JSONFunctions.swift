extension FunctionRegistry {
  private static func reading(_ result: Signature.Result) -> [Signature] {
    [
      Signature([.text, .jsonPath], optional: 1, returns: result), Signature([.text, .integer], returns: result),
    ]
  }
  private static func extracting(_ result: Signature.Result) -> [Signature] {
    [Signature([.text, .jsonPath], returns: result), Signature([.text, .integer], returns: result)]
  }

  /// JSON in texts. What is no JSON gives NULL, never an error: `json_valid` tells. Values nested deeper than 256 count as
  /// no JSON.
  static let jsonFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "json_extract", "json_query", "json_extract_path", does: .jsonExtract, "json_extract(json, path)",
      extracting(.text),
      "the JSON at a path such as '$.a.b[0]', a member's name or a place from 0; also json -> path",
      "json_extract('{\"a\":[1,2]}', '$.a[1]')", gives: "2"),
    FunctionEntry(
      "json_extract_string", "json_extract_path_text", does: .jsonExtractText,
      "json_extract_string(json, path)", extracting(.text),
      "the same as text: strings without quotes; also json ->> path",
      "json_extract_string('{\"a\":\"withheld\"}', 'a')", gives: "withheld"),
    FunctionEntry(
      "json_value", "json_extract_scalar", does: .jsonValue, "json_value(json, path)", extracting(.text),
      "the same, NULL for arrays and objects", "json_value('{\"a\":{\"b\":7}}', '$.a.b')", gives: "7"),
    FunctionEntry(
      "json_list", "json_extract_array", "json_extract_string_array", "json_value_array", does: .jsonList,
      "json_list(json [, path])", reading(.type(.textList)),
      "an array's items as a list of texts; with [*] in the path what it leads to", "json_list('[\"AT\",\"DE\"]')",
      gives: "[\"AT\",\"DE\"]"),
    FunctionEntry(
      "json_keys", "json_object_keys", does: .jsonKeys, "json_keys(json [, path])", reading(.type(.textList)),
      "the names of an object's members", "json_keys('{\"a\":1,\"b\":2}')", gives: "[\"a\",\"b\"]"),
    FunctionEntry(
      "json_array_length", "jsonb_array_length", does: .jsonLength, "json_array_length(json [, path])",
      reading(.integer), "how many items an array has; NULL for others", "json_array_length('[1,2,3]')", gives: "3"),
    FunctionEntry(
      "json_type", "json_typeof", "jsonb_typeof", does: .jsonType, "json_type(json [, path])", reading(.text),
      "null, boolean, number, string, array or object", "json_type('{\"a\":[1]}', 'a')", gives: "array"),
    FunctionEntry(
      "json_valid", does: .jsonValid, "json_valid(text)", [Signature([.text], returns: .boolean)],
      "whether a text is JSON", "json_valid('{\"a\":')", gives: "false"),
    FunctionEntry(
      "json_exists", does: .jsonExists, "json_exists(json, path)", extracting(.boolean),
      "whether there is something at a path", "json_exists('{\"a\":null}', 'a')", gives: "true"),
    FunctionEntry(
      "json_contains", does: .jsonContains, "json_contains(json, part)",
      [Signature([.text, .text], returns: .boolean)],
      "whether a JSON value is somewhere in another: members and items that are not asked for may be there too",
      "json_contains('{\"a\":[1,2]}', '{\"a\":[2]}')", gives: "true"),
    FunctionEntry(
      "json", "json_compact", does: .jsonCompact, "json(text)", [Signature([.text], returns: .text)],
      "the JSON without white space", "json('{ \"a\": 1 }')", gives: "{\"a\":1}"),
    FunctionEntry(
      "to_json", "to_jsonb", "json_quote", "to_json_string", does: .toJSON, "to_json(value)",
      [Signature([.any], returns: .text)], "a value as JSON", "to_json('a\"b')", gives: "\"a\\\"b\""),
    FunctionEntry(
      "json_array", "json_build_array", does: .jsonArray, "json_array(value, ...)",
      [Signature([.any], optional: 1, variadic: true, returns: .text)], "values as a JSON array",
      "json_array(1, 'a', NULL)", gives: "[1,\"a\",null]"),
    FunctionEntry(
      "json_object", "json_build_object", does: .jsonObject, "json_object(name, value, ...)",
      [Signature([.any], optional: 1, variadic: true, returns: .text)], "names and values as a JSON object",
      "json_object('a', 1, 'b', 'x')", gives: "{\"a\":1,\"b\":\"x\"}"),
  ]
}
