import Commands
import Interpreter
import Net
import Testing

/// Completion as a pure function of text, cursor and world; `‸` is the cursor.
struct CompletionTests {
  private static let world: CompletionWorld = {
    let names = Command(
      "dns", "Asks for a name.", Parameter<String>.required("name", "the name"),
      Parameter<String?>.optional("type", "the type of the records"), examples: []
    ) { _, _, _ in .null }
    let query = Command(
      "query", "Asks.", Parameter<String>.required("name", "the name"),
      Parameter<[String]>.rest("record-types", "types of records"), examples: []
    ) { _, _, _ in .null }
    let login = Command(
      "login", "Logs in.", Parameter<String?>.option("mode", "how", choices: ["plain", "scram"]),
      Parameter<String>.required("password", "the password", isSecret: true), Parameter<Bool>.flag("4", "IPv4 only"),
      examples: []
    ) { _, _, _, _ in .null }
    var world = CompletionWorld(commands: CommandTable(allCommands.all + [names, login, query]))
    let response = Record(["status": .int(200), "headers": .record(Record(["content-type": .string("text/html")]))])
    world.variables = [
      ("r", .record(response)), ("rows", .list([.record(Record(["port": .int(80), "name": .string("web")]))])),
      ("greeting", .string("hello")), ("c", .resource(Peer())),
    ]
    world.functions = [.init("probe", [ParameterSpec("server", "", type: .endpoint)], comment: "Probes a server.")]
    world.resources = [Peer()]
    world.hosts = { beginning in
      [Candidate("example.test", "/etc/hosts"), Candidate("192.0.2.7", "known_hosts")].filter {
        $0.text.begins(like: beginning)
      }
    }
    world.services = { [Candidate("http", "80"), Candidate("https", "443"), Candidate("smtp", "25")] }
    world.interfaces = { [Candidate("lo", "127.0.0.1"), Candidate("eth0")] }
    world.files = { folder in
      folder == "notes/"
        ? [.init("today.txt", isFolder: false)]
        : [
          .init("notes", isFolder: true), .init("names.txt", isFolder: false), .init("my file", isFolder: false),
          .init(".secret", isFolder: false), .init("smtp.nsh", isFolder: false),
        ]
    }
    world.programs = { [Candidate("grep"), Candidate("curl")] }
    world.modules = { [Candidate("mail", "a module of the shell")] }
    world.topics = { [Candidate("language.loops", "Loops")] }
    world.labParts = { command in
      command == "lab mend" ? [Candidate("ns.test", "")] : [Candidate("ns.test", ""), Candidate("www.test", "")]
    }
    world.labSins = { part in part == "ns.test" ? [Candidate("servfail", "SERVFAIL to every question")] : [] }
    world.documents = { [Candidate("2324", "HTCPCP/1.0"), Candidate("2616", "HTTP/1.1")] }
    return world
  }()

  private final class Peer: Resource {
    var type: TypeName { .connection }
    var fields: Record { Record(["id": .int(1), "remote": .string("192.0.2.7:80"), "state": .string("open")]) }
    func close() {}
  }

  private func suggestions(_ text: String) -> Suggestions {
    let parts = text.split(separator: "‸", omittingEmptySubsequences: false)
    return complete(parts.joined(), cursor: parts[0].utf8.count, in: Self.world)
  }

  @Test(
    arguments: [
      // Commands and verbs
      ("ht‸", ["http"]), ("http ge‸", ["get"]), ("http g‸", ["get"]),
      ("tcp con‸", ["connect"]), ("let c = tcp con‸", ["connect"]), ("1..3 | enum‸", ["enumerate"]),
      ("if true { http he‸", ["head"]), ("let x = (rando‸", ["random"]), ("1..3 | each { prin‸", ["print"]),
      ("random i‸", ["int"]), ("prob‸", ["probe"]),
      ("retr‸", ["retry"]), ("1..3 | each {|x| $x | has‸", ["hash"]), ("ls; pw‸", ["pwd"]), ("conn u‸", ["use"]),
      ("conn use 1‸", ["1"]), ("wire --connection ‸", ["1"]),
      ("def f [] { whil‸ }", ["while"]), ("ht‸ get http://example.test/", ["http"]), ("‸", nil), ("WIR‸", ["wire"]),
      // Options
      ("http get --ti‸", ["--timeout"]), ("http get http://example.test/ --hea‸", ["--header", "--headers"]),
      ("login --m‸", ["--mode"]), ("login --mode plain --m‸", []), ("login -4‸", ["-4"]), ("rfc --b‸ 2324", ["--base"]),
      ("probe --‸", ["--help"]),
      // Values by choice, name and type
      ("hash abc sha25‸", ["sha256"]), ("'x' | hash sha25‸", ["sha256"]), ("login --mode ‸", ["plain", "scram"]),
      (
        "rfc ‸",
        [
          "2324", "2616", "cache", "for", "grammar", "grep", "info", "search", "section", "toc", "tree", "--base",
          "--ca",
          "--insecure", "--offline", "--raw", "--refresh", "--timeout",
        ]
      ),
      ("lab break ns‸", ["ns.test"]), ("lab break ns.test ‸", ["servfail"]), ("lab break ns.test ser‸", ["servfail"]),
      ("lab break ns.test slo‸", []), ("lab break other.test slo‸", ["slow"]), ("lab mend ‸", ["ns.test"]),
      ("login --mode=s‸", ["scram"]), ("login hun‸", []), ("tcp connect exa‸", ["example.test:"]),
      ("tcp connect example.test:ht‸", ["example.test:http", "example.test:https"]), ("probe 192‸", ["192.0.2.7:"]),
      ("http get ht‸", ["http://", "https://"]), ("http get http://e‸", ["http://example.test/"]),
      ("tcp connect fe80::1%e‸", ["fe80::1%eth0"]), ("tcp connect example.test ht‸", ["http", "https"]),
      ("tcp connect example.test:80 --interface e‸", ["eth0"]),
      ("tcp connect example.test:80 --interface ‸", ["eth0", "lo"]),
      ("tcp connect example.test:80 --interface=l‸", ["lo"]), ("tcp connect EXA‸", ["example.test:"]),
      ("http build OP‸", ["OPTIONS"]), ("http build pa‸", ["PATCH"]), ("http build P‸", ["PATCH", "POST", "PUT"]),
      ("http get http://example.test/ --headers {Accept: a, auth‸", ["Authorization:"]),
      ("http head http://example.test/ --headers {If-N‸", ["If-None-Match:"]),
      ("dns example.test SO‸", ["SOA"]), ("dns @192‸", ["@192.0.2.7"]), ("dns example.test NSEC‸", ["NSEC", "NSEC3"]),
      ("dns example.test tl‸", ["TLSA"]),
      ("let r = (dns example.test AA‸", ["AAAA"]), ("query example.test C‸", ["CAA", "CNAME"]), ("query lo a‸", nil),
      ("http build PO‸", ["POST"]), ("dns exam‸", ["example.test"]),
      ("dns example.test M‸", ["MX"]), ("dns example.test m‸", ["MX"]), ("rfc 23‸", ["2324"]),
      ("http get http://example.test/ --headers {cont‸", ["Content-Encoding:", "Content-Length:", "Content-Type:"]),
      ("http get http://example.test/ --headers {Host: a, us‸", ["User-Agent:"]), ("sleep 5‸", nil),
      // Variables and their fields
      ("$gr‸", ["$greeting"]), ("print $gr‸", ["$greeting"]), ("print \"say $gr‸\"", ["$greeting"]),
      ("print \"say $gr‸", ["$greeting"]), ("$r.he‸", ["headers"]), ("$r.headers.co‸", ["content-type"]),
      ("$r.‸", ["headers", "status"]), ("if $r.st‸", ["status"]), ("$rows[0].p‸", ["port"]), ("$rows.n‸", ["name"]),
      ("http get http://$r.sta‸", ["status"]), ("set gre‸", ["greeting"]),
      ("for host in [a b] { print $ho‸", ["$host"]),
      ("let total = 3; $tot‸", ["$total"]), ("{|item| $it‸", ["$item"]), ("close $c‸", ["$c"]), ("$nowhere.a‸", []),
      // Files, modules, programs, topics
      ("open na‸", ["names.txt"]), ("open no‸", ["notes/"]), ("open notes/‸", ["notes/today.txt"]),
      ("open 'my‸", ["'my file'"]), ("open my‸", ["'my file'"]), ("open .s‸", [".secret"]),
      ("'x' | save n‸", ["names.txt", "notes/"]),
      ("use ‸", nil), ("use ma‸", ["mail"]), ("use sm‸", ["smtp.nsh"]), ("^gr‸", ["grep"]),
      ("^grep n‸", ["names.txt", "notes/"]),
      ("help language.l‸", ["language.loops"]), ("help htt‸", ["http"]), ("print ./na‸", ["./names.txt"]),
      // Where nothing can be said
      ("'text ‸", []), ("# com‸", []), ("$‸ ", nil), ("let ‸", []), ("1 + ‸", nil), (") ‸", nil),
      ("tcp connect \u{e9}‸", []),
    ] as [(String, [String]?)])
  func gives(_ text: String, _ wanted: [String]?) {
    let found = suggestions(text)
    #expect(found.range.lowerBound <= found.range.upperBound)
    guard let wanted else { return }
    #expect(found.candidates.map(\.text) == wanted)
  }

  @Test func replacesTheWordUpToTheCursor() {
    let found = suggestions("let r = http get --ti‸me")
    #expect(found.range == 17..<21)
    #expect(suggestions("$r.headers.con‸").range == 11..<14)
    #expect(suggestions("login --mode=s‸").range == 13..<14)
    #expect(suggestions("print h\u{e9} $gr‸").range == 10..<13)
  }

  @Test func describesWhatItGives() {
    let verb = suggestions("tcp conn‸").candidates.first
    #expect(verb?.description == allCommands["tcp connect"]?.sentence)
    #expect(suggestions("rfc 232‸").candidates.first?.description == "HTCPCP/1.0")
    #expect(suggestions("$r.sta‸").candidates.first?.description == "200")
    #expect(suggestions("close $c‸").candidates.first?.description.contains("192.0.2.7:80") == true)
    let call = suggestions("tcp connect exa‸")
    #expect(call.subject?.usage == allCommands["tcp connect"]?.usage)
    #expect(call.parameter?.name == "host")
    #expect(suggestions("login hun‸").parameter?.isSecret == true)
  }

  @Test(arguments: [
    ("‸", true), ("tcp ‸", true), ("tcp con‸", true), ("tcp connect‸", true), ("tcp connect ‸", true),
    ("http get --‸", true), ("http get --time‸", true), ("1..3 | ‸", true), ("if true { ‸", true), ("sleep ‸", true),
    ("http get http://example.test/‸", false), ("print 'why ‸", false), ("print 'why‸", false), ("$‸", false),
    ("$r‸", false), ("$r.‸", false), ("print \"a $‸", false), ("# why‸", false), ("^ls ‸", false), ("re'a‸", false),
    ("words a‸", false), ("let x = $‸", false), ("split re'a‸", false),
  ]) func tellsAQuestionFromACharacter(_ text: String, _ wanted: Bool) {
    let parts = text.split(separator: "‸", omittingEmptySubsequences: false)
    #expect(asksForHelp(parts[0] + "", in: Self.world) == wanted)
  }

  @Test func secretsAreHidden() {
    let session = Session(commands: Self.world.commands, output: NoOutput())
    for (text, wanted) in [
      ("login hunter2", "login …"), ("login --mode plain 'hunter 2'", "login --mode plain …"),
      ("let r = (login hunter2); print 3", "let r = (login …); print 3"), ("login $p", "login $p"),
      ("'x' | hmac sha256 key123", "'x' | hmac sha256 …"), ("print 3", "print 3"),
      ("http get http://me:pw@example.test/", "http get http://me:…@example.test/"),
      (
        "http get http://example.test/ --headers {Accept: a, authorization: \"Bearer x\"}",
        "http get http://example.test/ --headers {Accept: a, authorization: …}"
      ),
      ("send \"Authorization: Basic eA==\"", "send \"Authorization:…\""),
      ("for i in 1..2 { login hunter2 }", "for i in 1..2 { login … }"),
      ("http get 'http://h/?a=1&access_token=x#f'", "http get 'http://h/?a=1&access_token=…#f'"),
      ("http get http://h/?api_key=x&b=2", "http get http://h/?api_key=…&b=2"),
      // Misspelt, unknown, or of another program.
      ("logn hunter2", "logn …"), ("'x' | hmacc sha256 key123", "'x' | hmacc sha256 …"),
      ("logn --mode plain a", "logn --mode plain …"),
      ("foo --password hunter2 x", "foo --password … x"), ("foo --token=abc", "foo --token=…"),
      ("foo --bearer $t; foo --bearer abc", "foo --bearer $t; foo --bearer …"),
      ("^mysql --password=hunter2 db", "^mysql --password=… db"), ("sh curl --bearer abc x", "sh curl --bearer … x"),
      ("^curl -u me:hunter2 https://a.test/", "^curl -u me:… https://a.test/"),
      ("^curl --user=me:hunter2 x; ^curl -ume:hunter2 x", "^curl --user=me:… x; ^curl -ume:… x"),
      ("sh curl --proxy-user \"me:hunter 2\" -U $u", "sh curl --proxy-user \"me:…\" -U $u"),
      ("^curl -u me x", "^curl -u me x"), ("^curl -H \"Authorization: Bearer a\" x", "^curl -H \"Authorization:…\" x"),
      ("^curl -H 'X-Api-Key: abc' x", "^curl -H 'X-Api-Key:…' x"),
      ("^curl -b session=abc x", "^curl -b session=… x"),
      ("^curl -sSb 'a=1; b=2' http://h/?t=1", "^curl -sSb 'a=…' http://h/?t=1"),
      ("^curl --cookie a=1 -b $jar -b jar.txt", "^curl --cookie … -b $jar -b jar.txt"),
      ("^/usr/bin/curl -ba=1 --oauth2-bearer abc x", "^/usr/bin/curl -ba=… --oauth2-bearer … x"),
      ("sh curl --oauth2-bearer $t --pass abc -E me.pem:abc", "sh curl --oauth2-bearer $t --pass … -E me.pem:…"),
      ("^curl -x me:pw@proxy:8080 me:pw@host/a", "^curl -x me:…@proxy:8080 me:…@host/a"),
      ("^curl '-HX-Api-Key: abc' -HCookie:a=b x", "^curl '-HX-Api-Key:…' -HCookie:… x"),
      ("^curl -d 'user=me&password=pw' -F token=abc x", "^curl -d 'user=me&password=…' -F token=… x"),
      (
        #"^curl --json '{"user": "me", "password": "pw x", "n": 1}' x"#,
        #"^curl --json '{"user": "me", "password": "…", "n": 1}' x"#
      ),
      ("^curl 'http://h/?access_token=abc&b=2' -o token.txt", "^curl 'http://h/?access_token=…&b=2' -o token.txt"),
      ("^wget -b session=abc", "^wget -b session=abc"),
      (
        "http import 'curl -b session=abc -u me:pw http://h/'", "http import 'curl -b session=… -u me:… http://h/'"
      ),
      (
        #"http import "curl -H 'Authorization: Bearer abc' -H 'Accept: a' --proxy-user me:pw http://me:pw@h/?token=x""#,
        #"http import "curl -H 'Authorization:…' -H 'Accept: a' --proxy-user me:… http://me:…@h/?token=…""#
      ),
      (
        #"let c = "$ curl -b \"session=abc\" --oauth2-bearer abc http://h/"; http import $c"#,
        #"let c = "$ curl -b \"session=…\" --oauth2-bearer … http://h/"; http import $c"#
      ),
      ("'curl -b a=b x' | http import --text", "'curl -b a=… x' | http import --text"),
      ("htpp get / Authorization: Bearer abc", "htpp get / Authorization:…"),
      ("htpp get http://me:pw@example.test/", "htpp get http://me:…@example.test/"),
    ] as [(String, String)] { #expect(session.withoutSecrets(text) == wanted) }
    for text in [
      "login hunter2 )", "login \"hunter2", "print 3 authorization: x )", "^curl -u me:pw )", "^curl -b a=b )",
    ] {
      #expect(session.withoutSecrets(text) == nil)
    }
    #expect(session.withoutSecrets("print 3 )") == "print 3 )")
  }

  private final class NoOutput: Output {
    var letsProgramsWrite: Bool { false }
    func print(_ value: Value) {}
    func note(_ text: String) {}
    func ask(_ text: String) {}
    func flush() {}
  }

  @Test func sharesABeginning() {
    #expect(suggestions("tcp connect example.test:ht‸").commonPrefix == "example.test:http")
    #expect(suggestions("tcp connect nothing‸").commonPrefix == nil)
  }

  @Test func brokenTextsHaveAnswers() {
    let text = Array(
      "let r = http get \"http://$r.status/?a\" --headers {Host: $c, A: 'b'} | each {|x| $x.y } # é\n".utf8)
    var state: UInt64 = 42
    func random(below limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let odd = Array("\"'${}[]()|;\\\n#.^-?:, \u{e9}\0x".utf8)
    for _ in 0..<2_000 {
      var changed = text
      for _ in 0...random(below: 4) { changed[random(below: changed.count)] = odd[random(below: odd.count)] }
      let broken = String(decoding: changed, as: UTF8.self)
      let cursor = random(below: broken.utf8.count + 1)
      let found = complete(broken, cursor: cursor, in: Self.world)
      #expect(found.range.upperBound == cursor)
      _ = asksForHelp(broken, in: Self.world)
    }
  }

  @Test func everyCursorOfAWholeScriptHasAnAnswer() {
    let text = """
      use mail
      let r = http get "http://$greeting:80/a?b=1" --headers {Host: example.test, Accept: '*/*'} --timeout 5s
      for row in $rows { if $row.port == 80 and not ($row.name =~ re'^w') { print "${$row.name} \\x41" } else { break } }
      def go [server: endpoint, --4, ...rest] { try { tcp connect $server } catch e { fail $e } }
      [1 2 3] | each {|x| $x * 2 } | first 2; ^grep -v x; $r?.headers["content-type"]; "\"\"
      """
    for cursor in 0...text.utf8.count {
      let found = complete(text, cursor: cursor, in: Self.world)
      #expect(found.range.upperBound == cursor && found.range.lowerBound >= 0)
    }
  }
}
