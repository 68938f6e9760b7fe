extension FunctionRegistry {
  static let codeFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "md5", does: .md5, "md5(text)", [Signature([.text], returns: .text)], "the MD5 digest in hexadecimal",
      "md5('abc')", gives: "900150983cd24fb0d6963f7d28e17f72"),
    FunctionEntry(
      "sha1", does: .sha1, "sha1(text)", [Signature([.text], returns: .text)], "the SHA-1 digest in hexadecimal",
      "sha1('abc')", gives: "a9993e364706816aba3e25717850c26c9cd0d89d"),
    FunctionEntry(
      "sha256", does: .sha256, "sha256(text)", [Signature([.text], returns: .text)],
      "the SHA-256 digest in hexadecimal", "sha256('abc')",
      gives: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    FunctionEntry(
      "sha512", does: .sha512, "sha512(text)", [Signature([.text], returns: .text)],
      "the SHA-512 digest in hexadecimal", "left(sha512('abc'), 16)", gives: "ddaf35a193617aba"),
    FunctionEntry(
      "hash", does: .hash, "hash(value, ...)", [Signature([.any], variadic: true, returns: .integer)],
      "a number that never changes, from 0 up: the first 63 bits of the SHA-256 of the values' text",
      "hash('abc')", gives: "6718257250126850037"),
    FunctionEntry(
      "to_hex", does: .hexadecimal, "to_hex(x)",
      [Signature([.integer], returns: .text), Signature([.text], returns: .text)],
      "a whole number, or a text's bytes, in hexadecimal", "to_hex(255)", gives: "ff"),
    FunctionEntry(
      "hex", does: .hexadecimalUpper, "hex(x)",
      [Signature([.integer], returns: .text), Signature([.text], returns: .text)], "the same in capitals",
      "hex('abc')", gives: "616263"),
    FunctionEntry(
      "unhex", "from_hex", does: .fromHexadecimal, "unhex(text)", [Signature([.text], returns: .text)],
      "the text whose bytes are given in hexadecimal; NULL where they are none", "unhex('616263')", gives: "abc"),
    FunctionEntry(
      "to_base", does: .inBase, "to_base(number, base [, digits])",
      [Signature([.integer, .integer, .integer], optional: 1, returns: .text)],
      "a whole number from 0 up in base 2 to 36, with a least number of digits", "to_base(42, 16)", gives: "2A"),
    FunctionEntry(
      "bin", "to_binary", does: .binary, "bin(number)", [Signature([.integer], returns: .text)],
      "a whole number in binary", "bin(5)", gives: "101"),
    FunctionEntry(
      "to_base64", "base64", does: .base64, "to_base64(text)", [Signature([.text], returns: .text)],
      "the text's bytes in base 64 (RFC 4648)", "to_base64('abc')", gives: "YWJj"),
    FunctionEntry(
      "from_base64", does: .fromBase64, "from_base64(text)", [Signature([.text], returns: .text)],
      "the text that base 64 stands for; NULL where it stands for none", "from_base64('YWJj')", gives: "abc"),
    FunctionEntry(
      "encode", does: .encode, "encode(text, code)",
      [Signature([.text, .oneOf(["hex", "base64"])], returns: .text)], "the text's bytes in 'hex' or 'base64'",
      "encode('abc', 'hex')", gives: "616263"),
    FunctionEntry(
      "decode", does: .decode, "decode(text, code)",
      [Signature([.text, .oneOf(["hex", "base64"])], returns: .text)],
      "the text that 'hex' or 'base64' stands for; also decode(x, a, result, b, result, ..., otherwise)",
      "decode('YWJj', 'base64')",
      gives: "abc"),
    FunctionEntry(
      "url_encode", does: .urlEncode, "url_encode(text)", [Signature([.text], returns: .text)],
      "the text as it stands in a URL", "url_encode('a b/ü')", gives: "a%20b%2F%C3%BC"),
    FunctionEntry(
      "url_decode", does: .urlDecode, "url_decode(text)", [Signature([.text], returns: .text)],
      "the text that stands in a URL", "url_decode('a%20b%2F%C3%BC')", gives: "a b/ü"),
    FunctionEntry(
      "url_scheme", "url_extract_protocol", does: .urlScheme, "url_scheme(url)", [Signature([.text], returns: .text)],
      "what stands before the colon, in lower case; NULL where there is none", "url_scheme('HTTPS://x.com/')",
      gives: "https"),
    FunctionEntry(
      "url_host", "url_extract_host", does: .urlHost, "url_host(url)", [Signature([.text], returns: .text)],
      "the host in lower case, without user and port; NULL where there is none",
      "url_host('https://Twitter.com:443/a?b')", gives: "twitter.com"),
    FunctionEntry(
      "url_domain", does: .urlDomain, "url_domain(url)", [Signature([.text], returns: .text)],
      "the host without www.; a scheme may be missing", "url_domain('www.twitter.com/x')", gives: "twitter.com"),
    FunctionEntry(
      "url_path", "url_extract_path", does: .urlPath, "url_path(url)", [Signature([.text], returns: .text)],
      "the path of a URL", "url_path('https://x.com/i/status/20?s=1')", gives: "/i/status/20"),
    FunctionEntry(
      "url_query", "url_extract_query", does: .urlQuery, "url_query(url)", [Signature([.text], returns: .text)],
      "what follows the question mark; NULL where there is none", "url_query('https://x.com/i?s=1&t=2#top')",
      gives: "s=1&t=2"),
    FunctionEntry(
      "url_fragment", "url_extract_fragment", does: .urlFragment, "url_fragment(url)",
      [Signature([.text], returns: .text)], "what follows the number sign; NULL where there is none",
      "url_fragment('https://x.com/i#top')", gives: "top"),
    FunctionEntry(
      "url_parameter", "url_extract_parameter", does: .urlParameter, "url_parameter(url, name)",
      [Signature([.text, .text], returns: .text)], "the value of a name in a URL's query; NULL where it is not there",
      "url_parameter('https://x.com/i?s=1&t=a%20b', 't')", gives: "a b"),
  ]
}
