import TestSupport
import Testing

/// All lessons and examples with `--live`, in a stand-in of the real internet made of named, unbound and nginx (internet.sh).
///
/// It begins as they do on the real one: root servers at the addresses that nsh has built in, names that lead over other zones, a web
/// server that sends on to https and knows nothing of the lab. What it cannot tell is whether the real servers still do so.
@Suite struct InternetTests {
  /// What one run printed.
  private struct Ran {
    let status: Int
    let output: String
    let errors: String
  }

  /// All that was run, by what stands behind `run`, and what the servers wrote down.
  private struct Day {
    var runs: [String: Ran] = [:]
    var web: [String] = []
    var names: Set<String> = []
    var resolved: Set<String> = []
    var all = ""
  }

  private static let scripts = ["share/nsh/lessons", "examples"].flatMap { folder in
    ((try? Tree.files(below: folder, ending: ".nsh")) ?? []).filter {
      !$0.contains("/exercises/") && !$0.contains("/packets/")
    }
  }

  /// The lessons that speak to somebody else, and the example.
  private static let outgoing = [
    "share/nsh/lessons/09-names.nsh", "share/nsh/lessons/10-the-layers.nsh",
    "share/nsh/lessons/16-an-rfc-from-the-top.nsh", "share/nsh/lessons/17-an-rfc-by-hand.nsh",
    "examples/rfc-three-depths.nsh",
  ]

  /// Each line is an own run of nsh: `label|arguments`.
  private static let first =
    scripts.map { "\($0)|--live $root/\($0)" } + [9, 10, 16, 17].map { "lesson \($0)|-c 'lesson \($0) --live'" } + [
      "export|export --live --markdown $root/examples/rfc-three-depths.nsh",
      "demo|demo --auto --speed 1000 --live --record $folder/talk.cast $root/share/nsh/lessons/16-an-rfc-from-the-top.nsh",
      "stdin|--live < $root/share/nsh/lessons/17-an-rfc-by-hand.nsh",
      "sourced|--live -c \"source $root/share/nsh/lessons/17-an-rfc-by-hand.nsh\"",
    ]
  private static let second = outgoing.dropFirst(2).map { "chunked \($0)|--live $root/\($0)" }

  private static let day = Result { try spend() }

  private static func spend() throws -> Day {
    let folder = try TemporaryFolder()
    func jobs(_ lines: some Collection<String>, _ number: Int) -> String {
      lines.enumerated().map { index, line in
        let parts = line.split(separator: "|", maxSplits: 1)
        let name = "\(number)-\(index)"
        return """
          cat > $folder/\(name).sh <<'END'
          label='\(parts[0])'; set -f; cd "$folder"; base=$folder/\(name)
          timeout 100 $nsh \(parts[1]) > $base.out 2> $base.err; echo "$?\t$label" > $base.status
          END
          """
      }.joined(separator: "\n") + "\nls \(number)-*.sh | xargs -n 1 -P 3 sh"
    }
    let script = """
      folder='\(folder.path)'; root='\(Tree.root)'
      . "$root/Tests/ForeignPeers/Internet/internet.sh"
      export folder root nsh='\(Tree.nsh)' NSH_SHARE="$root/share/nsh" HOME="$folder" XDG_CACHE_HOME="$folder/cache" NO_COLOR=1
      \(jobs(first, 1))
      chunked
      \(jobs(second, 2))
      for status in [12]-*.status; do
        base=${status%.status}
        printf '\\001%s\\002' "$(cat $status)"; cat $base.out; printf '\\002'; cat $base.err
      done
      printf '\\001web\\002'; cat access.log
      printf '\\001names\\002'; sed -n 's/.*view \\([a-z]*\\): query: \\([^ ]*\\) IN A .*/\\1 \\2/p' named.log
      printf '\\001resolved\\002'; sed -n 's/.*9\\.9\\.9\\.9 \\([^ ]*\\) A IN$/\\1/p' unbound.log
      """
    var day = Day()
    day.all = try OwnNamespaces.run(script)
    for part in day.all.split(separator: "\u{1}") {
      let cells = part.split(separator: "\u{2}", omittingEmptySubsequences: false).map(String.init)
      let lines = cells.count == 2 ? cells[1].split(separator: "\n").map(String.init) : []
      switch cells[0] {
      case "web": day.web = lines
      case "names": day.names = Set(lines)
      case "resolved": day.resolved = Set(lines)
      default:
        let head = cells[0].split(separator: "\t")
        guard cells.count == 3, head.count == 2, let status = Int(head[0]) else { continue }
        day.runs[String(head[1])] = Ran(status: status, output: cells[1], errors: cells[2])
      }
    }
    return day
  }

  @Test func everyLessonAndExampleSucceeds() throws {
    let day = try Self.day.get()
    try #require(day.runs.count == Self.first.count + Self.second.count, "\(day.all.suffix(4000))")
    #expect(Self.scripts.count >= 26)
    for (name, run) in day.runs { #expect(run.status == 0, "\(name): \(run.errors)") }
  }

  @Test func noLabIsStartedForThem() throws {
    let day = try Self.day.get()
    for name in Self.outgoing + Self.second.compactMap({ $0.split(separator: "|").first.map(String.init) }) {
      let run = try #require(day.runs[name])
      #expect(run.errors.contains("--live: no lab is started"), "\(name)")
      for trace in ["127.10.0.", "rfc.test", "www.example.test"] {
        #expect(!run.output.contains(trace), "\(name): \(run.output)")
      }
    }
    #expect(day.runs["lesson 17"]?.errors.contains("> send line $c 'Host: www.rfc-editor.org'") == true)
    #expect(day.runs["export"]?.output.contains("https://www.rfc-editor.org/rfc/rfc${number}.txt") == true)
  }

  @Test func theServersWereReallyAsked() throws {
    let day = try Self.day.get()
    func count(_ line: String) -> Int { day.web.count { $0 == line } }
    // By the lesson from the top, from the file, by `lesson`, and in the talk.
    #expect(count("104.16.44.99:443 www.rfc-editor.org \"GET /nothing HTTP/1.1\" 404 TLSv1.3") >= 3, "\(day.web)")
    // The lesson by hand: without its host, four times.
    #expect(count("104.16.44.99:80 www.rfc-editor.org \"GET / HTTP/1.1\" 400 -") == 4, "\(day.web)")
    #expect(count("104.16.44.99:80 www.rfc-editor.org \"GET /rfc/rfc2324.txt HTTP/1.1\" 301 -") >= 8)
    #expect(count("104.16.44.99:443 www.rfc-editor.org \"GET /rfc/rfc2324.txt HTTP/1.1\" 200 TLSv1.3") >= 16)
    #expect(count("104.16.45.99:443 www.rfc-editor.org \"GET /rfc/rfc2324.txt HTTP/1.1\" 200 TLSv1.3") >= 6)
    #expect(count("23.192.228.80:80 www.example.com \"GET / HTTP/1.1\" 200 -") == 4)
    #expect(day.resolved.isSuperset(of: ["www.rfc-editor.org.", "www.example.com."]))
  }

  /// The walk of the lesson on names begins at a root, goes to com and to example.com, and on to where the alias leads.
  @Test func theWalkBeganAtTheRoot() throws {
    let day = try Self.day.get()
    #expect(
      day.names.isSuperset(of: [
        "root www.example.com", "tlds www.example.com", "zones www.example.com",
        "zones www.example.com-v4.edgesuite.net",
      ]), "\(day.names)")
    let rows = day.runs["share/nsh/lessons/09-names.nsh"]?.output ?? ""
    #expect(rows.contains(".\ta.root-servers.net.\treferral\tcom."), "\(rows)")
    #expect(rows.contains("\nexample.com.\ta.iana-servers.net."), "\(rows)")
  }

  @Test func chunksAreSeenAndJoined() throws {
    let day = try Self.day.get()
    let example = try #require(day.runs["chunked examples/rfc-three-depths.nsh"])
    #expect(example.output.contains("Transfer-Encoding: chunked\n"))
    #expect(example.output.contains("all depths delivered the same"))
    #expect(day.runs["examples/rfc-three-depths.nsh"]?.output.contains("Content-Length: ") == true)
  }
}
