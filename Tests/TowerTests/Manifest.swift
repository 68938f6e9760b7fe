import Foundation

/// The targets that Package.swift declares, in its order.
struct Manifest {
  struct Target {
    let kind: String
    let name: String
    let dependencies: [String]
  }

  let targets: [Target]

  /// Reads a manifest's text. Targets are declared by literals, so no evaluation is needed.
  init(_ text: String) {
    let code = text.split(separator: "\n").map(codeWithoutComment).joined(separator: "\n")
    targets = code.matches(of: /\.(target|executableTarget|testTarget|systemLibrary)\(/).compactMap { match in
      let body = Manifest.body(code[match.range.upperBound...])
      guard let name = body.firstMatch(of: /name:\s*"([^"]+)"/)?.1 else { return nil }
      let list = body.firstMatch(of: /dependencies:\s*\[([^\]]*)\]/)?.1 ?? ""
      let dependencies = list.matches(of: /"([^"]+)"/).map { String($0.1) }
      // What several tests share is a usual target among them.
      let kind = body.contains("path: \"Tests/") ? "testTarget" : String(match.1)
      return Target(kind: kind, name: String(name), dependencies: dependencies)
    }
  }

  /// The targets that are no tests.
  var sources: [Target] { targets.filter { $0.kind != "testTarget" } }

  /// The text up to the bracket that closes the one before it.
  private static func body(_ text: Substring) -> Substring {
    var depth = 1
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 { return text[..<index] }
    }
    return text
  }
}

/// A line up to `//`. A string that holds slashes is cut too, which no rule here minds.
func codeWithoutComment(_ line: Substring) -> String {
  guard let comment = line.firstRange(of: "//") else { return String(line) }
  return String(line[..<comment.lowerBound])
}
