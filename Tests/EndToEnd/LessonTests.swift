import Glibc
import TestSupport
import Testing

/// The lessons: every one runs offline and without privileges, and its exercises can be solved, and only by solutions.
@Suite struct LessonTests {
  private static let lessons: [String] =
    ((try? Tree.files(below: "share/nsh/lessons", ending: ".nsh")) ?? []).filter { !$0.contains("/exercises/") }
  private static let (own, onPackets) = (
    lessons.filter { !$0.contains("/packets/") }, lessons.filter { $0.contains("/packets/") }
  )

  private static let answers: [Int: String] = [
    1: "let bits = 32; let following = 192.0.3.0; let short = '2001:db8::1:0:0:1'",
    2: "let loopback = 'lo'; let itself = 127.0.0.0/8; let mac_bits = 48",
    3: "let last_private = 172.31.255.255; let book = 2001:db8::/32; let reachable = [172.32.0.1 9.9.9.9]",
    4: """
    let around = 28; let changed = 'TTL'
    let datagram = packet build {ip: {source: 192.0.2.1, destination: 192.0.2.53}, udp: {source: 4, destination: 53}, data: 'who?'}
    """,
    5: "let neighbour = true; let next_hop = 192.168.10.1; let possible = 10.1.0.1",
    6: "let broadcast = 10.1.3.255; let prefix = 20; let smallest = 192.168.7.0/25",
    7: """
    let hop = 192.0.2.2; let default_route = 0.0.0.0/0
    let own_table = ip table [{to: 172.16.0.0/12, via: 10.0.0.1} {to: 172.16.5.0/24, via: 10.0.0.2}]
    """,
    8: "let eighths = 30; let second_half = 172.24.0.0/13; let third = 2001:db8:7:2::/64",
    9: "let mail_type = 'mx'; let absent = 'NXDOMAIN'; let backwards = ip reverse 10.1.2.3",
    10: "let with_ports = 'transport'; let with_routers = 'internet'; let of_dns = 'application'",
    11: "let highest = 65535; let secure = www.example.test:https; let listening = tcp listen 127.0.0.1:0",
    12: "let header = 8; let socket = udp bind 127.0.0.1:0; let messages = 2",
    13: """
    let handshake = 3; let line_end = "\\r\\n"; let l = tcp listen 127.0.0.1:0; let c = tcp connect $l.local
    let pair = [$l $c (accept $l)]
    """,
    14: "let for_names = 'udp'; let for_files = 'tcp'; let borders = 'udp'",
    15: """
    let refused = 'ECONNREFUSED'; let late = 28
    let of_refusal = (try { tcp connect 127.0.0.1:1 } catch e { $e.causes | get layer })
    """,
    16: "let found = 200; let missing = 404; let text_type = 'text/plain'",
    17: "let head_end = \"\\r\\n\\r\\n\"; let request = 'GET /index.html HTTP/1.1'; let needed = 'Host'",
    18: "let quick = 'reject'; let shown = 'filtered'; let rule = 'tcp dport 443 accept'",
    19: "let seen = 203.0.113.7; let told_apart = 'port'; let needs_nat = [10.2.3.4 192.168.9.9]",
    20: "let canonical = 'fe80::ab'; let zoned = fe80::5%lo; let group = ff02::1:ffab:cdef",
  ]

  private static func number(_ path: String) -> Int {
    Int(path.split(separator: "/").last?.prefix { $0.isNumber } ?? "") ?? 0
  }

  @Test func allLessonsHaveExercisesThatAreSolvedHere() throws {
    #expect(Set(Self.own.map(Self.number)) == Set(Self.answers.keys))
    #expect(Self.answers.keys.sorted() == Array(1...20))
    let exercises = try Tree.files(below: "share/nsh/lessons/exercises", ending: ".nsh")
    #expect(
      Set(exercises.map { $0.split(separator: "/").last }) == Set(Self.own.map { $0.split(separator: "/").last }))
    let list = try Run("-c", "lesson | get lesson")
    #expect(list.output.split(separator: "\n").compactMap { Int($0) } == Self.answers.keys.sorted())
  }

  @Test(arguments: lessons) func aLessonRunsQuicklyAndIsShort(_ path: String) throws {
    let text = try Tree.read("\(Tree.root)/\(path)")
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 60)
    #expect(text.contains("\nassert ") || text.contains(" assert "))
    let start = ContinuousClock.now
    let run = try Unprivileged.nsh("\(Tree.root)/\(path)")
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    // Two seconds, on a machine that does five other things.
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(try Run("fmt", "--check", "\(Tree.root)/\(path)").status == 0)
  }

  @Test(arguments: answers.keys.sorted()) func exercisesKnowRightFromWrong(_ number: Int) throws {
    let answers = Self.answers[number] ?? ""
    let check = "lesson check \(number) | get state | uniq"
    #expect(try Run("-c", check).output == "open\n")
    #expect(try Run("-c", "\(answers)\n\(check)").output == "right\n")
    let names = try Run("-c", "lesson check \(number) | get exercise").output.split(separator: "\n")
    #expect((2...3).contains(names.count))
    let wrong = names.map { "let \($0) = 'nothing of the kind'" }.joined(separator: "; ")
    #expect(try Run("-c", "\(wrong)\n\(check)").output == "wrong\n")
  }

  /// No lesson answers its own exercises or those of another, as it would by a variable of the same name.
  @Test func allExercisesAreOpenBehindAllLessons() throws {
    let script = """
      for n in 1..20 { lesson $n }
      1..20 | each {|n| lesson check $n | where {|row| $row.state != 'open'} | count} | sum
      """
    let run = try Unprivileged.nsh("-c", script)
    #expect(run.status == 0 && run.output.hasSuffix("\n0\n"), "\(run.output.suffix(500)) \(run.errors.suffix(500))")
  }

  /// What walks on packets where networks cannot be made, and only that: nothing of it makes any.
  @Test(arguments: onPackets) func whereNetworksAreForbiddenALessonWalksOnPackets(_ path: String) throws {
    let number = Self.number(path)
    let script = "echo 0 > /proc/sys/user/max_net_namespaces && exec \(Child.binary) -c 'lesson \(number)'"
    let run = try Run(words: Unprivileged.words + ["unshare", "-Ur", "sh", "-c", script])
    #expect(run.status == 0, "\(run.errors)")
    let why = "this user may not make networks: user.max_net_namespaces=0 forbids it: the same steps on packets"
    #expect(run.errors.hasPrefix(why), "\(run.errors.prefix(400))")
    #expect(run.errors.contains("> let ") && run.errors.contains("Exercises\n") && !run.errors.contains("netns"))
    #expect(Set(Self.own.map(Self.number)).contains(number))
  }

  @Test(arguments: [18, 19]) func withoutNFTALessonWalksOnPackets(_ number: Int) throws {
    let script = "mount -t tmpfs none /usr/sbin && PATH=/usr/bin exec \(Child.binary) -c 'lesson \(number)'"
    let run = try Run(words: Unprivileged.words + ["unshare", "-Urm", "sh", "-c", script])
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.errors.hasPrefix("nft is not installed here (Debian's package is nftables): the same steps on packets"),
      "\(run.errors.prefix(400))")
  }

  @Test func whatIsDoneIsRemembered() throws {
    let folder = try Folder()
    let environment = Child.environment.filter { !$0.hasPrefix("XDG_") } + ["XDG_STATE_HOME=\(folder.path)/state"]
    let solve = "\(Self.answers[6] ?? "")\nlesson check 6"
    let run = try Run("-c", solve, environment: environment)
    #expect(run.output.contains("broadcast\tright\twell done"))
    #expect(run.errors == "All are right: lesson 6 is done; `lesson 1` is next.\n")
    let list = try Run("-c", "lesson | where {|l| $l.done} | select lesson about", environment: environment)
    #expect(
      list.output.hasPrefix("lesson\tabout\n6\tThe first bits of an address name the network, the others the host"))
    #expect(list.output.split(separator: "\n").count == 2)
    let wrong = try Run("-c", "let prefix = 21; lesson check 6 | get remark", environment: environment)
    #expect(wrong.output.contains("not yet: count the ones"))
  }

  @Test func aLessonIsGoneThroughInTheSession() throws {
    let run = try Run(input: "lesson 1\nprint $b\nlet bits = 33\nlesson check | first | get state\n")
    #expect(run.status == 0)
    #expect(run.errors.contains("Addresses\n=========") && run.errors.contains("> let a = 192.0.2.77"))
    #expect(run.errors.contains("`let bits = …`: how many bits"))
    #expect(run.output.contains("192.0.3.77\n") && run.output.hasSuffix("\n2001:db8::1\nwrong\n"))
    #expect(try Run("-c", "lesson 99").errors.contains("there is no lesson 99"))
    #expect(try Run("-c", "lesson check").errors.contains("which lesson?"))
  }

  @Test func atATerminalEnterGoesOn() throws {
    let terminal = try Terminal("-c", "lesson 6; print over")
    #expect(terminal.shows("Networks and masks") && terminal.shows("Enter goes on"))
    terminal.type("\r")
    #expect(terminal.shows("Enter goes on"))
    terminal.type("q\r")
    #expect(terminal.shows("over"))
    #expect(terminal.child.wait() == 0)
  }
}
