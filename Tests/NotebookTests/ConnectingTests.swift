import Testing

@testable import Notebook

@Suite("Connecting to databases") struct ConnectingTests {
  @Test(arguments: ["postgresql://u:hush@host/db", "spark://host:1/;token=hush", "other://u:hush@host"])
  func whatIsSecretIsRefusedAndNotRepeated(_ address: String) throws {
    for isChecking in [false, true] {
      let notebook = try TestNotebook()
      if isChecking { notebook.session.startChecking() }
      try notebook.run("connect '\(address)'")
      #expect(notebook.errors.count == 1)
      #expect(notebook.lastError.hasPrefix("test:1:9: error: "))
      #expect(!notebook.errors.joined().contains("hush"))
      if isChecking { continue }
      let why = try notebook.run("help why")
      #expect(why.contains("***"))
      #expect(!why.contains("hush"))
    }
  }

  @Test func aStatementThatIsWrongDoesNotShowItEither() throws {
    let notebook = try TestNotebook()
    try notebook.run("conect 'postgresql://u:hush@host/db'")
    #expect(notebook.errors.count == 1)
    #expect(!notebook.errors.joined().contains("hush"))
  }

  @Test func howLongAnEngineIsWaitedFor() throws {
    let notebook = try TestNotebook()
    func value() throws -> String {
      let rows = try notebook.run("settings").split(separator: "\n")
      return rows.first { $0.hasPrefix("engine_timeout,") }?.split(separator: ",")[1].description ?? ""
    }
    #expect(try value() == "off")
    try notebook.run("set engine_timeout 1.5")
    #expect(try value() == "1.5")
    try notebook.run("set engine_timeout 90")
    #expect(try value() == "90")
    for wrong in ["0", "-1", "nan", "inf", "soon"] {
      try notebook.run("set engine_timeout '\(wrong)'")
      #expect(notebook.lastError == "test:1:5: error: `engine_timeout` takes seconds, or off")
    }
    try notebook.run("set engine_timeout off")
    #expect(try value() == "off")
  }
}
