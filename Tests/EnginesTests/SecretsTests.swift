import Testing

@testable import Engines

@Suite("Secrets") struct SecretsTests {
  @Test(arguments: [
    "postgresql://reader:pw@host/db", "postgresql://reader:p/w@host/db", "postgresql://reader:p?w@host/db",
    "postgresql://host/db?password=pw", "postgresql://host/db?user=x&sslpassword=pw", "spark://host:15002/;token=pw",
    "spark://host:15002/;use_ssl=true;TOKEN=pw", "spark://12:pw@host", "connect 'postgresql://a:1@b/c'",
    "let a := 'postgresql://a:b@c'",
  ]) func areFound(_ text: String) {
    #expect(Secrets.stand(in: text))
  }

  @Test(arguments: [
    "postgresql://reader@host:5432/db", "postgresql://reader@host/db?sslmode=require", "spark://host:15002",
    "spark://host:15002/;use_ssl=true;user_id=me@here", "spark://[::1]:15002/;user_id=me@here",
    "postgresql://reader@[::1]:5432/db", "sqlite:a:b@c.db", "from t |> where token = 'x'", "postgresql://:@host", "",
  ]) func areNotSeenWhereThereAreNone(_ text: String) {
    #expect(!Secrets.stand(in: text))
    #expect(Secrets.removed(from: text) == text)
  }

  @Test func areTakenOutOfWhatADriverSays() {
    let secrets = Secrets(["s3cr3t", ""])
    let cases = [
      ("dial sc://h:1/;token=abc;use_ssl=true: refused", "dial sc://h:1/;token=***;use_ssl=true: refused"),
      ("\"postgresql://u:p@h/db\" and postgresql://v:q@i", "\"postgresql://u:***@h/db\" and postgresql://v:***@i"),
      ("host=h password=abc user=u", "host=h password=*** user=u"),
      ("header authorization: Bearer s3cr3t", "header authorization: Bearer ***"),
      ("sc://u:token=x@h/;token=y", "sc://u:***;token=***"),
    ]
    for (text, expected) in cases { #expect(secrets.removed(from: text) == expected) }
  }
}
