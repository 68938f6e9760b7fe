import Testing

@testable import Notebook

@Suite("audit") struct AuditTests {
  @Test func findingsSayWhereTheFirstRowWasRead() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "accounts_requested,accounts_removed\n3,2\n,7\n1,4\n2,3\n")
    try notebook.run("load '$d/t.csv'")
    #expect(
      try notebook.run("audit t |> select \"check\", \"count\", \"of\", example, place") == """
        check,count,of,example,place
        more acted on than asked for,2,3,4 > 1,D/t.csv:4

        """)
    #expect(notebook.errors == [])
  }

  @Test func actionsAreHeldAgainstTheNoticesThatTheyName() throws {
    let notebook = try TestNotebook()
    try notebook.write(
      "actions.csv",
      """
      notice_id,account_id,action,acted_at
      n1,a,withheld,2021-02-01
      n1,b,suspended,2021-02-02
      n2,c,withheld,2021-02-04
      n2,d,withheld,2021-02-05
      n2,d,suspended,2021-02-06
      n2,e,none,2021-02-07
      n3,f,withheld,
      n9,g,withheld,2020-01-01

      """)
    try notebook.write(
      "notices.csv",
      "notice_id,received_at,accounts_requested\nn1,2021-01-31,over 500\nn2,2021-02-05,1\nn3,2021-02-06,0-1\n")
    try notebook.run("load '$d/actions.csv'\nload '$d/notices.csv' (types (accounts_requested count))")
    #expect(
      try notebook.run(
        "audit actions |> where \"column\" like '%notices%' |> select \"check\", \"column\", \"count\", \"of\", example"
      )
        == """
        check,column,count,of,example
        earlier than what it follows,"acted_at, notices.received_at",1,6,2021-02-04 < 2021-02-05
        more acted on than asked for,"account_id, notices.accounts_requested",1,3,n2: 2 > 1

        """)
    // What tables are called is of no account.
    try notebook.run("let input := from notices\ndrop notices")
    #expect(
      try notebook.run(
        "audit actions |> where \"column\" like '%input%' |> aggregate count(*) as n") == "n\n2\n")
    try notebook.run("let notices := from input\ndrop input")
    // The notices name no actions.
    #expect(try notebook.run("audit notices |> where \"column\" like '%.%' |> select \"check\"") == "check\n")
    #expect(notebook.errors == [])
  }

  @Test func withoutATableAllAreLookedAt() throws {
    let notebook = try TestNotebook()
    try notebook.write("one.csv", "id\n1\n1\n")
    try notebook.write("two.csv", "id,acted_at\n1,1970-01-01\nx,2021-01-01\n")
    try notebook.run("load '$d/one.csv'\nload '$d/two.csv'")
    let wanted = "table,check\none,duplicated id\ntwo,impossible date\n"
    #expect(try notebook.run("audit |> select \"table\", \"check\"") == wanted)
    try notebook.run("audit |> select \"table\", \"check\" |> save '$d/out.csv'")
    #expect(notebook.read("out.csv") == wanted)
    #expect(try notebook.run("use two\naudit |> select \"table\"") == "table\ntwo\n")
    #expect(try notebook.run("explain audit").contains("scan two"))
    #expect(notebook.errors == [])
  }

  @Test func withoutAnyTableItSaysSo() throws {
    let notebook = try TestNotebook()
    try notebook.run("audit")
    #expect(notebook.lastError == "test:1:1: error: no table is in use")
    try notebook.run("audit nothing")
    #expect(notebook.lastError == "test:1:7: error: there is no table `nothing`")
  }

  @Test func namesThatPeopleGiveDoNoHarm() throws {
    let notebook = try TestNotebook()
    try notebook.write(
      "t.csv",
      "it's \"\"id\"\",select,c1,Count,input,_file,Gesamt/Total account\n'a,1,2,3,x,y,Total\n'a,1,2,3,x,y,total\n")
    try notebook.run("load '$d/t.csv' as \"o'table\"")
    let printed = try notebook.run("audit \"o'table\" |> select \"table\", \"check\", \"column\"")
    #expect(notebook.errors == [])
    #expect(printed.contains("o'table,one value under several spellings,Gesamt/Total account"))
  }

  /// A table as Twitter published it; its totals leave the columns beside the country empty.
  private static let published = """
    COUNTRY,ISO CODE,TIME PERIOD,REMOVAL REQUESTS (COURT ORDERS),"REMOVAL REQUESTS (GOV’T AGENCY, POLICE, OTHER)",\
    PERCENTAGE WHERE SOME CONTENT WITHHELD,ACCOUNTS SPECIFIED,ACCOUNTS WITHHELD
    Brazil,BR,January - June 2013,9,1,20%,11,1
    India,IN,January - June 2013,1,2,0%,3,4
    TOTAL,,,10,3,15%,13,5

    """

  @Test func totalsAreHeldAgainstTheRowsOfTheirFile() throws {
    let notebook = try TestNotebook()
    try notebook.write("a.csv", Self.published)
    try notebook.write("b.csv", Self.published.replacing("TOTAL,,,10,3,15%,13,5", with: "TOTAL,,,10,3,15%,14,5"))
    try notebook.run("load '$d/*.csv' as t (adapter none)")
    #expect(
      try notebook.run(
        "audit t |> where \"check\" = 'total that does not add up' |> select \"column\", \"count\", \"of\", example")
          == """
          column,count,of,example
          COUNTRY,1,2,"D/a.csv, ACCOUNTS SPECIFIED 13 is not 14"

          """)
    #expect(notebook.errors == [])
  }

  @Test func whatTheSourceSaysOfItsRowsIsAsked() throws {
    let notebook = try TestNotebook()
    try notebook.write("a.csv", Self.published)
    try notebook.run("load '$d/a.csv' as t")
    let query = "audit t |> where \"check\" = 'rule of the source' |> select \"column\", \"count\", \"of\""
    #expect(
      try notebook.run(query) == "column,count,of\nno more accounts withheld than specified,1,2\n")
    // Where the columns are gone, there is nothing to ask.
    #expect(
      try notebook.run(
        "from t |> select country |> audit |> where \"check\" = 'rule of the source' |> select \"count\"")
        == "count\n")
    #expect(notebook.errors == [])
  }

  @Test func wordsThatNobodyKnowsAreCounted() throws {
    let notebook = try TestNotebook()
    try notebook.write(
      "t.csv", "id,action\n1,withheld\n2,suspended\n3,vanished\n4,none\n5,gone\n6,removed\n7,gone\n8,none\n")
    try notebook.run("load '$d/t.csv'")
    #expect(
      try notebook.run("audit t |> select \"check\", \"count\", \"of\", example")
        == "check,count,of,example\nunknown word,3,8,\"gone, vanished\"\n")
    // A column that speaks another language altogether says nothing about its words.
    #expect(try notebook.run("from t |> set action = 'x' || action |> audit |> select \"check\"") == "check\n")
  }

  @Test func helpListsWhatIsLookedFor() throws {
    let notebook = try TestNotebook()
    let help = try notebook.run("help audit")
    #expect(help.contains("error: duplicated id"))
    #expect(help.contains("note: nearly empty column"))
  }
}
