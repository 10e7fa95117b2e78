import Glibc
import System
import TestSupport
import Testing

/// Networks of their own, by a user who may do nothing special; ip(8), nft(8) and ps(1) look at them.
@Suite struct NamespaceTests {
  private static let network = """
    netns add client router server
    netns link client eth0 10.0.0.2/24 router lan 10.0.0.1/24
    netns link router wan 203.0.113.1/24 server eth0 203.0.113.80/24
    netns route client default 10.0.0.1
    netns forward router

    """

  private func run(_ script: String) throws -> Run { try Unprivileged.nsh("-c", Self.network + script) }

  @Test func ipSeesWhatWasMade() throws {
    let run = try run(
      """
      netns run client { ^ip -4 -brief address show eth0 }
      netns run client { ^ip route show default }
      netns run client { ^id -u }
      netns run router { ^cat /proc/sys/net/ipv4/ip_forward }
      netns forward router --off; netns run router { ^cat /proc/sys/net/ipv4/ip_forward }
      """)
    #expect(run.status == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.count == 5, "\(lines)")
    #expect(lines[0].contains("eth0@if") && lines[0].hasSuffix("10.0.0.2/24"))
    #expect(Array(lines[1...]) == ["default via 10.0.0.1 dev eth0 proto static", "0", "1", "0"])
  }

  @Test func ipIsUsedInsideToo() throws {
    let run = try run(
      "netns run server { ^ip route add 10.0.0.0/24 via 203.0.113.1; ip route get 10.0.0.2 | get gateway }")
    #expect(run.output == "203.0.113.1\n", "\(run.errors)")
  }

  /// The server sees the router's address, since nft(8) translates.
  @Test func nftTranslatesAndFilters() throws {
    let run = try run(
      """
      netns run router {
        ^nft 'table ip t { chain out { type nat hook postrouting priority srcnat; oifname wan masquerade; }; }'
        ^nft 'table ip t { chain through { type filter hook forward priority filter; tcp dport 23 reject with tcp reset; }; }'
      }
      let l = netns run server { tcp listen 203.0.113.80:80 }
      let c = netns run client { tcp connect 203.0.113.80:80 }
      let s = accept $l
      $s.remote.host
      $c.local.host
      try { netns run client { tcp connect 203.0.113.80:23 } } catch e { $e.code }
      """)
    #expect(run.output == "203.0.113.1\n10.0.0.2\nECONNREFUSED\n", "\(run.errors)")
  }

  @Test func jobsServersAndHTTPStayInside() throws {
    let run = try run(
      """
      netns route server default 203.0.113.1
      let web = netns run server { http serve 203.0.113.80:80 {|r| 'hello'} --background }
      let asks = {|| http get http://203.0.113.80/ | get status }
      netns run client { call $asks }
      # The connection that rests in the client's network is none that others may take.
      netns run router { call $asks }
      let job = netns run client { spawn { call $asks } }
      wait $job
      netns run client { [1 2 3] | each --parallel 3 {|n| call $asks } | uniq }
      http connections | count
      """)
    #expect(run.output.hasPrefix("200\n200\n200\n200\n"), "\(run.output) \(run.errors)")
  }

  @Test func zonesAreThoseOfTheNetwork() throws {
    let run = try run(
      """
      netns run client { ^ip -6 address add fe80::1:1/64 dev eth0 nodad }
      netns run router { ^ip -6 address add fe80::1:2/64 dev lan nodad }
      let u = netns run router { udp bind '[fe80::1:2%lan]:5000' }
      netns run client { let c = udp connect '[fe80::1:2%eth0]:5000'; send $c hello; $c.remote.host }
      recv $u
      """)
    #expect(run.output == "fe80::1:2%eth0\nhello", "\(run.output) \(run.errors)")
  }

  /// No process of ours outlives the shell, even if it is killed.
  @Test func theKeeperEndsWithTheShell() throws {
    let folder = try Folder()
    let child = try Child([
      "nsh", "-c", "netns add a; ^sh -c 'ps -o pid= -C nsh-networks --ppid $PPID > \(folder.path)/keeper'; sleep 600s",
    ])
    var keeper = ""
    for _ in 0..<3000 where !keeper.hasSuffix("\n") {
      keeper = (try? Tree.read("\(folder.path)/keeper")) ?? ""
      usleep(10_000)
    }
    let number = keeper.split(separator: "\n").first?.split(separator: " ").first.map(String.init) ?? ""
    #expect(Int(number) != nil, "\(keeper)")
    child.signal(9)
    _ = child.wait()
    var isThere = true
    for _ in 0..<3000 where isThere {
      isThere = try Program("sh", "-c", "ps -o stat= -p \(number) | grep -qv Z").finish().status == 0
      usleep(10_000)
    }
    #expect(!isThere)
  }

  // MARK: Where it is not allowed

  @Test(arguments: ["user", "net"]) func aLimitOfNoneIsNamed(_ kind: String) throws {
    // Inside a user namespace its limits are ours to set.
    let script = "echo 0 > /proc/sys/user/max_\(kind)_namespaces && exec \(Child.binary) -c 'netns add a'"
    let run = try Run(words: Unprivileged.words + ["unshare", "-Ur", "sh", "-c", script])
    #expect(run.status == 1)
    let line = "error: this user may not make networks: user.max_\(kind)_namespaces=0 forbids it\n"
    #expect(run.errors.hasPrefix(line), "\(run.errors)")
    #expect(run.errors.contains("unshare(2) = ENOSPC (28)"))
    #expect(run.errors.contains("`sysctl user.max_\(kind)_namespaces=1000`, as root, allows it"))
  }

  @Test func aFilterIsNamed() throws {
    let python = ["python3", "\(Tree.root)/Tests/Machine/refuse.py", Child.binary, "-c"]
    let run = try Run(words: Unprivileged.words + python + ["netns add a"])
    #expect(run.status == 1)
    let setting = "a filter of system calls (seccomp), as containers have,"
    #expect(run.errors.hasPrefix("error: this user may not make networks: \(setting) forbids it\n"), "\(run.errors)")
    #expect(try Run(words: Unprivileged.words + python + ["(netns check).allowed"]).output == "false\n")
  }

  /// Settings that this machine's kernel may not have.
  @Test(arguments: [
    ("kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=0"),
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "kernel.apparmor_restrict_unprivileged_userns=1"),
  ])
  func settingsOfOtherKernelsAreNamed(_ path: String, _ value: String, _ name: String) throws {
    let folder = try TemporaryFolder()
    #expect(try Program("mkdir", "-p", "\(folder.path)/sys/kernel", "\(folder.path)/self").finish().status == 0)
    try folder.write("self/status", Array("Seccomp:\t0\n".utf8))
    #expect(NamespaceRefusal(step: 1, errno: 1, proc: folder.path).setting == nil)
    try folder.write("sys/\(path)", Array("\(value)\n".utf8))
    let refusal = NamespaceRefusal(step: 1, errno: 1, proc: folder.path)
    #expect(refusal.setting == name)
    #expect(refusal.headline == "this user may not make networks: \(name) forbids it")
    #expect(refusal.code == "netns-forbidden")
  }
}
