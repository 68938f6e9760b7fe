import Glibc
import Testing

@testable import Notebook

@Suite("pseudonymise") struct PseudonymTests {
  /// What `python3 -c "import hmac; print(hmac.new(key, b'anna', 'sha256').hexdigest()[:24])"` gives of texts.
  private static let key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  private static let anna = "a1dba29b7ba69de63b9fd66f"
  private static let number = "147004a58d769b8123c2ab46"
  private static let empty = "081247dc68bb7fafbf132200"

  private func notebook() throws -> TestNotebook {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "account,n,day\nanna,12,2021-01-01\nbob,7,2021-01-02\nanna,12,\n,1,2021-01-02\n")
    try notebook.write("my.key", Self.key + "\n")
    chmod(notebook.folder + "/my.key", 0o600)
    try notebook.run("load '$d/t.csv'")
    notebook.forgetMessages()
    return notebook
  }

  @Test func aPseudonymIsAKeyedHashOfTheText() throws {
    let notebook = try notebook()
    let rows = try notebook.run("from t |> pseudonymise account, n with key '$d/my.key' |> limit 1 |> drop day")
    #expect(rows == "account,n\n\(Self.anna),\(Self.number)\n")
    #expect(
      try notebook.run("from (values ('')) as t |> pseudonymise column1 with key '$d/my.key'")
        == "column1\n\(Self.empty)\n")
    #expect(notebook.errors == [])
  }

  @Test func equalValuesStayEqualAndNullStaysNull() throws {
    let notebook = try notebook()
    let rows = try notebook.run(
      """
      from t |> pseudonymise account with key '$d/my.key'
        |> aggregate count(*) as rows, count(account) as known, count(distinct account) as accounts
      """)
    #expect(rows == "rows,known,accounts\n4,3,2\n")
    #expect(
      try notebook.run(
        """
        from t |> where n > 100 |> pseudonymise account with key '$d/my.key'
        from t |> pseudonymise day with key '$d/my.key' |> where day is null |> select n
        """) == "account,n,day\nn\n12\n")
  }

  @Test func aFileHoldsNoTraceOfTheValues() throws {
    let notebook = try notebook()
    try notebook.run(
      """
      from t |> pseudonymise account with key '$d/my.key' |> save '$d/out.csv'
      from t |> pseudonymise account with key '$d/my.key' |> save '$d/out.nbs'
      """)
    #expect(notebook.read("out.csv")?.contains(Self.anna) ?? false)
    for name in ["out.csv", "out.nbs"] { #expect(notebook.read(name)?.contains("anna") == false) }
    #expect(try notebook.run("from '$d/out.nbs' |> select account |> limit 1") == "account\n\(Self.anna)\n")
  }

  @Test func thePlanNamesNoKey() throws {
    let notebook = try notebook()
    let plan = try notebook.run("explain from t |> pseudonymise account with key '$d/my.key'")
    #expect(plan.contains("pseudonymise account"))
    #expect(!plan.contains(Self.key))
  }

  @Test func aKeyIsMadeOnceForItsOwnerAlone() throws {
    let notebook = try notebook()
    try notebook.run("create key '$d/new.key';")
    #expect(notebook.errors == [])
    let made = notebook.read("new.key") ?? ""
    #expect(made.count == 65 && made.dropLast().allSatisfy { $0.isHexDigit })
    var state = stat()
    #expect(stat(notebook.folder + "/new.key", &state) == 0 && state.st_mode & 0o777 == 0o600)
    try notebook.run("from t |> pseudonymise account with key '$d/new.key' |> save '$d/out.csv'")
    #expect(notebook.errors == [])
    #expect(notebook.read("out.csv")?.contains(Self.anna) == false)
    try notebook.run("create key '$d/new.key';")
    #expect(notebook.lastError == "test:1:12: error: the key cannot be made: D/new.key: there is such a file already")
    #expect(notebook.read("new.key") == made)
    try notebook.run("create key '$d/none/new.key';")
    #expect(notebook.lastError == "test:1:12: error: the key cannot be made: D/none/new.key: no such file")
  }

  @Test(arguments: [
    ("short", "short", mode_t(0o600), "the key in D/short could be guessed"),
    ("same", String(repeating: "a", count: 64), 0o600, "the key in D/same could be guessed"),
    ("open", key, 0o640, "others on this machine can read the key in D/open"),
    ("large", String(repeating: key, count: 100), 0o600, "the key cannot be read: D/large is larger than a key"),
  ])
  func aKeyThatIsNoneIsRefused(_ name: String, _ text: String, _ mode: mode_t, _ message: String) throws {
    let notebook = try notebook()
    try notebook.write(name, text)
    chmod(notebook.folder + "/" + name, mode)
    try notebook.run("from t |> pseudonymise account with key '$d/\(name)' |> save '$d/out.csv'")
    #expect(notebook.lastError == "test:1:11: error: \(message)")
    #expect(notebook.outcome == .failed && notebook.read("out.csv") == nil)
  }

  @Test func mistakesAreExplained() throws {
    let notebook = try notebook()
    try notebook.run("from t |> pseudonymise account with key '$d/none'")
    #expect((notebook.errors.last ?? "").hasSuffix("help: make one, once: create key 'D/none';"))
    try notebook.run("from t |> pseudonymise acount with key '$d/my.key'")
    #expect((notebook.errors.last ?? "").hasSuffix("help: did you mean `account`?"))
    try notebook.run("from t |> pseudonymise account with key '$d'")
    #expect(notebook.lastError == "test:1:11: error: the key cannot be read: D is no plain file")
    try notebook.run("from (select [1, 2] as a) as t |> pseudonymise a with key '$d/my.key'")
    #expect(notebook.lastError.hasSuffix("`a` holds lists, which have no pseudonyms"))
    if getenv("NOTICEBOOK_KEY_FILE") == nil {
      try notebook.run("from t |> pseudonymise account")
      #expect(notebook.lastError == "test:1:11: error: pseudonyms need a key")
    }
  }

  @Test func scriptsAreCheckedWithoutTheKey() throws {
    let notebook = try notebook()
    notebook.session.startChecking()
    try notebook.run(
      "create key '$d/other.key';\nfrom t |> pseudonymise account with key '$d/other.key' |> select acount")
    #expect(notebook.errors.map { $0.split(separator: "\n")[0] } == ["test:2:66: error: there is no column `acount`"])
    #expect(notebook.read("other.key") == nil)
  }
}
